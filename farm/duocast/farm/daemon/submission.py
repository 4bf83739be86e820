"""A submission: what a client sends to have a film made, read and checked before anything of it counts."""

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence

import msgspec

from duocast.compiler.graph import Operation
from duocast.farm.core.admission import producers
from duocast.farm.core.task import NOTHING, Given, Spec
from duocast.farm.daemon.faults import Refusal, invalid
from duocast.farm.daemon.nesting import is_deeper
from duocast.farm.daemon.settings import Limits

Versions = Mapping[tuple[Operation, str], tuple[str, bool]]
"""What the farm runs: version, and whether it is inline, by operation and engine."""
_ADDRESS = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,500}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"(\.[A-Za-z0-9]{1,15})?")
_HEAVIEST = 1e9
_MOST = 1 << 53
MILLION = 1_000_000


class Submission(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A film to be made. `targets` are the tasks whose outputs are wanted; `budget` is in credits.

    `submission` is the client's own name for it: the same name again is the same job.
    """

    name: str
    specs: tuple[Spec, ...]
    targets: tuple[str, ...] = ()
    priority: int = 0
    budget: float | None = None
    submission: str = ""

    @property
    def digests(self) -> frozenset[str]:
        """The contents that it is made from."""
        return frozenset(
            source.digest
            for spec in self.specs
            for source in spec.inputs.values()
            if isinstance(source, Given)
        )

    @property
    def millionths(self) -> int | None:
        """The budget as the core counts."""
        return None if self.budget is None else round(self.budget * MILLION)


_DECODER = msgspec.json.Decoder(Submission)


def read(body: bytes, limits: Limits, versions: Versions) -> Submission:
    """The submission in a request's body. Raises `Refusal` for whatever is wrong with it."""
    if is_deeper(body, limits.depth):
        raise invalid(f"a submission nests at most {limits.depth} deep")
    try:
        wanted = _DECODER.decode(body)
    except (msgspec.MsgspecError, RecursionError, ValueError) as problem:
        raise invalid(f"this is no submission: {problem}") from None
    check(wanted, limits, versions)
    return wanted


def check(wanted: Submission, limits: Limits, versions: Versions) -> None:
    """Raise `Refusal` unless every task can be taken as it is."""
    _check_frame(wanted, limits)
    _check_specs(wanted.specs, limits, versions)
    try:
        producers(wanted.specs)
    except ValueError as problem:
        raise invalid(str(problem)) from None
    unknown = set(wanted.targets) - {spec.id for spec in wanted.specs}
    if unknown:
        raise invalid(f"the target {min(unknown)!r} is none of the tasks")


def job_id(user: str, submission: str) -> str:
    """The id of a job: the same for the same submission of a user."""
    if not submission:
        return secrets.token_hex(6)
    return hashlib.sha256(f"{user}\0{submission}".encode()).hexdigest()[:12]


def _check_frame(wanted: Submission, limits: Limits) -> None:
    if not wanted.specs:
        raise invalid("a submission has at least one task")
    if len(wanted.specs) > limits.tasks:
        raise Refusal(413, "too-large", f"a job has at most {limits.tasks} tasks here")
    for name in (wanted.name, wanted.submission or "x"):
        if len(name) > limits.name or not _ADDRESS.fullmatch(name):
            raise invalid(f"a name has 1 to {limits.name} characters, all printable")
    if not -1000 <= wanted.priority <= 1000:
        raise invalid("a priority lies between -1000 and 1000")
    if wanted.budget is not None and not 0 <= wanted.budget <= 1e9:
        raise invalid("a budget lies between 0 and a milliard credits")
    if len(wanted.targets) > limits.tasks:
        raise invalid("there are more targets than tasks")


def _check_specs(specs: Sequence[Spec], limits: Limits, versions: Versions) -> None:
    """All tasks in one pass; of the engines that they ask for, each once. A comparison refuses NaN, too."""
    known: set[tuple[Operation, str, str, bool]] = set()
    for spec in specs:
        if not _ADDRESS.fullmatch(spec.id) or len(spec.inputs) > limits.inputs:
            raise invalid(
                f"a task's address has 1 to 500 characters, and it has {limits.inputs} inputs"
            )
        if not 0 <= spec.weight <= _HEAVIEST:
            raise invalid(f"{spec.id}: the weight is a number of seconds")
        if not -_MOST < spec.order < _MOST:
            raise invalid(f"{spec.id}: an order is a whole number of 53 bits")
        engine = (spec.operation, spec.engine, spec.version, spec.inline)
        if engine not in known:
            _check_engine(spec, versions)
            known.add(engine)
        if spec.needs is not NOTHING:
            _check_needs(spec)
        for source in spec.inputs.values():
            if type(source) is Given:
                _check_given(spec, source)


def _check_needs(spec: Spec) -> None:
    needs = spec.needs
    if not (0 <= needs.gpu <= _HEAVIEST and 0 <= needs.load <= _HEAVIEST):
        raise invalid(f"{spec.id}: what it needs are numbers that are not negative")
    if not (0 <= needs.price <= _MOST and 0 <= needs.memory <= _MOST):
        raise invalid(f"{spec.id}: a price and a memory are whole numbers of 53 bits")


def _check_given(spec: Spec, source: Given) -> None:
    if not _DIGEST.fullmatch(source.digest):
        raise invalid(f"{spec.id}: an input is named by 64 lower-case hexadecimal digits")
    if not _SUFFIX.fullmatch(source.suffix):
        raise invalid(f"{spec.id}: {source.suffix!r} is no suffix of a file")
    if "/" in source.called or "\0" in source.called or len(source.called) > 255:
        raise invalid(f"{spec.id}: an input is called by a file's name, without folders")


def _check_engine(spec: Spec, versions: Versions) -> None:
    known = versions.get((spec.operation, spec.engine))
    if known is None:
        raise Refusal(
            422,
            "engine",
            f"{spec.id}: this farm has no engine {spec.engine!r} for {spec.operation}",
            "`GET /engines` lists what it has",
        )
    if spec.version != known[0]:
        raise Refusal(
            422,
            "engine",
            f"{spec.id}: the farm's {spec.engine} has version {known[0]}, not {spec.version}",
            "install the same duocast on both sides",
        )
    if spec.inline != known[1]:
        raise invalid(f"{spec.id}: {spec.engine} {'is' if known[1] else 'is not'} inline here")
