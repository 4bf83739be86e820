// Refreshing: what is asked of the farm again, no oftener than its pace allows, and never twice at once.

export class Refresh {
  /** `load()` asks; it is called at most once in `pace` milliseconds. `failed(problem)` hears of what went wrong. */
  constructor(load, pace, failed) {
    this.load = load;
    this.pace = pace;
    this.failed = failed;
    this.timer = 0;
    this.busy = null;
    this.again = false;
    this.last = 0;
  }

  /** It is out of date: ask soon. */
  soon() {
    if (this.busy) this.again = true;
    else if (!this.timer) this.timer = setTimeout(() => this.now(), Math.max(0, this.last + this.pace - performance.now()));
  }

  /** Ask at once, or again after the answer that is under way. */
  now() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.busy) this.again = true; // what is under way may be from before
    else this.busy = this.#run();
    return this.busy;
  }

  /** Nothing of this is wanted any more. */
  stop() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.again = false;
  }

  async #run() {
    try {
      return await this.load();
    } catch (problem) {
      this.failed(problem);
      return undefined;
    } finally {
      this.busy = null;
      this.last = performance.now();
      if (this.again) {
        this.again = false;
        this.soon();
      }
    }
  }
}
