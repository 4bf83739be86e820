"""Likenesses: what was seen of people in painted shots, and what was made again, told after a render."""

from collections.abc import Iterator, Mapping

from duocast.compiler.value import WrongValue
from duocast.farm.outcome import Outcome
from duocast.runtime.likeness.report import LikenessReport, Take
from duocast.runtime.store.disk import DiskStore

OUTPUT = "likeness"
Likenesses = Mapping[str, LikenessReport]
"""By address."""


def likenesses(outcome: Outcome, store: DiskStore) -> dict[str, LikenessReport]:
    """The reports of all tasks that have one, made now or before."""
    found: dict[str, LikenessReport] = {}
    for address, result in outcome.results.items():
        blob = result.outputs.get(OUTPUT)
        if blob is None:
            continue
        try:
            found[address] = LikenessReport.from_json(store.path(blob.digest).read_bytes())
        except (OSError, WrongValue):
            continue
    return found


def told(reports: Likenesses) -> Iterator[str]:
    """A line for every shot that was made again or is of somebody else, and one for what could not be measured."""
    for address, report in reports.items():
        if len(report.takes) > 1 or report.best.reason == "drifted":
            yield f"{address}: {_history(report)}"
    problem = next((one.problem for one in reports.values() if one.problem), "")
    if problem:
        yield f"whether people look like themselves was not measured: {problem}"


def _history(report: LikenessReport) -> str:
    times = len(report.takes)
    made = "made once" if times == 1 else f"made {times} times"
    why = ", then ".join(_seen(take) for take in report.takes)
    kept = f"take {report.kept + 1} is kept" if times > 1 else "it is kept"
    short = f", under the {report.needed:.2f} that are needed"
    return f"{made} ({why}); {kept}{short if report.best.reason == 'drifted' else ''}"


def _seen(take: Take) -> str:
    """`mara 0.31, jonas not seen`."""
    if take.reason in ("no face", "not measured"):
        return take.reason
    return ", ".join(
        f"{one.role} {'not seen' if one.likeness is None else format(one.likeness, '.2f')}"
        for one in take.figures
    )
