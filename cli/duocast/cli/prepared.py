"""A film made ready: compiled, with its lasting names, lowered in each of its formats, and what is remembered of it."""

from dataclasses import dataclass

import click

from duocast.cli.engines import INSTALLED
from duocast.cli.findings import show, verdict
from duocast.cli.project import EXIT_FINDINGS, Project
from duocast.cli.remembered import Memory
from duocast.cli.studio import crew, inlines, registry
from duocast.compiler.film import Compiled, compile_film
from duocast.compiler.formats import in_each_format
from duocast.compiler.graph import ShotGraph
from duocast.compiler.identity import Settled
from duocast.compiler.lower import lower
from duocast.compiler.plan import Ledger, Plan, Survey, decide
from duocast.compiler.plan.formats import combined
from duocast.compiler.screenplay import Screenplay
from duocast.compiler.select import Selectable, UnknownSelector, addresses, only_scenes, select
from duocast.farm.planning import survey
from duocast.runtime.store.disk import DiskStore


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a command line says about the film."""

    quality: str | None = None
    selectors: tuple[str, ...] = ()
    lenient: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A film that is ready to be planned or made. `screenplay` is the part of it that is wanted."""

    project: Project
    compiled: Compiled
    settled: Settled
    screenplay: Screenplay
    formats: tuple[tuple[str, ShotGraph], ...]
    memory: Memory
    wishes: Wishes

    @property
    def graph(self) -> ShotGraph:
        """All formats as one graph."""
        return combined(self.formats)

    @property
    def whole(self) -> bool:
        """Whether a film comes of it, and not only some pieces of work."""
        return only_scenes(self.wishes.selectors)

    def survey(self, store: DiskStore, jobs: int, graph: ShotGraph | None = None) -> Survey:
        """What a plan needs to know of this machine."""
        return survey(
            graph or self.graph,
            engines=registry(),
            inlines={(each.operation, each.name): each for each in inlines()},
            store=store,
            project=self.project.folder,
            jobs=jobs,
        )

    def only(self, graph: ShotGraph, known: Survey, ledger: Ledger) -> frozenset[str] | None:
        """The addresses that are selected; None for the whole film."""
        if self.whole:
            return None
        modified: frozenset[str] = frozenset()
        if any("modified" in selector.lower() for selector in self.wishes.selectors):
            modified = modified_in(decide(graph, known, ledger))
        film = Selectable(self.screenplay, graph, modified)
        try:
            return addresses(self.wishes.selectors, film)
        except UnknownSelector as problem:
            raise click.UsageError(str(problem)) from None


def modified_in(plan: Plan) -> frozenset[str]:
    """What is changed itself, and not only because of something else."""
    return frozenset(
        step.address
        for step in plan.steps
        if step.state == "run" or any(reason.kind != "remade" for reason in step.reasons)
    )


def compile_project(project: Project, *, lenient: bool, quiet: bool) -> Compiled:
    """The compile of a script, with its findings told."""
    compiled = compile_film(project.source, project.reader, lenient=lenient, engines=INSTALLED)
    if not quiet:
        show(compiled, "full")
    return compiled


def prepare(project: Project, compiled: Compiled, wishes: Wishes) -> Prepared:
    """The film of a compile without errors; one with errors ends the program."""
    if compiled.screenplay is None:
        click.echo(f"{verdict(compiled)}: no film is made", err=True)
        raise SystemExit(EXIT_FINDINGS)
    memory = Memory(project.build, project.script.name)
    settled = memory.settled(compiled.screenplay)
    screenplay = _chosen(settled.screenplay, wishes.selectors)
    return Prepared(
        project=project,
        compiled=compiled,
        settled=settled,
        screenplay=screenplay,
        formats=lowered(screenplay, wishes.quality),
        memory=memory,
        wishes=wishes,
    )


def lowered(screenplay: Screenplay, quality: str | None) -> tuple[tuple[str, ShotGraph], ...]:
    """The graphs of all formats. Cinema is the standard quality with finer pictures."""
    named = quality or screenplay.delivery.quality
    finer = None if quality is None else quality == "cinema"
    hands = crew("draft" if named == "draft" else "standard", registry(), finer=finer)
    return tuple((name, lower(form, hands)) for name, form in in_each_format(screenplay))


def _chosen(screenplay: Screenplay, selectors: tuple[str, ...]) -> Screenplay:
    if not selectors or not only_scenes(selectors):
        return screenplay
    try:
        return select(screenplay, selectors)
    except UnknownSelector as problem:
        raise click.UsageError(str(problem)) from None
