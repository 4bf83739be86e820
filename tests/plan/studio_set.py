"""A film set for tests of plans: a script, its history and its store in one folder; plan it, render it, compare."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from rapid import INLINES, Bench, factory, open_store

from duocast.compiler.film import compile_film
from duocast.compiler.graph import ShotGraph
from duocast.compiler.identity import Identity, settle
from duocast.compiler.lower import Crew, lower
from duocast.compiler.plan import Ledger, Plan, decide
from duocast.compiler.reader import MemoryReader
from duocast.farm.core.task import Status
from duocast.farm.planning import entries, survey
from duocast.farm.render import render
from duocast.language import Source


def quick_folder() -> str | None:
    """Where many small files are written fastest: in memory, where there is such a place."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


@dataclass
class Set:
    """`files` are written into the folder before each plan, so that renders can read them."""

    folder: Path
    files: dict[str, str] = field(default_factory=dict)
    identity: Identity = field(default_factory=Identity)
    ledger: Ledger = field(default_factory=Ledger)
    versions: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self.store = open_store(self.folder / "store")

    def graph(self, text: str) -> ShotGraph | None:
        """The graph of a script, with the identity of the ones before; nothing where an error stops it."""
        found = compile_film(Source("film.scene", text), MemoryReader(self.files))
        if found.screenplay is None:
            return None
        settled = settle(found.screenplay, self.identity)
        self.identity = settled.identity
        return lower(settled.screenplay, Crew())

    def known(self, graph: ShotGraph):
        for name, content in self.files.items():
            path = self.folder / name
            if not path.exists() or path.read_text() != content:
                path.write_text(content)
        inlines = {(each.operation, each.name): each for each in INLINES}
        return survey(
            graph,
            engines=factory(**self.versions).build().engines,
            inlines=inlines,
            store=self.store,
            project=self.folder,
        )

    def plan(self, graph: ShotGraph, only: frozenset[str] | None = None) -> Plan:
        return decide(graph, self.known(graph), self.ledger, only=only)

    def render(self, graph: ShotGraph, only=None):
        made_by = factory(**self.versions)
        known = self.known(graph)
        outcome = render(
            graph,
            store=self.store,
            factory=made_by,
            project=self.folder,
            inline=INLINES,
            select=only,
            pool=Bench(self.store, made_by),
        )
        news = list(entries(graph, outcome, known))
        self.ledger = self.ledger.merged(news, frozenset(n.address for n in graph.nodes))
        return outcome


def differences(plan: Plan, outcome) -> list[str]:
    """Where a render did not do what its plan said; steps that may run are free to.

    The same work is done once, under the name of whoever comes to it first: a step that is planned to run is as
    planned if its work, by its key, was done in this render.
    """
    results = outcome.results
    done = [result for result in results.values() if result.status is Status.DONE]
    keys = [result.key for result in done]
    ran = {result.address for result in done}
    fine = {a for a, r in results.items() if r.status in (Status.DONE, Status.REUSED)}
    found = [f"{a} is planned as reused but ran" for a in plan.reused if a in ran]
    found += [f"{a} is planned as reused but failed" for a in plan.reused if a not in fine]
    found += [f"{key} was made more than once" for key in set(keys) if keys.count(key) > 1]
    for step in plan.steps:
        if step.state == "run" and outcome.ok and results[step.address].key not in keys:
            found.append(f"{step.address} is planned to run, but its work was there")
        if (
            step.state == "twin"
            and outcome.ok
            and results[step.address].key not in keys
            and step.twin_of in plan.of("run")
        ):
            found.append(
                f"{step.address} is planned as the work of {step.twin_of}, which did not run"
            )
        if step.state == "refused" and step.address in fine:
            found.append(f"{step.address} is planned as refused but was made")
    planned = {*plan.reused, *(step.address for step in plan.steps)}
    found += [f"{a} is not in the plan" for a in results if a not in planned]
    return found
