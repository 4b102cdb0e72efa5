// The App Home tab: published by the app, drawn from /control/home.

import { coalesce, debounce, get, post } from "./api.js";
import { blocks } from "./blocks.js";
import { fill, h, signature } from "./dom.js";
import { popupIsOpen } from "./popup.js";
import { store } from "./state.js";
import { redraw, surface, valuesOf } from "./surface.js";

/** The Home tab of one person; `open()` tells the app, `load()` fetches again. */
export class Home {
  constructor() {
    this.as = store.as;
    this.ended = false;
    this.shown = null;
    this.problem = h("div", { class: "banner", role: "alert", hidden: true });
    this.body = h("div", { class: "home-body" }, h("p", { class: "empty" }, "Loading…"));
    this.node = h("div", { class: "scroller home", "data-testid": "home", "data-scroller": "1", role: "region", "aria-label": "Home of the app" }, this.problem, this.body);
    this.load = coalesce(() => this.fetch());
  }

  end() {
    this.ended = true;
  }

  async open() {
    await this.load();
    try {
      await post("home_opened", { as: this.as, tab: "home" });
    } catch (error) {
      this.fail(`The app was not told that Home is open: ${error.message}`);
    }
    await this.load();
  }

  fail(text) {
    this.problem.textContent = text;
    this.problem.hidden = false;
  }

  async fetch() {
    const { view } = await get("home", { as: this.as });
    if (this.ended) return;
    const drawn = signature([view?.hash, view?.blocks, store.me?.tz]);
    if (drawn === this.shown) return;
    this.shown = drawn;
    redraw(this.node, () => this.draw(view));
  }

  draw(view) {
    if (!view) {
      fill(this.body, h("p", { class: "empty" }, "The app has not published a Home yet."));
      return;
    }
    const key = `${this.as}:home`;
    const values = valuesOf(key, view.state?.values);
    const typeSoon = debounce(() => post("type", { as: this.as, view_id: view.id, values: values.collect(view.blocks) }).catch(() => null), 400);
    values.onTouch = typeSoon;
    const ctx = surface({ key, where: { view_id: view.id, home: true }, before: () => typeSoon.flush(), fail: (text) => this.fail(text) });
    this.problem.hidden = true;
    fill(this.body, blocks(view.blocks, ctx));
  }

  // Time passing must not take an open list from under somebody's hands.
  redraw() {
    if (popupIsOpen()) return;
    this.shown = null;
    this.load();
  }
}
