// A job: its state, its facts, what can be done with it, and its three parts: shots, tasks, log.

import { get, part, post } from "./api.js";
import { make, one } from "./dom.js";
import { fillMeter, sum } from "./meter.js";
import { button, empty, say } from "./say.js";
import { ago, count, credits, FINAL, lasting, number, STATUSES } from "./words.js";

const UNMADE = ["failed", "blocked", "cancelled", "skipped"];
const MOST = 10_000; // tasks that one request may name
let shown = ""; // what the actions were made for
let deed = null;

/** Show the job that is looked at; `does` carries out an action and asks for the job again. */
export function showJob(farm) {
  const job = farm.job;
  one("job-body").hidden = !job;
  one("no-job").hidden = Boolean(job);
  if (!job) return nothing(farm);
  one("job-name").textContent = job.name;
  one("job-line").replaceChildren(make("span", { class: `state ${job.state}`, text: job.state }), ...line(job));
  one("job-reason").textContent = job.reason ?? "";
  one("job-reason").hidden = !job.reason;
  fillMeter(one("job-meter"), job.counts);
  one("job-facts").replaceChildren(...facts(job).map(fact));
  actions(farm, job);
}

function nothing(farm) {
  shown = "";
  const none = one("no-job");
  if (farm.open && !farm.open.missing) empty(none, "One moment", "The job is on its way.");
  else if (farm.open) empty(none, "There is no such job", "It may have been removed, or it belongs to somebody else.");
  else if (farm.jobs.size) empty(none, "Choose a job", "Its shots appear here as they finish.");
  else none.hidden = true;
}

function line(job) {
  const words = [job.user, `submitted ${ago(job.submitted)}`, job.id];
  return words.map((word) => make("span", { text: word }));
}

function facts(job) {
  const { ended, whole } = sum(job.counts);
  const list = [["Tasks", `${number(ended)} of ${number(whole)}`]];
  for (const status of STATUSES) if (["running", "failed", "blocked", "reused"].includes(status) && job.counts[status]) list.push([capital(status), number(job.counts[status])]);
  if (job.state === "running" && job.eta) list.push(["Left, about", lasting(job.eta)]);
  if (job.bound) list.push([FINAL.has(job.state) ? "Lower bound" : "At best", lasting(job.bound)]);
  if (FINAL.has(job.state) && job.ratio) list.push(["Time / bound", job.ratio.toFixed(job.ratio < 10 ? 3 : 1)]);
  if (FINAL.has(job.state) && job.seconds) list.push(["Took", lasting(job.seconds)]);
  if (job.budget !== null && job.budget !== undefined) list.push(["Credits", `${credits(job.spent ?? 0)} of ${credits(job.budget)}`]);
  else if (job.spent) list.push(["Credits", credits(job.spent)]);
  return list;
}

const fact = ([name, value]) => make("div", {}, make("dt", { text: name }), make("dd", { text: value }));
const capital = (word) => word[0].toUpperCase() + word.slice(1);

function actions(farm, job) {
  const bad = UNMADE.reduce((whole, status) => whole + (job.counts[status] ?? 0), 0);
  const mark = [job.id, job.state, job.priority, bad, farm.mayChange(job)].join();
  if (mark === shown) return;
  shown = mark;
  deed = async (what, body) => {
    farm.took(await post(`/jobs/${part(job.id)}/${what}`, body));
  };
  const host = one("job-actions");
  const focus = host.contains(document.activeElement) ? document.activeElement.dataset.does : "";
  host.replaceChildren(...(farm.mayChange(job) ? offered(job, bad) : []));
  if (focus) (host.querySelector(`[data-does="${focus}"]`) ?? host.querySelector("button"))?.focus();
}

function offered(job, bad) {
  const list = [];
  if (!FINAL.has(job.state)) {
    list.push(priority(job));
    const paused = job.state === "paused";
    list.push(named("pause", button(paused ? "Resume" : "Pause", () => deed(paused ? "resume" : "pause"))));
  }
  if (bad) {
    list.push(named("retry", button(`Retry ${number(bad)}`, async () => {
      await deed("tasks/retry", { tasks: await ended(job.id) });
      say(`${count(bad, "task")} will be tried again`);
    }, { label: `try again ${count(bad, "task")} that failed or were blocked` })));
  }
  if (!FINAL.has(job.state)) {
    const sure = { title: `Cancel “${job.name}”?`, words: "What runs for it alone is stopped. Finished shots are kept, and tasks can be tried again later.", yes: "Cancel the job" };
    list.push(named("cancel", button("Cancel", () => deed("cancel"), { kind: "danger", sure })));
  }
  return list;
}

/** The tasks of a job that ended without being made. */
async function ended(job) {
  const found = [];
  for (const status of UNMADE) {
    let after;
    do {
      const page = await get(`/jobs/${part(job)}/tasks`, { status, limit: 1000, ...(after ? { after } : {}) });
      found.push(...page.tasks.map((row) => row.task));
      after = page.next;
    } while (after && found.length < MOST);
  }
  return found.slice(0, MOST);
}

function named(does, element) {
  element.dataset.does = does;
  return element;
}

function priority(job) {
  const change = (step) => () => deed("priority", { priority: job.priority + step });
  return make(
    "span",
    { class: "stepper", role: "group", "aria-label": "priority" },
    named("lower", button("−", change(-1), { label: `priority ${job.priority - 1}` })),
    make("output", { text: job.priority, title: "priority" }),
    named("higher", button("+", change(1), { label: `priority ${job.priority + 1}` })),
  );
}
