// The line to the farm: server-sent events with numbers, taken up again behind the last one that was heard.

import { Refusal, stream } from "./api.js";

const QUIET = 45_000; // three heartbeats of the farm
const PAUSES = [300, 600, 1200, 2500, 5000];

export class Line {
  /** `told(kind, content, seq)` for each event; `linked(is, seconds)`: whether it stands, else until the next try. */
  constructor(told, linked) {
    this.told = told;
    this.linked = linked;
    this.heard = 0;
    this.stop = null;
  }

  /** Listen to what comes after a number. */
  open(after) {
    this.close();
    this.heard = after;
    const stop = (this.stop = new AbortController());
    this.#keep(stop.signal);
  }

  close() {
    this.stop?.abort();
    this.stop = null;
  }

  async #keep(signal) {
    let tries = 0;
    while (!signal.aborted) {
      const began = this.heard;
      try {
        await this.#listen(signal, () => (tries = 0));
      } catch (problem) {
        if (signal.aborted || (problem instanceof Refusal && problem.status === 401)) return;
      }
      if (signal.aborted) return;
      if (this.heard !== began) tries = 0;
      const pause = PAUSES[Math.min(tries, PAUSES.length - 1)];
      tries += 1;
      this.linked(false, pause / 1000);
      await rest(pause, signal);
    }
  }

  /** Hear one connection to its end. */
  async #listen(signal, stands) {
    const broken = new AbortController();
    let timer = 0;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => broken.abort(), QUIET);
    };
    const headers = { Accept: "text/event-stream", "Last-Event-ID": String(this.heard) };
    alive();
    try {
      const response = await stream(`/events?after=${this.heard}`, headers, AbortSignal.any([signal, broken.signal]));
      stands();
      this.linked(true, 0);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        alive();
        text = this.#take(text + value);
      }
    } finally {
      clearTimeout(timer);
      broken.abort();
    }
  }

  /** Tell the whole events in a text; what is left of it. */
  #take(text) {
    const blocks = text.split("\n\n");
    const rest = blocks.pop();
    for (const block of blocks) {
      const { id, event, data } = read(block);
      if (data) this.told(event, JSON.parse(data), id);
      if (id) this.heard = Number(id);
    }
    return rest;
  }
}

function read(block) {
  const found = { id: "", event: "message", data: "" };
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    const field = line.slice(0, colon);
    if (field in found) found[field] = field === "data" ? found.data + line.slice(colon + 1).trimStart() : line.slice(colon + 1).trim();
  }
  return found;
}

const rest = (milliseconds, signal) =>
  new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    const early = () => (clearTimeout(timer), done());
    signal.addEventListener("abort", early, { once: true });
    addEventListener("online", early, { once: true });
  });
