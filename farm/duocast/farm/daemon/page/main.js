// The page: who is there, which view, and what of it is to be written again when the farm tells something.

import { again, enter, known, leave, onRefused } from "./api.js";
import { make, one } from "./dom.js";
import { Farm } from "./farm.js";
import { showJob } from "./job.js";
import { openJobs, showJobs } from "./jobs.js";
import { census, openMachines, showMachines } from "./machines.js";
import { openRows, showAudit, showLog } from "./rows.js";
import { refused } from "./say.js";
import { showShares } from "./shares.js";
import { openSheet, showTask } from "./sheet.js";
import { clearShots, openShots, playing, redraw, showProgress, showShots } from "./shots.js";
import { openTasks, showFractions, showTasks } from "./tasks.js";
import { count, FINAL } from "./words.js";

const VIEWS = ["jobs", "machines", "shares", "audit"];
const PARTS = ["shots", "tasks", "log"];
const due = new Set();
let here = { view: "", job: "", part: "" };
let frame = 0;

const farm = new Farm(changed, linked, failed);

const SHOWS = {
  jobs: () => (showJobs(farm), pulse()),
  job: () => showJob(farm),
  tasks: () => showTasks(),
  progress: () => (showProgress(), showFractions(), showMachines()),
  shots: () => showShots(),
  log: () => showLog(farm),
  nodes: () => (showMachines(), pulse()),
  shares: () => showShares(farm),
  audit: () => showAudit(farm),
  health: () => trouble(),
};

/** Write what has changed, all of it once, at the next frame. */
function changed(what) {
  due.add(what);
  frame ||= setTimeout(() => {
    frame = 0;
    const now = [...due];
    due.clear();
    for (const each of now) SHOWS[each]();
  }, 120);
}

function pulse() {
  const active = [...farm.jobs.values()].filter((job) => !FINAL.has(job.state)).length;
  const { whole, busy } = census(farm.nodes);
  const words = [active ? `${count(active, "job")} on` : "nothing to do"];
  if (farm.nodes) words.push(whole ? `${busy} of ${whole} at work` : "no workers");
  one("pulse").textContent = words.join(" · ");
  const job = farm.job;
  document.title = job ? `${job.name} · duocast farm` : "duocast farm";
}

function linked(is, seconds) {
  const link = one("link");
  link.textContent = is ? "live" : "no answer";
  link.className = is ? "link" : "link lost";
  document.body.classList.toggle("away", !is);
  if (is && !one("banner").hidden && one("banner").dataset.why === "away") {
    farm.all.now();
    farm.machines.now();
    if (farm.open) farm.shots.now();
    if (farm.open?.tasks) farm.tasks.now();
  }
  if (!is && seconds >= 1) banner("away", "The farm does not answer. What you see is from before; it goes on as soon as the farm is back.");
  if (is) banner("away", "");
}

function trouble() {
  banner("trouble", farm.health?.trouble ? `The farm takes no new work: ${farm.health.trouble}` : "");
}

function banner(why, words) {
  const element = one("banner");
  if (!words && element.dataset.why !== why) return;
  element.dataset.why = why;
  element.textContent = words;
  element.hidden = !words;
}

function failed(problem) {
  if (!problem.away && problem.status !== 401) refused(problem);
}

/** The address in the page's hash: `#/jobs/ID/PART`, `#/machines`. */
function route() {
  const [, view = "", job = "", part = ""] = location.hash.split("/").map(decodeURIComponent);
  const found = { view: VIEWS.includes(view) ? view : "jobs", job: view === "jobs" ? job : "", part: PARTS.includes(part) ? part : "shots" };
  const moved = found.view !== here.view || found.job !== here.job;
  const other = found.job !== here.job;
  here = found;
  document.body.dataset.view = found.view;
  document.body.dataset.open = found.job ? "job" : "";
  for (const name of VIEWS) one(name).hidden = name !== found.view;
  for (const link of document.querySelectorAll(".views a")) link.toggleAttribute("aria-current", link.dataset.view === found.view);
  if (found.view === "jobs") openJob(found, other);
  if (found.view === "shares") farm.shares.now();
  if (found.view === "audit" && farm.may("operate")) farm.rows.now();
  if (moved && playing()?.playing) playing().toggle();
  for (const each of Object.keys(SHOWS)) changed(each);
}

function openJob({ job, part }, other) {
  if (other) {
    clearShots();
    one("job").scrollTop = 0;
    if (one("sheet").open) one("sheet").close();
  }
  farm.look(job || null);
  for (const name of PARTS) one(`part-${name}`).hidden = name !== part;
  for (const link of one("parts").children) {
    link.href = `#/jobs/${encodeURIComponent(job)}/${link.dataset.part}`;
    link.toggleAttribute("aria-current", link.dataset.part === part);
  }
  if (!job) return;
  farm.see(part);
  redraw();
}

async function go(come) {
  const wrong = one("login-wrong");
  wrong.textContent = "";
  one("enter").disabled = true;
  try {
    const me = await come();
    await farm.start(me);
    one("login").hidden = true;
    one("farm").hidden = false;
    one("token").value = "";
    one("who").replaceChildren(make("b", { text: me.user }), make("span", { text: me.scope }));
    one("to-audit").hidden = !farm.may("operate");
    route();
  } catch (problem) {
    show(problem.status === 401 ? "The farm does not know this token. Was it copied whole, or has it been revoked?" : problem.message);
    if (problem.away) setTimeout(() => known() && !one("login").hidden && !one("token").value && go(again), 2500);
  } finally {
    one("enter").disabled = false;
  }
}

/** The door, with a word about why. */
function show(words = "") {
  farm.stop();
  here = { view: "", job: "", part: "" };
  document.body.dataset.view = "login";
  one("farm").hidden = true;
  one("login").hidden = false;
  one("login-where").textContent = location.host;
  one("login-wrong").textContent = words;
  one("token").setAttribute("aria-invalid", String(Boolean(words)));
  if (one("sheet").open) one("sheet").close();
  one("token").focus();
}

function pressed(event) {
  const field = event.target.closest("input, textarea, select, dialog");
  if (event.ctrlKey || event.metaKey || event.altKey || field || one("part-shots").hidden || here.view !== "jobs" || !here.job) return;
  const control = event.target.closest("button, a");
  if (event.key === " " && !control) playing().toggle();
  else if (event.key === "ArrowRight") playing().go(1);
  else if (event.key === "ArrowLeft") playing().go(-1);
  else return;
  event.preventDefault();
}

one("login").onsubmit = (event) => {
  event.preventDefault();
  go(() => enter(one("token").value));
};
one("leave").onclick = () => {
  leave();
  show();
};
one("theme").onclick = () => {
  localStorage.setItem("duocast-theme", document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  dispatchEvent(new Event("duocast-theme"));
};
onRefused((problem) => {
  if (one("login").hidden) {
    leave();
    show(problem.message);
  }
});
addEventListener("hashchange", route);
addEventListener("resize", redraw);
document.addEventListener("keydown", pressed);
openJobs(farm);
openShots(farm, (id) => showTask(farm.open.shots.find((shot) => shot.shot === id)?.task ?? id));
openTasks(farm, showTask);
openSheet(farm);
openMachines(farm);
openRows();
show();
if (known()) go(again);
