// The bar over a message: react, reply in thread, and the menu with editing, shortcuts and copying.

import { post } from "./api.js";
import { ask } from "./dialog.js";
import { fill, h, toast } from "./dom.js";
import { emojiNames, QUICK } from "./emoji.js";
import { emojiNode, untyped } from "./mrkdwn.js";
import { openThread } from "./place.js";
import { closePopup, openMenu, openPopup } from "./popup.js";
import { addNotice, emit, store } from "./state.js";
import { failure } from "./surface.js";

/** Give a row its bar, built when the row is first pointed at or focused. */
export function hoverBar(row, message, place) {
  let built = false;
  const build = () => {
    if (built || row.classList.contains("editing")) return;
    built = true;
    row.append(bar(row, message, place));
  };
  row.addEventListener("pointerenter", build);
  row.addEventListener("focusin", build);
}

function tool(label, testid, sign, run) {
  return h("button", { type: "button", class: "tool", "aria-label": label, title: label, "data-testid": testid, onclick: run }, sign);
}

function bar(row, message, place) {
  const node = h("div", { class: "toolbar", role: "toolbar", "aria-label": "Message actions" });
  if (!message.ephemeral) {
    const add = tool("Add a reaction", "tool-react", "☺", () => pickReaction(add, message, place));
    node.append(
      tool("React with a check mark", "tool-check", "✓", () => place.react(place.channel, message.ts, "white_check_mark")), add);
    if (!place.inThread) node.append(tool("Reply in thread", "tool-reply", "↩", () => openThread(message.thread_ts ?? message.ts)));
  }
  const more = tool("More actions", "tool-more", "⋯", () => openMenu(more, entries(row, message, place), "Message actions"));
  more.setAttribute("aria-haspopup", "menu");
  node.append(more);
  return node;
}

function pickReaction(anchor, message, place) {
  const grid = h("div", { class: "emoji-grid" });
  const draw = (names) => fill(grid, names.map((name) => h("button", {
    type: "button", class: "tool", title: `:${name}:`, "aria-label": name.replace(/_/g, " "), "data-testid": `emoji-${name}`,
    onclick: () => {
      closePopup();
      place.react(place.channel, message.ts, name);
    },
  }, emojiNode(name))));
  const search = h("input", { type: "text", class: "select-search", placeholder: "Find an emoji", "aria-label": "Find an emoji",
    oninput: () => draw(search.value ? emojiNames(search.value.toLowerCase(), 24) : QUICK) });
  draw(QUICK);
  if (openPopup(anchor, [search, grid], { label: "Reactions" })) search.focus();
}

function entries(row, message, { channel }) {
  const list = [];
  const own = message.user === store.as && !message.bot_id;
  if (!message.ephemeral) {
    for (const shortcut of store.shortcuts.filter((found) => found.type === "message")) {
      list.push({ label: shortcut.name, note: "Message shortcut of the app", testid: `shortcut-${shortcut.callback_id}`,
        run: () => runShortcut(shortcut, { channel, ts: message.ts }) });
    }
  }
  if (own && !message.ephemeral) list.push({ label: "Edit message", testid: "tool-edit", run: () => edit(row, message, channel) });
  list.push({ label: "Copy time stamp", note: message.ts, testid: "tool-copy", run: () => copy(message.ts) });
  if (own && !message.ephemeral) list.push({ label: "Delete message", danger: true, testid: "tool-delete", run: () => remove(message, channel) });
  return list;
}

/** Start a shortcut of the app; a failure is shown in the channel as Slack does. */
export async function runShortcut(shortcut, where = {}) {
  try {
    const { delivery } = await post("shortcut", { as: store.as, callback_id: shortcut.callback_id, ...where });
    const problem = failure(delivery, shortcut.name);
    if (problem) addNotice(where.channel ?? store.channel, problem);
  } catch (error) {
    toast(`${shortcut.name} did not start: ${error.message}`);
  }
  emit("views");
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(`Copied ${text}`);
  } catch {
    toast(text);
  }
}

async function remove(message, channel) {
  if (!(await ask("Delete message", "This cannot be undone.", { confirm: "Delete", danger: true }))) return;
  await tell("delete", { channel, ts: message.ts });
}

async function tell(path, body) {
  try {
    await post(path, { as: store.as, ...body });
    return true;
  } catch (error) {
    toast(`That did not work: ${error.message}`);
    return false;
  } finally {
    emit("messages");
  }
}

function edit(row, message, channel) {
  const content = row.querySelector("[data-testid=message-content]");
  const box = h("textarea", { class: "composer-box", rows: 3, "aria-label": "Edit the message", "data-testid": "edit-box", value: untyped(message.text) });
  const editor = h("div", { class: "editor" }, box, h("div", { class: "editor-foot" },
    h("button", { type: "button", class: "button", onclick: () => stop() }, "Cancel"),
    h("button", { type: "button", class: "button primary solid", "data-testid": "edit-save", onclick: () => save() }, "Save")));
  const stop = () => {
    editor.replaceWith(content);
    row.classList.remove("editing");
  };
  const save = async () => {
    if (box.value.trim() && (await tell("edit", { channel, ts: message.ts, text: box.value }))) stop();
  };
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stop();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    save();
  });
  row.classList.add("editing");
  content.replaceWith(editor);
  box.focus();
}
