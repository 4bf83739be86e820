// The sheet: one task with what it went through, what went wrong, its log, and what can be done.

import { get, part, post } from "./api.js";
import { make, one } from "./dom.js";
import { button, refused, say } from "./say.js";
import { ENDED, lasting, MADE, moment } from "./words.js";

const NAMED = 6;
let farm = null;
let shown = null; // {job, task}
let timer = 0;

export function openSheet(theFarm) {
  farm = theFarm;
  const sheet = one("sheet");
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
  sheet.addEventListener("close", () => {
    clearTimeout(timer);
    shown = null;
  });
}

/** Show a task of the job that is looked at, and keep it true. */
export async function showTask(address) {
  const mine = (shown = { job: farm.open.id, task: address });
  one("sheet").replaceChildren(make("h2", { id: "sheet-title", text: address }), make("p", { class: "hint", text: "One moment" }));
  if (!one("sheet").open) one("sheet").showModal();
  let first = true;
  shown.ready = () => (first && one("sheet").querySelector("[data-does=close]")?.focus(), (first = false));
  await refresh(mine);
}

async function refresh(mine) {
  clearTimeout(timer);
  if (shown !== mine) return;
  try {
    const task = await get(`/jobs/${part(mine.job)}/tasks/${part(mine.task)}`);
    if (shown !== mine) return;
    write(task, mine);
    timer = setTimeout(() => refresh(mine), ENDED.has(task.status) ? 10_000 : 2000);
  } catch (problem) {
    if (problem.status === 404) {
      one("sheet").close();
      return void refused(problem);
    }
    timer = setTimeout(() => refresh(mine), 3000);
  }
}

function write(task, mine) {
  const sheet = one("sheet");
  const top = sheet.scrollTop;
  const focus = sheet.contains(document.activeElement) ? document.activeElement.dataset.does : undefined;
  const close = button("Close", async () => sheet.close());
  close.dataset.does = "close";
  sheet.replaceChildren(
    make("header", {}, make("h2", { id: "sheet-title", text: task.task }), close),
    make("p", { class: "lead" }, make("span", { class: `state ${task.status}`, text: task.status }), make("span", { text: task.reason })),
    ...(task.failure ? [wrong(task.failure)] : []),
    facts(task),
    ...actions(task, mine),
    make("h3", { text: "What happened" }),
    log(task.log ?? []),
  );
  sheet.scrollTop = top;
  mine.ready();
  if (focus) (sheet.querySelector(`[data-does="${focus}"]`) ?? close).focus();
}

function wrong(failure) {
  const box = make("div", { class: "failure" }, make("b", { text: [failure.code, failure.message].filter(Boolean).join(": ") }));
  if (failure.hint) box.append(make("p", { text: failure.hint }));
  if (failure.detail) box.append(make("details", {}, make("summary", { text: "The engine's last words" }), make("pre", { text: failure.detail })));
  return box;
}

function facts(task) {
  const tries = task.tries ?? {};
  const list = [
    ["Operation", task.operation],
    ["Engine", [task.engine, task.version].filter(Boolean).join(" ")],
    [ENDED.has(task.status) ? "Ran on" : "Runs on", task.worker],
    ["Took", task.seconds ? lasting(task.seconds) : ""],
    ["Attempts", tries.runs ? String(tries.runs) : ""],
    ["Retries", tries.retries ? String(tries.retries) : ""],
    ["Workers lost", tries.deaths ? String(tries.deaths) : ""],
    ["Needs", some(task.needs ?? [])],
    ["Key", task.key ? task.key.slice(0, 16) : ""],
  ].filter(([, value]) => value);
  return make("dl", { class: "facts" }, ...list.map(([name, value]) => make("div", {}, make("dt", { text: name }), make("dd", { text: value }))));
}

/** A few names, and how many more there are. */
const some = (names) => names.slice(0, NAMED).join(", ") + (names.length > NAMED ? ` and ${names.length - NAMED} more` : "");

function actions(task, mine) {
  const job = farm.jobs.get(mine.job);
  if (!job || !farm.mayChange(job)) return [];
  const act = (what, words) => async () => {
    farm.took(await post(`/jobs/${part(mine.job)}/tasks/${what}`, { tasks: [task.task] }));
    say(words);
    await refresh(mine);
  };
  const list = [];
  const dead = ENDED.has(task.status) && !MADE.has(task.status);
  if (dead) list.push(named("retry", button("Try again", act("retry", "It will be tried again"), { kind: "strong" })));
  const skip = { title: "Go on without it?", words: "What is made from this task is left out too. It can be tried again later.", yes: "Skip it" };
  if (!MADE.has(task.status) && task.status !== "skipped") list.push(named("skip", button("Skip", act("skip", "The job goes on without it"), { sure: skip })));
  const sure = { title: "Cancel this task?", words: "What needs it can't be made until it is tried again. If another job wants the same work, it goes on there.", yes: "Cancel the task" };
  if (!ENDED.has(task.status)) list.push(named("cancel", button("Cancel", act("cancel", "It is cancelled"), { kind: "danger", sure })));
  return list.length ? [make("div", { class: "row" }, ...list)] : [];
}

function named(does, element) {
  element.dataset.does = does;
  return element;
}

function log(lines) {
  if (!lines.length) return make("p", { class: "hint", text: "Nothing has been said about it yet." });
  return make("ol", { class: "history" }, ...lines.map((line) => {
    const item = make("li", {}, make("time", { text: moment(line.at) }), make("span", { text: line.text || line.kind }));
    if (line.detail) item.append(make("pre", { text: line.detail }));
    return item;
  }));
}
