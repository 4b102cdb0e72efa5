// What the page knows: the workspace as the acting person sees it, and the place that is open.

import { get } from "./api.js";

/** The one mutable record of the page. */
export const store = {
  as: null,
  channel: null,
  thread: null,
  tab: null,
  inspector: false,
  me: null,
  team: { name: "Sandbox" },
  members: new Map(),
  channels: [],
  commands: [],
  shortcuts: [],
  suggested: [],
  usergroups: [],
  bot: {},
  skewSeconds: 0,
  notices: new Map(),
  drafts: new Map(),
  dismissed: new Set(),
};

const listeners = new Map();

/** Call `listener` whenever `topic` is emitted. */
export function on(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, []);
  listeners.get(topic).push(listener);
}

/** Tell every listener of `topic`. */
export function emit(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

/** Sandbox time as Unix seconds. */
export function now() {
  return Date.now() / 1000 + store.skewSeconds;
}

/** Set the sandbox time from an answer that carries `now`. */
export function setNow(unixSeconds) {
  store.skewSeconds = unixSeconds - Date.now() / 1000;
}

/** The zone of the acting person. */
export function zone() {
  return store.me?.tz ?? "UTC";
}

/** The member with this id, or a nameless stand-in. */
export function member(id) {
  return store.members.get(id) ?? { id, name: id ?? "unknown", real_name: id ?? "Unknown" };
}

/** The name shown for a person. */
export function nameOf(id) {
  const found = member(id);
  return found.real_name || found.name;
}

/** The channel record with this id, or undefined. */
export function channelById(id) {
  return store.channels.find((channel) => channel.id === id);
}

/** The open channel, or undefined. */
export function here() {
  return channelById(store.channel);
}

/** The other side of a direct conversation. */
export function partner(channel) {
  return channel.user === store.as ? store.bot.user_id : channel.user;
}

/** What a channel is called in lists: its name, or the name of the other side. */
export function title(channel) {
  if (!channel) return "";
  return channel.kind === "im" ? nameOf(partner(channel)) : channel.name;
}

/** True when the channel is the direct conversation with the app. */
export function isAppDm(channel) {
  return channel?.kind === "im" && partner(channel) === store.bot.user_id;
}

/** Read the address bar: `#as=U0ANA&channel=C…&thread=…&tab=home`; handles and #names work too. */
export function readHash() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(["as", "channel", "thread", "tab", "inspector"].map((key) => [key, wanted.get(key)]));
}

/** Write the open place to the address bar. */
export function writeHash() {
  const parts = [["as", store.as], ["channel", store.channel], ["thread", store.thread], ["tab", store.tab],
    ["inspector", store.inspector ? "1" : null]];
  const text = parts.filter(([, value]) => value).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  const hash = `#${text.join("&")}`;
  if (location.hash !== hash) history.pushState(null, "", hash);
}

/** Fetch the workspace as `as` sees it and keep it. */
export async function loadState(as = store.as) {
  const state = await get("state", { as });
  store.as = state.me.id;
  store.me = state.me;
  store.team = state.team;
  store.members = new Map(state.members.map((found) => [found.id, found]));
  store.channels = state.channels;
  store.commands = state.commands ?? [];
  store.shortcuts = state.shortcuts ?? [];
  store.suggested = state.suggested ?? [];
  store.usergroups = state.usergroups ?? [];
  store.bot = state.bot ?? {};
  setNow(state.now);
  emit("state");
}

/** The id of a channel named by id, `#name` or name; null when the person cannot see it. */
export function resolveChannel(wanted) {
  if (!wanted) return null;
  const name = wanted.replace(/^#/, "");
  const found = store.channels.find((channel) => channel.id === wanted || channel.name === name);
  return found?.id ?? null;
}

/** Add a line only the acting person sees, at the end of a channel (Slack's own error notes). */
export function addNotice(channel, text) {
  const key = `${store.as}:${channel}`;
  const list = store.notices.get(key) ?? [];
  const stamp = now();
  list.push({ ts: `${stamp.toFixed(6)}`, text, ephemeral: true, notice: true, user: "USLACKBOT" });
  store.notices.set(key, list.slice(-20));
  emit("messages");
}

/** The lines added by `addNotice` for the acting person in this channel. */
export function noticesOf(channel) {
  return store.notices.get(`${store.as}:${channel}`) ?? [];
}
