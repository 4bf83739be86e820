"""A plan in a file: exactly this work, for exactly this script; a render refuses it once anything has moved."""

import hashlib
import os
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import click

from duocast.cli.prepared import Prepared, Wishes
from duocast.cli.project import write_file
from duocast.compiler.film import Compiled
from duocast.compiler.graph import ShotGraph
from duocast.compiler.plan import Plan, Survey
from duocast.compiler.plan.decide import needed, static_names
from duocast.compiler.value import Value, WrongValue

SUFFIX = ".plan"
FORM = 1


class PlanFile(Value):
    """`script` is a path from the plan's own folder; `sources` are digests of every file of text that was read."""

    duocast_plan: int = FORM
    program: str
    script: str
    sources: dict[str, str]
    quality: str | None
    selectors: tuple[str, ...]
    lenient: bool
    only: tuple[str, ...] | None
    """The addresses that are wanted; None for the whole film."""
    static_keys: dict[str, str]
    plan: Plan

    @property
    def wishes(self) -> Wishes:
        """What the command line said."""
        return Wishes(self.quality, self.selectors, self.lenient)

    @property
    def chosen(self) -> frozenset[str] | None:
        """The addresses that are wanted."""
        return None if self.only is None else frozenset(self.only)


def write_plan(
    path: Path, prepared: Prepared, plan: Plan, known: Survey, only: frozenset[str] | None
) -> None:
    """Put a plan into a file."""
    script = os.path.relpath(prepared.project.script.resolve(), path.resolve().parent)
    content = PlanFile(
        program=version("duocast"),
        script=script,
        sources=source_digests(prepared.compiled),
        quality=prepared.wishes.quality,
        selectors=prepared.wishes.selectors,
        lenient=prepared.wishes.lenient,
        only=None if only is None else tuple(sorted(only)),
        static_keys=static_names(needed(prepared.graph, only), known),
        plan=plan,
    )
    write_file(path, content.to_json(indent=1) + b"\n")


def read_plan(path: Path) -> PlanFile:
    """The plan of a file. Raises `click.UsageError` for what is none."""
    try:
        found = PlanFile.from_json(path.read_bytes())
    except OSError as problem:
        raise click.UsageError(f"{path} can't be read: {problem.strerror}") from None
    except WrongValue as problem:
        raise click.UsageError(
            f"{path} is no plan: {problem}; make one with duocast plan -o"
        ) from None
    if found.duocast_plan != FORM or found.program != version("duocast"):
        raise click.UsageError(f"{path} was made by another duocast; {_again(found, path)}")
    return found


def script_of(path: Path, planned: PlanFile) -> Path:
    """The script that a plan is for."""
    return Path(os.path.relpath((path.resolve().parent / planned.script).resolve()))


def check_text(path: Path, planned: PlanFile, compiled: Compiled) -> None:
    """Refuse a plan whose script says something else now."""
    now = source_digests(compiled)
    moved = sorted(
        name for name in {*now, *planned.sources} if now.get(name) != planned.sources.get(name)
    )
    if moved:
        raise click.UsageError(
            f"{', '.join(moved)} changed since {path} was made; {_again(planned, path)}"
        )


def check_work(path: Path, planned: PlanFile, graph: ShotGraph, known: Survey, now: Plan) -> None:
    """Refuse a plan whose work is another one now, or of which the store has lost what was to be used again."""
    static = static_names(needed(graph, planned.chosen), known)
    moved = _first_moved(planned.static_keys, static)
    if moved is not None:
        raise click.UsageError(
            f"{moved} is other work than when {path} was made (a file, an engine or what is "
            f"remembered of the film has changed); {_again(planned, path)}"
        )
    promised = {step.address for step in planned.plan.steps}
    more = [step.address for step in now.steps if step.address not in promised]
    if more:
        raise click.UsageError(
            f"{more[0]} has to be made again, and {path} does not say so; {_again(planned, path)}"
        )


def source_digests(compiled: Compiled) -> dict[str, str]:
    """The digest of every file of text; the script itself has no name here."""
    main, *others = compiled.sources.values()
    texts = {"the script": main.text} | {source.path: source.text for source in others}
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}


def _first_moved(then: Mapping[str, str], now: Mapping[str, str]) -> str | None:
    return next((one for one in [*now, *then] if now.get(one) != then.get(one)), None)


def _again(planned: PlanFile, path: Path) -> str:
    return f"plan again: duocast plan {Path(planned.script).name} -o {path.name}"
