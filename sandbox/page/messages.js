// One message as Slack shows it: who, when, text or blocks, files, reactions, the way into its thread.

import { post } from "./api.js";
import { blocks } from "./blocks.js";
import { clockTime, formatDate, stamp } from "./dates.js";
import { fileUrl, h, link, signature, toast } from "./dom.js";
import { emojiNode, mrkdwn } from "./mrkdwn.js";
import { openThread } from "./place.js";
import { emit, member, nameOf, now, store, zone } from "./state.js";
import { surface } from "./surface.js";
import { hoverBar } from "./toolbar.js";

/** A square with initials in the person's colour; the app has a flask. */
export function avatar(id, small = false) {
  const person = member(id);
  const bot = person.is_bot || id === store.bot.user_id;
  const initials = (id === "USLACKBOT" ? "S" : nameOf(id)).split(/\s+/).map((word) => word[0] ?? "").slice(0, 2).join("").toUpperCase();
  const color = /^[0-9a-f]{6}$/i.test(person.color ?? "") ? `#${person.color}` : "#5f6b7a";
  return h("span", { class: `avatar${small ? " small" : ""}${bot ? " bot" : ""}`, "aria-hidden": "true", style: bot ? {} : { background: color } }, bot ? "⚗" : initials);
}

// Under another's name and picture (chat:write.customize): whose it is stands in the picture's address.
const SIGNED = /\/sandbox\/([UW][A-Z0-9]+)_\d+\.png$/;

function face(message) {
  const signed = SIGNED.exec(message.icons?.image_72 ?? "");
  return avatar(signed ? signed[1] : author(message).id);
}

function author(message) {
  if (message.user === "USLACKBOT") return { id: "USLACKBOT", name: "Slackbot", bot: false };
  const id = message.user ?? store.bot.user_id;
  const bot = Boolean(message.bot_id) || id === store.bot.user_id;
  return { id, bot, name: message.username ?? (store.members.has(id) ? nameOf(id) : message.bot_profile?.name ?? nameOf(id)) };
}

function head(message, at) {
  const { id, name, bot } = author(message);
  const person = member(id);
  return h("div", { class: "message-head" },
    h("span", { class: "author", title: person.title }, name),
    bot ? h("span", { class: "badge" }, "APP") : null,
    !bot && person.status_emoji ? h("span", { title: person.status_text }, emojiNode(person.status_emoji.replaceAll(":", ""))) : null,
    h("time", { class: "time", datetime: new Date(at * 1000).toISOString(), title: stamp(at, zone()) }, clockTime(at, zone())));
}

function context(message, channel) {
  return surface({ key: `${store.as}:${channel}:${message.ts}`, where: { channel, ts: message.ts } });
}

function attachment(part, ctx) {
  return h("div", { class: "attachment", style: { borderLeftColor: /^#?[0-9a-f]{6}$/i.test(part.color ?? "") ? `#${part.color.replace("#", "")}` : "" } },
    part.pretext ? h("div", {}, mrkdwn(part.pretext)) : null,
    part.title ? h("strong", {}, part.title_link ? link(part.title_link, part.title) : part.title) : null,
    part.blocks ? blocks(part.blocks, ctx) : h("div", {}, mrkdwn(part.text ?? part.fallback ?? "")));
}

function content(message, channel) {
  const ctx = context(message, channel);
  const drawn = message.blocks?.length ? blocks(message.blocks, ctx) : mrkdwn(message.text ?? "");
  return h("div", { class: "content", "data-testid": "message-content" }, drawn,
    (message.attachments ?? []).map((part) => attachment(part, ctx)),
    message.edited ? h("span", { class: "quiet" }, " (edited)") : null);
}

function file(shared) {
  const address = fileUrl(shared.url_private ?? `/files/${encodeURIComponent(shared.id)}/file`);
  const name = shared.title || shared.name || shared.id;
  if (!String(shared.mimetype).startsWith("image/")) {
    return link(address, ["📄 ", h("strong", {}, name), h("small", {}, ` ${shared.pretty_type ?? shared.filetype ?? ""}`)], { class: "file" });
  }
  return h("figure", { class: "image" }, h("figcaption", {}, name),
    link(address, h("img", { class: "block-image", src: address, alt: shared.alt_txt ?? name, loading: "lazy" })));
}

/** Add or take back a reaction of the acting person. */
async function react(channel, ts, name, remove) {
  try {
    await post("react", { as: store.as, channel, ts, name, remove });
  } catch (error) {
    toast(`The reaction was not saved: ${error.message}`);
  }
}

function reactions(message, channel) {
  if (!message.reactions?.length) return null;
  return h("div", { class: "reactions" }, message.reactions.map((reaction) => {
    const mine = reaction.users?.includes(store.as);
    const who = (reaction.users ?? []).map(nameOf).join(", ");
    return h("button", {
      type: "button", class: mine ? "reaction mine" : "reaction", "aria-pressed": String(Boolean(mine)), title: `${who} reacted with :${reaction.name}:`,
      "data-testid": `reaction-${reaction.name}`, "aria-label": `${reaction.name}, ${reaction.count}: ${who}`,
      onclick: () => react(channel, message.ts, reaction.name, mine),
    }, emojiNode(reaction.name), h("span", {}, ` ${reaction.count ?? reaction.users?.length ?? 1}`));
  }));
}

function threadLink(message, inThread) {
  if (inThread || !message.reply_count) return null;
  const count = `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`;
  const last = message.latest_reply ? `Last reply ${formatDate("{date_short_pretty} at {time}", Number(message.latest_reply), { zone: zone(), now: now() })}` : "";
  return h("button", { type: "button", class: "thread-link", "data-testid": "thread-link", onclick: () => openThread(message.ts) },
    (message.reply_users ?? []).slice(0, 4).map((id) => avatar(id, true)), h("strong", {}, count), h("span", { class: "quiet" }, last));
}

// Only this window forgets it: Slack keeps ephemeral messages nowhere either.
function dismissal(message) {
  const dismiss = () => {
    store.dismissed.add(message.ts);
    emit("redraw");
  };
  return h("button", { type: "button", class: "as-link", "data-testid": "dismiss", onclick: dismiss }, "Dismiss message");
}

const QUIET = { channel_join: true, channel_leave: true, group_join: true, group_leave: true, channel_topic: true, bot_add: true };

/** What must change for a message to be drawn again. */
export function messageSignature(message, compact, dayKey) {
  return signature([message, compact, dayKey, zone(), store.as, store.members.size, store.shortcuts.length]);
}

/** The row of one message. `compact` leaves out avatar and name; `inThread` its way into the thread. */
export function messageRow(message, { channel, compact, inThread }) {
  const at = Number(message.ts);
  const short = compact && !message.ephemeral;
  const row = h("div", {
    class: `message${short ? " compact" : ""}${message.ephemeral ? " ephemeral" : ""}${QUIET[message.subtype] ? " system" : ""}`,
    role: "article", tabindex: "-1", "data-testid": "message", "data-ts": message.ts, "data-user": author(message).id,
    "aria-label": `${author(message).name}, ${clockTime(at, zone())}`,
  },
  h("div", { class: "gutter" }, short ? h("time", { class: "time side-time" }, clockTime(at, zone())) : face(message)),
  h("div", { class: "message-body" },
    message.ephemeral ? h("div", { class: "only-you" }, "👁 Only visible to you") : null,
    short ? null : head(message, at), content(message, channel),
    message.files?.length ? h("div", { class: "files" }, message.files.map(file)) : null,
    reactions(message, channel), threadLink(message, inThread),
    message.ephemeral ? dismissal(message) : null));
  if (!message.notice) hoverBar(row, message, { channel, inThread, react });
  return row;
}
