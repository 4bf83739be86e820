"""A shoot: the render of a prepared film in all its formats, and what is remembered of it afterwards."""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from rich.console import Console

from duocast.cli.board import Board, Plain
from duocast.cli.delivery import Delivered, deliver
from duocast.cli.ending import terminated
from duocast.cli.learnt import learn
from duocast.cli.likenesses import likenesses
from duocast.cli.paying import check_money
from duocast.cli.planfile import PlanFile, check_work
from duocast.cli.prepared import Prepared
from duocast.cli.studio import Purse, factory, inlines
from duocast.compiler.graph import ShotGraph
from duocast.compiler.plan import Ledger, Survey, decide
from duocast.compiler.plan.formats import in_format
from duocast.farm.outcome import Outcome, Result
from duocast.farm.render import render
from duocast.runtime.likeness.report import LikenessReport
from duocast.runtime.store.disk import DiskStore


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan file that is to be carried out."""

    path: Path
    content: PlanFile


@dataclass(slots=True)
class Shoot:
    """The render of a film; `planned` makes it refuse to do anything but that plan."""

    prepared: Prepared
    jobs: int
    console: Console
    planned: Planned | None = None
    only: frozenset[str] | None = None
    budget: int | None = None
    """What clouds may take for it, in millionths of a dollar."""
    purse: Purse = field(init=False)
    results: dict[str, Result] = field(default_factory=dict)
    likenesses: dict[str, LikenessReport] = field(default_factory=dict)
    """What was seen of the people in painted shots, by address."""

    def __post_init__(self) -> None:
        script = str(self.prepared.project.script.resolve())
        self.purse = Purse(script, uuid4().hex, self.budget)

    @property
    def partial(self) -> bool:
        """Whether only some pieces of work are wanted."""
        return self.only is not None

    def run(self, folder: Path) -> tuple[Outcome, Delivered | None, list[Path]]:
        """Make all formats; gives the last outcome, the film, and the films of further formats.

        Raises `click.UsageError` for a plan that no longer fits, `EngineError` if the store can't be used.
        """
        with DiskStore(self.prepared.project.build / "store") as store, terminated():
            graph = self.prepared.graph
            known = self.prepared.survey(store, self.jobs, graph)
            ledger = self.prepared.memory.ledger()
            self.only = self._chosen(graph, known, ledger)
            check_money(graph, known, ledger, self.only, self.budget)
            self.prepared.memory.keep_identity(self.prepared.settled.identity)
            try:
                return self._formats(store, folder)
            finally:
                self._remember(graph, known, ledger, store)

    def _chosen(self, graph: ShotGraph, known: Survey, ledger: Ledger) -> frozenset[str] | None:
        if self.planned is None:
            return self.prepared.only(graph, known, ledger)
        content = self.planned.content
        now = decide(graph, known, ledger, only=content.chosen)
        check_work(self.planned.path, content, graph, known, now)
        return content.chosen

    def _formats(
        self, store: DiskStore, folder: Path
    ) -> tuple[Outcome, Delivered | None, list[Path]]:
        (_, graph), *others = self.prepared.formats
        outcome, delivered = self._make(graph, store, folder, "")
        also: list[Path] = []
        for name, further in others:
            if not outcome.ok:
                break
            outcome, film = self._make(further, store, folder / name, name)
            also += [film.film] if film is not None else []
        return outcome, delivered, also

    def _make(
        self, graph: ShotGraph, store: DiskStore, folder: Path, form: str
    ) -> tuple[Outcome, Delivered | None]:
        """Make one format of the film; `form` is its name, if it is a further one."""
        project = self.prepared.project
        with Board(self.console) if sys.stderr.isatty() else Plain(self.console) as board:
            outcome = render(
                graph,
                store=store,
                factory=factory(self.purse),
                project=project.folder,
                inline=inlines(),
                jobs=self.jobs,
                telemetry=board,
                select=self._wanted(graph, form),
            )
        for address, result in outcome.results.items():
            self.results.setdefault(address, result)
            self.results[in_format(form, address)] = result
        self.likenesses |= likenesses(outcome, store)
        if not outcome.ok or graph.target not in outcome.results:
            return outcome, None
        blobs = (blob for result in outcome.results.values() for blob in result.outputs.values())
        store.keep(
            f"film:{project.script.name}{form and '@'}{form}", {blob.digest for blob in blobs}
        )
        return outcome, deliver(outcome, store, folder, project.script.stem)

    def _wanted(self, graph: ShotGraph, form: str) -> list[str] | None:
        """The selected addresses of one format, by the names that they have in it."""
        if self.only is None:
            return None
        own = {node.address for node in graph.nodes}
        prefix = in_format(form, "")
        return sorted(
            one.removeprefix(prefix) for one in self.only if one.removeprefix(prefix) in own
        )

    def _remember(self, graph: ShotGraph, known: Survey, ledger: Ledger, store: DiskStore) -> None:
        after = self.prepared.survey(store, self.jobs, graph)
        learn(self.prepared, graph, known, after, ledger, self.results)
