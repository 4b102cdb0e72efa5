// Trouble on demand: faults of Slack's side that the app has to survive.

import { post } from "./api.js";
import { toast } from "./dom.js";
import { openMenu } from "./popup.js";

const FAULTS = [
  ["429", "Next call: 429, come back in 3 s", { kind: "429", retry_after: 3 }],
  ["500", "Next call: error 500", { kind: "500" }],
  ["reset", "Next call: connection reset", { kind: "reset" }],
  ["lost", "Next call: done, but its answer is lost", { kind: "lost_answer" }],
  ["slow", "Next call: answer after 5 s", { kind: "slow", seconds: 5 }],
  ["malformed", "Next call: answer is not JSON", { kind: "malformed" }],
];
const LINKS = [
  ["refresh", "Socket: ask to reconnect", "refresh_requested"],
  ["warning", "Socket: warn of a disconnect", "warning"],
  ["drop", "Socket: drop without a word", "drop"],
];

async function cause(path, body) {
  try {
    await post(path, body);
  } catch (error) {
    toast(`That was not set up: ${error.message}`);
  }
}

/** A menu of what can go wrong, under `anchor`. */
export function openTrouble(anchor) {
  const faults = FAULTS.map(([key, label, fault]) => ({ label, testid: `fault-${key}`, run: () => cause("fault", { method: "*", times: 1, ...fault }) }));
  const links = LINKS.map(([key, label, reason]) => ({ label, testid: `link-${key}`, run: () => cause("disconnect", { reason }) }));
  const calm = { label: "Clear all faults", testid: "fault-clear", run: () => cause("fault", { clear: true }) };
  openMenu(anchor, [...faults, ...links, calm], "Trouble");
}
