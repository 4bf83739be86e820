"""A farm of the tests that answers as farmd does: the same paths, shapes and events, over a film that is played."""

import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from replay_film import ENDED, STAGES, Farm, utc

from duocast.farm.look.site import HEADERS, content_type, site

USERS = {
    "duo_admin": ("ada", "admin"),
    "duo_ops": ("otto", "operate"),
    "duo_mara": ("mara", "submit"),
}
TYPES = {".jpg": "image/jpeg", ".mp4": "video/mp4"}


class Refused(Exception):
    def __init__(self, status, code, message, hint=""):
        super().__init__(message)
        self.status, self.content = (
            status,
            {"error": {"code": code, "message": message, "hint": hint}},
        )


class ReplayServer:
    """Use it as a context. `farm` may be moved while `lock` is held; `pulse` wakes who listens."""

    def __init__(self, farm=None, port=0):
        self.farm = farm or Farm()
        self.lock = threading.Condition(threading.RLock())
        self.pages = site("duocast.farm.daemon")
        self.open = True
        self.http = _Quiet(("127.0.0.1", port), _Handler)
        self.http.replay = self
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.open = False
        with self.lock:
            self.lock.notify_all()
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()

    @property
    def port(self):
        return self.http.server_address[1]

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/"

    def step(self, times=1):
        for _ in range(times):
            with self.lock:
                self.farm.step()
                self.lock.notify_all()

    def progress(self, fraction):
        with self.lock:
            for worker in self.farm.workers:
                if worker["task"]:
                    self.farm.passing.append(
                        {
                            "job": worker["job"],
                            "tasks": [{"task": worker["task"], "fraction": fraction}],
                        }
                    )
            self.lock.notify_all()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        pass


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self._answer(self._get)

    def do_POST(self):
        size = int(self.headers.get("Content-Length", 0))
        body = json.loads(self.rfile.read(size) or b"{}")
        self._answer(lambda farm, parts, query: self._post(farm, parts, body))

    def _answer(self, find):
        url = urlsplit(self.path)
        path, query = url.path, {k: v[0] for k, v in parse_qs(url.query).items()}
        replay = self.server.replay
        if not path.startswith("/api/v1/"):
            return self._page(path.removeprefix("/") or "index.html")
        parts = [unquote(each) for each in path.removeprefix("/api/v1/").split("/")]
        try:
            if parts[0] == "blobs":
                return self._blob(replay.farm, parts[1], query)
            self._enter()
            if parts[0] == "events":
                return self._events(int(self.headers.get("Last-Event-ID") or query["after"]))
            with replay.lock:
                content = find(replay.farm, parts, query)
                replay.lock.notify_all()
            self._json(200, content)
        except Refused as refused:
            self._json(refused.status, refused.content)

    def _enter(self):
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in USERS:
            raise Refused(401, "unauthorized", "this farm does not know the token", "ask for one")
        self.user, self.scope = USERS[token]

    def _send(self, status, kind, content, **headers):
        self.send_response(status)
        for name, value in {
            **headers,
            "Content-Type": kind,
            "Content-Length": str(len(content)),
        }.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def _json(self, status, content):
        self._send(status, "application/json", json.dumps(content).encode())

    def _page(self, name):
        content = self.server.replay.pages.get(name)
        self._send(200 if content else 404, content_type(name), content or b"", **HEADERS)

    def _blob(self, farm, digest, query):
        if query.get("ticket") != "ticket":
            raise Refused(401, "unauthorized", "no ticket")
        content, kind = farm.blobs[digest], TYPES[query["suffix"]]
        wanted = self.headers.get("Range", "")
        if not wanted:
            self._send(200, kind, content, Accept_Ranges="bytes")
            return
        first, _, last = wanted.removeprefix("bytes=").partition("-")
        start, end = int(first), min(int(last or len(content) - 1), len(content) - 1)
        where = f"bytes {start}-{end}/{len(content)}"
        self._send(206, kind, content[start : end + 1], Content_Range=where, Accept_Ranges="bytes")

    def _events(self, after):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        replay, passed = self.server.replay, len(self.server.replay.farm.passing)
        self.wfile.write(b": here\n\n")
        while replay.open:
            with replay.lock:
                frames = [f for f in replay.farm.frames[-5000:] if f["seq"] > after]
                passing = replay.farm.passing[passed:]
                passed = len(replay.farm.passing)
                if not frames and not passing:
                    replay.lock.wait(0.5)
                    continue
            said = [f"id: {f['seq']}\nevent: change\ndata: {json.dumps(f)}\n\n" for f in frames]
            said += [f"event: progress\ndata: {json.dumps(p)}\n\n" for p in passing]
            self.wfile.write("".join(said).encode())
            after = frames[-1]["seq"] if frames else after

    def _get(self, farm, parts, query):
        match parts:
            case ["me"]:
                return {"user": self.user, "scope": self.scope}
            case ["healthz"]:
                return {
                    "ok": not farm.trouble,
                    "version": "0.1.0",
                    "epoch": farm.epoch,
                    "seq": farm.seq,
                    "uptime": 60.0,
                    "trouble": farm.trouble,
                }
            case ["jobs"]:
                return {
                    "jobs": [
                        job_view(farm, f) for f in reversed(farm.films.values()) if self._sees(f)
                    ],
                    "next": None,
                }
            case ["jobs", job]:
                return job_view(farm, self._film(farm, job))
            case ["jobs", job, "tasks"]:
                return self._tasks(farm, self._film(farm, job), query)
            case ["jobs", job, "tasks", task]:
                return task_answer(farm, self._film(farm, job), task)
            case ["jobs", job, "shots"]:
                return shots(self._film(farm, job))
            case ["jobs", job, "log"]:
                lines = [
                    {
                        "at": f["at"],
                        "kind": f["kind"],
                        "text": f["message"] or f"{t['task']}: {t['status']}",
                        "detail": "",
                    }
                    for f in farm.frames
                    if f["job"] == job
                    for t in f["tasks"][:1]
                ]
                return {"lines": lines[-2000:], "next": None}
            case ["nodes"]:
                return nodes(farm)
            case ["users"]:
                return {
                    "users": [
                        {
                            "user": u,
                            "weight": w,
                            "credits": c,
                            "reserved": 0.5 if c else 0.0,
                            "spent": 1.25 if c else 0.0,
                            "seconds": s,
                            "jobs": sum(f.user == u for f in farm.films.values()),
                        }
                        for u, w, c, s in (
                            ("mara", 1.0, 12.5, 5400.0),
                            ("jonas", 2.0, None, 9800.0),
                            ("ada", 1.0, None, 120.0),
                        )
                    ]
                }
            case ["limits"]:
                return {
                    "limits": [
                        {"licence": "upscaler", "count": 2, "held": 2},
                        {"licence": "cloud-video", "count": 8, "held": 3},
                    ]
                }
            case ["audit"]:
                return {"rows": list(reversed(farm.audit)), "next": None}
        raise Refused(404, "not-found", "there is no such thing")

    def _post(self, farm, parts, body):
        match parts:
            case ["tickets"]:
                return {"ticket": "ticket", "seconds": 3600}
            case ["jobs", job, "tasks", what]:
                film = self._film(farm, job)
                to = {"retry": "waiting", "skip": "skipped", "cancel": "cancelled"}[what]
                farm.poison -= set(body["tasks"])
                farm.note(
                    what,
                    job,
                    [farm.set(film, film.tasks[t], to) for t in body["tasks"]],
                    state="running",
                )
                film.state, film.ended = "running", None
                answer = job_view(farm, film)
            case ["jobs", job, what]:
                film = self._film(farm, job)
                if what == "priority":
                    film.priority = body["priority"]
                else:
                    film.state = {"pause": "paused", "resume": "running", "cancel": "cancelled"}[
                        what
                    ]
                gone = (
                    [t for t in film.tasks.values() if t["status"] not in ENDED]
                    if what == "cancel"
                    else []
                )
                farm.note(
                    what,
                    job,
                    [farm.set(film, t, "cancelled") for t in gone][:500],
                    state=film.state,
                )
                answer = job_view(farm, film)
            case ["nodes", node, what]:
                (farm.drained.add if what == "drain" else farm.drained.discard)(node)
                farm.note("Drained")
                answer = {"seq": farm.seq}
            case ["workers", name, "forgive"]:
                next(w for w in farm.workers if w["name"] == name)["sick"] = []
                farm.note("Forgiven")
                answer = {"seq": farm.seq}
            case _:
                raise Refused(404, "not-found", "there is no such thing")
        farm.audit.append(
            {
                "id": len(farm.audit) + 1,
                "at": utc(),
                "user": self.user,
                "token": "t",
                "action": parts[-1],
                "object": parts[1],
                "detail": body,
            }
        )
        return answer

    def _sees(self, film):
        return self.scope != "submit" or film.user == self.user

    def _film(self, farm, job):
        film = farm.films.get(job)
        if film is None or not self._sees(film):
            raise Refused(404, "not-found", f"there is no job {job}")
        return film

    def _tasks(self, farm, film, query):
        rows = [t for t in film.tasks.values() if query.get("status") in (None, t["status"])]
        start = next((n + 1 for n, t in enumerate(rows) if t["task"] == query.get("after")), 0)
        limit = int(query.get("limit", 200))
        page = rows[start : start + limit]
        return {
            "tasks": [task_view(film, t) for t in page],
            "next": page[-1]["task"] if start + limit < len(rows) else None,
        }


def job_view(farm, film):
    counts = film.counts
    left = sum(n for s, n in counts.items() if s not in ENDED)
    over = film.state in ("done", "failed", "cancelled")
    reason = {
        "paused": "somebody paused it; what runs may end",
        "running": f"it is at work on {counts.get('running', 0)} tasks",
        "done": "it is finished",
        "failed": f"{counts.get('failed', 0)} of its tasks failed",
        "cancelled": "somebody cancelled it",
    }[film.state]
    return {
        "id": film.id,
        "name": film.name,
        "user": film.user,
        "state": film.state,
        "seq": farm.seq,
        "priority": film.priority,
        "submitted": utc(film.submitted),
        "ended": utc(film.ended) if film.ended else None,
        "tasks": len(film.tasks),
        "counts": counts,
        "targets": ["film/master"],
        "eta": None if over else left * 6.0 / len(farm.workers),
        "bound": 812.0 if over else None,
        "ratio": 1.0312 if over else None,
        "spent": 1.75,
        "reserved": 0.0,
        "budget": 20.0 if film.priority else None,
        "reason": reason,
    }


PLAIN = {
    "ready": "all 8 workers are busy, and 12 tasks go before it",
    "failed": "two workers died on it",
    "cancelled": "it was not wanted any more",
    "skipped": "the job goes on without it",
    "reused": "the same work was done before",
}


def why(film, task):
    needs = [n for n in film.needs(task) if film.tasks[n]["status"] not in ("done", "reused")]
    first = needs[0] if needs else ""
    more = f" and {len(needs) - 1} more" if len(needs) > 1 else ""
    match task["status"]:
        case "waiting":
            return f"it needs {first}{more}"
        case "running":
            return f"it runs on {task.get('worker')} since 4 s"
        case "done":
            return f"it was made in {task.get('seconds', 0):.1f} s"
        case "blocked":
            return f"it needs {first}, which failed"
        case other:
            return PLAIN[other]


def task_view(film, task):
    return {
        "task": task["task"],
        "operation": STAGES.get(task["stage"], task["stage"]),
        "engine": "test",
        "version": "1",
        "status": task["status"],
        "reason": why(film, task),
        "order": task["shot"],
        "key": hashlib.sha256(task["task"].encode()).hexdigest(),
        "seconds": task.get("seconds"),
        "fraction": 0.0 if task["status"] == "running" else None,
        "worker": task.get("worker", ""),
        "failure": task.get("failure"),
    }


def task_answer(farm, film, address):
    task = film.tasks[address]
    log = [
        {"at": f["at"], "kind": f["kind"], "text": f["message"] or t["status"], "detail": ""}
        for f in farm.frames
        if f["job"] == film.id
        for t in f["tasks"]
        if t["task"] == address
    ]
    return {
        **task_view(film, task),
        "expects": [],
        "needs": film.needs(task),
        "tries": {"runs": 1, "retries": 0, "deaths": 0, "losses": 0, "waits": 0, "last": ""},
        "log": log,
    }


def shots(film):
    rows = []
    for task in film.tasks.values():
        if task["stage"] == "clip":
            base = task["task"].rpartition("/")[0]
            stages = [film.tasks[f"{base}/{stage}"] for stage in STAGES]
            running = any(t["status"] == "running" for t in stages)
            state = "running" if running and task["status"] == "waiting" else task["status"]
            rows.append(
                {
                    "shot": base,
                    "task": task["task"],
                    "state": state,
                    "reason": why(film, task),
                    "clip": task.get("clip"),
                    "thumb": stages[1].get("thumb"),
                }
            )
    return {"shots": rows, "film": film.tasks["film/master"].get("clip")}


def nodes(farm):
    found = {}
    for worker in farm.workers:
        shown = {k: v for k, v in worker.items() if k != "node"}
        if worker["task"]:
            shown["since"] = time.time() - farm.began[worker["name"]]
        found.setdefault(worker["node"], []).append(shown)
    return {
        "nodes": [
            {"name": n, "drained": n in farm.drained, "workers": w} for n, w in found.items()
        ],
        "broken": "",
    }
