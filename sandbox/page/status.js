// The status of the acting person: the app hears of it as of any other profile change.

import { post } from "./api.js";
import { toast } from "./dom.js";
import { emoji } from "./emoji.js";
import { closePopup, openMenu } from "./popup.js";
import { store } from "./state.js";

const CHOICES = [
  ["vacation", ":palm_tree:", "Vacationing"],
  ["sick", ":face_with_thermometer:", "Out sick"],
  ["meeting", ":spiral_calendar_pad:", "In a meeting"],
  ["remote", ":house:", "Working remotely"],
  ["clear", "", ""],
];

async function set(status_emoji, status_text) {
  try {
    await post("user", { id: store.as, status_emoji, status_text, status_expiration: 0 });
  } catch (error) {
    toast(`The status was not set: ${error.message}`);
  }
}

/** A menu of the usual statuses, under `anchor`. */
export function pickStatus(anchor) {
  closePopup();
  openMenu(anchor, CHOICES.map(([key, sign, text]) => ({
    label: text ? `${emoji(sign.replaceAll(":", ""))} ${text}` : "No status", testid: `status-${key}`, run: () => set(sign, text),
  })), "Status");
}
