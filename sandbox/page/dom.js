// Everything on the page is built here from elements and text nodes: foreign text never becomes markup.

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "selected", "readOnly", "required"]);

/** An element with attributes (`on…` listeners, `class`, `data-…`) and children (nodes, strings, arrays). */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) setAttribute(node, name, value);
  append(node, children);
  return node;
}

function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (PROPERTIES.has(name)) node[name] = value;
  else if (name === "style") Object.assign(node.style, value);
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** Append nodes, strings and nested arrays; empty values are left out. */
function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** Empty the node and fill it again. */
export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

/** The address when it is one a person may follow (web, mail, or a path of this server), else null. */
export function safeUrl(address) {
  try {
    const url = new URL(String(address), location.href);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** The address of a shared file; this server's own files are asked for as the acting person. */
export function fileUrl(address) {
  const url = safeUrl(address) && new URL(address, location.href);
  if (!url) return null;
  if (url.origin === location.origin) url.searchParams.set("as", new URLSearchParams(location.hash.slice(1)).get("as") ?? "");
  return url.href;
}

/** A link that opens elsewhere; an address that is not safe is shown as plain text. */
export function link(address, children, attributes = {}) {
  const href = safeUrl(address);
  if (!href) return h("span", attributes, children);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", ...attributes }, children);
}

/** Keep `container` in step with `items`: nodes stay as long as their key and signature stay. */
export function reconcile(container, items, build) {
  const present = new Map([...container.children].map((node) => [node.dataset.key, node]));
  let cursor = container.firstElementChild;
  for (const { key, signature, item } of items) {
    let node = present.get(key);
    present.delete(key);
    if (!node || node.dataset.signature !== signature) {
      const fresh = build(item);
      fresh.dataset.key = key;
      fresh.dataset.signature = signature;
      if (node) {
        if (cursor === node) cursor = fresh;
        node.replaceWith(fresh);
      }
      node = fresh;
    }
    if (node === cursor) cursor = cursor.nextElementSibling;
    else container.insertBefore(node, cursor);
  }
  for (const gone of present.values()) gone.remove();
}

/** A short hash of any JSON value: enough to see that something changed. */
export function signature(value) {
  const text = JSON.stringify(value) ?? "";
  let sum = 5381;
  for (let i = 0; i < text.length; i += 1) sum = ((sum * 33) ^ text.charCodeAt(i)) >>> 0;
  return `${text.length}:${sum.toString(36)}`;
}

/** The text of a Block Kit text object or of a plain string. */
export function plain(text) {
  return typeof text === "string" ? text : (text?.text ?? "");
}

/** Show a short notice at the edge of the page for a few seconds. */
export function toast(text) {
  const note = h("div", { class: "toast", "data-testid": "toast" }, text);
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), 6000);
}

/** Say something to screen readers only. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}
