// Completion under the composer: commands at the start of a line, then @people, #channels, :emoji.

import { fill, h } from "./dom.js";
import { emoji, emojiNames } from "./emoji.js";
import { store } from "./state.js";

const LIMIT = 8;

function commands(typed, atStart) {
  if (!atStart) return [];
  return store.commands.filter((found) => found.command.startsWith(`/${typed}`)).slice(0, LIMIT)
    .map((found) => ({ insert: `${found.command} `, label: found.command, note: [found.usage_hint, found.description].filter(Boolean).join(" — "), key: found.command.slice(1) }));
}

function people(typed) {
  const groups = [["here", "People online"], ["channel", "Everyone in this channel"]].map(([name, note]) => ({ name, note }));
  const members = [...store.members.values()].filter((found) => !found.deleted).map((found) => ({ name: found.name, note: found.real_name }));
  const handles = store.usergroups.map((group) => ({ name: group.handle, note: group.name }));
  return [...members, ...handles, ...groups]
    .filter(({ name, note }) => name.startsWith(typed) || note?.toLowerCase().split(" ").some((word) => word.startsWith(typed)))
    .slice(0, LIMIT).map(({ name, note }) => ({ insert: `@${name} `, label: `@${name}`, note, key: name }));
}

function channels(typed) {
  return store.channels.filter((found) => found.kind !== "im" && found.name.includes(typed)).slice(0, LIMIT)
    .map((found) => ({ insert: `#${found.name} `, label: `#${found.name}`, note: found.topic, key: found.name }));
}

function emojis(typed) {
  if (typed.length < 2) return [];
  return emojiNames(typed, LIMIT).map((name) => ({ insert: `:${name}: `, label: `${emoji(name)} :${name}:`, note: "", key: name }));
}

const SOURCES = { "/": commands, "@": people, "#": channels, ":": emojis };

function wordBefore(box) {
  const before = box.value.slice(0, box.selectionStart);
  const found = before.match(/(^|\s)([/@#:])([\w.+-]*)$/);
  if (!found) return null;
  const start = before.length - found[3].length - 1;
  return { sign: found[2], typed: found[3].toLowerCase(), start, end: box.selectionStart, atStart: start === 0 };
}

/** Completion for a text box. `node` is its list; `key(event)` is true when the list used the key. */
export class Completion {
  constructor(box, id) {
    this.box = box;
    this.items = [];
    this.at = 0;
    this.node = h("div", { class: "completion", role: "listbox", id, "aria-label": "Suggestions", "data-testid": "completion", hidden: true });
    box.setAttribute("aria-controls", id);
    box.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  refresh() {
    this.word = wordBefore(this.box);
    this.items = this.word ? SOURCES[this.word.sign](this.word.typed, this.word.atStart) : [];
    const typedWhole = this.items.length === 1 && this.items[0].insert.trim() === `${this.word.sign}${this.word.typed}`;
    if (typedWhole && this.word.sign !== "/") this.items = [];
    this.at = 0;
    this.draw();
  }

  draw() {
    this.node.hidden = this.items.length === 0;
    fill(this.node, this.items.map((item, index) => h("div", {
      class: index === this.at ? "option active" : "option", role: "option", id: `${this.node.id}-${index}`, "aria-selected": String(index === this.at),
      "data-testid": `complete-${item.key}`, onmousedown: (event) => {
        event.preventDefault();
        this.take(item);
      },
    }, h("strong", {}, item.label), h("small", {}, item.note))));
    if (this.items.length) this.box.setAttribute("aria-activedescendant", `${this.node.id}-${this.at}`);
    else this.box.removeAttribute("aria-activedescendant");
  }

  close() {
    this.items = [];
    this.draw();
  }

  take(item) {
    const { start, end } = this.word;
    this.box.setRangeText(item.insert, start, end, "end");
    this.box.dispatchEvent(new Event("input"));
    this.close();
    this.box.focus();
  }

  key(event) {
    if (!this.items.length) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const item = this.items[this.at];
    if (step) {
      this.at = (this.at + step + this.items.length) % this.items.length;
      this.draw();
    } else if (event.key === "Tab" || (event.key === "Enter" && !this.isWhole(item))) this.take(item);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  // Enter on a word that is typed out already sends it instead of completing it.
  isWhole(item) {
    return item.insert.trim().toLowerCase() === `${this.word.sign}${this.word.typed}`;
  }
}
