"""An assignment: everything a worker must know to do one attempt of a task, wherever it is."""

import errno
import shutil
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duocast.compiler.graph import Operation
from duocast.farm.core.events import Failed, Finished, Lost, Paid, Progressed, Started
from duocast.farm.core.task import Failure
from duocast.farm.workshop import Workshop
from duocast.runtime.engine import Allowance, EngineError, FailureClass, Request
from duocast.runtime.store.contents import Depot, Made
from duocast.runtime.store.faults import DamagedObject, is_full, no_room

Report = Started | Progressed | Paid | Finished | Failed | Lost
_PATIENCE = 900.0
"""Seconds that any task may say nothing: engines may have to load, and to fetch, models of gigabytes."""
_LONGEST_NAME = 200
"""Bytes of a file's name that leave room for a suffix."""
_OFTEN = 0.1
"""Seconds between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Ingredient:
    """An input by its content. `asset` is the project's file that has it, if it came from one, and `called` the
    name that the writer knows that file by: it stands in messages, and never in a key."""

    digest: str
    suffix: str
    asset: Path | None = None
    called: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """One attempt. `expects` are outputs that must be made; `params_size` is kept for forecasts.

    `worker` is whom it was given to; every report says so. One who reports nothing for `patience` seconds, not even
    progress, is taken to hang. `account` (empty: none) is what paid calls are booked under, and `allowance` what they
    may take in all attempts, in millionths.
    """

    task: str
    attempt: int
    key: str
    operation: Operation
    engine: str
    params: Mapping[str, Any]
    params_size: int
    inputs: Mapping[str, Ingredient]
    expects: tuple[str, ...]
    worker: str = ""
    patience: float = _PATIENCE
    account: str = ""
    allowance: int = 0


def patience(weight: float) -> float:
    """How long a task of so many expected seconds may say nothing."""
    return max(_PATIENCE, 30.0 * weight)


def carry_out(
    work: Assignment,
    workshop: Workshop,
    store: Depot,
    scratch: Path,
    report: Callable[[Report], None],
) -> None:
    """Run the engine, check and commit its outputs, and report; nothing is left in `scratch`."""
    at = (work.worker, work.task, work.attempt, work.key)
    report(Started(*at, time.monotonic()))
    try:
        with _folder(scratch) as folder:
            report(_made(work, workshop, store, folder, report))
    except DamagedObject as error:
        report(Lost(*at, error.digest, time.monotonic()))
    except Exception as error:
        failure = as_failure(error, work.engine)
        report(Failed(*at, failure, time.monotonic()))


def as_failure(error: Exception, engine: str) -> Failure:
    """Any exception of an engine as a failure with a class."""
    detail = "".join(traceback.format_exception(error))
    if isinstance(error, EngineError):
        return Failure.of(error, detail)
    if is_full(error):
        return Failure.of(no_room("the store's folder"), detail)
    if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
        hint = "close other programs, or use --jobs 1"
        return Failure(FailureClass.RESOURCE, "R0004", "there was not enough memory", hint, detail)
    if isinstance(error, ConnectionError | TimeoutError):
        return Failure(FailureClass.TRANSIENT, "R0013", f"{engine}: {error}", "", detail)
    message = f"the engine {engine} broke: {type(error).__name__}: {error}"
    hint = "this is a fault of the engine, not of the script; please report it with the log"
    return Failure(FailureClass.INVALID, "R0012", message, hint, detail)


def _made(
    work: Assignment,
    workshop: Workshop,
    store: Depot,
    folder: Path,
    report: Callable[[Report], None],
) -> Finished:
    engine = workshop.engines.engine(work.operation, work.engine)
    inputs = _laid_out(work.inputs, store, folder / "inputs")
    outputs = folder / "outputs"
    outputs.mkdir()
    began = time.monotonic()
    progress, allowance = _Progress(work, report), _allowance(work, report)
    request = Request(work.params, inputs, outputs, progress, workshop.weights, allowance)
    files = _checked(engine.run(request), outputs, work)
    _validated(files, work, inputs)
    seconds = time.monotonic() - began
    made = Made(work.operation, work.engine, engine.version, seconds, work.params_size)
    action = store.commit(work.key, files, made)
    at = (work.worker, work.task, work.attempt, work.key)
    return Finished(*at, action.outputs, seconds, time.monotonic())


def _allowance(work: Assignment, report: Callable[[Report], None]) -> Allowance | None:
    """What a task of a farm may pay; what it pays is reported."""
    if not work.account:
        return None

    def paid(amount: int) -> None:
        at = (work.worker, work.task, work.attempt, work.key)
        report(Paid(*at, amount, time.monotonic()))

    return Allowance(work.account, work.allowance, paid)


def _laid_out(inputs: Mapping[str, Ingredient], store: Depot, folder: Path) -> dict[str, Path]:
    """Links to the inputs' objects, with the suffixes that engines know files by."""
    if inputs:
        folder.mkdir()
    laid: dict[str, Path] = {}
    for number, (name, ingredient) in enumerate(sorted(inputs.items())):
        if ingredient.asset is None and not ingredient.called:
            plain = "".join(c if c.isalnum() or c in ".-" else "_" for c in name)[:80]
            laid[name] = folder / f"{number:03d}-{plain}{ingredient.suffix}"
        else:
            own = folder / f"{number:03d}"
            own.mkdir()
            laid[name] = own / _writers_name(ingredient)
        if ingredient.asset is None:
            stored = store.path(ingredient.digest)
        else:
            stored = store.adopt(ingredient.asset, ingredient.digest)
        laid[name].symlink_to(stored)
    return laid


def _writers_name(ingredient: Ingredient) -> str:
    """The name of an asset's link: engines name a file that they refuse by it. One that is none is not used."""
    name = ingredient.called
    if name in ("", ".", "..") or "/" in name or len(name.encode()) > _LONGEST_NAME:
        name = "asset"
    return name if name.lower().endswith(ingredient.suffix) else f"{name}{ingredient.suffix}"


def _checked(made: Mapping[str, Path], folder: Path, work: Assignment) -> dict[str, Path]:
    """The outputs, certain to be all there, ordinary files inside the folder, and not empty."""
    missing = sorted(set(work.expects) - set(made))
    if missing:
        raise _bad_output(work.engine, f"made no output {missing[0]!r}, which others need")
    for name, file in made.items():
        if file.is_symlink() or not file.is_file():
            raise _bad_output(work.engine, f"named the output {name!r} but made no file for it")
        if not file.resolve().is_relative_to(folder.resolve()):
            raise _bad_output(work.engine, f"put the output {name!r} outside its folder")
        if file.stat().st_size == 0:
            raise _bad_output(work.engine, f"made an empty file for the output {name!r}")
    return dict(made)


def _validated(files: Mapping[str, Path], work: Assignment, inputs: Mapping[str, Path]) -> None:
    """The outputs are what the task should have made; half a film may be whole the next time."""
    from duocast.runtime import validate  # it loads decoders, which only workers need

    problem = validate.problem(work.operation, work.params, inputs, files)
    if problem is not None:
        message = f"the engine {work.engine} {problem}"
        hint = "if it stays, this is a fault of the engine, not of the script"
        raise EngineError(FailureClass.TRANSIENT, "R0011", message, hint)


def _bad_output(engine: str, problem: str) -> EngineError:
    hint = "this is a fault of the engine, not of the script"
    return EngineError(FailureClass.INVALID, "R0011", f"the engine {engine} {problem}", hint)


@contextmanager
def _folder(scratch: Path) -> Iterator[Path]:
    """An empty folder, where temporary files of libraries go too; gone at the end."""
    folder = Path(tempfile.mkdtemp(dir=scratch))
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)


class _Progress:
    """Reports progress, but not too often: a reader that is slow must not slow the engine."""

    def __init__(self, work: Assignment, report: Callable[[Report], None]) -> None:
        self._work = work
        self._report = report
        self._last = 0.0

    def __call__(self, fraction: float) -> None:
        now = time.monotonic()
        if now - self._last >= _OFTEN:
            self._last = now
            work = self._work
            at = (work.worker, work.task, work.attempt, work.key)
            self._report(Progressed(*at, float(fraction), now))
