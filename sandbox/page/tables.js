// `table` and `data_table` blocks; data tables can be sorted and paged. Charts are shown as their numbers.

import { fill, h } from "./dom.js";
import { plainOfRichText, richText } from "./richtext.js";

function cellNodes(cell) {
  if (cell.type === "rich_text") return richText(cell);
  return cell.text ?? String(cell.value ?? "");
}

function cellValue(cell) {
  if (cell.type === "raw_number") return Number(cell.value ?? cell.text);
  return cell.type === "rich_text" ? plainOfRichText(cell) : cell.text;
}

function aligned(cell, column) {
  const align = column?.align ?? (cell.type === "raw_number" ? "right" : null);
  return { style: { ...(align ? { textAlign: align } : {}), ...(column?.is_wrapped === false ? { whiteSpace: "nowrap" } : {}) } };
}

function row(cells, columns, headerColumn = -1) {
  return h("tr", {}, cells.map((cell, index) => (
    index === headerColumn ? h("th", { scope: "row", ...aligned(cell, columns[index]) }, cellNodes(cell))
      : h("td", aligned(cell, columns[index]), cellNodes(cell)))));
}

function boxed(label, ...children) {
  return h("div", { class: "table-box", role: "region", "aria-label": label, tabindex: "0" }, children);
}

/** A `table` block; its first row is the head. */
export function table(block) {
  const columns = block.column_settings ?? [];
  const [head = [], ...body] = block.rows ?? [];
  return boxed("Table", h("table", { class: "data", "data-testid": "table" },
    h("thead", {}, h("tr", {}, head.map((cell, index) => h("th", { scope: "col", ...aligned(cell, columns[index]) }, cellNodes(cell))))),
    h("tbody", {}, body.map((cells) => row(cells, columns)))));
}

function compare(one, two) {
  if (typeof one === "number" && typeof two === "number") return one - two;
  return String(one).localeCompare(String(two), "en", { numeric: true });
}

/** A `data_table` block: caption, sortable columns, pages. */
export function dataTable(block) {
  const [head = [], ...body] = block.rows ?? [];
  const size = block.page_size ?? 5;
  const view = { page: 0, column: -1, descending: false };
  const box = h("div", { class: "data-table", "data-testid": "data-table" });
  const draw = () => {
    const sorted = view.column < 0 ? body : [...body].sort((one, two) => (
      compare(cellValue(one[view.column]), cellValue(two[view.column])) * (view.descending ? -1 : 1)));
    const shown = sorted.slice(view.page * size, (view.page + 1) * size);
    fill(box, boxed(block.caption, h("table", { class: "data" }, h("caption", {}, block.caption),
      h("thead", {}, h("tr", {}, head.map((cell, index) => headCell(cell, index, view, draw)))),
      h("tbody", {}, shown.map((cells) => row(cells, [], block.row_header_column_index ?? 0))))), pager(view, body.length, size, draw));
  };
  draw();
  return box;
}

function headCell(cell, index, view, draw) {
  const sorted = view.column === index;
  const sign = sorted ? (view.descending ? " ↓" : " ↑") : "";
  return h("th", { scope: "col", "aria-sort": sorted ? (view.descending ? "descending" : "ascending") : null },
    h("button", { type: "button", class: "sort", onclick: () => {
      Object.assign(view, { descending: sorted && !view.descending, column: index, page: 0 });
      draw();
    } }, cellNodes(cell), sign));
}

function pager(view, count, size, draw) {
  if (count <= size) return null;
  const last = Math.ceil(count / size) - 1;
  const go = (step) => () => {
    view.page = Math.min(last, Math.max(0, view.page + step));
    draw();
  };
  return h("div", { class: "pager" },
    h("button", { type: "button", class: "button", disabled: view.page === 0, onclick: go(-1) }, "Previous"),
    h("span", {}, `${view.page * size + 1}–${Math.min(count, (view.page + 1) * size)} of ${count}`),
    h("button", { type: "button", class: "button", disabled: view.page === last, onclick: go(1) }, "Next"));
}

/** A `data_visualization` block as the numbers of its chart. */
export function chartNumbers(block) {
  const chart = block.chart ?? {};
  const raw = (value) => ({ type: "raw_text", text: String(value ?? "") });
  const categories = chart.axis_config?.categories;
  const rows = chart.segments ? [["Part", "Value"], ...chart.segments.map((part) => [part.label, part.value])]
    : [["", ...(chart.series ?? []).map((series) => series.name)], ...(categories ?? []).map((name, index) => (
      [name, ...(chart.series ?? []).map((series) => point(series, index))]))];
  return h("figure", { class: "chart" }, h("figcaption", {}, `${block.title ?? "Chart"} (${chart.type ?? "chart"})`),
    table({ rows: rows.map((cells) => cells.map(raw)) }));
}

function point(series, index) {
  const found = (series.data ?? series.values ?? series.points ?? [])[index];
  return found?.value ?? found;
}
