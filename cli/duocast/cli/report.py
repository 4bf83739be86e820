"""The report: what was made, what failed and why, and where the time went."""

from types import MappingProxyType

from rich.console import Console
from rich.markup import escape

from duocast.cli.board import clock
from duocast.cli.delivery import Delivered
from duocast.cli.likenesses import Likenesses, told
from duocast.farm.outcome import Outcome, Result
from duocast.runtime.likeness.report import LikenessReport

SHARES_SHOWN = 6
NOBODY: Likenesses = MappingProxyType({})


def print_report(outcome: Outcome, delivered: Delivered, seconds: float, console: Console) -> None:
    """A few lines about a finished film."""
    ratio = seconds / max(delivered.seconds, 0.001)
    sound = delivered.loudness
    console.print(f"[bold green]finished[/] {escape(str(delivered.film))}", highlight=False)
    console.print(
        f"  {delivered.seconds:.1f} s of film in {clock(seconds)} ({ratio:.2f} times its length); "
        f"{outcome.run} tasks run, {outcome.reused} reused",
        highlight=False,
    )
    console.print(
        f"  {delivered.timeline.width}x{delivered.timeline.height}, {delivered.timeline.frames} frames, "
        f"{sound.integrated:.1f} LUFS, true peak {sound.true_peak:.1f} dBTP",
        highlight=False,
    )
    if outcome.run:
        shares = [s for s in outcome.profile if s.seconds >= 0.05][:SHARES_SHOWN]
        told = ", ".join(f"{share.operation} {share.seconds:.1f} s" for share in shares)
        console.print(f"  time of the workers: {told}", highlight=False)
    console.print(
        f"  also in {delivered.folder}: captions, poster, contact sheet, stems",
        highlight=False,
        markup=False,
    )


def print_failures(outcome: Outcome, console: Console) -> None:
    """Each failure with what to do about it; what was blocked by it is only counted."""
    for result in outcome.failures:
        if result.failure is not None:
            console.print(
                f"[bold red]error\\[{result.failure.code}][/]: "
                f"{escape(result.address)}: {escape(result.failure.message)}",
                highlight=False,
            )
            if result.failure.hint:
                console.print(f"  = {result.failure.hint}", highlight=False, markup=False)
    blocked = len(outcome.results) - outcome.run - outcome.reused - len(outcome.failures)
    one = len(outcome.failures) == 1
    failed = "1 task" if one else f"{len(outcome.failures)} tasks"
    console.print(
        f"{failed} failed, {blocked} wait for {'it' if one else 'them'}; "
        f"{outcome.run + outcome.reused} are finished and kept",
        highlight=False,
    )


def as_json(
    outcome: Outcome,
    delivered: Delivered | None,
    seconds: float,
    likenesses: Likenesses = NOBODY,
) -> dict[str, object]:
    """The result for programs."""
    found: dict[str, object] = {
        "ok": outcome.ok and delivered is not None,
        "seconds": round(seconds, 3),
        "tasks_run": outcome.run,
        "tasks_reused": outcome.reused,
        "tasks": [
            _row(result) | _likeness(likenesses.get(result.address))
            for result in outcome.results.values()
        ],
        "profile": {
            str(s.operation): {"run": s.run, "reused": s.reused, "seconds": round(s.seconds, 3)}
            for s in outcome.profile
        },
    }
    if delivered is not None:
        found |= {
            "film": str(delivered.film),
            "files": [str(file) for file in delivered.files],
            "master_sha256": delivered.master,
            "film_seconds": delivered.seconds,
            "frames": delivered.timeline.frames,
            "loudness": delivered.loudness.plain(),
        }
    return found


def print_likenesses(likenesses: Likenesses, console: Console) -> None:
    """Which shots were made again because of who was in them, and who is still not alike."""
    for line in told(likenesses):
        console.print(f"  {line}", highlight=False, markup=False)


def _likeness(report: LikenessReport | None) -> dict[str, object]:
    return {} if report is None else {"likeness": report.plain()}


def _row(result: Result) -> dict[str, object]:
    failure = result.failure
    return {
        "address": result.address,
        "operation": str(result.operation),
        "engine": result.engine,
        "status": str(result.status),
        "reason": result.reason,
        "key": result.key,
        "seconds": round(result.seconds, 3),
        "error": {"code": failure.code, "message": failure.message, "hint": failure.hint}
        if failure
        else None,
    }
