// The left rail: the workspace, whose eyes one looks through, channels, conversations, the app.

import { clockTime, zoneName } from "./dates.js";
import { fill, h } from "./dom.js";
import { avatar } from "./messages.js";
import { emojiNode } from "./mrkdwn.js";
import { actAs, openChannel } from "./place.js";
import { closePopup, openPopup } from "./popup.js";
import { pickStatus } from "./status.js";
import { isAppDm, member, nameOf, now, on, partner, store, title } from "./state.js";

const rail = document.getElementById("rail");

function status(person) {
  return person.status_emoji ? h("span", { title: person.status_text }, emojiNode(person.status_emoji.replaceAll(":", ""))) : null;
}

function personLine(person) {
  const zone = person.tz ?? "UTC";
  return h("span", { class: "person" },
    h("span", { class: "person-name" }, person.real_name || person.name, " ", status(person), person.is_lead_hint ? h("span", { class: "badge" }, "Lead") : null),
    h("span", { class: "person-note" }, person.title ? `${person.title} · ` : "", h("span", { title: zone }, `${clockTime(now(), zone)} ${zoneName(now(), zone)}`)));
}

function picker() {
  const button = h("button", { type: "button", class: "act-as", "data-testid": "act-as", "aria-haspopup": "listbox", "aria-expanded": "false",
    "aria-label": `Acting as ${store.me.real_name}. Choose another person`, onclick: () => openPeople(button) },
  avatar(store.me.id), personLine(store.me), h("span", { class: "caret", "aria-hidden": "true" }, "▾"));
  return button;
}

function openPeople(button) {
  const people = [...store.members.values()].filter((found) => !found.is_bot && !found.deleted);
  const list = h("div", { role: "listbox", class: "people", "aria-label": "Act as", onkeydown: walk }, people.map((person) => h("button", {
    type: "button", role: "option", class: "person-option", "aria-selected": String(person.id === store.as), "data-testid": `person-${person.name}`,
    onclick: () => {
      closePopup();
      actAs(person.id);
    },
  }, avatar(person.id), personLine(person))));
  const status = h("button", { type: "button", class: "menu-item", "data-testid": "set-status", onclick: () => pickStatus(button) }, `Set a status for ${store.me.real_name}…`);
  if (openPopup(button, [h("div", { class: "list-group" }, "Act as"), list, h("hr"), status], { wide: true })) list.querySelector("[aria-selected=true]")?.focus();
}

function walk(event) {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (!step) return;
  event.preventDefault();
  document.activeElement[step]?.focus();
}

function isUnread(channel) {
  return channel.id !== store.channel && Number(channel.unread) > 0;
}

function entry(channel, { testid, sign, label, tab }) {
  const current = channel.id === store.channel;
  const unread = isUnread(channel);
  return h("li", {}, h("button", {
    type: "button", class: `place${current ? " current" : ""}${unread ? " unread" : ""}`, "aria-current": current ? "page" : null, "data-testid": testid,
    onclick: () => openChannel(channel.id, { tab }),
  }, sign, h("span", { class: "place-name" }, label), unread ? h("span", { class: "dot", "data-testid": "unread" }, String(channel.unread), h("span", { class: "visually-hidden" }, " unread")) : null));
}

function channelEntry(channel) {
  const isPrivate = channel.kind === "private";
  const sign = isPrivate ? h("span", { class: "sign", role: "img", "aria-label": "private" }, "🔒") : h("span", { class: "sign", "aria-hidden": "true" }, "#");
  return entry(channel, { testid: `channel-${channel.name}`, sign, label: channel.name });
}

function directEntry(channel) {
  const id = partner(channel);
  return entry(channel, { testid: `dm-${member(id).name}`, sign: avatar(id, true), label: title(channel) });
}

function appEntry(channel) {
  return entry(channel, { testid: "app", sign: avatar(store.bot.user_id, true), label: title(channel), tab: store.tab ?? "home" });
}

function group(label, entries) {
  return entries.length ? [h("h2", { class: "rail-title" }, label), h("ul", {}, entries)] : null;
}

function draw() {
  if (!store.me) return;
  const focused = rail.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
  const channels = store.channels.filter((found) => found.kind !== "im");
  const direct = store.channels.filter((found) => found.kind === "im");
  const connected = store.bot.connected;
  fill(rail,
    h("div", { class: "workspace" }, h("strong", { "data-testid": "workspace" }, store.team.name), h("span", { class: "quiet" }, "sandbox")),
    picker(),
    h("div", { class: "places" },
      group("Channels", channels.map(channelEntry)),
      group("Direct messages", direct.filter((found) => !isAppDm(found)).map(directEntry)),
      group("Apps", direct.filter(isAppDm).map(appEntry))),
    h("div", { class: connected ? "bot-state on" : "bot-state", "data-testid": "bot-state" },
      h("span", { class: "lamp", "aria-hidden": "true" }), `${nameOf(store.bot.user_id)} is ${connected ? `connected (${store.bot.transport ?? "socket"})` : "not connected"}`));
  if (focused) rail.querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** Start showing the rail. */
export function startRail() {
  on("state", draw);
  on("place", draw);
  on("redraw", draw);
}
