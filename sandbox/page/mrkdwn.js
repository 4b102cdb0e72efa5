// Slack's mrkdwn as nodes: control sequences, code, quotes, bold, italic, strike, emoji, bare links.

import { formatDate } from "./dates.js";
import { h, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelById, member, now, store, zone } from "./state.js";

const OPEN = "\uE000";
const CLOSE = "\uE001";
const EDGE_BEFORE = "(?<![A-Za-z0-9])";
const EDGE_AFTER = "(?![A-Za-z0-9])";
const styled = (mark) => `${EDGE_BEFORE}\\${mark}(?![\\s${mark}])([^\\n]*?[^\\s${mark}])\\${mark}${EDGE_AFTER}`;
const INLINE = new RegExp([
  `${OPEN}(\\d+)${CLOSE}`, styled("*"), styled("_"), styled("~"),
  ":([a-z0-9_+'-]+(?:::skin-tone-\\d)?):", `(https?://[^\\s${OPEN}${CLOSE}"]+[^\\s${OPEN}${CLOSE}".,;:!?)])`,
].join("|"), "g");
const STYLE_TAGS = { 2: "strong", 3: "em", 4: "s" };

/** Undo Slack's three escapes. */
function unescapeText(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** An emoji as its character with its name as label, or the typed `:name:`. */
export function emojiNode(name) {
  const character = emoji(name);
  if (!character) return document.createTextNode(`:${name}:`);
  return h("span", { class: "emoji", role: "img", "aria-label": name.replace(/_/g, " "), title: `:${name}:` }, character);
}

/** A mention of a person; of the acting person it stands out. */
export function userNode(id, label) {
  const known = store.members.get(id);
  const text = `@${known ? known.real_name || known.name : (label ?? id)}`;
  return h("span", { class: id === store.as ? "mention mention-me" : "mention", "data-user": id }, text);
}

/** A mention of a channel; a channel the person cannot see shows no name. */
export function channelNode(id) {
  const channel = channelById(id);
  if (!channel) return h("span", { class: "mention" }, "private channel");
  const href = `#as=${store.as}&channel=${id}`;
  return h("a", { class: "mention", href }, channel.kind === "im" ? `@${member(channel.user).name}` : `#${channel.name}`);
}

/** A mention of a user group by its handle. */
export function usergroupNode(id, label) {
  const group = store.usergroups.find((found) => found.id === id);
  return h("span", { class: "mention" }, `@${(group?.handle ?? label ?? id).replace(/^@/, "")}`);
}

/** `@here`, `@channel`, `@everyone`. */
export function broadcastNode(range) {
  return h("span", { class: "mention mention-me" }, `@${range}`);
}

/** A moment in the acting person's zone, linked when a link is given. */
export function dateNode(unixSeconds, template, { url, fallback } = {}) {
  const at = Number(unixSeconds);
  if (!Number.isFinite(at)) return document.createTextNode(fallback ?? "");
  const text = formatDate(template, at, { zone: zone(), now: now() });
  const time = h("time", { datetime: new Date(at * 1000).toISOString(), title: fallback }, text);
  return url ? link(url, time) : time;
}

function bang(body, label) {
  const [name, ...rest] = body.slice(1).split("^");
  if (["here", "channel", "everyone"].includes(name)) return broadcastNode(name);
  if (name === "subteam") return usergroupNode(rest[0], label);
  if (name === "date") return dateNode(rest[0], rest[1] ?? "", { url: rest[2], fallback: label });
  return document.createTextNode(label ?? name);
}

function control(sequence) {
  const cut = sequence.indexOf("|");
  const body = cut < 0 ? sequence : sequence.slice(0, cut);
  const label = cut < 0 ? undefined : unescapeText(sequence.slice(cut + 1));
  if (body.startsWith("@")) return userNode(body.slice(1), label);
  if (body.startsWith("#")) return channelNode(body.slice(1));
  if (body.startsWith("!")) return bang(body, label);
  const address = unescapeText(body);
  return link(address, label || address.replace(/^mailto:/, ""));
}

function inline(text, kept, links) {
  const nodes = [];
  let done = 0;
  const leaf = (end) => {
    if (end > done) nodes.push(document.createTextNode(unescapeText(text.slice(done, end))));
  };
  for (const match of text.matchAll(INLINE)) {
    if (match[6] && !links) continue;
    leaf(match.index);
    done = match.index + match[0].length;
    nodes.push(inlineNode(match, kept, links));
  }
  leaf(text.length);
  return nodes;
}

function inlineNode(match, kept, links) {
  if (match[1] !== undefined) return kept[Number(match[1])]?.() ?? document.createTextNode("");
  if (match[5] !== undefined) return emojiNode(match[5]);
  if (match[6] !== undefined) return link(unescapeText(match[6]), unescapeText(match[6]));
  const group = [2, 3, 4].find((index) => match[index] !== undefined);
  return h(STYLE_TAGS[group], {}, inline(match[group], kept, links));
}

function lines(text, kept, links) {
  return text.split("\n").flatMap((line, index) => [index ? h("br") : null, inline(line, kept, links)]);
}

function paragraphs(text, kept, links) {
  const nodes = [];
  let group = null;
  for (const line of text.split("\n")) {
    const quote = line.match(/^(?:&gt;|>) ?(.*)$/);
    const kind = quote ? "quote" : "text";
    if (group?.kind !== kind) nodes.push((group = { kind, lines: [] }));
    group.lines.push(quote ? quote[1] : line);
  }
  return nodes.map((found) => {
    const inner = lines(found.lines.join("\n"), kept, links);
    return found.kind === "quote" ? h("blockquote", {}, inner) : h("span", { class: "lines" }, inner);
  });
}

function keep(source, kept) {
  const put = (build) => `${OPEN}${kept.push(build) - 1}${CLOSE}`;
  return source
    .replace(/`([^`\n]+)`/g, (_, code) => put(() => h("code", {}, unescapeText(code.replace(/<[^<>]*?([^<>|]*)>/g, "$1")))))
    .replace(/<([^<>\n]+)>/g, (_, sequence) => put(() => control(sequence)));
}

/** The nodes of a mrkdwn text. `verbatim` leaves bare addresses unlinked. */
export function mrkdwn(text, { verbatim = false } = {}) {
  const clean = String(text ?? "").replaceAll(OPEN, "").replaceAll(CLOSE, "");
  return clean.split(/```/).flatMap((piece, index, all) => {
    if (index % 2 === 1 && index < all.length - 1) return h("pre", {}, unescapeText(piece.replace(/^\n|\n$/g, "")));
    const source = index % 2 === 1 ? `\`\`\`${piece}` : piece;
    const trimmed = index ? source.replace(/^\n/, "") : source;
    if (!trimmed) return [];
    const kept = [];
    return paragraphs(keep(trimmed, kept), kept, !verbatim);
  });
}

/** The nodes of a text object: mrkdwn, or plain text with its emoji. */
export function textNodes(text) {
  if (!text) return [];
  if (text.type === "mrkdwn") return mrkdwn(text.text, { verbatim: text.verbatim });
  return plainNodes(typeof text === "string" ? text : text.text, text.emoji !== false);
}

/** Plain text with line breaks and, unless switched off, emoji names as emoji. */
export function plainNodes(text, withEmoji = true) {
  return String(text ?? "").split("\n").flatMap((line, index) => [
    index ? h("br") : null,
    line.split(/(:[a-z0-9_+'-]+:)/).map((piece) => (
      withEmoji && /^:[a-z0-9_+'-]+:$/.test(piece) ? emojiNode(piece.slice(1, -1)) : piece)),
  ]);
}

/** What a person would have typed for this text: mentions as `@ana`, channels as `#standup`. */
export function untyped(text) {
  return unescapeText(String(text ?? "").replace(/<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>/g, (_, mark, body, label) => {
    if (mark === "@") return `@${member(body).name}`;
    if (mark === "#") return `#${channelById(body)?.name ?? label ?? body}`;
    if (mark === "!") return label ?? `@${body.split("^")[0]}`;
    return body;
  }));
}
