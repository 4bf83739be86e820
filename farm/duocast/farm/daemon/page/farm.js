// The farm as the page knows it: a snapshot, kept true by what the line tells. Views hear what has changed.

import { get, part } from "./api.js";
import { Refresh } from "./refresh.js";
import { Line } from "./stream.js";
import { FINAL } from "./words.js";

const PAGE = 1000;
const LOOK = 5000; // milliseconds
const SOON = 800;
const EACH = 2; // milliseconds more between two looks at the shots, for each of them: 3,000 are looked at every 6 seconds
const OF_THE_FARM = /worker|drain|forgiv|node/i;
const SHOWN = /\/(still|picture|clip)$|^film\//;
const OF_BOOKS = /limit|user|settled/i;

export class Farm {
  /** `changed(what)`: "jobs", "job", "tasks", "progress", "shots", "log", "nodes", "shares", "audit"; `linked(is, s)`; `failed`. */
  constructor(changed, linked, failed) {
    this.changed = changed;
    this.linked = linked;
    this.me = null;
    this.jobs = new Map();
    this.loaded = false;
    this.nodes = null;
    this.users = null;
    this.limits = null;
    this.audit = null;
    this.open = null; // the job that is looked at: {id, tasks, byId, shots, log, fractions}
    this.stale = new Set();
    const refresh = (load, pace) => new Refresh(load, pace, failed);
    this.all = refresh(() => this.#jobs(), 1500);
    this.few = refresh(() => this.#some(), 600);
    this.tasks = refresh(() => this.#tasks(), 1500);
    this.shots = refresh(() => this.#shots(), SOON);
    this.log = refresh(() => this.#log(), 1500);
    this.machines = refresh(() => this.#nodes(), 1000);
    this.shares = refresh(() => this.#shares(), 2500);
    this.rows = refresh(() => this.#audit(), 1500);
    this.well = refresh(() => this.#health(), 2000);
    this.health = null;
    this.line = new Line((kind, content) => this.#told(kind, content), linked);
  }

  /** Take the snapshot, and listen from there on: the number is asked for first, so that nothing falls between. */
  async start(me) {
    this.me = me;
    await this.#health();
    await this.#jobs();
    this.line.open(this.health.seq);
    this.machines.now();
    this.shares.now();
    this.beat = setInterval(() => this.#look(), LOOK);
  }

  stop() {
    clearInterval(this.beat);
    this.line.close();
    for (const each of [this.all, this.few, this.tasks, this.shots, this.log, this.machines, this.shares, this.rows, this.well]) each.stop();
    this.jobs.clear();
    this.loaded = false;
    this.open = null;
    this.nodes = this.users = this.limits = this.audit = null;
  }

  /** Look at a job, or at none. */
  look(id) {
    if (this.open?.id === id) return;
    this.open = id ? { id, tasks: null, byId: new Map(), shots: null, log: null, fractions: new Map() } : null;
    if (!id) return;
    this.stale.add(id);
    this.shots.pace = SOON;
    this.few.now();
    this.shots.now();
  }

  get job() {
    return this.open ? this.jobs.get(this.open.id) : undefined;
  }

  may(scope) {
    const order = ["submit", "operate", "admin"];
    return order.indexOf(this.me?.scope) >= order.indexOf(scope);
  }

  /** Somebody may do something with a job that is theirs, or with all if they operate. */
  mayChange(job) {
    return this.may("operate") || job.user === this.me?.user;
  }

  async #jobs() {
    const { jobs } = await get("/jobs", { limit: PAGE });
    this.jobs = new Map(jobs.map((job) => [job.id, job]));
    this.loaded = true;
    this.stale.clear();
    if (this.open && !this.jobs.has(this.open.id)) this.#again(this.open.id);
    this.changed("jobs");
    this.changed("job");
  }

  async #health() {
    this.health = await get("/healthz");
    this.changed("health");
  }

  /** What no event tells: the time that is left, and what passes. */
  #look() {
    if (document.hidden) return;
    this.well.soon();
    this.machines.soon();
    for (const job of this.jobs.values()) if (job.state === "running") this.stale.add(job.id);
    if (this.stale.size) this.#again([...this.stale][0]);
  }

  #again(id) {
    this.stale.add(id);
    if (this.stale.size > 6) this.all.soon();
    else this.few.soon();
  }

  async #some() {
    const ids = [...this.stale];
    this.stale.clear();
    for (const id of ids) {
      try {
        const told = await get(`/jobs/${part(id)}`);
        this.jobs.set(id, told.job ?? told);
      } catch (problem) {
        if (problem.status !== 404) throw problem;
        this.jobs.delete(id);
        if (this.open?.id === id) this.open.missing = true;
      }
    }
    this.changed("jobs");
    this.changed("job");
  }

  async #tasks() {
    const open = this.open;
    if (!open) return;
    const rows = [];
    let after;
    do {
      const page = await get(`/jobs/${part(open.id)}/tasks`, { limit: PAGE, ...(after ? { after } : {}) });
      rows.push(...page.tasks);
      after = page.next;
    } while (after && this.open === open);
    open.tasks = rows;
    open.byId = new Map(rows.map((row) => [row.task, row]));
    if (this.open === open) this.changed("tasks");
  }

  async #shots() {
    const open = this.open;
    if (!open) return;
    open.moved = false;
    const answer = await get(`/jobs/${part(open.id)}/shots`);
    open.shots = answer.shots;
    this.shots.pace = Math.max(SOON, answer.shots.length * EACH);
    open.master = answer.film ?? null;
    if (this.open === open) this.changed("shots");
  }

  async #log() {
    const open = this.open;
    if (!open) return;
    open.log = await lines(`/jobs/${part(open.id)}/log?limit=1000`, () => this.open === open);
    if (this.open === open) this.changed("log");
  }

  async #nodes() {
    const told = await get("/nodes");
    this.nodes = told.nodes;
    this.broken = told.broken ?? "";
    this.changed("nodes");
  }

  async #shares() {
    const [{ users }, { limits }] = await Promise.all([get("/users"), get("/limits")]);
    this.users = users;
    this.limits = limits;
    this.changed("shares");
  }

  async #audit() {
    this.audit = (await get("/audit", { limit: PAGE })).rows;
    this.changed("audit");
  }

  #told(kind, content) {
    if (kind === "progress") this.#progressed(content);
    else if (kind === "change") this.#change(content);
  }

  #progressed({ job, tasks }) {
    if (this.open?.id !== job) return;
    for (const { task, fraction } of tasks) this.open.fractions.set(task, fraction);
    this.changed("progress");
  }

  #change(notice) {
    if (notice.job) this.#again(notice.job);
    if (FINAL.has(notice.state)) this.shares.soon();
    if (OF_BOOKS.test(notice.kind)) this.shares.soon();
    if (OF_THE_FARM.test(notice.kind) || notice.tasks?.some((each) => each.status === "running" || each.status === "done")) this.machines.soon();
    if (this.audit) this.rows.soon();
    const open = this.open;
    if (!open || notice.job !== open.id) return;
    if (notice.many) this.tasks.soon();
    for (const { task, status } of notice.tasks ?? []) this.#moved(open, task, status);
    if (notice.many || notice.state || notice.tasks?.some((each) => SHOWN.test(each.task))) this.#shotsMoved(open);
    if (open.log && this.part === "log") this.log.soon();
    this.changed("tasks");
  }

  /** Which part of the job is seen: what is not seen is asked for when it is. */
  see(name) {
    this.part = name;
    const open = this.open;
    if (!open) return;
    if (name === "shots" && open.moved) this.shots.soon();
    if (name === "tasks" && !open.tasks) this.tasks.now();
    if (name === "log") this.log.now();
  }

  /** A job as an action has left it. */
  took(job) {
    this.jobs.set(job.id, job);
    this.changed("jobs");
    this.changed("job");
  }

  #shotsMoved(open) {
    if (this.part === "shots") this.shots.soon();
    else open.moved = true;
  }

  /** A task of the job that is looked at has another status. */
  #moved(open, task, status) {
    const row = open.byId.get(task);
    open.fractions.delete(task);
    if (!row) return;
    row.status = status;
    row.stale = true;
  }
}

/** All lines of a log, page by page, while they are wanted. */
async function lines(path, wanted) {
  const found = [];
  let after;
  do {
    const page = await get(after ? `${path}&after=${after}` : path);
    found.push(...page.lines);
    after = page.next;
  } while (after && found.length < 20 * PAGE && wanted());
  return found;
}
