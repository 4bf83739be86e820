"""What the API answers with, as the OpenAPI tells it. Times are UTC in ISO 8601; money is in credits."""

from typing import Any

from pydantic import BaseModel, Field


class ErrorBody(BaseModel):
    """What went wrong: `code` for programs, `message` and `hint` for people."""

    code: str
    message: str
    hint: str = ""


class ErrorAnswer(BaseModel):
    """Every refusal looks like this."""

    error: ErrorBody


class MissingAnswer(BaseModel):
    """Contents that the farm does not have; upload them and ask again."""

    missing: list[str]
    error: ErrorBody | None = None


class JobView(BaseModel):
    """A job. `seq` is the event that this is true after: follow `/jobs/{job}/events?after=` from there.

    `eta` are the seconds that are left, `seconds` those since it was submitted, until it ended. `bound` are the seconds
    that the farm's workers need at least for what had to be made, `ratio` how many times that it took.
    """

    id: str
    name: str
    user: str
    state: str
    seq: int
    priority: int
    submitted: str
    ended: str | None = None
    tasks: int
    counts: dict[str, int]
    targets: list[str] = []
    eta: float | None = None
    bound: float | None = None
    ratio: float | None = None
    seconds: float = 0.0
    spent: float = 0.0
    reserved: float = 0.0
    budget: float | None = None
    reason: str = ""


class JobAnswer(BaseModel):
    """One job."""

    job: JobView


class JobsAnswer(BaseModel):
    """Jobs, newest first; `next` goes on behind the last of them."""

    jobs: list[JobView]
    next: int | None = None


class FailureView(BaseModel):
    """Why a task failed; `detail` are the engine's last words."""

    kind: str
    code: str
    message: str
    hint: str = ""
    detail: str = ""


class TaskView(BaseModel):
    """A task of a job by its node's address, and the reason why it is where it is."""

    task: str
    operation: str
    engine: str
    version: str
    status: str
    reason: str
    order: int
    key: str = ""
    seconds: float | None = None
    fraction: float | None = None
    worker: str = ""
    failure: FailureView | None = None


class TasksAnswer(BaseModel):
    """Tasks in the film's order; `next` goes on behind the last of them."""

    tasks: list[TaskView]
    next: str | None = None


class LogLine(BaseModel):
    """Something that happened."""

    at: str
    kind: str
    text: str
    detail: str = ""


class Tries(BaseModel):
    """What a task's work went through."""

    runs: int = 0
    retries: int = 0
    deaths: int = 0
    losses: int = 0
    waits: int = 0
    last: str = ""


class TaskAnswer(TaskView):
    """A task with what it went through and all that was said about it."""

    expects: list[str] = []
    needs: list[str] = []
    tries: Tries = Field(default_factory=Tries)
    log: list[LogLine] = []


class LogAnswer(BaseModel):
    """What happened in a job; `next` goes on behind it."""

    lines: list[LogLine]
    next: int | None = None


class BlobView(BaseModel):
    """Bytes in the store."""

    digest: str
    suffix: str
    size: int


class OutputsAnswer(BaseModel):
    """The outputs of tasks that succeeded, by task and name. `next` goes on behind the last task."""

    outputs: dict[str, dict[str, BlobView]]
    next: str | None = None


class ShotView(BaseModel):
    """A shot in story order: its state, its clip when it is done, and the latest picture of it."""

    shot: str
    task: str
    state: str
    reason: str
    clip: BlobView | None = None
    thumb: BlobView | None = None


class ShotsAnswer(BaseModel):
    """The shots of a film, and the film itself when it is made."""

    shots: list[ShotView]
    film: BlobView | None = None


class WorkerView(BaseModel):
    """A worker: what it runs, what it has warm, what it is kept from."""

    name: str
    host: str
    labels: list[str] = []
    gpu: float = 0.0
    memory: int = 0
    warm: list[str] = []
    job: str = ""
    task: str = ""
    since: float | None = None
    stopping: bool = False
    sick: list[str] = []


class NodeView(BaseModel):
    """A node and its workers."""

    name: str
    drained: bool
    workers: list[WorkerView]


class NodesAnswer(BaseModel):
    """All nodes; `broken` says why the backend gives none."""

    nodes: list[NodeView]
    broken: str = ""


class UserView(BaseModel):
    """A user's share and credits (None: no limit), and the worker-seconds used so far."""

    user: str
    weight: float
    credits: float | None = None
    reserved: float = 0.0
    spent: float = 0.0
    seconds: float = 0.0
    jobs: int = 0


class UsersAnswer(BaseModel):
    """All users."""

    users: list[UserView]


class TokenView(BaseModel):
    """A token, but not the token itself."""

    id: str
    user: str
    scope: str
    created: str
    expires: str | None = None
    revoked: str | None = None


class TokensAnswer(BaseModel):
    """Tokens, oldest first."""

    tokens: list[TokenView]


class TokenAnswer(TokenView):
    """A new token. It is said once: the farm keeps only its hash."""

    token: str


class LimitView(BaseModel):
    """So many of a licence may be held at the same time, and are."""

    licence: str
    count: int | None
    held: int = 0


class LimitsAnswer(BaseModel):
    """All licences."""

    limits: list[LimitView]


class AuditRow(BaseModel):
    """Who changed what."""

    id: int
    at: str
    user: str
    token: str
    action: str
    object: str
    detail: dict[str, Any]


class AuditAnswer(BaseModel):
    """Changes, newest first; `next` goes on behind the last of them."""

    rows: list[AuditRow]
    next: int | None = None


class CollectAnswer(BaseModel):
    """What was freed, in bytes, and what the store has now."""

    freed: int
    size: int
    jobs_forgotten: int


class HookView(BaseModel):
    """A webhook; its secret is not shown."""

    url: str
    events: list[str]
    failing: str = ""


class HooksAnswer(BaseModel):
    """A user's webhooks."""

    webhooks: list[HookView]


class EngineView(BaseModel):
    """An engine that this farm runs."""

    operation: str
    name: str
    version: str
    inline: bool


class EnginesAnswer(BaseModel):
    """All engines."""

    engines: list[EngineView]


class HealthAnswer(BaseModel):
    """Whether the farm takes work; `trouble` says why it doesn't."""

    ok: bool
    version: str
    epoch: int
    seq: int
    uptime: float
    trouble: str = ""


class DoneAnswer(BaseModel):
    """It counts; `seq` is the event's number."""

    seq: int
