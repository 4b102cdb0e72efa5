// The drawer with what went over the wire: frames, API calls, hooks, faults, broken rules.

import { coalesce, get } from "./api.js";
import { fill, h } from "./dom.js";
import { showViolations } from "./clock.js";
import { clockTime } from "./dates.js";
import { toggleInspector } from "./place.js";
import { on, store, zone } from "./state.js";
import { openTrouble } from "./trouble.js";

const LABELS = { frame_out: "To the app", frame_in: "From the app", http_out: "HTTP to the app", api: "API calls", hook: "Hooks", violation: "Violations", fault: "Faults" };
const KEPT = 600;
const drawer = document.getElementById("inspector");
const list = h("div", { class: "entries", role: "log", "aria-live": "off", "aria-label": "Entries", tabindex: "0" });
const filters = h("div", { class: "filters", role: "group", "aria-label": "Show only" });
let entries = [];
let counts = {};
let kind = null;
let after = 0;

async function fetchNew() {
  const found = await get("inspector", { after });
  const newest = found.entries.reduce((most, entry) => Math.max(most, entry.seq), after);
  entries = entries.concat(found.entries).slice(-KEPT);
  after = newest;
  counts = found.counts ?? {};
  showViolations(found.violations?.length ?? counts.violation ?? 0);
  if (store.inspector) draw(found.entries);
}

const load = coalesce(fetchNew);

function line(entry) {
  const bad = entry.kind === "violation" || entry.ok === false || entry.error;
  const details = h("details", { class: bad ? "entry bad" : "entry", "data-testid": `entry-${entry.kind}` },
    h("summary", {},
      h("span", { class: "entry-time" }, Number.isFinite(Number(entry.at)) ? clockTime(Number(entry.at), zone(), true) : String(entry.at)),
      h("span", { class: `kind ${entry.kind}` }, LABELS[entry.kind] ?? entry.kind),
      h("span", { class: "entry-name" }, entry.name, entry.error && entry.error !== entry.name ? h("strong", {}, ` ${entry.error}`) : null),
      h("span", { class: "quiet" }, entry.ms === null || entry.ms === undefined ? "" : `${Number(entry.ms).toFixed(1)} ms`)));
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) details.append(h("pre", {}, JSON.stringify(entry.detail ?? null, null, 2)));
  });
  return details;
}

function draw(added = null) {
  drawFilters();
  const wanted = (entry) => !kind || entry.kind === kind;
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 48;
  if (added) list.append(...added.filter(wanted).map(line));
  else fill(list, entries.filter(wanted).map(line));
  while (list.children.length > KEPT) list.firstElementChild.remove();
  if (atEnd || !added) list.scrollTop = list.scrollHeight;
}

function drawFilters() {
  const one = (name, label, count) => h("button", {
    type: "button", class: `filter${name === "violation" && count ? " alarm" : ""}`, "aria-pressed": String(kind === name), "data-testid": `filter-${name ?? "all"}`,
    onclick: () => {
      kind = name;
      draw();
    },
  }, label, h("span", { class: "quiet" }, ` ${count ?? 0}`));
  const total = Object.values(counts).reduce((sum, count) => sum + Number(count), 0);
  fill(filters, one(null, "All", total), Object.entries(LABELS).map(([name, label]) => one(name, label, counts[name])));
}

/** Start the inspector. */
export function startInspector() {
  drawer.dataset.testid = "inspector";
  build();
  on("place", () => {
    if (drawer.hidden === !store.inspector) return;
    drawer.hidden = !store.inspector;
    if (store.inspector) load().then(() => draw());
  });
  on("inspector", load);
  on("person", load);
}

function build() {
  const clear = () => {
    entries = [];
    draw();
  };
  const trouble = h("button", { type: "button", class: "button", "data-testid": "trouble", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => openTrouble(trouble) }, "Trouble ▾");
  fill(drawer, h("div", { class: "side-head" }, h("h2", {}, "Inspector"), trouble,
    h("button", { type: "button", class: "button", onclick: clear }, "Clear"),
    h("button", { type: "button", class: "tool", "aria-label": "Close the inspector", "data-testid": "inspector-close", onclick: toggleInspector }, "✕")), filters, list);
}
