// The middle of the page: a channel with its messages, or the app with its Home and Messages tabs.

import { post } from "./api.js";
import { Composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { plainNodes } from "./mrkdwn.js";
import { Home } from "./home.js";
import { MessageList } from "./list.js";
import { closeChannel, openChannel } from "./place.js";
import { here, isAppDm, nameOf, on, store, title } from "./state.js";

const pane = document.getElementById("pane");
let open = null;

function key() {
  return store.channel ? `${store.as}:${store.channel}:${store.tab ?? ""}` : null;
}

function header(channel) {
  const lock = channel.kind === "private" ? h("span", { role: "img", "aria-label": "private channel" }, "🔒 ") : null;
  const mark = channel.kind === "channel" ? "# " : null;
  const people = channel.kind === "im" ? null : h("span", { class: "quiet count", title: (channel.members ?? []).map(nameOf).join(", ") }, `${channel.members?.length ?? 0} members`);
  return h("div", { class: "pane-head" },
    h("button", { type: "button", class: "tool back", "aria-label": "Back to the channels", "data-testid": "back", onclick: closeChannel }, "←"),
    h("h1", { "data-testid": "pane-title" }, lock, mark, title(channel)),
    h("span", { class: "quiet topic" }, channel.topic ? plainNodes(channel.topic) : null), people);
}

function tabs(channel) {
  if (!isAppDm(channel)) return null;
  const one = (tab, label) => h("button", {
    type: "button", role: "tab", class: "tab", "aria-selected": String(store.tab === tab), "data-testid": `tab-${tab}`, onclick: () => openChannel(channel.id, { tab }),
  }, label);
  return h("div", { class: "tabs", role: "tablist", "aria-label": "Assay" }, one("home", "Home"), one("messages", "Messages"));
}

function show() {
  drawHead();
  if (open?.key === key()) return;
  open?.part.end();
  open = null;
  const channel = here();
  if (!channel) {
    fill(pane, h("p", { class: "empty" }, "Pick a channel on the left."));
    return;
  }
  const head = h("div", { class: "head" }, header(channel), tabs(channel));
  open = { key: key(), head };
  if (store.tab === "home") showHome(head);
  else showMessages(head, channel);
}

function showHome(head) {
  open.part = new Home();
  fill(pane, head, open.part.node);
  open.part.open();
}

function showMessages(head, channel) {
  open.part = new MessageList({ channel: channel.id, empty: "Nothing here yet. Say something." });
  const label = channel.kind === "im" ? `Message ${title(channel)}` : `Message #${channel.name}`;
  const composer = new Composer({ channel: channel.id, label, testid: "composer" });
  const closed = channel.is_archived ? "This channel is archived." : channel.is_member === false ? "You are not a member of this channel." : null;
  fill(pane, head, open.part.node, closed ? h("p", { class: "empty" }, closed) : composer.node);
  composer.grow();
  open.composer = channel.kind === "im" ? composer : null;
  open.composer?.suggest();
  open.part.load();
  if (store.tab === "messages") post("home_opened", { as: store.as, tab: "messages" }).catch(() => null);
}

function drawHead() {
  const channel = here();
  if (open?.key === key() && channel) fill(open.head, header(channel), tabs(channel));
  open?.composer?.suggest();
}

/** Start showing the open place. */
export function startPane() {
  on("place", show);
  on("state", drawHead);
  on("messages", () => open?.part instanceof MessageList && open.part.load());
  on("home", () => open?.part instanceof Home && open.part.load());
  on("redraw", () => (open?.part instanceof Home ? open.part.redraw() : open?.part?.draw()));
}
