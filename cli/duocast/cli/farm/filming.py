"""A film made on a farm: compiled at home, sent, followed, fetched, and delivered as a render at home delivers it."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click
from rich.console import Console

from duocast.cli.board import Board, Plain
from duocast.cli.delivery import FILES, Delivered, deliver
from duocast.cli.ending import terminated
from duocast.cli.farm.pending import Pending
from duocast.cli.farm.session import EXIT_INTERRUPTED, connected
from duocast.cli.farm.transfer import shown
from duocast.cli.learnt import learn
from duocast.cli.prepared import Prepared
from duocast.cli.studio import inlines, registry
from duocast.compiler.graph import Node, ShotGraph
from duocast.compiler.lower.film import CUT, MASTER, MIX
from duocast.compiler.plan import Ledger, Survey
from duocast.compiler.plan.formats import in_format
from duocast.farm.briefing import brief
from duocast.farm.client.connection import Connection
from duocast.farm.client.engines import check_engines, farm_versions
from duocast.farm.client.faults import FarmError
from duocast.farm.client.fetch import fetch, results
from duocast.farm.client.follow import follow
from duocast.farm.client.submit import Order, Sent, contents_of, send
from duocast.farm.outcome import Outcome, Result
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.likeness.report import LikenessReport
from duocast.runtime.store.contents import Blob
from duocast.runtime.store.disk import DiskStore

DELIVERED = tuple(dict.fromkeys([*(node for node, _, _ in FILES), CUT]))
"""The nodes whose outputs make a delivery."""
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a farm shall make a film; `budget` is in credits."""

    priority: int = 0
    budget: float | None = None


@dataclass(slots=True)
class FarmShoot:
    """The render of a film on a farm; it stands where a `Shoot` does."""

    prepared: Prepared
    connection: Connection
    console: Console
    terms: Terms = Terms()
    only: frozenset[str] | None = None
    job: str = field(default="", init=False)
    _before: Survey | None = field(default=None, init=False)

    @property
    def partial(self) -> bool:
        """Whether only some pieces of work are wanted."""
        return self.only is not None

    def run(self, folder: Path) -> tuple[Outcome, Delivered | None, list[Path]]:
        """Make all formats; gives the outcome, the film, and the films of further formats.

        Ctrl-C leaves the job to the farm and ends the program. Raises `FarmError`, and `EngineError` of the store.
        """
        with DiskStore(self.prepared.project.build / "store") as store, terminated():
            ledger = self.prepared.memory.ledger()
            sent = self.send(store)
            watch(self.connection, sent.job, self.console)
            made = results(self.connection, sent.job)
            self._learn(store, ledger, made)
            outcome = Outcome(made, 0.0, None)
            if not outcome.ok or self.partial:
                return outcome, None, []
            film, *others = self._deliver(store, folder, made)
            return outcome, film, [other.film for other in others]

    def _learn(self, store: DiskStore, ledger: Ledger, made: Mapping[str, Result]) -> None:
        """What the farm has made is remembered here as if it had been made here."""
        graph, before = self.prepared.graph, self._before
        if before is not None:
            after = self.prepared.survey(store, 1, graph)
            learn(self.prepared, graph, before, after, ledger, made)

    def send(self, store: DiskStore) -> Sent:
        """Give the film to the farm, with the files that it lacks."""
        prepared = self.prepared
        graph = prepared.graph
        known = self._before = prepared.survey(store, 1, graph)
        self.only = prepared.only(graph, known, prepared.memory.ledger())
        prepared.memory.keep_identity(prepared.settled.identity)
        order = self._order(graph, store, known.price)
        check_engines(order.specs, farm_versions(self.connection))
        contents = contents_of(graph, store, prepared.project.folder)
        with shown("uploading", self.console) as moved:
            sent = send(self.connection, order, contents, moved)
        Pending(prepared.project.build).answered()
        self.job = sent.job
        return sent

    def _order(self, graph: ShotGraph, store: DiskStore, price: Callable[[Node], int]) -> Order:
        specs = brief(
            graph,
            select=self.only,
            engines=registry(),
            inlines={(each.operation, each.name): each for each in inlines()},
            store=store,
            project=self.prepared.project.folder,
            price=price,
            cards="fitting",
        )
        targets = sorted(self.only) if self.only is not None else self._targets(graph)
        order = Order(
            name=job_name(self.prepared),
            specs=specs,
            targets=tuple(targets),
            submission="",
            priority=self.terms.priority,
            budget=self.terms.budget,
        )
        pending = Pending(self.prepared.project.build)
        name = pending.name(self.connection.address.url, order.fingerprint)
        return order.named(name)

    def _targets(self, graph: ShotGraph) -> list[str]:
        """The nodes of a delivery, in all formats."""
        known = {node.address for node in graph.nodes}
        names = [in_format(form, node) for form, _ in self.prepared.formats for node in DELIVERED]
        return sorted(known & set(names))

    def _deliver(
        self, store: DiskStore, folder: Path, made: Mapping[str, Result]
    ) -> list[Delivered]:
        script = self.prepared.project.script
        delivered = []
        for form, graph in self.prepared.formats:
            own = {
                node.address: made.get(in_format(form, node.address)) or made[node.address]
                for node in graph.nodes
            }
            root = f"film:{script.name}{form and '@'}{form}"
            place = folder / form if form else folder
            delivered.append(
                take_home(self.connection, own, store, place, script.stem, root, self.console)
            )
        return delivered


@dataclass(frozen=True, slots=True)
class RemoteShoot:
    """A `FarmShoot` for who renders: it finds the farm itself, and its errors are those of a shoot at home."""

    prepared: Prepared
    url: str
    token: str | None
    console: Console

    @property
    def partial(self) -> bool:
        """Whether only some pieces of work are wanted."""
        return not self.prepared.whole

    @property
    def likenesses(self) -> dict[str, LikenessReport]:
        """What was seen of the people stays with the farm, in the outputs of its tasks."""
        return {}

    def run(self, folder: Path) -> tuple[Outcome, Delivered | None, list[Path]]:
        """As `FarmShoot.run`. Raises `EngineError`."""
        try:
            with connected(self.url, self.token) as connection:
                return FarmShoot(self.prepared, connection, self.console).run(folder)
        except FarmError as problem:
            raise EngineError(
                FailureClass.UNAVAILABLE, problem.code, problem.message, problem.hint
            ) from None


def job_name(prepared: Prepared) -> str:
    """What the farm calls the job: the film's title, or the script's name."""
    title = "".join(each for each in prepared.screenplay.title if each.isprintable()).strip()
    return title[:LONGEST_NAME] or prepared.project.script.stem[:LONGEST_NAME]


def take_home(
    connection: Connection,
    made: Mapping[str, Result],
    store: DiskStore,
    folder: Path,
    name: str,
    root: str,
    console: Console,
) -> Delivered:
    """Fetch what a delivery needs into the store, and deliver it."""
    with shown("fetching", console) as moved:
        waiting = store.root.parent / "fetching"
        fetch(connection, needed_for_delivery(made), store, waiting, root, moved)
    return deliver(Outcome(made, 0.0, None), store, folder, name)


def needed_for_delivery(made: Mapping[str, Result]) -> list[Blob]:
    """The files of a delivery and those that say what the film is like."""
    wanted = [(node, output) for node, output, _ in FILES]
    wanted += [(MASTER, "film"), (CUT, "timeline"), (MIX, "report")]
    found = (made[node].outputs.get(output) for node, output in dict.fromkeys(wanted))
    return [blob for blob in found if blob is not None]


def watch(connection: Connection, job: str, console: Console) -> Mapping[str, object]:
    """Follow a job on the screen to its end. Ctrl-C ends the program and leaves the job to the farm."""
    try:
        with Board(console) if sys.stderr.isatty() else Plain(console) as board:
            return follow(connection, job, board)
    except KeyboardInterrupt:
        click.echo(
            f"detached; the farm goes on with {job}. Watch again: duocast watch {job} · "
            f"end it: duocast cancel {job}",
            err=True,
        )
        raise SystemExit(EXIT_INTERRUPTED) from None
