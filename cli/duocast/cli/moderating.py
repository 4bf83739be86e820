"""Moderating: a film's words and pictures are looked at before anything is made of them, by the policy here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duocast.cli.findings import findings_data, report, show_all
from duocast.cli.policy import office_here
from duocast.cli.studio import registry
from duocast.compiler.film import Compiled
from duocast.compiler.graph import Asset, Operation, ShotGraph
from duocast.compiler.lower.crew import DEFAULT_ENGINES
from duocast.language import Diagnostic
from duocast.runtime.engine import EngineError
from duocast.runtime.rented import Rented

if TYPE_CHECKING:
    from duocast.runtime.moderation import Office
    from duocast.runtime.moderation.passage import Passage
    from duocast.runtime.moderation.people import People

PICTURED = (Operation.PORTRAIT, Operation.PLATE, Operation.ENCODE)
"""The work that is given pictures of the project."""
SEEN = (Operation.PORTRAIT, Operation.PLATE, Operation.COMPOSE, Operation.ANIMATE)
"""The work that makes pictures, where its engine paints."""


@dataclass(frozen=True, slots=True)
class Film:
    """A film as moderation sees it. `told`: the engines among its own that paint, or that a cloud runs."""

    compiled: Compiled
    graph: ShotGraph
    folder: Path
    told: frozenset[tuple[Operation, str]]
    painted: bool
    """Whether an engine paints whole pictures of it."""
    drawn: bool
    """Whether none does, and no cloud is asked."""

    @classmethod
    def of(cls, compiled: Compiled, graph: ShotGraph, folder: Path) -> "Film":
        """The film of a graph, by the engines that are here."""
        used = {(node.operation, node.engine) for node in graph.nodes}
        others = {engine for _, engine in used} - {*DEFAULT_ENGINES.values()}
        engines = [one for one in registry() if (one.operation, one.name) in used] if others else []
        clouds = [one for one in engines if isinstance(one, Rented)]
        paint = [one for one in engines if getattr(one, "paints", False)]
        names = frozenset((one.operation, one.name) for one in (*paint, *clouds))
        painted = any(one.operation in SEEN for one in paint)
        return cls(compiled, graph, folder, names, painted, not painted and not clouds)

    def passages(self) -> "tuple[list[Passage], People]":
        """Everything that is said, shown and prompted, and who its people are."""
        from duocast.runtime.moderation.people import people_of
        from duocast.runtime.moderation.pieces import pieces_of, prompts
        from duocast.runtime.moderation.script import script_passages, script_people

        sources = self.compiled.sources.values()
        pieces = tuple(pieces_of(self.graph))
        people = people_of(pieces).joined(script_people(sources))
        passages = [one for source in sources for one in script_passages(source)]
        passages += prompts(pieces, lambda piece: (piece.operation, piece.engine) in self.told)
        return passages, people

    @property
    def given(self) -> Mapping[str, Path]:
        """The pictures of the project that it uses, by their paths in it; one that is gone is its task's to say."""
        refs = [
            ref
            for node in self.graph.nodes
            if node.operation in PICTURED
            for ref in node.inputs.values()
            if isinstance(ref, Asset)
        ]
        files = {ref.path: self.folder / ref.path for ref in refs}
        return {name: file for name, file in files.items() if file.is_file()}


@dataclass(frozen=True, slots=True)
class Moderated:
    """What moderation says about a film; `refused` are the findings that stop it."""

    diagnostics: tuple[Diagnostic, ...] = ()
    refused: tuple[Diagnostic, ...] = ()

    def of(self, compiled: Compiled) -> Compiled:
        """The compile with these findings among its own."""
        if not self.diagnostics:
            return compiled
        return Compiled(
            compiled.screenplay, (*compiled.diagnostics, *self.diagnostics), compiled.sources
        )


def moderated(compiled: Compiled, graph: ShotGraph, folder: Path) -> Moderated:
    """What moderation says about a film that is to be made so. Raises `EngineError` M0301.

    Quick where no word of the script is on a list and no picture is given: then no model is loaded.
    """
    return findings(office_here(), Film.of(compiled, graph, folder))


def findings(office: "Office", film: Film) -> Moderated:
    """What an office says about a film."""
    from duocast.runtime.moderation import refusals

    sources = film.compiled.sources
    told: list[Diagnostic] = []
    if not office.judge.quiet((one.text for one in sources.values()), drawn=film.drawn):
        passages, people = film.passages()
        told += office.words(passages, people, drawn=film.drawn, sources=sources)
    told += office.given(film.given)
    if film.painted:
        told += office.ready_for_made()
    return Moderated(tuple(told), refusals(told))


def moderate(compiled: Compiled, graph: ShotGraph, folder: Path, *, quiet: bool) -> Compiled:
    """Tell what moderation says, unless `quiet`; the compile with it. Raises `Refused`, and `EngineError` M0301."""
    from duocast.runtime.moderation.telling import as_failure

    found = moderated(compiled, graph, folder)
    if found.diagnostics and not quiet:
        show_all([replace(report(compiled), diagnostics=found.diagnostics)], "full")
    if found.refused:
        raise Refused(as_failure(found.refused), found.of(compiled))
    return found.of(compiled)


def moderate_idea(idea: str) -> None:
    """Tell what moderation says of words that go to a cloud to be made a script. Raises `EngineError`."""
    from duocast.runtime.moderation import refusals
    from duocast.runtime.moderation.passage import Passage
    from duocast.runtime.moderation.people import People
    from duocast.runtime.moderation.telling import as_failure

    told = office_here().words([Passage(idea, "seen", "the idea")], People(), drawn=False)
    if refused := refusals(told):
        raise as_failure(refused)
    for one in told:
        click.echo(f"warning[{one.code}]: {one.title}\n  = {one.hint}", err=True)


class Refused(EngineError):
    """The policy refuses the film. `compiled` has the findings that say why."""

    def __init__(self, problem: EngineError, compiled: Compiled) -> None:
        super().__init__(problem.failure, problem.code, problem.message, problem.hint)
        self.compiled = compiled


def tell_refused(problem: Refused, *, as_data: bool) -> None:
    """Say that nothing is made; the findings have been told, but to programs."""
    if not as_data:
        click.echo("nothing is made: the policy of moderation refuses it", err=True)
        return
    error = {"code": problem.code, "message": problem.message, "hint": problem.hint}
    found = {"ok": False, "findings": findings_data(problem.compiled), "errors": [error]}
    click.echo(json.dumps(found, indent=2))
