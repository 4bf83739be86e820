// The tasks of a job: by state, by address, and why each waiting one waits.

import { get, part } from "./api.js";
import { make, one } from "./dom.js";
import { Reel } from "./reel.js";
import { empty } from "./say.js";
import { ENDED, number, percent, STATUSES } from "./words.js";

const HEIGHT = { wide: 46, narrow: 62 };
const STALE = 5000; // milliseconds after which the reason of a task in sight is asked for again
let reel = null;
let farm = null;
let chosen = "";
let open = () => {};
let asking = false;
let laid = {}; // what the rows were laid out for

/** `task(address)` is called for the one that is chosen. */
export function openTasks(theFarm, task) {
  farm = theFarm;
  open = task;
  reel = new Reel(one("task-list"), fill);
  one("find-task").oninput = () => showTasks();
  addEventListener("resize", () => showTasks());
  setInterval(freshen, 1000);
}

/** Only tasks of one state, or all ("" ). */
export function choose(status) {
  chosen = status;
  showTasks();
}

/** Show the tasks that are looked for. */
export function showTasks() {
  const known = farm.open?.tasks;
  const none = one("no-tasks");
  if (one("part-tasks").hidden) return;
  if (!known) {
    reel.show([]);
    laid = {};
    one("task-filter").replaceChildren();
    return void empty(none, "One moment", "The tasks are on their way.");
  }
  const counts = {};
  for (const row of known) counts[row.status] = (counts[row.status] ?? 0) + 1;
  if (chosen && !counts[chosen] && !one("task-filter").contains(document.activeElement)) chosen = "";
  filters(counts, known.length);
  const wanted = one("find-task").value.trim().toLowerCase();
  const height = innerWidth < 861 ? HEIGHT.narrow : HEIGHT.wide;
  const same = !chosen && laid.known === known && !laid.chosen && laid.wanted === wanted && laid.height === height;
  if (same) return reel.ask(); // a status moves no row, unless rows are chosen by it
  laid = { known, chosen, wanted, height };
  const rows = known.filter((row) => (!chosen || row.status === chosen) && (!wanted || row.task.toLowerCase().includes(wanted)));
  reel.show(rows.map((task) => ({ key: task.task, height, task })));
  if (rows.length) none.hidden = true;
  else empty(none, "No such task", "Nothing of this job is in that state or has these letters in its address.");
}

/** What is being worked on has moved. */
export const showFractions = () => reel.ask();

function filters(counts, whole) {
  const host = one("task-filter");
  host.parts ??= new Map();
  for (const status of ["", ...STATUSES]) {
    if (!host.parts.has(status)) {
      const chip = make("button", { type: "button", class: `chip ${status}` });
      chip.onclick = () => choose(status);
      host.parts.set(status, chip);
    }
    const chip = host.parts.get(status);
    const many = status ? (counts[status] ?? 0) : whole;
    chip.textContent = `${status || "all"} ${number(many)}`;
    chip.hidden = Boolean(status) && !many && status !== chosen;
    chip.setAttribute("aria-pressed", String(status === chosen));
    if (!chip.isConnected) host.append(chip);
  }
}

function fill(element, { task }) {
  element.parts ??= build(element);
  const { row, dot, name, reason, time, bar } = element.parts;
  row.task = task.task;
  row.dataset.task = task.task;
  row.dataset.status = task.status;
  dot.className = `state ${task.status}`;
  dot.textContent = task.status;
  name.textContent = task.task;
  const fraction = task.status === "running" ? (farm.open?.fractions.get(task.task) ?? task.fraction ?? 0) : 0;
  reason.textContent = task.stale && !task.reason ? "" : why(task);
  reason.title = reason.textContent;
  time.textContent = task.status === "running" ? percent(fraction) : "";
  bar.style.width = `${Math.round(100 * fraction)}%`;
  bar.hidden = task.status !== "running";
}

const PLAIN = { done: "made", running: "at work", ready: "it can start as soon as a worker is free for it" };
const why = (task) => (task.stale ? (PLAIN[task.status] ?? "") : (task.reason ?? ""));

function build(element) {
  const parts = {
    dot: make("span", { class: "state" }),
    name: make("span", { class: "address" }),
    reason: make("span", { class: "why" }),
    time: make("span", { class: "time" }),
    bar: make("i", { class: "bar" }),
  };
  parts.row = make("button", { type: "button", class: "task" }, parts.dot, parts.name, parts.reason, parts.time, parts.bar);
  parts.row.onclick = () => open(parts.row.task);
  element.append(parts.row);
  return parts;
}

/** Ask again why the tasks in sight are where they are; a few at a time. */
async function freshen() {
  if (asking || document.hidden || one("part-tasks").hidden || !farm.open?.tasks || !one("part-tasks").offsetParent) return;
  const now = performance.now();
  const old = reel.inSight.map((row) => row.task).filter((task) => task.stale || (!ENDED.has(task.status) && now - (task.asked ?? farm.open.at ?? 0) > STALE));
  if (!old.length) return;
  asking = true;
  const job = farm.open.id;
  try {
    await Promise.all(old.slice(0, 8).map(async (task) => {
      task.asked = now;
      const told = await get(`/jobs/${part(job)}/tasks/${part(task.task)}`);
      Object.assign(task, { reason: told.reason, status: told.status, seconds: told.seconds, stale: false });
    }));
    reel.ask();
  } catch {
    // the line says already when the farm is away
  } finally {
    asking = false;
  }
}
