// Block Kit blocks by type; an unknown one is shown as a labelled box, never left out.

import { h, link, plain } from "./dom.js";
import { element, imageSource, picture } from "./elements.js";
import { markdown } from "./markdown.js";
import { plainNodes, textNodes } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { chartNumbers, dataTable, table } from "./tables.js";

function section(block, ctx) {
  const accessory = block.accessory;
  const text = h("div", { class: "section-text" },
    block.text ? h("div", {}, textNodes(block.text)) : null,
    block.fields ? h("div", { class: "section-fields" }, block.fields.map((field) => h("div", {}, textNodes(field)))) : null);
  const side = accessory ? h("div", { class: accessory.type === "image" ? "accessory image" : "accessory" }, element(accessory, block, ctx)) : null;
  return h("div", { class: "section" }, text, side);
}

function context(block) {
  return h("div", { class: "context" }, (block.elements ?? []).map((part) => (
    part.type === "image" ? picture(part, "context-image") : h("span", {}, textNodes(part)))));
}

function image(block) {
  const source = imageSource(block);
  const shown = picture(block, "block-image");
  return h("figure", { class: "image" },
    block.title ? h("figcaption", {}, textNodes(block.title)) : null,
    source ? link(source, shown) : shown);
}

function input(block, ctx) {
  const grouped = ["checkboxes", "radio_buttons", "file_input"].includes(block.element?.type);
  const control = element(block.element ?? { type: "none" }, block, ctx);
  const id = `${ctx.key}-${block.block_id}`;
  if (!grouped) control.id = id;
  return h("div", { class: "field", "data-testid": `field-${block.block_id}` },
    h(grouped ? "div" : "label", { class: "field-label", for: grouped ? null : id }, plainNodes(plain(block.label)),
      block.optional ? h("span", { class: "optional" }, " (optional)") : null),
    control,
    h("div", { class: "field-error", role: "alert", "data-testid": `error-${block.block_id}`, hidden: true }),
    h("div", { class: "hint", id: `note-${block.block_id}` }, plain(block.hint)));
}

function video(block) {
  return h("div", { class: "card" },
    block.thumbnail_url ? picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }, "block-image") : null,
    link(block.title_url ?? block.video_url, ["▶ ", plain(block.title)]), h("div", { class: "quiet" }, plain(block.description)));
}

function card(block, ctx) {
  return h("div", { class: "card" },
    block.hero_image ? picture(block.hero_image, "block-image") : null,
    block.icon ? picture(block.icon, "context-image") : null,
    block.title ? h("div", { class: "card-title" }, textNodes(block.title)) : null,
    block.subtitle ? h("div", { class: "quiet" }, textNodes(block.subtitle)) : null,
    block.body ? h("div", {}, textNodes(block.body)) : null,
    block.actions ? h("div", { class: "actions" }, block.actions.map((part) => element(part, block, ctx))) : null);
}

function container(block, ctx) {
  return h("div", { class: "card" }, h("div", { class: "card-title" }, plain(block.title)),
    block.subtitle ? h("div", { class: "quiet" }, textNodes(block.subtitle)) : null, blocks(block.child_blocks, ctx));
}

const LEVELS = { default: "Note", info: "Info", warning: "Warning", error: "Error", success: "Done" };

const BUILDERS = {
  section, context, image, input, video, card, container, table, data_table: dataTable, data_visualization: chartNumbers,
  header: (block) => h("div", { class: "block-header", role: "heading", "aria-level": "3" }, plainNodes(plain(block.text))),
  divider: () => h("hr"),
  actions: (block, ctx) => h("div", { class: "actions" }, (block.elements ?? []).map((part) => element(part, block, ctx))),
  context_actions: (block, ctx) => h("div", { class: "actions" }, (block.elements ?? []).map((part) => element(part, block, ctx))),
  rich_text: (block) => h("div", { class: "rich" }, richText(block)),
  markdown: (block) => h("div", { class: "markdown" }, markdown(block.text)),
  alert: (block) => h("div", { class: `alert ${LEVELS[block.level] ? block.level : "default"}`, role: "note" },
    h("strong", {}, `${LEVELS[block.level] ?? LEVELS.default}: `), textNodes(block.text)),
  carousel: (block, ctx) => h("div", { class: "carousel" }, (block.elements ?? []).map((part) => card(part, ctx))),
  file: (block) => h("div", { class: "card" }, `📄 File ${block.external_id ?? block.file_id ?? ""}`),
  call: (block) => h("div", { class: "card" }, `📞 Call ${block.call_id ?? ""}`),
};

function unknown(block) {
  return h("div", { class: "unknown-block", "data-testid": "unknown-block" },
    h("strong", {}, `Block of type “${block.type ?? "none"}” is not drawn here`), h("pre", {}, JSON.stringify(block, null, 1)));
}

/** The node of one block on the surface `ctx` (see surface.js). */
function block(part, ctx) {
  const build = Object.hasOwn(BUILDERS, part.type) ? BUILDERS[part.type] : unknown;
  let node;
  try {
    node = build(part, ctx);
  } catch (error) {
    node = h("div", { class: "unknown-block", "data-testid": "broken-block" }, `Block of type “${part.type}” could not be drawn: ${error.message}`);
  }
  node.dataset.block = part.type;
  if (part.block_id) node.dataset.blockId = part.block_id;
  return node;
}

/** The nodes of a list of blocks. */
export function blocks(list, ctx) {
  return (list ?? []).map((part) => block(part, ctx));
}
