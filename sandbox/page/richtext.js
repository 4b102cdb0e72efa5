// rich_text blocks: sections, lists, quotes, preformatted text, and what stands inside them.

import { h, link } from "./dom.js";
import { broadcastNode, channelNode, dateNode, emojiNode, userNode, usergroupNode } from "./mrkdwn.js";

const STYLE_TAGS = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u", highlight: "mark" };
const BULLETS = ["disc", "circle", "square"];
const NUMBERS = ["decimal", "lower-alpha", "lower-roman"];

function dressed(node, style = {}) {
  return Object.entries(STYLE_TAGS).reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}

function broken(text) {
  return String(text ?? "").split("\n").flatMap((line, index) => [index ? h("br") : null, line]);
}

const LEAVES = {
  text: (part) => h("span", {}, broken(part.text)),
  link: (part) => link(part.url, part.text || part.url),
  user: (part) => userNode(part.user_id),
  usergroup: (part) => usergroupNode(part.usergroup_id),
  channel: (part) => channelNode(part.channel_id),
  emoji: (part) => emojiNode(part.name ?? ""),
  broadcast: (part) => broadcastNode(part.range),
  date: (part) => dateNode(part.timestamp, part.format ?? "{date_short} {time}", part),
  color: (part) => h("span", { class: "swatch-text" }, h("i", { class: "swatch", style: { background: part.value } }), part.value),
};

function leaf(part) {
  const build = LEAVES[part.type];
  if (!build) return h("span", { class: "unknown-inline" }, `[${part.type}]`, part.text ?? "");
  return dressed(build(part), part.style);
}

function leaves(element) {
  return (element.elements ?? []).map(leaf);
}

function list(element) {
  const indent = element.indent ?? 0;
  const ordered = element.style === "ordered";
  const marks = ordered ? NUMBERS : BULLETS;
  return h(ordered ? "ol" : "ul", {
    class: element.border ? "rich-list bordered" : "rich-list",
    start: ordered ? (element.offset ?? 0) + 1 : null,
    style: { marginLeft: `${indent * 24}px`, listStyleType: marks[indent % marks.length] },
  }, (element.elements ?? []).map((item) => h("li", {}, leaves(item))));
}

const PARTS = {
  rich_text_section: (element) => h("div", { class: "rich-section" }, leaves(element)),
  rich_text_list: list,
  rich_text_preformatted: (element) => h("pre", {}, (element.elements ?? []).map((part) => (
    part.type === "link" ? link(part.url, part.text || part.url) : part.text))),
  rich_text_quote: (element) => h("blockquote", {}, leaves(element)),
};

/** The nodes of a rich_text block (or of a rich_text table cell). */
export function richText(block) {
  return (block.elements ?? []).map((element) => {
    const build = PARTS[element.type];
    return build ? build(element) : h("div", { class: "unknown-inline" }, `[${element.type}]`);
  });
}

/** A rich_text value for plainly typed text. */
export function richTextOf(text) {
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] };
}

/** The plain text of a rich_text value, one line a part. */
export function plainOfRichText(value) {
  const text = (part) => part.text ?? part.url ?? (part.name ? `:${part.name}:` : (part.elements ?? []).map(text).join(""));
  return (value?.elements ?? []).map(text).join("\n");
}
