// The jobs: all of them in one column, what goes on first.

import { make, one } from "./dom.js";
import { fillMeter, sum } from "./meter.js";
import { Reel } from "./reel.js";
import { empty } from "./say.js";
import { FINAL, lasting, number, percent } from "./words.js";

const HEIGHT = 92;
let reel = null;

export function openJobs(farm) {
  reel = new Reel(one("job-list"), fill);
  one("find-job").oninput = () => showJobs(farm);
}

/** Show the jobs that are looked for. */
export function showJobs(farm) {
  const wanted = one("find-job").value.trim().toLowerCase();
  const all = [...farm.jobs.values()];
  const found = all.filter((job) => `${job.name} ${job.user} ${job.id}`.toLowerCase().includes(wanted)).sort(before);
  const open = farm.open?.id;
  reel.show(found.map((job) => ({ key: job.id, height: HEIGHT, job, open: job.id === open })));
  const none = one("no-jobs");
  if (!farm.loaded) empty(none, "One moment", "The farm's jobs are on their way.");
  else if (!all.length) empty(none, "No job yet", "A film comes here from the machine where its script is:", `duocast submit film.scene --farm ${location.origin}`);
  else if (!found.length) empty(none, "No such job", "Nothing has these letters in its name or its user's.");
  else none.hidden = true;
}

function before(a, b) {
  const over = Number(FINAL.has(a.state)) - Number(FINAL.has(b.state));
  if (over) return over;
  if (!FINAL.has(a.state) && a.priority !== b.priority) return b.priority - a.priority;
  return when(b) - when(a);
}

const when = (job) => new Date(job.ended ?? job.submitted).getTime();

function fill(element, { job, open }) {
  element.parts ??= build(element);
  const { link, name, state, meter, line } = element.parts;
  link.href = `#/jobs/${encodeURIComponent(job.id)}`;
  link.toggleAttribute("aria-current", open);
  link.dataset.job = job.id;
  name.textContent = job.name;
  state.textContent = job.state;
  state.className = `state ${job.state}`;
  fillMeter(meter, job.counts);
  line.textContent = words(job);
}

function build(element) {
  const parts = {
    name: make("b", { class: "job-name" }),
    state: make("span", { class: "state" }),
    meter: make("span", { class: "meter", role: "img" }),
    line: make("span", { class: "line" }),
  };
  parts.link = make("a", { class: "job-row" }, make("span", { class: "first" }, parts.name, parts.state), parts.meter, parts.line);
  element.append(parts.link);
  return parts;
}

function words(job) {
  const { ended, whole } = sum(job.counts);
  const priority = job.priority ? `priority ${job.priority}` : "";
  if (FINAL.has(job.state)) return [job.user, priority, `${number(ended)} tasks`].filter(Boolean).join(" · ");
  const left = job.state === "running" && job.eta ? `${lasting(job.eta)} left` : "";
  return [job.user, priority, percent(whole ? ended / whole : 0), left].filter(Boolean).join(" · ");
}
