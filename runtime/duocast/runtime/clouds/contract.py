"""The contract of a cloud's adapter: pure functions from an order to HTTP requests and from HTTP answers to values.

An adapter opens no connection, reads no clock and holds no key: the driver sends what it says and gives it the answers.
Every provider's own words for a job's state become one of `State`, every failure one of `Fate`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol


class Medium(StrEnum):
    """What an order is for."""

    VOICE = "voice"
    PICTURE = "picture"
    VIDEO = "video"
    TEXT = "text"


class State(StrEnum):
    """Where a job is. `UNKNOWN` is a word that this version doesn't know: it is asked for again."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class Fate(StrEnum):
    """What kind of failure an answer tells of."""

    TRANSIENT = "transient"
    RATE_LIMITED = "rate limited"
    MODERATED = "moderated"
    INVALID = "invalid"
    AUTH = "auth"
    QUOTA = "quota"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fault:
    """A failure: its kind and the provider's words."""

    fate: Fate
    message: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (or a sound) that is sent along: its media type and its bytes."""

    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a cloud. `name` is our own name for it: the same order has the same name on every attempt.

    `seconds` are those that are paid. `voice` is the provider's name of a voice; `workflow` the graph for ComfyUI;
    `attached` are further files by name: each person's voice and mask. For words, `system` says what the model is,
    `schema` (JSON) the form of its answer, and `most` the tokens that it may have.
    """

    name: str
    medium: Medium
    model: str
    prompt: str
    pictures: tuple[Picture, ...] = ()
    attached: tuple[tuple[str, Picture], ...] = ()
    seconds: int = 0
    width: int = 0
    height: int = 0
    seed: int = 0
    voice: str = ""
    language: str = ""
    pace: float = 1.0
    workflow: str = ""
    system: str = ""
    schema: str = ""
    most: int = 0
    callback: str = ""
    """Where the provider may say that something has happened; empty: nobody listens."""


@dataclass(frozen=True, slots=True)
class Call:
    """An HTTP request. A `url` that starts with `/` is on the provider's host; the key goes to no other host."""

    method: str
    url: str
    json: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    files: tuple[tuple[str, str, bytes, str], ...] = ()
    """(field, file name, content, media type): sent as a form."""
    form: Mapping[str, str] = field(default_factory=dict)

    def with_headers(self, headers: Mapping[str, str]) -> "Call":
        """The same request with more headers."""
        return replace(self, headers={**self.headers, **headers})


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. Header names are lower case."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the provider took it."""
        return 200 <= self.status < 300

    def object(self) -> dict[str, Any]:
        """The JSON object of the body; an empty one if there is none."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Ticket:
    """A job at the provider: its id, and where it is asked for if the provider says so itself. Plain data."""

    id: str
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says of a job. A finished one has a `link` or the result itself (`content`, of `media_type`).

    `ask`: the rest of the answer stands at another place of the provider. `cost`: what the provider says that it took,
    in millionths of a dollar, or in `tokens` (read, written). `notes`: what else came with the result (word times), as
    plain JSON.
    """

    state: State
    fraction: float = 0.0
    link: str = ""
    content: bytes = b""
    media_type: str = ""
    ask: Call | None = None
    fault: Fault | None = None
    cost: int | None = None
    tokens: tuple[int, int] | None = None
    notes: Mapping[str, Any] = field(default_factory=dict)


class NotUnderstood(ValueError):
    """A provider took an order and its answer does not say which job that is."""


class Adapter(Protocol):
    """One provider. All of it is pure."""

    @property
    def name(self) -> str:
        """What a script calls it."""
        ...

    @property
    def base(self) -> str:
        """The host, with its scheme."""
        ...

    @property
    def key(self) -> str:
        """The environment variable that a worker has the key in; empty: none is needed."""
        ...

    def before(self, order: Order) -> tuple[Call, ...]:
        """Requests that cost nothing and come before the order: pictures that are uploaded."""
        ...

    def submit(self, order: Order) -> Call:
        """The paid request."""
        ...

    def accepted(self, order: Order, answer: Answer) -> Ticket | Told:
        """The job, or, where the provider answers at once, its result. Raises `NotUnderstood`."""
        ...

    def status(self, ticket: Ticket) -> Call:
        """Ask for a job."""
        ...

    def told(self, ticket: Ticket, answer: Answer) -> Told:
        """What a good answer to `status` (or to an `ask`) says."""
        ...

    def fetch(self, ticket: Ticket, link: str) -> Call:
        """Get the result."""
        ...

    def cancel(self, ticket: Ticket) -> Call | None:
        """End a job, where the provider can."""
        ...

    def find(self, order: Order) -> Call | None:
        """Look for a job whose answer was lost, where the provider can find it by our name."""
        ...

    def found(self, order: Order, answer: Answer) -> Ticket | None:
        """The job that was looked for; None: there is none."""
        ...

    def sign(self, call: Call, key: str, now: int) -> Call:
        """The request with the key; `now` is in Unix seconds."""
        ...

    def classify(self, answer: Answer) -> Fault:
        """What kind of failure a bad answer is."""
        ...
