// Dialogs on the browser's own <dialog>: it keeps the focus inside and the rest of the page inert.

import { fill, h, plain } from "./dom.js";
import { plainNodes, textNodes } from "./mrkdwn.js";

/** Open a dialog `{head, body, foot}`; `onCancel` runs on Escape. Returns `{node, set, close}`. */
export function openDialog({ testid, label, className = "" }, onCancel) {
  const node = h("dialog", { class: `dialog ${className}`, "data-testid": testid, "aria-label": label });
  node.addEventListener("cancel", (event) => {
    event.preventDefault();
    onCancel();
  });
  document.getElementById("layers").append(node);
  node.showModal();
  return {
    node,
    set: (...children) => fill(node, ...children),
    close: () => {
      node.close();
      node.remove();
    },
  };
}

/** Slack's confirm object as a dialog; resolves to true when the person agrees. */
export function confirmDialog(confirm) {
  return new Promise((resolve) => {
    const done = (agreed) => {
      dialog.close();
      resolve(agreed);
    };
    const dialog = openDialog({ testid: "confirm", label: plain(confirm.title), className: "small" }, () => done(false));
    const style = confirm.style === "danger" ? "button danger solid" : "button primary solid";
    dialog.set(
      h("h2", { class: "dialog-title" }, plainNodes(plain(confirm.title) || "Are you sure?")),
      h("div", { class: "dialog-body" }, textNodes(confirm.text)),
      h("div", { class: "dialog-foot" },
        h("button", { type: "button", class: "button", "data-testid": "confirm-deny", onclick: () => done(false) }, plain(confirm.deny) || "Cancel"),
        h("button", { type: "button", class: style, "data-testid": "confirm-ok", autofocus: true, onclick: () => done(true) }, plain(confirm.confirm) || "Yes")),
    );
    dialog.node.querySelector("[data-testid=confirm-ok]").focus();
  });
}

/** A question of the page itself with the same look. */
export function ask(title, text, { confirm, danger = false }) {
  return confirmDialog({ title, text: { type: "mrkdwn", text }, confirm, deny: "Cancel", style: danger ? "danger" : "primary" });
}

