"""Holdings: what each job is made from and has made, which the store keeps for it under a root of its own."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from duocast.farm.core.job import FINAL
from duocast.farm.core.state import State
from duocast.farm.core.task import Given
from duocast.farm.daemon.results import numbers, outputs
from duocast.runtime.engine import EngineError
from duocast.runtime.store.disk import DiskStore

ROOT = "job/"
"""Roots of this name keep what a job is made from and what it made."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What a job needs kept, and whether it has ended."""

    job: str
    digests: frozenset[str]
    ended: bool


def holdings(state: State) -> list[Holding]:
    """What every job is made from and has made so far."""
    return [
        Holding(
            job.id,
            frozenset(
                digest
                for number in numbers(job)
                for digest in (
                    *(
                        s.digest
                        for s in state.specs[number].inputs.values()
                        if isinstance(s, Given)
                    ),
                    *(blob.digest for blob in outputs(state, number).values()),
                )
            ),
            job.status in FINAL,
        )
        for job in state.jobs.values()
    ]


def living(state: State) -> list[Holding]:
    """Those of jobs that have not ended."""
    return [holding for holding in holdings(state) if not holding.ended]


def keep(store: DiskStore, held: Iterable[Holding]) -> None:
    """Hold them; what can't be held now, because there is no room, is not lost by that."""
    for holding in held:
        with suppress(EngineError):
            store.keep(ROOT + holding.job, holding.digests)
