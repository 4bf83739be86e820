// Rows of what happened: a job's log, and the farm's audit.

import { make, one } from "./dom.js";
import { Reel } from "./reel.js";
import { empty } from "./say.js";
import { moment, STATUSES } from "./words.js";

const MOVED = new RegExp(`^(\\S+): (${STATUSES.join("|")})$`); // a task, and the state it came to

let log = null;
let audit = null;

export function openRows() {
  log = new Reel(one("log-list"), fillLine);
  audit = new Reel(one("audit-list"), fillRow);
}

const narrow = () => innerWidth < 861;

/** Show what happened in the job that is looked at, the latest first. */
export function showLog(farm) {
  if (one("part-log").hidden) return;
  const lines = farm.open?.log;
  const none = one("no-log");
  const height = narrow() ? 52 : 34;
  log.show((lines ?? []).map((line, at) => ({ key: at, height, line })).reverse());
  if (!lines) empty(none, "One moment", "The log is on its way.");
  else if (!lines.length) empty(none, "Nothing yet", "What happens in this job is written down here.");
  else none.hidden = true;
}

function fillLine(element, { line }) {
  element.parts ??= build(element, "log-line", "time", "state", "text");
  const { time, state, text } = element.parts;
  const [, what, status] = line.text.match(MOVED) ?? [];
  time.textContent = moment(line.at);
  state.textContent = status ?? "";
  state.className = `state ${status ?? ""}`;
  text.textContent = what ?? [line.text, line.detail].filter(Boolean).join(" · ");
  text.title = `${line.kind}: ${text.textContent}`;
}

/** Show the audit. */
export function showAudit(farm) {
  if (one("audit").hidden) return;
  const rows = farm.audit;
  const none = one("no-audit");
  const height = narrow() ? 66 : 38;
  audit.show((rows ?? []).map((row) => ({ key: row.id, height, row })));
  if (!farm.may("operate")) empty(none, "For operators", "Your token does not open the audit.");
  else if (!rows) empty(none, "One moment", "The rows are on their way.");
  else if (!rows.length) empty(none, "Nothing yet", "Whoever changes something is written down here.");
  else none.hidden = true;
}

function fillRow(element, { row }) {
  element.parts ??= build(element, "audit-row", "time", "user", "action", "object", "text");
  const { time, user, action, object, text } = element.parts;
  time.textContent = moment(row.at);
  user.textContent = row.user;
  action.textContent = row.action;
  object.textContent = row.object;
  text.textContent = Object.entries(row.detail ?? {}).map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`).join(", ");
  text.title = text.textContent;
}

function build(element, kind, ...names) {
  const parts = Object.fromEntries(names.map((name) => [name, make("span", { class: name })]));
  element.append(make("div", { class: kind }, ...Object.values(parts)));
  return parts;
}
