"""What a host keeps until it was heard."""

import pytest
from cluster_world import finished

from duocast.farm.cluster.outbox import LINGER, Outbox
from duocast.farm.core.events import Progressed, Started

STARTED = Started(worker="w", task="t", attempt=1, key="k", at=0.0)


def progressed(fraction: float) -> Progressed:
    return Progressed(worker="w", task="t", attempt=1, key="k", fraction=fraction, at=0.0)


def test_reports_stay_until_they_are_acknowledged_and_numbers_have_no_gap():
    box = Outbox()
    for task in "abc":
        box.add(finished("w", task), 0.0)
    assert [(r.number, r.event.task) for r in box.letter()] == [(1, "a"), (2, "b"), (3, "c")]
    box.acknowledge(2)
    assert [r.number for r in box.letter()] == [3]
    box.acknowledge(3)
    box.add(finished("w", "d"), 0.0)
    assert [r.number for r in box.letter()] == [4]


def test_a_start_may_linger_for_company_and_an_end_may_not():
    box = Outbox()
    assert box.patience(0.0) is None
    box.add(STARTED, 10.0)
    assert box.patience(10.0) == pytest.approx(LINGER)
    assert box.patience(11.0) == 0.0
    box.add(finished("w"), 10.01)
    assert box.patience(10.01) == 0.0


def test_of_progress_the_latest_is_told_once_and_an_end_makes_it_old():
    box = Outbox()
    box.add(progressed(0.1), 0.0)
    box.add(progressed(0.2), 0.05)
    assert box.patience(0.05) == pytest.approx(LINGER - 0.05)
    assert [(r.number, r.event.fraction) for r in box.letter()] == [(0, 0.2)]
    assert box.letter() == ()
    box.add(progressed(0.9), 1.0)
    box.add(finished("w"), 1.0)
    assert [type(r.event).__name__ for r in box.letter()] == ["Finished"]
