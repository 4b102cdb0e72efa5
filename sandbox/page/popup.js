// Small floating boxes (menus, lists): near their button, closed by Escape or a click elsewhere.

import { h } from "./dom.js";

let open = null;

/** Close the open box, if any, and give the focus back when it was inside. */
export function closePopup() {
  if (!open) return;
  const { box, anchor, onClose } = open;
  open = null;
  const inside = box.contains(document.activeElement);
  box.remove();
  anchor.setAttribute("aria-expanded", "false");
  onClose?.();
  if (inside && anchor.isConnected) anchor.focus();
}

function place(box, anchor) {
  const at = anchor.getBoundingClientRect();
  const margin = 8;
  const width = box.offsetWidth;
  const height = box.offsetHeight;
  const below = at.bottom + 4 + height <= innerHeight - margin || at.top < innerHeight / 2;
  const left = Math.min(Math.max(margin, at.left), innerWidth - width - margin);
  const top = below ? at.bottom + 4 : at.top - height - 4;
  box.style.left = `${Math.max(margin, left)}px`;
  box.style.top = `${Math.max(margin, Math.min(top, innerHeight - height - margin))}px`;
}

/** Open `content` near `anchor`; the same anchor again closes it. Returns the box, or null when closed. */
export function openPopup(anchor, content, { onClose, label, wide = false } = {}) {
  const same = open?.anchor === anchor;
  closePopup();
  if (same) return null;
  const box = h("div", { class: wide ? "popup wide" : "popup", "data-testid": "popup", "aria-label": label }, content);
  (anchor.closest("dialog") ?? document.getElementById("layers")).append(box);
  open = { box, anchor, onClose };
  anchor.setAttribute("aria-expanded", "true");
  place(box, anchor);
  return box;
}

/** True while a box is open. */
export function popupIsOpen() {
  return open !== null;
}

/** Fit the open box again after its content changed. */
export function settlePopup() {
  if (open) place(open.box, open.anchor);
}

/** A menu of `{label, testid, run, danger, note}` entries under `anchor`, walked with the arrow keys. */
export function openMenu(anchor, entries, label) {
  const items = entries.map((entry) => h("button", {
    type: "button", role: "menuitem", class: entry.danger ? "menu-item danger" : "menu-item", "data-testid": entry.testid,
    onclick: () => {
      closePopup();
      entry.run();
    },
  }, entry.label, entry.note ? h("small", {}, entry.note) : null));
  const menu = h("div", { role: "menu", "aria-label": label, class: "menu", onkeydown: walk }, items);
  if (openPopup(anchor, menu, { label })) items[0]?.focus();
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length].focus();
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.box.contains(event.target) && !open.anchor.contains(event.target)) closePopup();
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !open) return;
  event.preventDefault();
  event.stopPropagation();
  const { anchor } = open;
  closePopup();
  anchor.focus();
}, true);

addEventListener("resize", closePopup);
