"""Holdings: what each job is made from and has made, which the store keeps for it under a root of its own."""

from collections.abc import Mapping
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


def made(state: State) -> dict[str, frozenset[str]]:
    """What the jobs that have not ended have made so far, by job. It looks at no spec, of which there are many."""
    return {
        job.id: frozenset(
            blob.digest for number in numbers(job) for blob in outputs(state, number).values()
        )
        for job in state.jobs.values()
        if job.status not in FINAL
    }


def keep(store: DiskStore, made_by: Mapping[str, frozenset[str]]) -> None:
    """Hold this, too, for jobs whose inputs are held since they were submitted.

    What can't be held now, because there is no room, is not lost by that.
    """
    with suppress(EngineError):
        held = store.roots()
        for job, digests in made_by.items():
            store.keep(ROOT + job, held.get(ROOT + job, frozenset()) | digests)
