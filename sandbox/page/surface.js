// What an element needs to know of the place it stands in: its values, and how to reach the app.

import { post } from "./api.js";
import { plain, toast } from "./dom.js";
import { Values } from "./fields.js";
import { emit, store } from "./state.js";

const kept = new Map();

/** The values typed on a surface; they outlive redraws. */
export function valuesOf(key, initial) {
  if (!kept.has(key)) kept.set(key, new Values());
  const values = kept.get(key);
  if (initial) values.kept = initial;
  return values;
}

/** Forget what was typed on a surface. */
export function forget(key) {
  kept.delete(key);
}

/** The sentence a person sees when the app did not answer, or null. */
export function failure(delivery, what) {
  if (!delivery || delivery.ok) return null;
  return `${what} failed with the error "${delivery.error ?? "dispatch_failed"}"`;
}

function labelOf(block, element) {
  return plain(block.label) || plain(element.placeholder) || element.accessibility_label || plain(block.text).slice(0, 80) || element.action_id;
}

async function act(surface, { block, element, value, selected, node }) {
  node?.setAttribute("aria-busy", "true");
  try {
    await surface.before?.();
    const body = { as: store.as, ...surface.where, block_id: block.block_id, action_id: element.action_id, value, selected };
    const { delivery } = await post("click", body);
    const problem = failure(delivery, labelOf(block, element));
    if (problem) surface.fail ? surface.fail(problem) : toast(problem);
  } catch (error) {
    toast(`That did not work: ${error.message}`);
  } finally {
    node?.removeAttribute("aria-busy");
    emit("views");
  }
}

async function suggest(surface, block, element, value) {
  const body = { as: store.as, ...surface.where, block_id: block.block_id, action_id: element.action_id, value };
  const found = await post("suggest", body);
  if (found.delivery?.ok === false) throw new Error(found.delivery.error);
  return found;
}

/** The context handed to blocks: `where` names the surface for /control/click, `key` its values. */
export function surface({ key, where, initial, before, fail }) {
  const own = { where, before, fail };
  return {
    key,
    values: valuesOf(key, initial),
    labelOf,
    act: (press) => act(own, press),
    suggest: (block, element, value) => suggest(own, block, element, value),
  };
}

/** Draw again what stands in `container` and put cursor and scroll back where they were. */
export function redraw(container, draw) {
  const active = container.contains(document.activeElement) ? document.activeElement : null;
  const key = active?.dataset.focus;
  const range = key && typeof active.selectionStart === "number" ? [active.selectionStart, active.selectionEnd] : null;
  const scroller = container.querySelector("[data-scroller]");
  const top = scroller?.scrollTop ?? container.scrollTop;
  draw();
  const now = container.querySelector("[data-scroller]") ?? container;
  now.scrollTop = top;
  const node = key && [...container.querySelectorAll("[data-focus]")].find((found) => found.dataset.focus === key);
  node?.focus({ preventScroll: true });
  if (node && range) node.setSelectionRange(...range);
}
