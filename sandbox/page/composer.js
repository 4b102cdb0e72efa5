// The box people type in: messages, slash commands, files, global shortcuts. Drafts are kept per place.

import { post } from "./api.js";
import { Completion } from "./completion.js";
import { fill, h, toast } from "./dom.js";
import { readFiles } from "./inputs.js";
import { openMenu } from "./popup.js";
import { addNotice, emit, store } from "./state.js";
import { runShortcut } from "./toolbar.js";

/** A composer for one channel or thread. */
export class Composer {
  constructor({ channel, thread = null, label, testid }) {
    Object.assign(this, { channel, thread, files: [], as: store.as });
    this.box = h("textarea", {
      class: "composer-box", id: thread ? "thread-box" : "composer-box", rows: 1, placeholder: label, "aria-label": label, "data-testid": testid,
      value: store.drafts.get(this.key) ?? "", oninput: () => this.typed(), onkeydown: (event) => this.keyed(event), onclick: () => this.completion.refresh(),
    });
    this.completion = new Completion(this.box, `complete-${testid}`);
    this.send = h("button", { type: "button", class: "button primary solid send", "data-testid": `${testid}-send`, onclick: () => this.submit() }, "Send");
    this.picked = h("div", { class: "picked" });
    this.picker = h("input", { type: "file", multiple: true, class: "visually-hidden", "data-testid": `${testid}-file`, tabindex: "-1", "aria-label": "Files to attach", onchange: () => this.attach() });
    this.prompts = h("div", { class: "prompts", "data-testid": "prompts" });
    this.node = h("div", { class: "composer" }, this.prompts, this.completion.node, this.box, this.picked, this.foot());
  }

  get key() {
    return `${this.as}:${this.channel}:${this.thread ?? ""}`;
  }

  foot() {
    const shortcuts = h("button", {
      type: "button", class: "tool", "aria-label": "Shortcuts of the app", title: "Shortcuts", "data-testid": "shortcuts", "aria-haspopup": "menu",
      onclick: () => openMenu(shortcuts, this.shortcutEntries(), "Shortcuts"),
    }, "⚡");
    const attach = h("button", { type: "button", class: "tool", "aria-label": "Attach files", title: "Attach files", onclick: () => this.picker.click() }, "📎");
    return h("div", { class: "composer-foot" }, attach, this.thread ? null : shortcuts, this.picker,
      h("span", { class: "composer-hint" }, "Enter sends · Shift+Enter starts a new line"), this.send);
  }

  shortcutEntries() {
    const entries = store.shortcuts.filter((found) => found.type === "global").map((shortcut) => ({
      label: shortcut.name, testid: `shortcut-${shortcut.callback_id}`, run: () => runShortcut(shortcut),
    }));
    return entries.length ? entries : [{ label: "The app has no global shortcut", run: () => {} }];
  }

  /** What the app suggests to say in its DM (assistant.threads.setSuggestedPrompts): one press says it. */
  suggest() {
    fill(this.prompts, store.suggested.map(({ title, message }) => h("button", {
      type: "button", class: "prompt", title: message, onclick: async () => {
        await this.say(message, []);
        emit("messages");
      },
    }, title)));
  }

  typed() {
    store.drafts.set(this.key, this.box.value);
    this.grow();
    this.completion.refresh();
  }

  grow() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight + 2, 220)}px`;
  }

  keyed(event) {
    if (event.isComposing || this.completion.key(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.submit();
  }

  async attach() {
    try {
      this.files.push(...await readFiles(this.picker.files));
    } catch (error) {
      toast(error.message);
    }
    this.picker.value = "";
    this.drawFiles();
  }

  drawFiles() {
    fill(this.picked, this.files.map((file) => h("span", { class: "chip" }, file.name,
      h("button", { type: "button", class: "chip-remove", "aria-label": `Remove ${file.name}`, onclick: () => {
        this.files = this.files.filter((found) => found !== file);
        this.drawFiles();
      } }, "×"))));
  }

  async submit() {
    const text = this.box.value.trim();
    if (!text && !this.files.length) return;
    const files = this.files;
    this.put("");
    this.files = [];
    this.drawFiles();
    const done = text.startsWith("/") ? await this.command(text) : await this.say(text, files);
    if (!done && !this.box.value) {
      this.put(text);
      this.files = files;
      this.drawFiles();
    }
    emit("messages");
    emit("views");
  }

  put(text) {
    this.box.value = text;
    store.drafts.set(this.key, text);
    this.grow();
    this.completion.close();
  }

  async say(text, files) {
    try {
      await post("say", { as: this.as, channel: this.channel, text, thread_ts: this.thread ?? undefined, files: files.length ? files : undefined });
      return true;
    } catch (error) {
      toast(`The message was not sent: ${error.message}`);
      return false;
    }
  }

  async command(typed) {
    const [, command, text] = typed.match(/^(\S+)\s*([\s\S]*)$/);
    if (this.thread) {
      toast(`${command} cannot be used in a thread. Use it in the channel instead.`);
      return false;
    }
    if (store.commands.length && !store.commands.some((found) => found.command === command)) {
      addNotice(this.channel, `${command} is not a command here. To send it as a message, put a space before the slash.`);
      return false;
    }
    try {
      const { delivery } = await post("command", { as: this.as, channel: this.channel, command, text });
      return delivery?.ok !== false;
    } catch (error) {
      addNotice(this.channel, `${command} was not sent: ${error.message}`);
      return false;
    }
  }
}
