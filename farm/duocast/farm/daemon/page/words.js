// Words: numbers, lengths of time and states as people read them.

/** The statuses of a task, in the order of their work. */
export const STATUSES = ["running", "ready", "waiting", "failed", "blocked", "done", "reused", "skipped", "cancelled"];
export const ENDED = new Set(["done", "reused", "failed", "blocked", "skipped", "cancelled"]);
export const MADE = new Set(["done", "reused"]);
/** The states in which a job stays, unless somebody tries a task again. */
export const FINAL = new Set(["done", "failed", "cancelled"]);

const whole = new Intl.NumberFormat("en");

/** `12,034`. */
export const number = (value) => whole.format(Math.round(value));

/** `1 shot`, `12 shots`. */
export const count = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;

/** A length of time, as long as it needs to be: `8 s`, `4 min`, `2 h 10 min`, `3 d 4 h`. */
export function lasting(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return "";
  const s = Math.max(0, Math.round(seconds));
  if (s < 90) return `${s} s`;
  const minutes = Math.round(s / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 36) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  const days = Math.floor(hours / 24);
  return hours % 24 ? `${days} d ${hours % 24} h` : `${days} d`;
}

/** How long ago a time is (a Date, milliseconds or ISO text): `just now`, `4 min ago`. */
export function ago(time, now = Date.now()) {
  const seconds = (now - new Date(time).getTime()) / 1000;
  if (!Number.isFinite(seconds)) return "";
  return seconds < 5 ? "just now" : `${lasting(seconds)} ago`;
}

/** A moment: the time of today, else the day too. */
export function moment(time) {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return "";
  const day = at.toDateString() === new Date().toDateString() ? "" : `${at.toLocaleDateString("en", { month: "short", day: "numeric" })}, `;
  return day + at.toLocaleTimeString("en", { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
}

/** Bytes: `24 GB`. */
export function bytes(value) {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size < 10 && unit ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}

/** Credits: no more digits than say something. */
export const credits = (value) => `${Number(value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)).toLocaleString("en")}`;

export const percent = (part) => `${Math.round(100 * part)} %`;
