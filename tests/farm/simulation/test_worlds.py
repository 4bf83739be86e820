"""Farms in worlds full of faults. A failure names the world's number: `World(number)` lives the same life again."""

import pytest

from duocast.farm.simulation.disk import Trouble
from duocast.farm.simulation.faults import FAULTS, arrange
from duocast.farm.simulation.laws import violations
from duocast.farm.simulation.world import World

CHUNK = 25


def lived(seed, faults=None):
    with World(seed) as world:
        arrange(world, faults)
        state = world.run()
        return world.tally, violations(world, state)


def chunk(first):
    return {seed: wrong for seed in range(first, first + CHUNK) if (wrong := lived(seed)[1])}


@pytest.mark.parametrize("first", range(0, 200, CHUNK))
def test_no_life_breaks_a_law(first):
    assert chunk(first) == {}


@pytest.mark.slow
@pytest.mark.parametrize("first", range(200, 2200, CHUNK))
def test_no_life_of_two_thousand_breaks_a_law(first):
    assert chunk(first) == {}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_again_and_again_breaks_no_law(fault):
    assert {seed: wrong for seed in range(3) if (wrong := lived(seed, [fault] * 4)[1])} == {}


def test_a_life_is_the_same_each_time_it_is_lived():
    def history(seed):
        with World(seed) as world:
            arrange(world)
            world.run()
            return [(e.at, e.kind, e.task, e.attempt) for e in world.farm.journal.tail(0)]

    first, again = history(6), history(6)
    assert first == again
    assert len(first) > 50


def test_the_laws_notice_what_is_wrong():
    with World(1, films=1) as world:
        state = world.run()
        assert violations(world, state) == []
        film = next(r for r in world.store.actions() if r.made.operation == "master")
        world.store.path(film.outputs["out"].digest).unlink()
        victim = next(a for a in world.store.actions() if a.made.operation == "speak")
        place = world.store.path(victim.outputs["out"].digest)
        place.chmod(0o644)
        place.write_bytes(b"?" * victim.outputs["out"].size)
        state.jobs["job0"].unsettled += 1
        found = violations(world, state)
    assert any("is damaged" in each for each in found)
    assert any("job0" in each for each in found)


def small(prepare):
    """One small film; `prepare` makes something go wrong at a step."""
    with World(4, films=1, shots=1, nodes=1) as world:
        prepare(world)
        state = world.run()
        return world, violations(world, state)


def steps(which):
    world, wrong = small(lambda _: None)
    assert wrong == []
    return getattr(world, which).steps


@pytest.mark.parametrize("which", ["trouble", "storage"])
@pytest.mark.parametrize("how", ["killed before", "killed after", "failed"])
def test_any_one_step_on_the_disk_may_go_wrong(which, how):
    count = steps(which)
    assert count > 10

    def go_wrong(step):
        def prepare(world):
            trouble: Trouble = getattr(world, which)
            trouble.after = how == "killed after"
            setattr(trouble, "fail_at" if how == "failed" else "kill_at", step)

        return prepare

    # The first steps of the store belong to the world's own making.
    first = 1 if which == "trouble" else 5
    assert {n: w for n in range(first, count + 1) if (w := small(go_wrong(n))[1])} == {}
