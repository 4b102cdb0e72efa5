// A list of messages that keeps itself in step, stays at the bottom when it was there, and announces news.

import { coalesce, get } from "./api.js";
import { dayKey, dayLabel } from "./dates.js";
import { announce, fill, h, reconcile } from "./dom.js";
import { messageRow, messageSignature } from "./messages.js";
import { nameOf, noticesOf, now, store, zone } from "./state.js";

const TOGETHER_SECONDS = 300;
const NEAR_BOTTOM_PX = 48;

/** Messages of a channel, or of one thread when `thread` is given. Drop it with `end()`. */
export class MessageList {
  constructor({ channel, thread = null, empty }) {
    Object.assign(this, { channel, thread, empty, as: store.as, ended: false, messages: null });
    this.rows = h("div", { class: "rows", onkeydown: (event) => this.walk(event) }, h("p", { class: "empty" }, "Loading…"));
    this.jump = h("button", { type: "button", class: "jump", hidden: true, onclick: () => this.toBottom() }, "↓ New messages");
    this.node = h("div", { class: "scroller", role: "log", "aria-live": "off", "aria-label": thread ? "Replies" : "Messages",
      tabindex: "0", onscroll: () => this.scrolled() }, this.rows, this.jump);
    this.pinned = true;
    this.watch = new ResizeObserver(() => this.pinned && this.toBottom());
    this.watch.observe(this.rows);
    this.watch.observe(this.node);
    this.load = coalesce(() => this.fetch());
  }

  end() {
    this.ended = true;
    this.watch.disconnect();
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.node;
    this.pinned = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
    if (this.pinned) this.jump.hidden = true;
  }

  toBottom() {
    this.node.scrollTop = this.node.scrollHeight;
    this.jump.hidden = true;
  }

  async fetch() {
    let messages;
    try {
      ({ messages } = await get("messages", { as: this.as, channel: this.channel, thread_ts: this.thread }));
    } catch (error) {
      if (!this.messages && !this.ended) fill(this.rows, h("p", { class: "empty" }, error.message));
      throw error;
    }
    if (this.ended) return;
    const before = this.messages;
    this.messages = messages;
    this.draw();
    if (before) this.tellNews(before);
  }

  tellNews(before) {
    const known = new Set(before.map((message) => message.ts));
    const news = this.messages.filter((message) => !known.has(message.ts) && message.user !== store.as);
    if (!news.length) return;
    const last = news[news.length - 1];
    announce(`New message from ${nameOf(last.user ?? store.bot.user_id)}: ${String(last.text ?? "").slice(0, 200)}`);
    this.jump.hidden = this.pinned;
  }

  /** Draw what was fetched, with the page's own notices. */
  draw() {
    if (!this.messages) return;
    const notices = this.thread ? [] : noticesOf(this.channel);
    const all = [...this.messages, ...notices].filter((message) => !store.dismissed.has(message.ts)).sort((one, two) => Number(one.ts) - Number(two.ts));
    const items = all.length ? this.items(all) : [{ key: "empty", signature: this.empty, item: () => h("p", { class: "empty" }, this.empty) }];
    reconcile(this.rows, items, (build) => build());
    if (this.pinned) this.toBottom();
    const last = this.rows.querySelector(".message:last-of-type");
    if (last && !this.rows.querySelector("[tabindex='0']")) last.tabIndex = 0;
  }

  items(all) {
    const place = { channel: this.channel, inThread: Boolean(this.thread) };
    const items = [];
    let before = null;
    const today = dayKey(now(), zone());
    for (const message of all) {
      const day = dayKey(Number(message.ts), zone());
      if (day !== before?.day) items.push(this.divider(day, Number(message.ts), today));
      const compact = before?.day === day && sameVoice(before.message, message);
      items.push({ key: `${message.ephemeral ? "e" : "m"}${message.ts}`, signature: messageSignature(message, compact, today),
        item: () => messageRow(message, { ...place, compact }) });
      before = { day, message };
      if (this.thread && message.ts === this.thread) items.push(this.count(all.length - 1));
    }
    return items;
  }

  divider(day, at, today) {
    const label = dayLabel(at, now(), zone());
    return { key: `d${day}`, signature: `${label}${today}`, item: () => h("div", { class: "day", role: "separator" }, h("span", {}, label)) };
  }

  count(replies) {
    const label = replies ? `${replies} ${replies === 1 ? "reply" : "replies"}` : "No replies yet";
    return { key: "count", signature: label, item: () => h("div", { class: "reply-count" }, label) };
  }

  walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = event.target;
    if (!step || !row.classList.contains("message")) return;
    event.preventDefault();
    const rows = [...this.rows.querySelectorAll(".message")];
    const next = rows[rows.indexOf(row) + step];
    if (!next) return;
    row.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}

function sameVoice(before, message) {
  const voice = (one) => `${one.user ?? one.bot_id}|${one.username ?? ""}|${Boolean(one.notice)}`;
  return voice(before) === voice(message) && !before.ephemeral && !message.subtype?.startsWith("channel_")
    && (message.blocks ?? []).every((block) => block.type === "rich_text")
    && Number(message.ts) - Number(before.ts) < TOGETHER_SECONDS;
}
