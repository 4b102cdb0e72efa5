// Every select of Block Kit as one searchable list: static, external, users, conversations, channels.

import { fill, h, plain, signature } from "./dom.js";
import { change } from "./fields.js";
import { emoji } from "./emoji.js";
import { plainNodes } from "./mrkdwn.js";
import { closePopup, openPopup, settlePopup } from "./popup.js";
import { channelById, nameOf, store, title } from "./state.js";

const option = (raw, group) => ({ key: raw.value, label: shown(plain(raw.text)), note: plain(raw.description), raw, group });
const person = (id) => ({ key: id, label: nameOf(id), raw: id });
const place = (id) => ({ key: id, label: channelLabel(channelById(id)) ?? id, raw: id });

function shown(text) {
  return text.replace(/:([a-z0-9_+'-]+):/g, (typed, name) => emoji(name) ?? typed);
}

function channelLabel(channel) {
  if (!channel) return null;
  if (channel.kind === "im") return title(channel);
  return `${channel.kind === "private" ? "🔒 " : "#"}${channel.name}`;
}

function staticOptions(element) {
  const grouped = (element.option_groups ?? []).flatMap((group) => group.options.map((raw) => option(raw, plain(group.label))));
  return (element.options ?? []).map((raw) => option(raw)).concat(grouped);
}

function conversations(element) {
  const kinds = { channel: "public", private: "private", im: "im" };
  const include = element.filter?.include;
  return store.channels.filter((channel) => !include || include.includes(kinds[channel.kind]))
    .filter((channel) => !(element.filter?.exclude_bot_users && channel.user === store.bot.user_id))
    .map((channel) => place(channel.id));
}

const people = () => [...store.members.values()].filter((found) => !found.is_bot && !found.deleted).map((found) => person(found.id));
const channels = () => store.channels.filter((channel) => channel.kind === "channel").map((channel) => place(channel.id));

const KINDS = {
  static_select: { key: "selected_option", from: option, list: staticOptions },
  external_select: { key: "selected_option", from: option, external: true },
  users_select: { key: "selected_user", from: person, list: people },
  conversations_select: { key: "selected_conversation", from: place, list: conversations },
  channels_select: { key: "selected_channel", from: place, list: channels },
};

function kindOf(element) {
  const multi = element.type.startsWith("multi_");
  const kind = KINDS[element.type.replace("multi_", "")];
  return { ...kind, key: multi ? `${kind.key}s` : kind.key, multi };
}

/** A button that shows what is chosen and opens the list. */
export function select(element, block, ctx) {
  const kind = kindOf(element);
  const chosen = () => {
    const value = ctx.values.get(block, element)?.[kind.key];
    return (kind.multi ? (value ?? []) : [value].filter(Boolean)).map((raw) => kind.from(raw));
  };
  const button = h("button", {
    type: "button", class: "select", role: "combobox", "aria-haspopup": "listbox", "aria-expanded": "false",
    "data-testid": `select-${element.action_id}`, "data-focus": `${block.block_id}|${element.action_id}`,
    "aria-label": ctx.labelOf(block, element), onclick: () => openList(widget),
    onkeydown: (event) => {
      if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
      event.preventDefault();
      button.click();
    },
  });
  const widget = { element, block, ctx, kind, chosen, button, draw: () => drawButton(widget) };
  widget.draw();
  return button;
}

function drawButton({ element, kind, chosen, button }) {
  const items = chosen();
  const words = items.length === 0 ? h("span", { class: "placeholder" }, plain(element.placeholder) || "Choose…")
    : kind.multi ? items.map((item) => h("span", { class: "chip" }, plainNodes(item.label)))
      : h("span", { class: "chosen" }, plainNodes(items[0].label));
  fill(button, h("span", { class: "select-words" }, words), h("span", { class: "caret", "aria-hidden": "true" }, "▾"));
}

async function choose(widget, item) {
  const { element, block, ctx, kind, chosen, button } = widget;
  const had = chosen();
  const without = had.filter((found) => found.key !== item?.key);
  let next = item ? item.raw : null;
  if (kind.multi) {
    const added = without.length === had.length;
    if (added && element.max_selected_items && had.length >= element.max_selected_items) return;
    next = (added ? [...had, item] : without).map((found) => found.raw);
  }
  if (!kind.multi) closePopup();
  const state = { type: element.type, [kind.key]: next };
  const done = change(element, block, ctx, { state, node: button, send: !kind.multi });
  if (kind.multi || !element.confirm) widget.draw();
  await done;
  widget.draw();
}

function openList(widget) {
  const { element, block, ctx, kind, button } = widget;
  const before = signature(ctx.values.get(block, element));
  const list = h("div", { role: "listbox", id: `list-${element.action_id}`, class: "listbox", "data-testid": "listbox",
    "aria-multiselectable": kind.multi ? "true" : null, "aria-label": ctx.labelOf(block, element) });
  const search = h("input", {
    type: "text", class: "select-search", placeholder: kind.external ? "Type to search" : "Find an option", autocomplete: "off",
    "data-testid": "select-search", "aria-label": "Find an option", "aria-controls": list.id,
    oninput: () => refresh(widget, list, search.value), onkeydown: (event) => steer(event, list),
  });
  const box = openPopup(button, [search, list], { wide: true, onClose: () => sendMulti(widget, before) });
  if (!box) return;
  search.focus();
  refresh(widget, list, "");
}

// A multi select tells the app once, when its list closes, as Slack does.
function sendMulti({ element, block, ctx, kind, button }, before) {
  const state = ctx.values.get(block, element);
  if (kind.multi && signature(state) !== before) change(element, block, ctx, { state, node: button });
}

async function refresh(widget, list, typed) {
  const { element, block, ctx, kind } = widget;
  list.dataset.query = typed;
  if (!kind.external) {
    const wanted = typed.toLowerCase();
    drawOptions(widget, list, kind.list(element).filter((item) => item.label.toLowerCase().includes(wanted)));
    return;
  }
  const least = element.min_query_length ?? 3;
  if (typed.length < least) {
    note(list, `Type at least ${least} character${least === 1 ? "" : "s"}.`);
    return;
  }
  note(list, "Loading…");
  try {
    const found = await ctx.suggest(block, element, typed);
    if (list.dataset.query === typed) drawOptions(widget, list, staticOptions(found));
  } catch (error) {
    note(list, `Could not load the options: ${error.message}`);
  }
}

function note(list, text) {
  fill(list, h("div", { class: "list-note" }, text));
  settlePopup();
}

function drawOptions(widget, list, items) {
  const { kind, chosen, element } = widget;
  const picked = new Set(chosen().map((item) => item.key));
  const rows = [];
  let group;
  for (const item of items) {
    if (item.group !== group) rows.push(h("div", { class: "list-group" }, (group = item.group)));
    rows.push(optionRow(widget, list, item, picked.has(item.key)));
  }
  const clear = !kind.multi && picked.size && widget.block.type === "input" && widget.block.optional;
  if (clear) rows.push(h("button", { type: "button", class: "menu-item", onclick: () => choose(widget, null) }, "Clear the choice"));
  if (!items.length) rows.push(h("div", { class: "list-note" }, "Nothing found."));
  fill(list, rows);
  const active = list.querySelector("[aria-selected=true]") ?? list.querySelector("[role=option]");
  active?.classList.add("active");
  list.closest("dialog, body").querySelector(`[aria-controls="list-${element.action_id}"]`)?.setAttribute("aria-activedescendant", active?.id ?? "");
  settlePopup();
}

function optionRow(widget, list, item, picked) {
  return h("div", {
    role: "option", id: `option-${widget.element.action_id}-${item.key}`, class: "option", "aria-selected": String(picked), "data-testid": `option-${item.key}`,
    onclick: async () => {
      await choose(widget, item);
      if (widget.kind.multi) refresh(widget, list, list.dataset.query);
    },
  }, h("span", { class: "tick", "aria-hidden": "true" }, picked ? "✓" : ""), h("span", {}, plainNodes(item.label), item.note ? h("small", {}, item.note) : null));
}

function steer(event, list) {
  const rows = [...list.querySelectorAll("[role=option]")];
  const at = rows.findIndex((row) => row.classList.contains("active"));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Enter") {
    event.preventDefault();
    rows[at]?.click();
  } else if (step && rows.length) {
    event.preventDefault();
    rows[at]?.classList.remove("active");
    const next = rows[(at + step + rows.length) % rows.length];
    next.classList.add("active");
    next.scrollIntoView({ block: "nearest" });
    event.target.setAttribute("aria-activedescendant", next.id);
  }
}
