// Starts the page: reads the address, shows the parts, follows the stream of changes.

import { coalesce, stream } from "./api.js";
import { startClock } from "./clock.js";
import { fill, h, toast } from "./dom.js";
import { startInspector } from "./inspector.js";
import { startModal } from "./modal.js";
import { startPane } from "./pane.js";
import { openFromHash } from "./place.js";
import { emit, loadState, on, store } from "./state.js";
import { startRail } from "./rail.js";
import { startThread } from "./thread.js";

const layout = document.getElementById("layout");
const reload = coalesce(() => loadState());
let endStream = null;

const CHANGES = {
  message: (change) => {
    if (!change.channel || change.channel === store.channel) emit("messages");
    reload();
  },
  view: () => emit("views"),
  home: () => emit("home"),
  clock: () => emit("clock"),
  member: async () => {
    await reload();
    emit("redraw");
  },
  inspector: () => emit("inspector"),
};

function refreshAll() {
  layout.classList.remove("lost");
  reload();
  for (const topic of ["messages", "views", "home", "clock", "inspector"]) emit(topic);
}

function follow() {
  endStream?.();
  localStorage.setItem("as", store.as);
  endStream = stream(store.as, {
    onChange: (change) => CHANGES[change.what]?.(change),
    onOpen: refreshAll,
    onLost: () => layout.classList.add("lost"),
  });
}

function shape() {
  layout.dataset.open = store.thread ? "thread" : store.channel ? "channel" : "rail";
  layout.classList.toggle("with-thread", Boolean(store.thread));
  layout.classList.toggle("with-inspector", store.inspector);
  const wanted = { thread: "Thread", channel: store.channels.find((found) => found.id === store.channel)?.name };
  document.title = `${wanted.channel ?? store.team.name} – ${store.team.name} sandbox`;
}

async function start() {
  for (const part of [startClock, startRail, startPane, startThread, startInspector, startModal]) part();
  on("place", shape);
  on("person", follow);
  addEventListener("hashchange", () => openFromHash().catch((error) => toast(error.message)));
  try {
    await openFromHash();
  } catch (error) {
    fill(document.getElementById("pane"), h("p", { class: "empty" }, `The sandbox does not answer: ${error.message}`));
    setTimeout(() => location.reload(), 3000);
  }
  document.body.dataset.ready = "1";
}

start();
