"""The scheduler's core: what follows from what, and what holds whatever happens."""

from farm_simulation import Farm, Faults, blob, chain_of, random_specs, spec
from hypothesis import given, settings
from hypothesis import strategies as st

from duocast.farm.core import coding, commands, events, snapshot
from duocast.farm.core.forecast import eta
from duocast.farm.core.reasons import reason
from duocast.farm.core.state import State
from duocast.farm.core.step import step
from duocast.farm.core.task import Blocked, Done, Failed, Failure, From, Refused, Reused, Status
from duocast.runtime.engine import FailureClass

faults = st.builds(
    Faults,
    transient=st.sampled_from([0.0, 0.1, 0.4]),
    resource=st.sampled_from([0.0, 0.1]),
    invalid=st.sampled_from([0.0, 0.05]),
    death=st.sampled_from([0.0, 0.1, 0.3]),
    death_after_commit=st.sampled_from([0.0, 0.5]),
    damage=st.sampled_from([0.0, 0.05, 0.2]),
    duplicate=st.sampled_from([0.0, 0.3]),
    full=st.sampled_from([0.0, 0.0, 0.03]),
)
hosts = st.sampled_from([("h",), ("h", "h"), ("h", "h", "k"), ("a", "b", "c", "c")])
seeds = st.integers(0, 2**32)


def statuses(state: State) -> dict[str, str]:
    return {s.id: str(state.status(s.id)) for s in state.specs.values()}


@settings(max_examples=30, deadline=None)
@given(hosts, faults, seeds, st.integers(1, 40), st.booleans(), st.booleans())
def test_every_run_ends_with_nothing_lost(at, faults, seed, count, cancelling, constant):
    farm = Farm(at, faults, seed, constant=constant).submit(*random_specs(seed, count))
    if cancelling:
        farm.cancel(f"t{seed % count}", at=2.0)
    state = farm.until_ended()
    assert not state.works
    assert not any((state.queues.queued, state.solo, state.reserved, state.tries, state.active))
    for spec_, row in zip(state.specs.values(), state.rows.values(), strict=True):
        needs = [state.row(s.task) for s in spec_.inputs.values() if isinstance(s, From)]
        if isinstance(row, Done | Reused):
            assert "out" in row.outputs
        if isinstance(row, Blocked):
            assert state.halted or any(not isinstance(n, Done | Reused) for n in needs)
        assert reason(state, spec_.id)


@settings(max_examples=15, deadline=None)
@given(hosts, faults, seeds, st.integers(1, 25))
def test_replaying_the_journal_gives_the_same_state(at, faults, seed, count):
    farm = Farm(at, faults, seed).submit(*random_specs(seed, count))
    farm.until_ended()
    replayed = State()
    said = []
    for event in farm.history:
        said += step(replayed, coding.event(coding.to_bytes(event)))
    assert snapshot.encode(replayed) == snapshot.encode(farm.state)
    assert said == farm.said


@settings(max_examples=15, deadline=None)
@given(hosts, seeds, st.integers(1, 30))
def test_faults_that_pass_change_no_output(at, seed, count):
    calm = Farm(at, Faults(), seed).submit(*random_specs(seed, count)).until_ended()
    storm = Farm(at, Faults(transient=0.1, damage=0.05, duplicate=0.3), seed)
    state = storm.submit(*random_specs(seed, count)).until_ended()
    for task in state.specs.values():
        one, other = calm.row(task.id), state.row(task.id)
        if isinstance(other, Done | Reused):
            assert one.outputs == other.outputs


@settings(max_examples=15, deadline=None)
@given(hosts, seeds, st.integers(1, 30))
def test_again_nothing_runs(at, seed, count):
    first = Farm(at, Faults(), seed).submit(*random_specs(seed, count))
    first.until_ended()
    again = Farm(at, Faults(), seed, store=first.store).submit(*random_specs(seed, count))
    again.until_ended()
    assert again.runs == []


def test_a_change_that_makes_the_same_bytes_stops_the_wave():
    before = Farm(constant=True).submit(*chain_of("a", "b", "c"))
    before.until_ended()
    _, b, c = chain_of("a", "b", "c")
    changed = spec("a", params={"text": "another line, the same sound"})
    after = Farm(constant=True, store=before.store).submit(changed, b, c)
    state = after.until_ended()
    assert after.runs == ["a"]
    assert statuses(state) == {"a": "done", "b": "reused", "c": "reused"}


def test_a_failure_takes_only_its_cone():
    refused = Refused(Failure(FailureClass.INVALID, "A0001", "there is no file 'x.png'"))
    farm = Farm().submit(
        spec("bad", inputs={"picture": refused}), spec("made-of-it", ["bad"]), spec("good")
    )
    state = farm.until_ended()
    assert statuses(state) == {"bad": "failed", "made-of-it": "blocked", "good": "done"}
    assert reason(state, "bad") == "there is no file 'x.png'"
    assert reason(state, "made-of-it") == "it needs bad, which failed"


def test_two_deaths_poison_a_task_and_the_rest_goes_on():
    farm = Farm(("h",)).submit(spec("poison"), spec("cone", ["poison"]), spec("other"))
    farm._attempt = lambda run: (
        farm._kill(run.worker, 1.0) if run.task == "poison" else farm._finish(run, 1.0)
    )
    state = farm.until_ended()
    assert statuses(state) == {"poison": "failed", "cone": "blocked", "other": "done"}
    assert farm.runs.count("poison") == 2
    assert "2 workers died on it" in reason(state, "poison")


def test_a_worker_that_dies_after_its_commit_has_done_its_work():
    farm = Farm(("h",), Faults(death=1.0, death_after_commit=1.0)).submit(spec("a"))
    assert statuses(farm.until_ended()) == {"a": "reused"}
    assert farm.runs == ["a"]


def test_transient_failures_are_tried_again_after_1_2_and_4_seconds():
    farm = Farm(("h",), Faults(transient=1.0)).submit(spec("a"))
    state = farm.until_ended()
    starts = [e.at for e in farm.history if isinstance(e, events.Started)]
    failures = [e.at for e in farm.history if isinstance(e, events.Failed)]
    waits = [round(start - fail, 6) for fail, start in zip(failures, starts[1:], strict=False)]
    assert waits == [1.0, 2.0, 4.0]
    assert statuses(state) == {"a": "failed"}


def test_short_of_memory_it_runs_once_more_with_nothing_beside_it():
    farm = Farm(("h", "h", "h"), Faults(resource=0.3), seed=5).submit(
        *(spec(f"t{n}") for n in range(12))
    )
    farm.until_ended()  # the simulation checks that nothing runs beside it
    assert any(isinstance(each, commands.Run) and each.alone for each in farm.said)


def test_a_full_disk_ends_the_run_with_one_failure():
    farm = Farm(("h", "h"), Faults(full=1.0)).submit(*(spec(f"t{n}") for n in range(20)))
    state = farm.until_ended()
    assert state.halted is not None
    assert state.halted.code == "R0001"
    ended = list(statuses(state).values())
    assert ended.count("failed") <= 2
    assert len(farm.runs) <= 4


def test_unavailable_invalid_and_moderated_fail_at_once():
    for kind in (FailureClass.UNAVAILABLE, FailureClass.INVALID, FailureClass.MODERATED):
        state = State()
        step(state, events.WorkerJoined("w", "h", 0.0))
        step(state, events.Submitted((spec("a"),), 0.0))
        *_, run = _missed(state, "a")
        assert isinstance(run, commands.Run)
        failure = Failure(kind, "X1", "no")
        step(state, events.Failed("w", "a", run.attempt, run.key, failure, 1.0))
        assert isinstance(state.row("a"), Failed)


def test_a_lost_input_is_made_again_and_only_that():
    late = spec("d", ["a"], params={"text": "new"})
    farm = Farm(("h",)).submit(*chain_of("a", "b"), spec("c"), late).cancel("d")
    farm.until_ended()
    gone = farm.state.row("a").outputs["out"].digest
    farm.store = {k: b for k, b in farm.store.items() if b.digest != gone}
    farm.runs.clear()
    farm.hear(events.Retried(("d",), 0.0), at=100.0)
    state = farm.until_ended()
    assert farm.runs == ["d", "a", "d"]
    assert set(statuses(state).values()) == {"done"}


def test_twins_are_made_once_and_a_cancelled_one_hands_over():
    same = {"params": {"text": "same"}}
    farm = (
        Farm(("h",))
        .submit(spec("a", **same), spec("b", **same), spec("c", **same))
        .cancel("a", at=0.05)
    )
    state = farm.until_ended()
    assert statuses(state) == {"a": "cancelled", "b": "done", "c": "reused"}


def test_cancelling_stops_the_worker_and_keeps_what_is_done():
    farm = Farm(("h",)).submit(spec("a"), spec("b")).cancel("a", "b", at=0.05)
    state = farm.until_ended()
    assert set(statuses(state).values()) == {"cancelled"}
    assert any(isinstance(e, events.WorkerDied) for e in farm.history)


def test_first_shots_finish_first_and_warm_engines_are_kept():
    shots = []
    for shot in range(6):
        shots.append(spec(f"say{shot}", order=shot, engine="voice"))
        shots.append(spec(f"shot{shot}", [f"say{shot}"], order=shot, engine="picture"))
    farm = Farm(("h",)).submit(*shots)
    farm.until_ended()
    finished = [e.task for e in farm.history if isinstance(e, events.Finished)]
    assert finished.index("shot0") < finished.index("say5")


def test_the_longest_way_to_the_end_goes_first_within_a_shot():
    farm = Farm(()).submit(
        spec("short", weight=1.0), spec("long", weight=1.0), spec("end", ["long"], weight=9.0)
    )
    farm._hire("h", after=1.0)
    farm.until_ended()
    assert farm.runs[0] == "long"


def test_a_waiting_task_says_what_it_waits_for():
    state = State()
    step(state, events.Submitted((*chain_of("a", "b"), spec("c")), 0.0))
    assert reason(state, "b") == "it needs a"
    _missed(state, "a")
    assert reason(state, "a") == "it can start as soon as there is a worker"
    assert state.status("a") is Status.READY


def test_the_forecast_shrinks_and_ends_at_nothing():
    specs = [spec(f"t{n}", weight=2.0) for n in range(8)]
    state = State()
    step(state, events.WorkerJoined("w", "h", 0.0))
    step(state, events.WorkerJoined("v", "h", 0.0))
    step(state, events.Submitted(tuple(specs), 0.0))
    assert eta(state, 0.0) == 8.0
    farm = Farm(("h", "h")).submit(*specs)
    assert eta(farm.until_ended(), 99.0) == 0.0


def test_fifteen_hundred_tasks_are_scheduled_in_seconds():
    farm = Farm(("h",) * 8, checking=False).submit(*random_specs(1, 1500))
    farm.until_ended(limit=100_000)
    assert len(farm.state.specs) == 1500


def _missed(state: State, task: str):
    return step(state, events.Missed(task, state.row(task).key, 0.0))


def test_late_and_unknown_messages_change_nothing():
    farm = Farm(("h",)).submit(spec("a"))
    state = farm.until_ended()
    before = snapshot.encode(state)
    key = state.row("a").key
    for late in (
        events.Finished("w0", "a", 7, key, {"out": blob("wrong")}, 1.0, state.now),
        events.Found("a", key, {"out": blob("wrong")}, state.now),
        events.WorkerDied("nobody", "gone", state.now),
        events.Retried(("nothing",), state.now),
        events.Paused("nothing", state.now),
    ):
        assert step(state, late) == []
    assert snapshot.encode(state) == before
