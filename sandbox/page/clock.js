// The bar at the top: sandbox time, and the buttons that move it.

import { coalesce, get, post } from "./api.js";
import { clockTime, dayKey, stamp, zoneName } from "./dates.js";
import { h, toast } from "./dom.js";
import { toggleInspector } from "./place.js";
import { emit, now, on, setNow, store, zone } from "./state.js";

const PRESETS = [
  ["clock-now", "Now", "now", "Back to real time"],
  ["clock-hour", "+1 h", "+1h", "One hour ahead"],
  ["clock-morning", "Next 09:00", "next 09:00", "The next 09:00 of the person you act as"],
  ["clock-day", "+1 day", "+1d", "One day ahead"],
  ["clock-friday", "Fri 16:00", "friday 16:00", "Friday 16:00 of the person you act as"],
];

const bar = document.getElementById("clockbar");
const local = h("strong", { "data-testid": "clock-local" });
const utc = h("span", { class: "quiet", "data-testid": "clock-utc" });
const drift = h("span", { class: "badge", "data-testid": "clock-offset" });
const violations = h("span", { class: "dot alarm", "data-testid": "violation-count", hidden: true });
let shownMinute = null;

function tick() {
  if (!store.me) return;
  const at = now();
  const words = `${stamp(at, zone())} ${zoneName(at, zone())}`;
  if (local.textContent !== words) local.textContent = words;
  utc.textContent = `${dayKey(at, "UTC") === dayKey(at, zone()) ? "" : `${stamp(at, "UTC").slice(0, 3)} `}${clockTime(at, "UTC")} UTC`;
  const ahead = Math.round(store.skewSeconds / 60);
  drift.hidden = Math.abs(ahead) < 1;
  drift.textContent = describe(ahead);
  const minute = Math.floor(at / 60);
  if (shownMinute !== null && minute !== shownMinute) emit("redraw");
  shownMinute = minute;
}

function describe(minutes) {
  const sign = minutes < 0 ? "−" : "+";
  const all = Math.abs(minutes);
  const parts = [[Math.floor(all / 1440), "d"], [Math.floor((all % 1440) / 60), "h"], [all % 60, "min"]];
  return `${sign}${parts.filter(([amount]) => amount).map(([amount, unit]) => `${amount} ${unit}`).join(" ") || "0 min"}`;
}

async function move(button, preset) {
  button.setAttribute("aria-busy", "true");
  try {
    setNow((await post("clock", { preset, tz: zone() })).now);
    emit("redraw");
    tick();
  } catch (error) {
    toast(`The clock was not moved: ${error.message}`);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** Show how many rules of Slack the app broke. */
export function showViolations(count) {
  violations.hidden = count === 0;
  violations.textContent = String(count);
  violations.title = `${count} violation${count === 1 ? "" : "s"}`;
}

/** Start the bar. */
export function startClock() {
  const buttons = PRESETS.map(([testid, label, preset, title]) => h("button", { type: "button", class: "clock-button", "data-testid": testid, title,
    onclick: ({ currentTarget }) => move(currentTarget, preset) }, label));
  const inspect = h("button", { type: "button", class: "clock-button", "data-testid": "inspector-toggle", "aria-controls": "inspector", onclick: toggleInspector }, "Inspector ", violations);
  bar.append(h("div", { class: "clock-time", "data-testid": "clock", role: "group", "aria-label": "Time in the sandbox" }, local, utc, drift),
    h("div", { class: "clock-buttons", role: "group", "aria-label": "Move the clock" }, buttons), inspect);
  on("state", tick);
  on("place", () => inspect.setAttribute("aria-expanded", String(store.inspector)));
  on("clock", coalesce(async () => {
    setNow((await get("clock")).now);
    tick();
  }));
  setInterval(tick, 1000);
}
