"""A fake cloud: a real HTTP server that answers for every family as its documentation says, with faults on demand.

What it is told: `submits`, `statuses` and `downloads` are queues of faults, one for each request of that kind; `polls`
is how often a job is asked for before it is done, and `end` how it ends. What it remembers: `paid`, every order that
it took, by the digest of its request; so a second one of the same is seen.
"""

import base64
import hashlib
import json
import re
import socket
import struct
import sys
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import fakemedia
import httpx

KEY = "fake-secret-key-7f3a"
KLING_KEY = "access-7f3a:secret-7f3a"


@dataclass
class Reply:
    """A canned answer. `drop`: the connection is reset instead; `after`: the order is taken all the same."""

    status: int = 200
    body: dict | bytes | None = None
    headers: dict = field(default_factory=dict)
    drop: bool = False
    after: bool = False
    wait: float = 0.0


@dataclass
class Job:
    id: str
    family: str
    body: dict
    seconds: float = 0.0
    query: dict = field(default_factory=dict)
    asked: int = 0
    links: int = 0
    cancelled: bool = False

    @property
    def name(self):
        return self.body.get("external_task_id") or self.id


WORDS = {
    "aiml": ("queued", "generating", "completed", "error"),
    "veo": ("", "", "", ""),
    "runway": ("PENDING", "RUNNING", "SUCCEEDED", "FAILED"),
    "luma": ("queued", "dreaming", "completed", "failed"),
    "kling": ("submitted", "processing", "succeed", "failed"),
    "fal": ("IN_QUEUE", "IN_PROGRESS", "COMPLETED", "COMPLETED"),
    "replicate": ("starting", "processing", "succeeded", "failed"),
    "comfyui": ("", "", "", ""),
}


class FakeCloud:
    """The server. Use as a context; `url` is its base."""

    def __init__(self):
        self.submits, self.statuses, self.downloads = deque(), deque(), deque()
        self.polls, self.end, self.pace = 1, "ok", 0.0
        self.usage = True
        self.answers = deque()
        self.hooks, self.hook_after, self.hook_body, self.signer = 0, 0.0, {}, None
        self.hook_answers = []
        self.paid = Counter()
        self.seen = []
        self.jobs = {}
        self.uploads, self.uploaded = [], {}
        self.lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.cloud = self
        port = self._server.server_address[1]
        self.url, self.elsewhere = f"http://127.0.0.1:{port}", f"http://localhost:{port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def repeated(self):
        """Orders that were taken more than once."""
        return [name for name, count in self.paid.items() if count > 1]

    def take(self, family, body, raw, query=None):
        """An order is taken, and costs."""
        with self.lock:
            self.paid[hashlib.sha256(raw).hexdigest()] += 1
            number = f"{family}-job-{len(self.jobs) + 1}"
            if family == "comfyui":
                number = body["prompt_id"]
            if family == "veo":
                number = f"models/veo/operations/{number}"
            seconds = _seconds(family, body)
            job = self.jobs[number] = Job(number, family, body, seconds, query or {})
        if self.hooks:
            threading.Thread(target=self.call, args=(job,), daemon=True).start()
        return job

    def call(self, job):
        """The job is done, and the webhook that came with it is told so, perhaps several times."""
        time.sleep(self.hook_after)
        job.asked = max(job.asked, self.polls)
        body = json.dumps({"id": job.id, **self.hook_body}).encode()
        url = callback(job.body, job.query)
        for _ in range(self.hooks):
            headers = self.signer(body) if self.signer else {}
            answer = httpx.post(url, content=body, headers=headers, timeout=10, trust_env=False)
            self.hook_answers.append(answer.status_code)

    def job(self, name):
        return self.jobs.get(name) or next(
            (one for one in self.jobs.values() if one.name == name), None
        )

    def link(self, job):
        with self.lock:
            job.links += 1
        kind = "view" if job.family == "comfyui" else "cdn"
        if job.family == "veo":
            return f"{self.url}/v1beta/files/{job.id.rsplit('/', 1)[1]}:download?alt=media"
        return f"{self.elsewhere}/{kind}/{job.id}?v={job.links}"

    def phase(self, job):
        """0 queued, 1 running, 2 done, 3 failed."""
        with self.lock:
            job.asked += 1
        if job.asked <= self.polls:
            return min(1, job.asked - 1)
        return 2 if self.end in ("ok", "no link", "no cost") else 3


def callback(body, query):
    """Where the order asks to be told, in each family's own words."""
    if uris := body.get("webhookConfig", {}).get("uris"):
        return uris[0]
    return query.get("fal_webhook") or body.get("callback_url") or body.get("webhook") or ""


def _seconds(family, body):
    if family == "veo":
        return body["parameters"]["durationSeconds"]
    if family == "replicate":
        return float(body["input"].get("duration", 0))
    if family == "comfyui":
        return float(body["prompt"].get("2", {}).get("inputs", {}).get("seconds", 3.0))
    return float(str(body.get("duration", 0)).rstrip("s") or 0)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Clients of these tests go away in the middle."""
        if not isinstance(sys.exception(), ConnectionError | ValueError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    # -- answers -----------------------------------------------------------------------------

    def say(self, status, body=b"", headers=()):
        content = json.dumps(body).encode() if isinstance(body, dict | list) else body
        self.send_response(status)
        kind = "application/json" if isinstance(body, dict | list) else "application/octet-stream"
        sent = {"Content-Type": kind, "Content-Length": str(len(content)), **dict(headers)}
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def reset(self):
        """Close so that the client sees a reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def canned(self, queue):
        """The next fault of a queue; True if the request has been answered by it."""
        with self.cloud.lock:
            reply = queue.popleft() if queue else None
        if reply is None:
            return None
        time.sleep(reply.wait)
        if reply.after:
            return reply
        if reply.drop:
            self.reset()
        else:
            self.say(reply.status, {} if reply.body is None else reply.body, reply.headers)
        return True

    @property
    def cloud(self):
        return self.server.cloud

    # -- requests ----------------------------------------------------------------------------

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = urlsplit(self.path).path
        self.cloud.seen.append((self.command, path))
        if path == "/upload/image":
            self.cloud.uploads.append(raw[:200])
            name = re.search(rb'filename="([^"]+)"', raw)[1].decode()
            after = raw.split(b'filename="', 1)[1].split(b"\r\n\r\n", 1)[1]
            self.cloud.uploaded[name] = after.split(b"\r\n" + raw.split(b"\r\n", 1)[0], 1)[0]
            return self.say(200, {"name": "x.png", "subfolder": "", "type": "input"})
        if path == "/queue":
            return self.say(200, {})
        if path.endswith("/cancel"):
            self.cloud.job(path.split("/")[-2]).cancelled = True
            return self.say(200, {})
        body = json.loads(raw or b"{}")
        family = self.family(path)
        if family is None:
            return self.say(404, {"error": {"message": f"no such place {path}"}})
        if not self.may(family):
            return self.say(401, {"error": {"message": f"wrong key {self.given()}"}})
        time.sleep(self.cloud.pace)
        reply = self.canned(self.cloud.submits)
        if reply is True:
            return None
        return self.submit(family, body, raw, reply)

    def submit(self, family, body, raw, reply):
        if family in ("elevenlabs", "openai-tts", "openai-chat", "gemini", "aiml-picture"):
            answer = self.at_once(family, body, raw)
        else:
            answer = (200, self.ticket(self.cloud.take(family, body, raw, self.query())), {})
        if reply is not None and reply.drop:
            return self.reset()
        if reply is not None:
            return self.say(
                reply.status, reply.body if reply.body is not None else {}, reply.headers
            )
        return self.say(*answer)

    def do_DELETE(self):
        job = self.cloud.job(urlsplit(self.path).path.rsplit("/", 1)[1])
        if job:
            job.cancelled = True
        self.say(204 if job else 404)

    def do_PUT(self):
        job = self.cloud.job(urlsplit(self.path).path.split("/")[3])
        job.cancelled = True
        self.say(202, {"status": "CANCELLATION_REQUESTED"})

    def do_GET(self):
        parts = urlsplit(self.path)
        path, query = parts.path, parse_qs(parts.query)
        self.cloud.seen.append((self.command, path))
        if path.startswith(("/cdn/", "/view", "/v1beta/files/")):
            return self.download(path, query)
        name = query["generation_id"][0] if "generation_id" in query else path.rsplit("/", 1)[1]
        if path.startswith("/fal/requests/"):
            name = path.split("/")[3]
        if path.startswith("/v1beta/models/"):
            name = path.removeprefix("/v1beta/")
        job = self.cloud.job(name)
        if job is not None and not self.may(job.family):
            return self.say(401, {"error": {"message": "wrong key"}})
        known = not path.startswith("/history/") or job is not None
        if known and self.canned(self.cloud.statuses) is True:
            return None
        if job is not None and job.cancelled and job.family == "luma":
            job = None
        if job is None:
            missing = {} if path.startswith("/history/") else {"error": {"message": "no such job"}}
            return self.say(200 if path.startswith("/history/") else 404, missing)
        if path.endswith("/response"):
            return self.say(200, self.result(job))
        return self.say(200, self.told(job, self.cloud.phase(job)))

    def query(self):
        return {name: one[0] for name, one in parse_qs(urlsplit(self.path).query).items()}

    # -- keys --------------------------------------------------------------------------------

    def given(self):
        named = ("xi-api-key", "x-goog-api-key", "authorization")
        return next((self.headers[one] for one in named if self.headers.get(one)), "")

    def may(self, family):
        said = self.given()
        if family == "comfyui":
            return True
        if family == "kling":
            return said.startswith("Bearer ") and said.count(".") == 2
        return said.removeprefix("Bearer ").removeprefix("Key ") == KEY

    @staticmethod
    def family(path):
        for pattern, family in PLACES:
            if re.match(pattern, path):
                return family
        return None

    # -- what the families say ---------------------------------------------------------------

    def at_once(self, family, body, raw):
        cloud = self.cloud
        kind = {"black": "black", "truncated": "truncated", "silent": "silent"}.get(cloud.end, "ok")
        if cloud.end == "moderated" and family == "gemini":
            return 200, {"candidates": [{"finishReason": "IMAGE_SAFETY", "content": {"parts": []}}]}
        job = cloud.take(family, body, raw)
        if family == "elevenlabs":
            text = body.get("text") or " ".join(one["text"] for one in body["inputs"])
            sound, alignment = fakemedia.voice(text, kind)
            found = {"audio_base64": base64.b64encode(sound).decode(), "alignment": alignment}
            return 200, found, {"request-id": job.id}
        if family == "openai-tts":
            return 200, fakemedia.voice(body["input"], kind)[0]
        if family == "openai-chat" or (family == "gemini" and "imageConfig" not in str(body)):
            return 200, self.words(family)
        if family == "gemini":
            data = base64.b64encode(fakemedia.picture(kind)).decode()
            part = {"inlineData": {"mimeType": "image/png", "data": data}}
            return 200, {"candidates": [{"content": {"parts": [part]}, "finishReason": "STOP"}]}
        return 200, {"data": [{"url": cloud.link(job), "b64_json": None}], **self.cost(60_000)}

    def words(self, family):
        """The next answer in words; 700 tokens were read and 300 written."""
        with self.cloud.lock:
            text = self.cloud.answers.popleft() if self.cloud.answers else "{}"
        if family == "gemini":
            reason = "MAX_TOKENS" if self.cloud.end == "truncated" else "STOP"
            part = {"content": {"parts": [{"text": text}]}, "finishReason": reason}
            usage = {"promptTokenCount": 700, "candidatesTokenCount": 250, "thoughtsTokenCount": 50}
            return {"candidates": [part], **({"usageMetadata": usage} if self.cloud.usage else {})}
        reason = "content_filter" if self.cloud.end == "moderated" else "stop"
        choice = {"index": 0, "message": {"content": text}, "finish_reason": reason}
        usage = {"prompt_tokens": 700, "completion_tokens": 300}
        return {"choices": [choice], **({"usage": usage} if self.cloud.usage else {})}

    def cost(self, micro):
        if not self.cloud.usage:
            return {}
        return {"meta": {"usage": {"credits_used": 2 * micro, "usd_spent": micro / 1_000_000}}}

    def ticket(self, job):
        url = self.cloud.url
        match job.family:
            case "veo":
                return {"name": job.id}
            case "kling":
                return {"code": 0, "data": {"task_id": job.id, "task_status": "submitted"}}
            case "fal":
                place = f"{url}/fal/requests/{job.id}"
                return {
                    "request_id": job.id,
                    "status_url": f"{place}/status",
                    "response_url": f"{place}/response",
                    "cancel_url": f"{place}/cancel",
                }
            case "replicate":
                place = f"{url}/v1/predictions/{job.id}"
                return {
                    "id": job.id,
                    "status": "starting",
                    "urls": {"get": place, "cancel": f"{place}/cancel"},
                }
            case "comfyui":
                return {"prompt_id": job.id, "number": 1, "node_errors": {}}
        return {"id": job.id, "status": WORDS[job.family][0], "state": WORDS[job.family][0]}

    def told(self, job, phase):
        word = WORDS[job.family][phase]
        if job.cancelled:
            ended = {"runway": "CANCELLED", "replicate": "canceled"}.get(job.family)
            error = {"error": "Cancelled by user"} if job.family == "fal" else {}
            return {"id": job.id, "status": ended or "COMPLETED", **error}
        done, failed = phase == 2, phase == 3
        reason = (
            "the provider's machine broke"
            if self.cloud.end != "moderated"
            else "blocked by the content policy"
        )
        link = self.cloud.link(job) if done and self.cloud.end != "no link" else ""
        match job.family:
            case "aiml":
                error = {"name": "Error", "message": reason} if failed else None
                video = {"url": link} if link else None
                cost = self.cost(round(job.seconds * 400_000)) if done else {}
                return {"id": job.id, "status": word, "video": video, "error": error, **cost}
            case "veo":
                return _veo(job, phase, link, self.cloud.end)
            case "runway":
                code = "SAFETY.INPUT.TEXT" if self.cloud.end == "moderated" else "INTERNAL"
                failure = {"failure": reason, "failureCode": code} if failed else {}
                return {
                    "id": job.id,
                    "status": word,
                    "progress": 0.5,
                    "output": [link] if link else None,
                    **failure,
                }
            case "luma":
                return {
                    "id": job.id,
                    "state": word,
                    "assets": {"video": link},
                    "failure_reason": reason,
                }
            case "kling":
                videos = {"videos": [{"id": "v", "url": link, "duration": "5"}]} if link else {}
                data = {
                    "task_id": job.id,
                    "task_status": word,
                    "task_status_msg": reason,
                    "task_result": videos,
                }
                return {"code": 0, "data": data}
            case "fal":
                return {
                    "status": word,
                    "queue_position": 0,
                    **({"error": reason} if failed else {}),
                }
            case "replicate":
                return {
                    "id": job.id,
                    "status": word,
                    "output": link or None,
                    "error": reason if failed else None,
                }
        return self.history(job, phase, link)

    def history(self, job, phase, link):
        if phase < 2:
            return {}
        if phase == 3:
            messages = [["execution_error", {"exception_message": "the workflow broke"}]]
            return {
                job.id: {"outputs": {}, "status": {"status_str": "error", "messages": messages}}
            }
        graph = json.dumps(job.body["prompt"])
        name = f"{job.id}.{'mp4' if 'Video' in graph else 'png'}"
        file = {"filename": name, "subfolder": "", "type": "output"}
        outputs = {"9": {"images": [file]}} if link else {}
        return {
            job.id: {"outputs": outputs, "status": {"status_str": "success", "completed": True}}
        }

    def result(self, job):
        link = self.cloud.link(job) if self.cloud.end != "no link" else ""
        if "image_urls" in job.body:
            return {"images": [{"url": link}], "description": ""}
        return {"video": {"url": link}}

    # -- downloads ---------------------------------------------------------------------------

    def download(self, path, query):
        if path.startswith("/v1beta/files/") and self.headers.get("x-goog-api-key") != KEY:
            return self.say(403, {"error": {"message": "no key"}})
        if path.startswith("/cdn/") and self.given():
            return self.say(400, {"error": {"message": "a key was sent to the store of results"}})
        with self.cloud.lock:
            reply = self.cloud.downloads.popleft() if self.cloud.downloads else "ok"
        content = self.content(path, query, reply if isinstance(reply, str) else "ok")
        if isinstance(reply, Reply):
            return self.say(reply.status, reply.body or {}, reply.headers)
        if reply in ("reset", "short body"):
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) // 2])
            self.wfile.flush()
            return self.reset()
        if reply == "redirect":
            return self.say(302, b"", {"Location": self.path + "&again=1"})
        return self.say(200, content)

    def content(self, path, query, kind):
        name = query["filename"][0] if "filename" in query else path.rsplit("/", 1)[1]
        name = name.removesuffix(":download").removesuffix(".mp4")
        is_picture = name.endswith(".png")
        job = self.cloud.job(name.removesuffix(".png")) or self.cloud.job(
            f"models/veo/operations/{name}"
        )
        if is_picture or job.family == "aiml-picture" or "image_urls" in job.body or _paints(job):
            return fakemedia.picture(kind)
        seconds = job.seconds - 2.0 if kind == "wrong length" else job.seconds
        content = fakemedia.video(seconds, "black" if kind == "black" else "ok")
        return content[: len(content) * 2 // 3] if kind == "truncated" else content


def _paints(job):
    return job.family == "replicate" and "image_input" in job.body["input"]


def _veo(job, phase, link, end):
    if phase < 2:
        return {"name": job.id}
    if phase == 3 and end != "moderated":
        return {"name": job.id, "done": True, "error": {"code": 13, "message": "the machine broke"}}
    made = {"generatedSamples": [{"video": {"uri": link}}] if link else []}
    if end == "moderated":
        made |= {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": ["it was filtered"]}
    return {"name": job.id, "done": True, "response": {"generateVideoResponse": made}}


PLACES = (
    (r"/v1/text-to-(speech/[^/]+|dialogue)/with-timestamps$", "elevenlabs"),
    (r"/v1/audio/speech$", "openai-tts"),
    (r"/v1/chat/completions$", "openai-chat"),
    (r"/v1/images/generations$", "aiml-picture"),
    (r"/v2/video/generations$", "aiml"),
    (r"/v1beta/models/[^/]+:generateContent$", "gemini"),
    (r"/v1beta/models/[^/]+:predictLongRunning$", "veo"),
    (r"/v1/image_to_video$", "runway"),
    (r"/dream-machine/v1/generations/video$", "luma"),
    (r"/v1/videos/image2video$", "kling"),
    (r"/fal-ai/", "fal"),
    (r"/v1/(models/.*/)?predictions$", "replicate"),
    (r"/prompt$", "comfyui"),
)
