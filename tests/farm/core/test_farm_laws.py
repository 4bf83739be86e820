"""The core as a farm: many jobs and users, people who change their minds, and what holds whatever happens."""

import pytest
from farm_simulation import Farm, Faults, random_specs, spec
from hypothesis import given, settings
from hypothesis import strategies as st

from duocast.farm.core import coding, commands, events, invariants, snapshot
from duocast.farm.core.job import JobStatus
from duocast.farm.core.recover import lookup, recover, sought
from duocast.farm.core.state import Options, State
from duocast.farm.core.step import step
from duocast.farm.core.task import Needs

FARM = Options(farm=True)
GIB = 1 << 30
STORM = Faults(
    transient=0.1, resource=0.1, invalid=0.05, death=0.15, damage=0.1, short=0.1, full=0.02
)
seeds = st.integers(0, 2**32)
hosts = st.sampled_from([("h", "h"), ("a", "b", "c", "c"), ("a",) * 4 + ("b",) * 3])
calls = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "cancel",
                "cancel-job",
                "pause",
                "resume",
                "raise",
                "retry",
                "skip",
                "drain",
                "undrain",
                "forgive",
                "limit",
                "user",
                "forget",
            ]
        ),
        st.integers(0, 2),
        st.integers(0, 14),
        st.floats(0.0, 20.0),
    ),
    max_size=12,
)


def order(what: str, job: int, task: int) -> events.Event:
    """What somebody might want at any time."""
    name, one = f"job-{job}", (f"job-{job}/t{task}",)
    return {
        "cancel": events.Cancelled(0.0, tasks=one),
        "cancel-job": events.Cancelled(0.0, job=name),
        "pause": events.Paused(name, 0.0),
        "resume": events.Resumed(name, 0.0),
        "raise": events.Prioritised(name, task, 0.0),
        "retry": events.Retried(one, 0.0),
        "skip": events.Skipped(one, 0.0),
        "drain": events.Drained("a", 0.0),
        "undrain": events.Undrained("a", 0.0),
        "forgive": events.Forgiven(f"w{task}", 0.0),
        "limit": events.LimitSet("voice", task % 3, 0.0),
        "forget": events.Forgotten(name, 0.0),
        "user": events.UserSet(f"user-{job}", 0.0, weight=1.0 + task, credits=task * 5),
    }[what]


def rich(seed: int, count: int):
    """Tasks that need models, licences and money; half of them are the same in every job."""
    kinds = (
        Needs(model="m", load=2.0),
        Needs(licences=("voice",)),
        Needs(price=3),
        Needs(model="n", load=1.0),
        Needs(),
    )
    for each in random_specs(seed % 5, count):
        yield spec(
            each.id,
            [source.task for source in each.inputs.values() if hasattr(source, "task")],
            params=each.params,
            order=each.order,
            weight=each.weight,
            inline=each.inline,
            needs=kinds[(seed + each.order) % 5],
        )


def busy_farm(at, seed: int, said, faults: Faults = STORM) -> Farm:
    farm = Farm(at, faults, seed, options=FARM)
    for job in range(3):
        name, user = f"job-{job}", f"user-{job % 2}"
        farm.hear(events.UserSet(user, 0.0, credits=20), at=0.0)
        farm.submit(*rich(seed + job, 12), at=job * 2.0, job=name, user=user, budget=15)
    for what, job, task, moment in said:
        farm.hear(order(what, job, task), at=moment)
    for job in range(3):  # in the end everything is allowed again, so that everything must end
        farm.hear(events.Resumed(f"job-{job}", 0.0), at=30.0)
        farm.hear(events.UserSet(f"user-{job}", 0.0, credits=None), at=30.0)
    farm.hear(events.Undrained("a", 0.0), at=30.0)
    farm.hear(events.LimitSet("voice", None, 0.0), at=30.0)
    return farm


def finish(farm: Farm) -> State:
    """Until all has ended; a job whose budget is used up is cancelled when nothing else can happen."""
    try:
        return farm.until_ended(40_000)
    except AssertionError:
        stuck = [job for job in farm.state.jobs.values() if job.unsettled]
        assert stuck
        assert all(job.budget is not None for job in stuck), "it waits for nothing"
        for job in stuck:
            farm.hear(events.Cancelled(0.0, job=job.id), at=farm.now)
        return farm.until_ended(40_000)


@settings(max_examples=12, deadline=None)
@given(hosts, seeds, calls)
def test_whatever_happens_every_state_is_sound_and_every_job_ends(at, seed, said):
    sound(busy_farm(at, seed, said))


@pytest.mark.slow
@settings(max_examples=600, deadline=None)
@given(hosts, seeds, calls)
def test_whatever_else_happens_every_state_is_sound(at, seed, said):
    sound(busy_farm(at, seed, said))


def sound(farm: Farm) -> None:
    state = finish(farm)  # the simulation looks for broken invariants after every event
    assert not any((state.works, state.queues.queued, state.reservations, state.licences))
    for job in state.jobs.values():
        assert job.status in (JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED)
    told = {each.task: each.status for each in farm.said if isinstance(each, commands.Tell)}
    known = {task: status for task, status in told.items() if task in state.number}
    assert all(state.status(task) is status for task, status in known.items())
    forgets_everything(state)


def forgets_everything(state: State) -> None:
    for job in list(state.jobs):
        step(state, events.Forgotten(job, state.now))
        assert invariants.broken(state) == []
    restored = snapshot.decode(snapshot.encode(state))
    assert snapshot.encode(restored) == snapshot.encode(state)
    tables = (state.jobs, state.number, state.specs, state.rows, state.owners, state.needs)
    assert not any((*tables, state.way, state.shown, state.dependents, state.tries, state.left))
    assert not any((state.ways, state.remaining, state.queues.jobs, *state.ahead.values()))


@settings(max_examples=12, deadline=None)
@given(hosts, seeds, calls)
def test_a_journal_replayed_gives_the_same_state_and_commands(at, seed, said):
    farm = busy_farm(at, seed, said)
    farm.checking = False
    finish(farm)
    state, again = State(FARM), []
    for event in farm.history:
        again += step(state, coding.event(coding.to_bytes(event)))
    assert snapshot.encode(state) == snapshot.encode(farm.state)
    assert again == farm.said


@settings(max_examples=12, deadline=None)
@given(hosts, seeds, calls, st.integers(0, 300))
def test_a_snapshot_goes_on_as_if_nothing_had_been(at, seed, said, cut):
    farm = busy_farm(at, seed, said)
    farm.checking = False
    finish(farm)
    state, restored = State(FARM), None
    for number, event in enumerate(farm.history):
        if number == cut:
            content = snapshot.encode(state)
            restored = snapshot.decode(content)
            assert snapshot.encode(restored) == content
            assert invariants.broken(restored) == []
            assert recover(restored) == sorted(recover(state), key=recover(restored).index)
            asked = [lookup(restored, key) for key in sorted(sought(state))]
            assert asked == [lookup(state, key) for key in sorted(sought(restored))]
        expected = step(state, event)
        if restored is not None:
            assert step(restored, event) == expected
    if restored is not None:
        assert snapshot.encode(restored) == snapshot.encode(state)


def test_two_users_share_one_work_and_cancelling_one_does_not_stop_the_other():
    same = spec("shot", params={"text": "the same"})
    farm = Farm(("h",), options=FARM)
    farm.submit(same, job="one", user="anna").submit(same, job="two", user="bela")
    farm.hear(events.Cancelled(0.0, job="one"), at=0.05)
    state = farm.until_ended()
    assert len(farm.runs) == 1
    assert state.status("one/shot") == "cancelled"
    assert state.status("two/shot") == "done"


def test_a_paused_job_starts_nothing_new_and_lets_running_work_end():
    farm = Farm(("h",), options=FARM).submit(*(spec(f"t{n}") for n in range(4)), job="j")
    farm.hear(events.Paused("j", 0.0), at=0.05).hear(events.Resumed("j", 0.0), at=50.0)
    state = farm.until_ended()
    ends = [each.at for each in farm.history if isinstance(each, events.Finished)]
    assert sum(at < 50.0 for at in ends) == 1
    assert state.jobs["j"].status is JobStatus.DONE


def test_users_share_by_weight_and_who_comes_late_gets_nothing_back():
    farm = Farm(("h",) * 4, options=FARM, checking=False)
    for user, weight in (("anna", 1.0), ("bela", 3.0)):
        farm.hear(events.UserSet(user, 0.0, weight=weight))
        many = (spec(f"{user}{n}", weight=1.5) for n in range(1200))
        farm.submit(*many, job=user, user=user)
    late = (spec(f"late{n}", weight=1.5) for n in range(300))
    farm.submit(*late, job="late", user="cleo", at=200.0)
    shares = {}
    for until in (200.0, 350.0):
        farm.hear(events.Tick(0.0), at=until)
        while farm.now < until:
            farm.until(until)
        shares[until] = {name: user.seconds for name, user in farm.state.users.items()}
    first, then = shares[200.0], shares[350.0]
    assert abs(first["bela"] / (first["anna"] + first["bela"]) - 0.75) < 0.03
    grown = {name: then[name] - first.get(name, 0.0) for name in then}
    assert abs(grown["cleo"] / sum(grown.values()) - 0.2) < 0.04


def test_out_of_memory_it_runs_alone_and_then_on_a_bigger_card():
    state = State(FARM)
    for name, memory in (("small", 8 * GIB), ("big", 24 * GIB)):
        step(state, events.WorkerJoined(name, name, 0.0, gpu=1.0, memory=memory))
    given_to = []
    step(state, events.Submitted((spec("a", needs=Needs(gpu=1.0, memory=GIB)),), 0.0, "j", "u"))
    said = step(state, events.Missed("j/a", state.row("j/a").key, 0.0))
    while run := next((each for each in said if isinstance(each, commands.Run)), None):
        given_to.append((run.worker, run.alone))
        at = (run.worker, run.task, run.attempt, run.key)
        said = step(state, events.Failed(*at, farm_memory(), state.now + 1))
        if state.works:
            said += step(state, events.Missed("j/a", run.key, state.now))
    assert given_to == [("small", False), ("big", True)] or given_to == [
        ("small", False),
        ("small", True),
        ("big", False),
    ]
    assert state.status("j/a") == "failed"


def farm_memory():
    from duocast.farm.core.task import Failure
    from duocast.runtime.engine import FailureClass

    return Failure(FailureClass.RESOURCE, "R0004", "there was not enough memory")


def test_what_is_short_is_waited_for_with_one_line_in_the_log():
    farm = Farm(("h",), Faults(short=0.9), seed=3, options=FARM).submit(spec("a"), job="j")
    state = farm.until_ended()
    notes = [each for each in farm.said if isinstance(each, commands.Note)]
    assert state.status("j/a") == "done"
    assert len(farm.runs) > 3
    assert len(notes) == 1


def test_a_full_store_only_pauses_a_farm():
    farm = Farm(("h", "h"), Faults(full=0.3), seed=1, options=FARM)
    state = farm.submit(*(spec(f"t{n}") for n in range(12)), job="j").until_ended()
    assert state.jobs["j"].status is JobStatus.DONE
    assert any("nothing new" in e.text for e in farm.said if isinstance(e, commands.Note))


def test_a_sick_worker_gets_nothing_for_a_while_and_others_do_its_work():
    farm = Farm(("a", "b", "c", "d"), options=FARM)
    usual = farm._attempt

    def attempt(run):
        if run.worker == "w1" and farm.now < 100:
            return farm._later(0.2, events.Failed(*_at(run), broken(), 0.0))
        return usual(run)

    farm._attempt = attempt
    state = farm.submit(*(spec(f"t{n}") for n in range(60)), job="j").until_ended()
    assert state.jobs["j"].status is JobStatus.DONE
    assert sum(isinstance(e, events.Failed) for e in farm.history) == 3


def _at(run):
    return run.worker, run.task, run.attempt, run.key


def broken():
    from duocast.farm.core.task import Failure
    from duocast.runtime.engine import FailureClass

    return Failure(FailureClass.INVALID, "R0012", "the card fell off the bus")


def test_a_skipped_shot_and_what_is_made_from_it_do_not_fail_the_job():
    farm = Farm(("h",), options=FARM)
    farm.submit(spec("a"), spec("b", ["a"]), spec("c"), job="j")
    farm.hear(events.Skipped(("j/a",), 0.0), at=0.01)
    state = farm.until_ended()
    assert [state.status(f"j/{name}") for name in "abc"] == ["skipped", "skipped", "done"]
    assert state.jobs["j"].status is JobStatus.DONE
    farm.hear(events.Retried(("j/b",), 0.0), at=9.0)
    assert farm.until_ended().status("j/b") == "skipped"


def test_credits_are_reserved_before_and_settled_after():
    farm = Farm(("h", "h"), options=FARM).hear(events.UserSet("u", 0.0, credits=10))
    priced = (spec(f"t{n}", needs=Needs(price=4)) for n in range(3))
    farm.submit(*priced, job="j", user="u").hear(events.UserSet("u", 0.0, credits=4), at=60.0)
    state = farm.until_ended()
    assert state.users["u"].spent == state.jobs["j"].spent == 12
    assert state.users["u"].credits == 0
    assert max(e.at for e in farm.history if isinstance(e, events.Finished)) > 60.0


def test_near_the_end_of_a_job_what_takes_longest_goes_first():
    shots = [spec(f"t{n}", order=n, weight=1.0 + n % 7) for n in range(60)]
    farm = Farm(("h", "h"), options=FARM).submit(*shots, job="j")
    farm.until_ended()
    begun = [int(name.partition("/t")[2]) for name in farm.runs]
    last = [shots[n].weight for n in begun[-4:]]
    assert begun[:20] == list(range(20))
    assert last == sorted(last, reverse=True)
    assert farm.state.jobs["j"].hurried


def test_a_job_whose_user_gets_less_of_the_workers_goes_back_to_story_order():
    farm = Farm(("h",) * 8, options=FARM, checking=False)
    shots = (spec(f"t{n}", order=n, weight=2.0 if n else 8.0) for n in range(40))
    farm.submit(*shots, job="j", user="anna")
    for user in range(7):
        many = (spec(f"t{n}", params={"of": f"{user}.{n}"}) for n in range(200))
        farm.submit(*many, job=f"k{user}", user=f"user{user}", at=0.5)
    turns, before = [], False
    while not farm.state.jobs or farm.state.jobs["j"].ended is None:
        farm.until(farm.now + 0.1)
        hurried = bool(farm.state.jobs) and farm.state.jobs["j"].hurried
        turns += [hurried] if hurried is not before else []
        before = hurried
    assert turns == [True, False, True]


def test_a_forgotten_job_is_gone_and_its_numbers_are_not_used_again():
    farm = Farm(("h",), options=FARM).submit(*(spec(f"t{n}") for n in range(40)), job="old")
    farm.until_ended()
    whole = len(snapshot.encode(farm.state))
    farm.hear(events.Forgotten("old", 0.0), at=farm.now)
    farm.submit(spec("a"), spec("b", ["a"]), job="young", at=farm.now + 1)
    state = farm.until_ended()
    assert list(state.jobs) == ["young"]
    assert state.number == {"young/a": 40, "young/b": 41}
    assert state.status("young/b") == "done"
    assert len(snapshot.encode(state)) < whole / 3
    restored = snapshot.decode(snapshot.encode(state))
    assert restored.numbered == 42
    late = events.Submitted((spec("c"),), state.now, job="third")
    assert step(restored, late) == step(state, late)


def test_a_job_is_not_forgotten_while_it_lives_or_others_use_its_work():
    same = spec("shot", params={"text": "the same"})
    farm = Farm(("h",), options=FARM)
    farm.submit(same, job="one", user="anna").submit(same, job="two", user="bela")
    farm.hear(events.Forgotten("two", 0.0), at=0.04)
    farm.hear(events.Cancelled(0.0, job="one"), at=0.05)
    farm.hear(events.Forgotten("one", 0.0), at=0.06)
    state = farm.until_ended()
    assert list(state.jobs) == ["one", "two"]
    farm.hear(events.Forgotten("one", 0.0), at=farm.now)
    farm.until(farm.now + 1.0)
    assert list(state.jobs) == ["two"]


def test_what_needs_no_card_goes_to_workers_without_one_while_there_are_any():
    state = State(FARM)
    for name, gpu in (("card", 1.0), ("plain", 0.0), ("other", 0.0)):
        step(state, events.WorkerJoined(name, name, 0.0, gpu=gpu, memory=int(gpu) * 24 * GIB))
    mixes = [spec(f"mix{n}", order=n) for n in range(4)]
    drawn = spec("drawn", order=9, engine="picture", needs=Needs(gpu=1.0, memory=GIB, load=5.0))
    step(state, events.Submitted((*mixes, drawn), 0.0, "j", "u"))
    runs = []
    for each in ("mix0", "mix1", "drawn", "mix2"):
        runs += step(state, events.Missed(f"j/{each}", state.row(f"j/{each}").key, 0.0))
    given_to = {r.task: r.worker for r in runs if isinstance(r, commands.Run)}
    assert given_to == {"j/mix0": "plain", "j/mix1": "other", "j/drawn": "card"}


def test_a_card_helps_with_what_needs_none_rather_than_being_idle():
    state = State(FARM)
    for name, gpu in (("card", 1.0), ("plain", 0.0)):
        step(state, events.WorkerJoined(name, name, 0.0, gpu=gpu))
    step(state, events.Submitted(tuple(spec(f"mix{n}") for n in range(2)), 0.0, "j", "u"))
    runs = []
    for each in ("mix0", "mix1"):
        runs += step(state, events.Missed(f"j/{each}", state.row(f"j/{each}").key, 0.0))
    assert [r.worker for r in runs if isinstance(r, commands.Run)] == ["plain", "card"]
