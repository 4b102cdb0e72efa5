// Modals: the top of the person's stack of views, its fields, its errors, sending and closing it.

import { coalesce, debounce, get, post } from "./api.js";
import { blocks } from "./blocks.js";
import { problems } from "./checks.js";
import { openDialog } from "./dialog.js";
import { h, plain, signature, toast } from "./dom.js";
import { closePopup } from "./popup.js";
import { on, store } from "./state.js";
import { failure, forget, redraw, surface, valuesOf } from "./surface.js";

let dialog = null;
let shown = null;
const closed = new Set();

async function fetchViews() {
  const { as } = store;
  const { views } = await get("views", { as });
  if (as !== store.as) return;
  const open = views.filter((view) => !closed.has(view.id));
  const top = open[open.length - 1];
  if (top) show(top, open.length);
  else hide();
}

const refresh = coalesce(fetchViews);

function hide() {
  if (!dialog) return;
  closePopup();
  forget(shown.key);
  dialog.close();
  dialog = null;
  shown = null;
}

function show(view, depth) {
  const drawn = signature([view.id, view.hash, view.title, view.submit, view.close, view.blocks, depth]);
  if (shown?.drawn === drawn) return;
  const same = shown?.view.id === view.id;
  if (!dialog) dialog = openDialog({ testid: "modal", label: plain(view.title) }, () => close());
  closePopup();
  shown = prepare(view, drawn);
  const draw = () => dialog.set(form(view, depth));
  if (same) redraw(dialog.node, draw);
  else {
    draw();
    focusFirst();
  }
}

function prepare(view, drawn) {
  const key = `${store.as}:view:${view.id}`;
  const values = valuesOf(key, view.values ?? view.state?.values);
  const { as } = store;
  const typeSoon = debounce(() => post("type", { as, view_id: view.id, values: values.collect(view.blocks) }).catch(() => null), 400);
  values.onTouch = typeSoon;
  return { view, drawn, key, values, typeSoon, as };
}

function focusFirst() {
  const node = dialog.node;
  const wanted = node.querySelector("[data-autofocus]") ?? node.querySelector(".dialog-body input, .dialog-body textarea, .dialog-body button") ?? node.querySelector("button");
  wanted?.focus();
}

function form(view, depth) {
  const ctx = surface({ key: shown.key, where: { view_id: view.id }, before: () => shown?.typeSoon.flush(), fail: banner });
  dialog.node.setAttribute("aria-label", plain(view.title));
  return h("form", { class: "form", novalidate: true, onsubmit: submit },
    h("div", { class: "dialog-head" },
      depth > 1 ? h("button", { type: "button", class: "tool", "aria-label": "Back", "data-testid": "modal-back", onclick: () => close() }, "←") : null,
      h("h2", { class: "dialog-title", "data-testid": "modal-title" }, plain(view.title)),
      h("button", { type: "button", class: "tool", "aria-label": "Close", "data-testid": "modal-x", onclick: () => close(depth > 1) }, "✕")),
    h("div", { class: "banner", role: "alert", "data-testid": "modal-banner", hidden: true }),
    h("div", { class: "dialog-body", "data-scroller": "1" }, blocks(view.blocks, ctx)),
    h("div", { class: "dialog-foot" },
      h("button", { type: "button", class: "button", "data-testid": "modal-close", onclick: () => close() }, plain(view.close) || "Cancel"),
      view.submit ? h("button", { type: "submit", class: "button primary solid", "data-testid": "modal-submit" }, plain(view.submit)) : null));
}

function banner(text) {
  const node = dialog?.node.querySelector("[data-testid=modal-banner]");
  if (!node) return;
  node.textContent = text ?? "";
  node.hidden = !text;
}

function showErrors(errors) {
  const loose = [];
  for (const node of dialog.node.querySelectorAll(".field-error")) node.hidden = true;
  for (const node of dialog.node.querySelectorAll(".field.wrong")) node.classList.remove("wrong");
  for (const [id, text] of Object.entries(errors)) {
    const field = [...dialog.node.querySelectorAll(".field")].find((found) => found.dataset.blockId === id);
    if (!field) {
      loose.push(text);
      continue;
    }
    field.classList.add("wrong");
    Object.assign(field.querySelector(".field-error"), { textContent: text, hidden: false });
  }
  banner(loose.join(" "));
  const first = dialog.node.querySelector(".field.wrong");
  first?.scrollIntoView({ block: "nearest" });
  first?.querySelector("input, textarea, button")?.focus({ preventScroll: true });
}

async function submit(event) {
  event.preventDefault();
  const { view, values, as } = shown;
  const typed = values.collect(view.blocks);
  const wrong = problems(view.blocks, typed);
  showErrors(wrong);
  if (Object.keys(wrong).length) return;
  const button = dialog.node.querySelector("[data-testid=modal-submit]");
  if (button.disabled) return;
  Object.assign(button, { disabled: true, textContent: "Sending…" });
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await post("submit", { as, view_id: view.id, values: typed });
    if (shown?.view.id === view.id) settle(answer);
  } catch (error) {
    banner(`This was not sent: ${error.message}`);
  } finally {
    button.removeAttribute("aria-busy");
    Object.assign(button, { disabled: false, textContent: plain(view.submit) });
    await refresh();
  }
}

function settle({ delivery, errors }) {
  const problem = failure(delivery, plain(shown.view.submit) || "Sending");
  if (problem) banner(`${problem}. What you typed is still here: try again.`);
  else if (errors && Object.keys(errors).length) showErrors(errors);
}

// The window goes at once; what was typed reaches the app with the closing.
async function close(all = false) {
  const { view, typeSoon, as } = shown;
  closed.add(view.id);
  await typeSoon.flush();
  const done = post("close", { as, view_id: view.id, everything: all }).catch((error) => toast(error.message));
  if (all) hide();
  else refresh();
  await done;
  refresh();
}

/** Start showing modals. */
export function startModal() {
  on("views", refresh);
  on("person", () => {
    hide();
    refresh();
  });
}
