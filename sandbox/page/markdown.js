// The `markdown` block: standard Markdown (headings, lists, code, quotes, tables, links) as nodes.

import { h, link } from "./dom.js";
import { emojiNode } from "./mrkdwn.js";

const INLINE = new RegExp([
  "`([^`\\n]+)`", "\\*\\*(.+?)\\*\\*", "__(.+?)__", "~~(.+?)~~", "(?<!\\w)\\*(\\S[^*\\n]*?)\\*(?!\\w)", "(?<!\\w)_(\\S[^_\\n]*?)_(?!\\w)",
  "!?\\[([^\\]\\n]*)\\]\\(([^()\\s]+(?:\\([^()]*\\))?)[^)]*\\)", "<(https?://[^>\\s]+)>", "(https?://[^\\s<>\"]+[^\\s<>\".,;:!?)])",
  ":([a-z0-9_+'-]+):", "\\\\([\\\\`*_~\\[\\]()#+.!>|-])",
].join("|"), "g");

function styled(match) {
  const [, code, bold, bold2, strike, italic, italic2] = match;
  if (code !== undefined) return h("code", {}, code);
  if (bold ?? bold2) return h("strong", {}, inline(bold ?? bold2));
  if (strike) return h("s", {}, inline(strike));
  if (italic ?? italic2) return h("em", {}, inline(italic ?? italic2));
  return null;
}

function inlineNode(match) {
  const [, , , , , , , label, target, bracketed, bare, emojiName, escaped] = match;
  const address = target ?? bracketed ?? bare;
  if (address) return link(address, label ? inline(label) : address);
  if (emojiName) return emojiNode(emojiName);
  return escaped ?? styled(match);
}

function inline(text) {
  const nodes = [];
  let done = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(text.slice(done, match.index), inlineNode(match));
    done = match.index + match[0].length;
  }
  nodes.push(text.slice(done));
  return nodes;
}

function cells(line) {
  return line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, "|"));
}

function table(rows) {
  const [head, , ...body] = rows.map(cells);
  return h("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": "Table" }, h("table", { class: "data" },
    h("thead", {}, h("tr", {}, head.map((cell) => h("th", { scope: "col" }, inline(cell))))),
    h("tbody", {}, body.map((row) => h("tr", {}, row.map((cell) => h("td", {}, inline(cell))))))));
}

function items(lines) {
  const depthOf = (line) => Math.floor(line.match(/^\s*/)[0].replace(/\t/g, "  ").length / 2);
  return lines.map((line) => {
    const [, mark, text] = line.match(/^\s*([-*+]|\d+[.)])\s+(.*)$/);
    const task = text.match(/^\[([ xX])\]\s+(.*)$/);
    const words = task ? [task[1] === " " ? "☐ " : "☑ ", inline(task[2])] : inline(text);
    const ordered = /\d/.test(mark);
    return h(ordered ? "ol" : "ul", { class: "rich-list", start: ordered ? parseInt(mark, 10) : null,
      style: { marginLeft: `${depthOf(line) * 24}px` } }, h("li", {}, words));
  });
}

const RULES = [
  { test: /^\s*\|.*\|\s*$/, many: true, build: (rows) => (rows.length > 1 && /^[\s|:-]+$/.test(rows[1]) ? table(rows) : words(rows)) },
  { test: /^\s{0,3}#{1,6}\s+/, build: ([line]) => h("p", { class: "md-heading", role: "heading", "aria-level": "3" }, inline(line.replace(/^\s*#+\s+|\s+#+$/g, ""))) },
  { test: /^\s{0,3}(-{3,}|\*{3,}|_{3,})\s*$/, build: () => h("hr") },
  { test: /^\s*([-*+]|\d+[.)])\s+/, many: true, build: items },
  { test: /^\s{0,3}>/, many: true, build: (rows) => h("blockquote", {}, blocks(rows.map((row) => row.replace(/^\s*> ?/, "")))) },
  { test: /^\s*$/, many: true, build: () => null },
  { test: /.*/, build: words },
];

function words(rows) {
  return h("p", {}, rows.flatMap((row, index) => [index ? h("br") : null, inline(row)]));
}

function fence(lines, start) {
  const end = lines.findIndex((line, index) => index > start && /^\s*```\s*$/.test(line));
  return end < 0 ? lines.length : end;
}

function blocks(lines) {
  const nodes = [];
  for (let at = 0; at < lines.length;) {
    if (/^\s*```/.test(lines[at])) {
      const end = fence(lines, at);
      nodes.push(h("pre", {}, lines.slice(at + 1, end).join("\n")));
      at = end + 1;
      continue;
    }
    const rule = RULES.find(({ test }) => test.test(lines[at]));
    let end = at + 1;
    while (rule.many && end < lines.length && rule.test.test(lines[end])) end += 1;
    nodes.push(rule.build(lines.slice(at, end)));
    at = end;
  }
  return nodes;
}

/** The nodes of a Markdown text. */
export function markdown(text) {
  return blocks(String(text ?? "").replace(/\r/g, "").split("\n"));
}
