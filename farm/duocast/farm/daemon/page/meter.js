// The meter: how many tasks of a job are in which state, as one bar.

import { make } from "./dom.js";
import { ENDED, number, STATUSES } from "./words.js";

const ORDER = ["done", "reused", "skipped", "running", "failed", "blocked", "cancelled", "ready", "waiting"];

/** How many tasks have ended, and how many there are. */
export function sum(counts) {
  let ended = 0;
  let whole = 0;
  for (const status of STATUSES) {
    whole += counts[status] ?? 0;
    if (ENDED.has(status)) ended += counts[status] ?? 0;
  }
  return { ended, whole };
}

/** Write the counts into a meter's element. */
export function fillMeter(host, counts) {
  if (!host.parts) {
    host.parts = new Map(ORDER.map((status) => [status, make("i", { class: status })]));
    host.replaceChildren(...host.parts.values());
  }
  for (const [status, bar] of host.parts) {
    bar.style.flexGrow = counts[status] ?? 0;
    bar.hidden = !counts[status];
  }
  const { whole } = sum(counts);
  const words = ORDER.filter((status) => counts[status]).map((status) => `${number(counts[status])} ${status}`);
  host.setAttribute("aria-label", `${number(whole)} tasks: ${words.join(", ")}`);
}
