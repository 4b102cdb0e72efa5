// Moving about: another person, channel, thread or tab. Everything else listens for "place".

import { emit, isAppDm, channelById, loadState, resolveChannel, readHash, store, writeHash } from "./state.js";

/** Open a channel; the app's own conversation opens on `tab` ("messages" unless told). */
export function openChannel(id, { tab = null, thread = null } = {}) {
  store.channel = id;
  store.thread = thread;
  store.tab = isAppDm(channelById(id)) ? (tab ?? "messages") : null;
  arrived();
}

/** Open the thread of a message at the right. */
export function openThread(ts) {
  store.thread = ts;
  if (store.tab === "home") store.tab = "messages";
  arrived();
}

/** Close the thread. */
export function closeThread() {
  store.thread = null;
  arrived();
}

/** Back to the channel list (narrow windows). */
export function closeChannel() {
  Object.assign(store, { channel: null, thread: null, tab: null });
  arrived();
}

/** Show or hide the inspector. */
export function toggleInspector() {
  store.inspector = !store.inspector;
  arrived();
}

function arrived() {
  writeHash();
  emit("place");
}

/** True when the window is so narrow that only one column fits. */
function isNarrow() {
  return matchMedia("(max-width: 760px)").matches;
}

/** Look through another person's eyes; the channel stays open when they can see it too. */
export async function actAs(id) {
  const before = channelById(store.channel);
  const appTab = isAppDm(before) ? store.tab : null;
  await loadState(id);
  const stays = appTab ? store.channels.find(isAppDm)?.id : resolveChannel(store.channel);
  const thread = appTab || !stays ? null : store.thread;
  emit("person");
  if (stays || !isNarrow()) openChannel(stays ?? firstChannel(), { tab: appTab, thread });
  else closeChannel();
}

function firstChannel() {
  return (store.channels.find((channel) => channel.kind !== "im" && channel.is_member !== false) ?? store.channels[0])?.id ?? null;
}

/** Open what the address bar says; without a channel the first one (or the list when narrow). */
export async function openFromHash() {
  const wanted = readHash();
  const as = wanted.as ?? store.as ?? localStorage.getItem("as") ?? "ana";
  if (!store.me || (as !== store.as && as !== store.me.name)) {
    await loadState(as);
    emit("person");
  }
  const asked = wanted.channel === "app" || wanted.tab ? store.channels.find(isAppDm)?.id : null;
  const id = resolveChannel(wanted.channel) ?? asked ?? (isNarrow() ? null : firstChannel());
  store.channel = id;
  store.thread = wanted.thread;
  store.inspector = wanted.inspector === "1";
  store.tab = isAppDm(channelById(id)) ? (wanted.tab ?? "messages") : null;
  arrived();
}
