// Interactive elements by type; an unknown one is shown as a labelled box, never left out.

import { confirmDialog } from "./dialog.js";
import { fileUrl, h, plain, safeUrl } from "./dom.js";
import { change } from "./fields.js";
import { datePicker, datetimePicker, emailInput, fileInput, numberInput, plainTextInput, richTextInput, timePicker, urlInput } from "./inputs.js";
import { plainNodes, textNodes } from "./mrkdwn.js";
import { openMenu } from "./popup.js";
import { select } from "./selects.js";

async function press(element, block, ctx, node) {
  if (element.confirm && !(await confirmDialog(element.confirm))) return;
  const address = element.url && safeUrl(element.url);
  if (address) window.open(address, "_blank", "noopener");
  await ctx.act({ block, element, value: element.value, node });
}

function button(element, block, ctx) {
  const node = h("button", {
    type: "button", class: `button ${["primary", "danger"].includes(element.style) ? element.style : ""}`,
    "data-testid": `button-${element.action_id}`, "data-value": element.value, "data-focus": `${block.block_id}|${element.action_id}`,
    "aria-label": element.accessibility_label, onclick: () => press(element, block, ctx, node),
  }, plainNodes(plain(element.text), element.text?.emoji !== false), element.url ? h("span", { class: "outward", "aria-label": "opens a web page" }, " ↗") : null);
  return node;
}

function iconButton(element, block, ctx) {
  return button({ ...element, style: null, text: element.text ?? element.icon }, block, ctx);
}

function feedbackButtons(element, block, ctx) {
  const one = (part, side, sign) => part && h("button", {
    type: "button", class: "button", "data-testid": `button-${element.action_id}`, "data-value": part.value,
    "aria-label": part.accessibility_label, onclick: ({ currentTarget }) => ctx.act({ block, element, value: side, node: currentTarget }),
  }, `${sign} ${plain(part.text)}`);
  return h("span", { class: "together" }, one(element.positive_button, "positive", "👍"), one(element.negative_button, "negative", "👎"));
}

function overflow(element, block, ctx) {
  const pick = async (option) => {
    if (element.confirm && !(await confirmDialog(element.confirm))) return;
    const address = option.url && safeUrl(option.url);
    if (address) window.open(address, "_blank", "noopener");
    await ctx.act({ block, element, value: option.value, node });
  };
  const node = h("button", {
    type: "button", class: "button icon", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": "More actions",
    "data-testid": `overflow-${element.action_id}`,
    onclick: () => openMenu(node, element.options.map((option) => ({
      label: plainNodes(plain(option.text)), note: plain(option.description), testid: `option-${option.value}`, run: () => pick(option),
    })), "More actions"),
  }, "⋯");
  return node;
}

// Checkboxes and radio buttons share everything but how many may be chosen.
function choices(element, block, ctx) {
  const many = element.type === "checkboxes";
  const key = many ? "selected_options" : "selected_option";
  const chosen = () => [ctx.values.get(block, element)?.[key] ?? []].flat().map((option) => option.value);
  const name = `${ctx.key}-${block.block_id}-${element.action_id}`;
  const group = h("div", { role: many ? "group" : "radiogroup", class: "choices", "data-testid": `choices-${element.action_id}`,
    "aria-label": ctx.labelOf(block, element) });
  const draw = () => [...group.querySelectorAll("input")].forEach((input) => { input.checked = chosen().includes(input.value); });
  const onchange = async () => {
    const values = [...group.querySelectorAll("input:checked")].map((input) => input.value);
    const options = element.options.filter((option) => values.includes(option.value));
    await change(element, block, ctx, { state: { type: element.type, [key]: many ? options : (options[0] ?? null) }, node: group });
    draw();
  };
  group.append(...element.options.map((option, index) => h("label", { class: "choice" },
    h("input", { type: many ? "checkbox" : "radio", name, value: option.value, onchange, "data-testid": `choice-${option.value}`,
      "data-focus": `${block.block_id}|${element.action_id}|${index}` }),
    h("span", {}, textNodes(option.text), option.description ? h("small", {}, textNodes(option.description)) : null))));
  draw();
  return group;
}

/** The address an image may be loaded from: an image_url, or a file of this sandbox. */
export function imageSource(image) {
  const file = image.slack_file;
  if (file) return fileUrl(file.url ?? `/files/${encodeURIComponent(file.id)}/image`);
  const address = safeUrl(image.image_url);
  return address?.startsWith("http") ? address : null;
}

/** An image with its alternative text; when it cannot be loaded the text stays. */
export function picture(image, className) {
  const node = h("img", { class: className, src: imageSource(image), alt: image.alt_text ?? "", title: image.alt_text, loading: "lazy" });
  node.addEventListener("error", () => node.replaceWith(h("span", { class: `${className} image-missing` }, `🖼 ${image.alt_text || "image"}`)));
  return node;
}

const BUILDERS = {
  button, overflow, checkboxes: choices, radio_buttons: choices, icon_button: iconButton, feedback_buttons: feedbackButtons,
  workflow_button: button, plain_text_input: plainTextInput, email_text_input: emailInput, url_text_input: urlInput,
  number_input: numberInput, rich_text_input: richTextInput, datepicker: datePicker, timepicker: timePicker,
  datetimepicker: datetimePicker, file_input: fileInput, image: (element) => picture(element, "thumb"),
};

/** The node of one element in a block. `ctx` is the surface (see surface.js). */
export function element(part, block, ctx) {
  if (/^(multi_)?(static|external|users|conversations|channels)_select$/.test(part.type)) return select(part, block, ctx);
  const build = BUILDERS[part.type];
  if (build) return build(part, block, ctx);
  return h("span", { class: "unknown-block", "data-testid": "unknown-element" }, `Element of type “${part.type}” is not drawn here`);
}
