"""Models and graphics cards: who gets the work of a model that needs one, here and on a farm."""

import os

import pytest
from farm_engines import FACTORY, Fake, node
from farm_engines import workshop as plain

from duocast.compiler.graph import Operation, ShotGraph
from duocast.farm.briefing import LOADING, brief
from duocast.farm.core.events import WorkerJoined
from duocast.farm.core.task import NOTHING, Needs
from duocast.farm.local import LocalPool
from duocast.farm.render import render
from duocast.farm.workshop import Factory, Workshop
from duocast.runtime.store import DiskStore

CARD = 24 * 2**30


class Heavy(Fake):
    """An engine that states what its model needs."""

    gigabytes = 30.0


def workshop(settings):
    """The farm's engines for tests and one with a model; it tells in which process it ran."""
    engines = plain(settings).engines
    engines._add(Heavy(Operation.ANIMATE, "video", lambda _: {"out": str(os.getpid()).encode()}))
    engines._add(Heavy(Operation.COMPOSE, "light", lambda _: {"out": b""}))
    engines.find(Operation.COMPOSE, "light").gigabytes = 0
    return Workshop(engines, plain(settings).weights)


FILMED = Factory("test_models_on_cards:workshop")


@pytest.fixture
def store(tmp_path):
    with DiskStore(tmp_path / "store") as store:
        yield store


@pytest.fixture
def card(monkeypatch):
    monkeypatch.setattr("duocast.farm.cluster.card.memory", lambda: CARD)


def shots(count):
    made = [
        node(f"s{n}/picture", op=Operation.ANIMATE, engine="video", number=n) for n in range(count)
    ]
    return ShotGraph(tuple(made), made[-1].address)


@pytest.mark.parametrize(
    ("cards", "needs"),
    [
        ("none", NOTHING),
        ("any", Needs(gpu=1.0, model="video", load=LOADING)),
        ("fitting", Needs(gpu=1.0, memory=19_800_000_000, model="video", load=LOADING)),
    ],
)
def test_what_a_model_needs_is_what_its_task_asks_for(store, tmp_path, cards, needs):
    light = node("light", op=Operation.COMPOSE, engine="light")
    graph = ShotGraph((*shots(1).nodes, node("words"), light), "words")
    specs = brief(
        graph,
        select=None,
        engines=workshop({}).engines,
        inlines={},
        store=store,
        project=tmp_path,
        cards=cards,
    )
    assert {spec.id: spec.needs for spec in specs} == {
        "s0/picture": needs,
        "words": NOTHING,
        "light": NOTHING,
    }


def test_one_worker_has_the_card_and_so_has_whoever_replaces_it(store, card):
    with LocalPool(store, FACTORY, 2) as pool:
        first, second = pool.open()
        assert (first.gpu, first.memory) == (1.0, CARD)
        assert (second.gpu, second.memory) == (0.0, 0)
        pool.stop(first.worker)
        told = []
        while not told:
            told += [event for event in pool.poll(1.0) if isinstance(event, WorkerJoined)]
        (joined,) = told
        assert (joined.gpu, joined.memory) == (1.0, CARD)


def test_models_stay_with_the_worker_that_has_the_card(store, tmp_path, card):
    graph = shots(6)
    select = [one.address for one in graph.nodes]
    outcome = render(graph, store=store, factory=FILMED, project=tmp_path, jobs=2, select=select)
    assert outcome.ok
    made = {outcome.results[at].outputs["out"].digest for at in select}
    assert len({store.path(digest).read_bytes() for digest in made}) == 1
