// The machines: nodes and their workers, what each runs and since when, what is warm, what is drained or sick.

import { part, post } from "./api.js";
import { make, one } from "./dom.js";
import { Reel } from "./reel.js";
import { button, empty, say } from "./say.js";
import { bytes, count, lasting } from "./words.js";

const WORDS = { sick: "Kept from work", stopping: "Ending", drained: "Drained", idle: "Idle" };
const SHOWN = 2; // warm models, the latest first
let reel = null;
let farm = null;

export function openMachines(theFarm) {
  farm = theFarm;
  reel = new Reel(one("machine-list"), fill);
  addEventListener("resize", () => showMachines());
}

/** How many workers there are, and how many of them have something to do. */
export function census(nodes) {
  const workers = (nodes ?? []).flatMap((node) => node.workers);
  return { whole: workers.length, busy: workers.filter((worker) => worker.task).length, sick: workers.filter((worker) => worker.sick?.length).length };
}

/** Show the nodes. */
export function showMachines() {
  if (one("machines").hidden) return;
  const none = one("no-machines");
  const narrow = innerWidth < 861;
  const rows = (farm.nodes ?? []).flatMap((node) => [
    { key: `node ${node.name}`, height: narrow ? 68 : 60, node },
    ...node.workers.map((worker) => ({ key: `worker ${worker.name}`, height: narrow ? (worker.sick?.length ? 118 : 92) : 54, worker, node })),
  ]);
  reel.show(rows);
  const { whole, busy, sick } = census(farm.nodes);
  const words = [count(farm.nodes?.length ?? 0, "machine"), `${busy} of ${count(whole, "worker")} at work`];
  if (sick) words.push(`${sick} sick`);
  one("machines-line").textContent = farm.nodes ? words.join(" · ") : "";
  if (!farm.nodes) empty(none, "One moment", "The machines are on their way.");
  else if (farm.broken) empty(none, "The workers can't be reached", farm.broken);
  else if (!farm.nodes.length) empty(none, "No machine yet", "Jobs wait here until a machine joins:", "duocast farm join");
  else none.hidden = true;
}

function fill(element, row) {
  if (row.node && !row.worker) return node(element, row.node);
  return worker(element, row.worker, row.node);
}

function node(element, told) {
  const mark = [told.drained, told.workers.length, farm.may("operate")].join();
  if (element.dataset.mark === mark) return;
  element.dataset.mark = mark;
  const title = make("div", { class: "titles" }, make("h2", { text: told.name }), make("span", { class: "hint", text: count(told.workers.length, "worker") }));
  if (told.drained) title.append(make("span", { class: "state drained", text: "drained" }));
  element.replaceChildren(make("div", { class: "node" }, title, ...drain(told)));
}

function drain(told) {
  if (!farm.may("operate")) return [];
  const act = (what, words) => async () => {
    await post(`/nodes/${part(told.name)}/${what}`);
    await farm.machines.now();
    say(words);
  };
  if (told.drained) return [button("Take back", act("undrain", `${told.name} takes work again`), { label: `let ${told.name} take work again` })];
  const sure = { title: `Drain ${told.name}?`, words: "It finishes what it runs and takes nothing new until you take it back.", yes: "Drain it", no: "Leave it" };
  return [button("Drain", act("drain", `${told.name} takes no new work`), { sure, label: `drain ${told.name}` })];
}

function worker(element, told, node) {
  element.parts ??= build(element);
  const { name, card, what, since, bar, track, warm, sick, row } = element.parts;
  const state = told.sick?.length ? "sick" : told.stopping ? "stopping" : told.task ? "running" : node.drained ? "drained" : "idle";
  row.dataset.worker = told.name;
  row.dataset.state = state;
  name.textContent = told.name;
  card.textContent = [...(told.labels ?? []), told.memory ? bytes(told.memory) : ""].filter(Boolean).join(" · ");
  const job = farm.jobs.get(told.job);
  what.textContent = told.task || WORDS[state];
  what.title = told.task;
  what.className = told.task ? "what busy" : "what";
  if (told.task) what.href = `#/jobs/${encodeURIComponent(told.job)}/tasks`;
  else what.removeAttribute("href");
  since.textContent = told.task ? [job?.name, told.since === null ? "" : `for ${lasting(told.since)}`].filter(Boolean).join(" · ") : "";
  const fraction = farm.open?.id === told.job ? farm.open.fractions.get(told.task) : undefined;
  track.hidden = fraction === undefined;
  bar.style.width = `${Math.round(100 * (fraction ?? 0))}%`;
  chips(warm, told.warm ?? [], "warm");
  ill(sick, told);
}

function build(element) {
  const parts = {
    name: make("b"),
    card: make("span", { class: "hint" }),
    what: make("a", { class: "what" }),
    since: make("span", { class: "hint" }),
    bar: make("i", { class: "bar" }),
    warm: make("span", { class: "warm", role: "list", "aria-label": "warm models" }),
    sick: make("span", { class: "ill" }),
  };
  parts.track = make("span", { class: "track" }, parts.bar);
  parts.row = make("div", { class: "worker" }, make("span", { class: "cell" }, parts.name, parts.card), make("span", { class: "cell" }, parts.what, parts.since, parts.track), parts.warm, parts.sick);
  element.append(parts.row);
  return parts;
}

function chips(host, names, kind) {
  const words = names.join("\n");
  if (host.dataset.words === words) return;
  host.dataset.words = words;
  const latest = [...names].reverse();
  const chip = (text, title) => make("span", { class: `chip ${kind}`, role: "listitem", text, title });
  const rest = latest.slice(SHOWN);
  host.replaceChildren(...latest.slice(0, SHOWN).map((name) => chip(name.split("/").at(-1), `${name} is loaded`)));
  if (rest.length) host.append(chip(`+${rest.length}`, `${rest.join(", ")} are loaded too`));
}

function ill(host, told) {
  const words = (told.sick ?? []).join(", ");
  if (host.dataset.words === words) return;
  host.dataset.words = words;
  if (!words) return void host.replaceChildren();
  const parts = [make("span", { class: "state sick", text: words === "*" ? "sick" : `sick: ${words}`, title: `it failed too often at ${words}` })];
  if (farm.may("operate")) {
    parts.push(button("Forgive", async () => {
      await post(`/workers/${part(told.name)}/forgive`);
      await farm.machines.now();
      say(`${told.name} gets work again`);
    }, { label: `forgive ${told.name}` }));
  }
  host.replaceChildren(...parts);
}
