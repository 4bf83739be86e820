"""Moderating: a film's words and pictures are looked at before anything is made of them, by the policy here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duocast.cli.findings import findings_data, report, show_all
from duocast.cli.policy import office_here
from duocast.cli.studio import registry
from duocast.compiler.film import Compiled
from duocast.compiler.graph import Asset, Operation, ShotGraph
from duocast.language import Diagnostic
from duocast.runtime.engine import EngineError
from duocast.runtime.rented import Rented

if TYPE_CHECKING:
    from duocast.runtime.moderation import Office
    from duocast.runtime.moderation.people import Piece

PICTURED = (Operation.PORTRAIT, Operation.PLATE, Operation.ENCODE)
"""The work that is given pictures of the project."""
Engines = frozenset[tuple[Operation, str]]


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
    from duocast.runtime.moderation import refusals

    office = office_here()
    painters, clouds = _painters()
    used = {(node.operation, node.engine) for node in graph.nodes}
    drawn = used.isdisjoint(painters | clouds)
    told = [*_words(office, compiled, graph, painters | clouds, drawn=drawn)]
    told += office.given(_given(graph, folder))
    if not used.isdisjoint(painters):
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


def _painters() -> tuple[Engines, Engines]:
    """The engines that paint whole pictures, and those of clouds."""
    engines = tuple(registry())
    paint = (one for one in engines if getattr(one, "paints", False))
    clouds = (one for one in engines if isinstance(one, Rented))
    return (
        frozenset((one.operation, one.name) for one in paint),
        frozenset((one.operation, one.name) for one in clouds),
    )


def _words(
    office: "Office", compiled: Compiled, graph: ShotGraph, told: Engines, *, drawn: bool
) -> Sequence[Diagnostic]:
    """What is to be said about the script, and about the prompts of the engines `told`."""
    sources = compiled.sources
    if office.judge.quiet([source.text for source in sources.values()]):
        return ()
    from duocast.runtime.moderation.people import people_of
    from duocast.runtime.moderation.pieces import pieces_of, prompts
    from duocast.runtime.moderation.script import script_passages, script_people

    def prompted(piece: "Piece") -> bool:
        return (piece.operation, piece.engine) in told

    pieces = tuple(pieces_of(graph))
    people = people_of(pieces).joined(script_people(sources.values()))
    passages = [one for source in sources.values() for one in script_passages(source)]
    passages += prompts(pieces, prompted)
    return office.words(passages, people, drawn=drawn, sources=sources)


def _given(graph: ShotGraph, folder: Path) -> Mapping[str, Path]:
    """The pictures of the project that the film uses, by their paths in it; what is not there is not ours to say."""
    refs = [
        ref
        for node in graph.nodes
        if node.operation in PICTURED
        for ref in node.inputs.values()
        if isinstance(ref, Asset)
    ]
    files = {ref.path: folder / ref.path for ref in refs}
    return {name: file for name, file in files.items() if file.is_file()}
