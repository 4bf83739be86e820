"""A film that is made before one's eyes: jobs, tasks, shots and workers as the farm shows them, moved by `step`."""

import hashlib
import io
import itertools
import time
from datetime import UTC, datetime

import av
import numpy as np
from PIL import Image, ImageDraw

ENDED = ("done", "reused", "failed", "blocked", "cancelled", "skipped")
STAGES = {"take": "speak", "still": "compose", "picture": "animate", "clip": "encode"}
MODELS = {"take": "kokoro", "still": "flux-schnell", "picture": "wan-2.2", "clip": "encode"}
SCENES = (
    "kitchen-night",
    "the-bridge-at-dawn",
    "stairwell",
    "harbour-day",
    "attic-evening",
    "courtroom",
)
TINTS = ((52, 70, 92), (120, 92, 70), (60, 82, 66), (96, 120, 138), (110, 74, 84), (84, 78, 110))


def utc(seconds=None):
    return datetime.fromtimestamp(seconds or time.time(), UTC).isoformat(timespec="milliseconds")


def picture(scene, number):
    """A small still: a wall, a window, somebody."""
    image = Image.new("RGB", (320, 134), TINTS[scene % 6])
    pen = ImageDraw.Draw(image)
    light = tuple(min(255, each + 70) for each in TINTS[scene % 6])
    pen.rectangle((24 + (number * 37) % 120, 14, 96 + (number * 37) % 120, 84), fill=light)
    middle = 170 + (number * 53) % 90
    pen.ellipse((middle - 22, 34, middle + 22, 84), fill=(206, 168, 140))
    pen.rectangle((middle - 40, 84, middle + 40, 134), fill=(40 + number * 7 % 60, 44, 54))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=80)
    return file.getvalue()


def clip(scene, number):
    """A second of a shot, silent."""
    file = io.BytesIO()
    still = np.asarray(Image.open(io.BytesIO(picture(scene, number))))
    with av.open(file, "w", format="mp4") as out:
        stream = out.add_stream("h264", rate=12)
        stream.width, stream.height, stream.pix_fmt = 320, 134, "yuv420p"
        for at in range(12):
            frame = av.VideoFrame.from_ndarray(np.roll(still, at * 2, axis=1), format="rgb24")
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
    return file.getvalue()


class Film:
    """A job and its tasks."""

    def __init__(self, job, name, user, shots, priority=0):
        self.id, self.name, self.user, self.priority = job, name, user, priority
        self.submitted, self.ended, self.state = time.time(), None, "running"
        self.tasks = {}
        for number in range(shots):
            scene = number * len(SCENES) // shots
            for stage in STAGES:
                address = f"{SCENES[scene]}/shot-{number + 1}/{stage}"
                self.tasks[address] = {
                    "task": address,
                    "status": "waiting",
                    "stage": stage,
                    "shot": number,
                    "scene": scene,
                }
        for stage in ("cut", "mix", "master"):
            self.tasks[f"film/{stage}"] = {
                "task": f"film/{stage}",
                "status": "waiting",
                "stage": stage,
                "shot": shots,
                "scene": -1,
            }

    @property
    def counts(self):
        found = {}
        for task in self.tasks.values():
            found[task["status"]] = found.get(task["status"], 0) + 1
        return found

    def needs(self, task):
        stages = list(STAGES)
        if task["stage"] in STAGES:
            at = stages.index(task["stage"])
            base = task["task"].rpartition("/")[0]
            return [f"{base}/{stages[at - 1]}"] if at else []
        if task["stage"] == "cut":
            return [t["task"] for t in self.tasks.values() if t["stage"] == "clip"]
        return ["film/cut"] if task["stage"] == "mix" else ["film/mix"]


class Farm:
    """Everything that the page can ask about. Not for several threads: whoever serves it holds a lock."""

    def __init__(self, workers=8, nodes=2):
        self.seq = 0
        self.epoch = 1
        self.frames = []
        self.films = {}
        self.blobs = {}
        self.passing = []
        self.audit = []
        self.trouble = ""
        self.drained = set()
        self.poison = set()
        self.workers = [
            {
                "name": f"gpu{n % nodes}-{n // nodes}",
                "node": f"gpu{n % nodes}.studio",
                "host": f"gpu{n % nodes}.studio",
                "labels": ["rtx-4090"] if n % nodes else ["h100"],
                "gpu": 1.0,
                "memory": (24 if n % nodes else 80) * 10**9,
                "warm": [],
                "job": "",
                "task": "",
                "since": None,
                "stopping": False,
                "sick": [],
            }
            for n in range(workers)
        ]
        self.began = {}
        self.drawn = itertools.count()

    def note(self, kind, job="", tasks=(), state="", message=""):
        self.seq += 1
        notice = {
            "seq": self.seq,
            "at": utc(),
            "kind": kind,
            "job": job,
            "tasks": list(tasks),
            "state": state,
            "message": message,
        }
        self.frames.append(notice)

    def submit(self, name, user, shots, priority=0):
        film = Film(
            f"{len(self.films):04x}{hashlib.sha256(name.encode()).hexdigest()[:8]}",
            name,
            user,
            shots,
            priority,
        )
        self.films[film.id] = film
        self.note("Submitted", film.id, state="running")
        self.audit.append(
            {
                "id": len(self.audit) + 1,
                "at": utc(),
                "user": user,
                "token": "t",
                "action": "submit",
                "object": film.id,
                "detail": {"name": name, "tasks": len(film.tasks)},
            }
        )
        return film

    def set(self, film, task, status):
        task["status"] = status
        return {"task": task["task"], "status": status}

    def put(self, content, suffix):
        digest = hashlib.sha256(content).hexdigest()
        self.blobs[digest] = content
        return {"digest": digest, "suffix": suffix, "size": len(content)}

    def step(self, ends=True):
        """What runs ends; what can start does."""
        for worker in self.workers:
            if worker["task"] and ends:
                self._end(worker)
        for film in sorted(self.films.values(), key=lambda f: -f.priority):
            self._free(film)
            if film.state == "running":
                self._start(film)
        for film in self.films.values():
            left = [t for t in film.tasks.values() if t["status"] not in ENDED]
            if film.state == "running" and not left:
                bad = any(t["status"] in ("failed", "blocked") for t in film.tasks.values())
                film.state, film.ended = ("failed" if bad else "done"), time.time()
                self.note("Finished", film.id, state=film.state)

    def _end(self, worker):
        film = self.films[worker["job"]]
        task = film.tasks[worker["task"]]
        worker["job"] = worker["task"] = ""
        if task["status"] != "running":
            return
        if task["task"] in self.poison:
            task["failure"] = {
                "kind": "poison",
                "code": "R0010",
                "message": "two workers died on it",
                "hint": "look at the engine's last words",
                "detail": "Traceback (most recent call last):\n  ...\ncuda: an illegal memory access was encountered",
            }
            changes = [self.set(film, task, "failed"), *self._block(film, task["task"])]
            self.note("Failed", film.id, changes, message=f"{task['task']}: two workers died on it")
            return
        task["seconds"] = 3.5 + task["shot"] % 9
        if task["stage"] == "still":
            task["thumb"] = self.put(picture(task["scene"], task["shot"]), ".jpg")
        if task["stage"] in ("clip", "master"):
            task["clip"] = self.put(clip(max(0, task["scene"]), task["shot"]), ".mp4")
        self.note("Finished", film.id, [self.set(film, task, "done")])

    def _block(self, film, address):
        found = []
        for task in film.tasks.values():
            if task["status"] == "waiting" and address in film.needs(task):
                found += [self.set(film, task, "blocked"), *self._block(film, task["task"])]
        return found

    def _free(self, film):
        changes = []
        for task in film.tasks.values():
            if task["status"] == "waiting" and all(
                film.tasks[n]["status"] in ("done", "reused") for n in film.needs(task)
            ):
                changes.append(self.set(film, task, "ready"))
        if changes:
            self.note("Found", film.id, changes)

    def _start(self, film):
        idle = (
            w
            for w in self.workers
            if not w["task"] and not w["sick"] and w["node"] not in self.drained
        )
        ready = (t for t in film.tasks.values() if t["status"] == "ready")
        for worker, task in zip(idle, list(ready)[: len(self.workers)], strict=False):
            model = MODELS.get(task["stage"], "assemble")
            worker |= {
                "job": film.id,
                "task": task["task"],
                "warm": [*[m for m in worker["warm"] if m != model], model][-2:],
            }
            task["worker"] = worker["name"]
            self.began[worker["name"]] = time.time()
            self.note("Started", film.id, [self.set(film, task, "running")])
