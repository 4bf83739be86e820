// A reel: rows of known heights in a scroller, of which only those in sight are elements of the page.

import { arrange, make } from "./dom.js";

const SPARE = 300; // pixels above and below that are kept ready

export class Reel {
  /** `fill(element, row)` writes a row ({key, height, ...}) into an empty `div` of its own. */
  constructor(host, fill) {
    this.host = host;
    this.fill = fill;
    this.scroller = host.closest(".scroll");
    this.rows = [];
    this.tops = [0];
    this.seen = new Map();
    this.asked = false;
    this.scroller.addEventListener("scroll", () => this.ask(), { passive: true });
    new ResizeObserver(() => this.ask()).observe(this.scroller);
    host.addEventListener("keydown", (event) => this.#pressed(event));
  }

  /** Show these rows; a row that is in sight already is written anew in its place. */
  show(rows) {
    this.rows = rows;
    this.tops = new Array(rows.length + 1);
    this.tops[0] = 0;
    for (let at = 0; at < rows.length; at += 1) this.tops[at + 1] = this.tops[at] + rows[at].height;
    this.host.style.height = `${this.tops[rows.length]}px`;
    this.ask();
  }

  /** Write the rows in sight again, at the next frame. */
  ask() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.#lay();
    });
  }

  /** The rows in sight. */
  get inSight() {
    return [...this.seen.values()].map((element) => element.row);
  }

  /** Bring a row into view; its element, if there is such a row. */
  reveal(key) {
    const at = this.rows.findIndex((row) => row.key === key);
    if (at < 0) return null;
    const top = this.#start + this.tops[at];
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + this.rows[at].height > scrollTop + clientHeight) this.scroller.scrollTop = top + this.rows[at].height - clientHeight;
    this.#lay();
    return this.seen.get(key) ?? null;
  }

  get #start() {
    return this.host.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top + this.scroller.scrollTop;
  }

  #lay() {
    if (!this.host.offsetParent) return;
    const from = this.scroller.scrollTop - this.#start - SPARE;
    const first = this.#at(from);
    const last = Math.min(this.rows.length, this.#at(from + this.scroller.clientHeight + 2 * SPARE) + 1);
    const wanted = new Set();
    for (let at = first; at < last; at += 1) wanted.add(this.rows[at].key);
    for (const [key, element] of this.seen) {
      if (wanted.has(key) || element.contains(document.activeElement)) continue;
      element.remove();
      this.seen.delete(key);
    }
    for (let at = first; at < last; at += 1) this.#place(at);
    arrange(this.host, [...this.seen.values()].sort((a, b) => a.at - b.at)); // the order of the Tab key
  }

  #place(at) {
    const row = this.rows[at];
    let element = this.seen.get(row.key);
    if (!element) {
      element = make("div", { class: "reel-row", role: "listitem" });
      this.seen.set(row.key, element);
    }
    element.row = row;
    element.at = at;
    element.style.top = `${this.tops[at]}px`;
    element.style.height = `${row.height}px`;
    element.setAttribute("aria-posinset", at + 1);
    element.setAttribute("aria-setsize", this.rows.length);
    this.fill(element, row);
  }

  /** The number of the row at a height. */
  #at(y) {
    let low = 0;
    let high = Math.max(0, this.rows.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }[event.key];
    const here = event.target.closest(".reel-row");
    if (!step || !here || event.target.closest("input")) return;
    event.preventDefault();
    let at = Math.min(Math.max(here.at + step, 0), this.rows.length - 1);
    const way = Math.sign(step);
    for (; this.rows[at]; at += way) {
      const target = this.reveal(this.rows[at].key)?.querySelector("a,button");
      if (target) return void target.focus({ preventScroll: true });
    }
  }
}
