// Typed inputs: text, numbers, addresses, rich text, dates, times, files.

import { debounce, post } from "./api.js";
import { fromWall, toWall } from "./dates.js";
import { h, plain, toast } from "./dom.js";
import { change } from "./fields.js";
import { plainOfRichText, richTextOf } from "./richtext.js";
import { store, zone } from "./state.js";

function common(element, block, ctx) {
  return {
    "data-testid": `input-${element.action_id}`, "data-focus": `${block.block_id}|${element.action_id}`,
    "aria-label": ctx.labelOf(block, element), "aria-describedby": `note-${block.block_id}`,
    placeholder: plain(element.placeholder) || null, autocomplete: "off", autofocus: Boolean(element.focus_on_load),
    "data-autofocus": element.focus_on_load ? "1" : null,
  };
}

function keepTyped(element, block, ctx, read) {
  const trigger = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const sendSoon = debounce((node) => change(element, block, ctx, { state: read(node), node }), 350);
  return {
    oninput: ({ target }) => {
      change(element, block, ctx, { state: read(target), node: target, send: false });
      if (block.dispatch_action && trigger.includes("on_character_entered")) sendSoon(target);
    },
    onkeydown: (event) => {
      if (event.key !== "Enter" || event.isComposing || !block.dispatch_action || !trigger.includes("on_enter_pressed")) return;
      if (event.target.tagName === "TEXTAREA" && event.shiftKey) return;
      event.preventDefault();
      change(element, block, ctx, { state: read(event.target), node: event.target });
    },
  };
}

function typed(type, extra = () => ({})) {
  return (element, block, ctx) => {
    const read = (node) => ({ type: element.type, value: node.value === "" ? null : node.value });
    const value = ctx.values.get(block, element)?.value ?? "";
    const limits = { maxlength: element.max_length ?? null, minlength: element.min_length ?? null };
    const handlers = keepTyped(element, block, ctx, read);
    const attributes = { ...common(element, block, ctx), ...limits, ...extra(element), ...handlers };
    return element.multiline
      ? h("textarea", { ...attributes, rows: 4, value })
      : h("input", { ...attributes, type, value });
  };
}

/** Text on one line or several. */
export const plainTextInput = typed("text");
/** An e-mail address. */
export const emailInput = typed("email");
/** A web address. */
export const urlInput = typed("url");
/** A number; kept as text, as Slack does. */
export const numberInput = typed("text", (element) => ({
  inputmode: element.is_decimal_allowed ? "decimal" : "numeric", "data-min": element.min_value, "data-max": element.max_value,
}));

/** Rich text, typed as plain lines. */
export function richTextInput(element, block, ctx) {
  const read = (node) => ({ type: element.type, rich_text_value: node.value ? richTextOf(node.value) : null });
  const value = plainOfRichText(ctx.values.get(block, element)?.rich_text_value);
  return h("textarea", { ...common(element, block, ctx), rows: 4, value, ...keepTyped(element, block, ctx, read) });
}

function picker(type, { read, write }) {
  return (element, block, ctx) => {
    const node = h("input", {
      ...common(element, block, ctx), type, class: "picker",
      onchange: async () => {
        if (node.value && node.value < "1970" && type !== "time") return;
        const before = write(ctx.values.get(block, element));
        const kept = await change(element, block, ctx, { state: { type: element.type, ...read(node.value || null, element) }, node });
        if (!kept) node.value = before ?? "";
      },
    });
    node.value = write(ctx.values.get(block, element)) ?? "";
    return node;
  };
}

/** A calendar day. */
export const datePicker = picker("date", {
  read: (value) => ({ selected_date: value }), write: (state) => state?.selected_date,
});
/** A time of day. */
export const timePicker = picker("time", {
  read: (value, element) => ({ selected_time: value, timezone: element.timezone ?? zone() }), write: (state) => state?.selected_time,
});
/** A moment, typed in the acting person's zone. */
export const datetimePicker = picker("datetime-local", {
  read: (value) => ({ selected_date_time: value ? fromWall(value, zone()) : null }),
  write: (state) => (state?.selected_date_time ? toWall(state.selected_date_time, zone()) : null),
});

function asBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(new Error(`${file.name} could not be read.`));
    reader.readAsDataURL(file);
  });
}

/** `{name, content_base64}` of each file a person picked. */
export function readFiles(files) {
  return Promise.all([...files].map(async (file) => ({ name: file.name, content_base64: await asBase64(file) })));
}

async function upload(files) {
  const read = await readFiles(files);
  return Promise.all(read.map(async (file) => (await post("upload", { as: store.as, ...file })).file));
}

/** Files, uploaded when chosen. */
export function fileInput(element, block, ctx) {
  const accept = (element.filetypes ?? []).map((type) => `.${type}`).join(",");
  const list = h("div", { class: "hint" });
  const draw = () => {
    list.textContent = (ctx.values.get(block, element)?.files ?? []).map((file) => file.name ?? file.id).join(", ");
  };
  const node = h("input", {
    ...common(element, block, ctx), type: "file", accept: accept || null, multiple: (element.max_files ?? 10) > 1,
    onchange: async () => {
      try {
        const files = (await upload(node.files)).slice(0, element.max_files ?? 10);
        await change(element, block, ctx, { state: { type: element.type, files }, node });
      } catch (error) {
        toast(`The file was not uploaded: ${error.message}`);
      }
      draw();
    },
  });
  draw();
  return h("div", {}, node, list);
}
