// The thread at the right: the first message, its replies, a composer.

import { Composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { MessageList } from "./list.js";
import { closeThread } from "./place.js";
import { here, on, store, title } from "./state.js";

const side = document.getElementById("thread");
let open = null;

function key() {
  return store.thread ? `${store.as}:${store.channel}:${store.thread}` : null;
}

function show() {
  if (open?.key === key()) return;
  open?.list.end();
  open = null;
  side.hidden = !store.thread || !here();
  if (side.hidden) {
    fill(side);
    return;
  }
  const list = new MessageList({ channel: store.channel, thread: store.thread, empty: "This message is gone." });
  const composer = new Composer({ channel: store.channel, thread: store.thread, label: "Reply…", testid: "thread-composer" });
  open = { key: key(), list };
  const name = here().kind === "im" ? title(here()) : `#${here().name}`;
  fill(side, h("div", { class: "side-head" },
    h("h2", {}, "Thread ", h("small", {}, name)),
    h("button", { type: "button", class: "tool", "aria-label": "Close the thread", "data-testid": "thread-close", onclick: closeThread }, "✕")),
  list.node, composer.node);
  composer.grow();
  composer.box.focus({ preventScroll: true });
  list.load();
}

/** Start showing threads. */
export function startThread() {
  side.dataset.testid = "thread";
  side.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) closeThread();
  });
  on("place", show);
  on("messages", () => open?.list.load());
  on("redraw", () => open?.list.draw());
}
