"""What a watch does next, decided without a file, a clock or a worker."""

from dataclasses import dataclass, field

import pytest

from duocast.cli.watch.session import Drop, Judged, Left, Make, Rested, Session, step


@dataclass(frozen=True)
class Film:
    """As much of a view as a session looks at."""

    clips: dict = field(default_factory=dict)

    @property
    def wanted(self):
        return frozenset(self.clips.values())


OLD = Film({"a": "1", "b": "2", "c": "3"})
NEW = Film({"a": "1", "b": "9", "c": "3"})
DONE = Rested(ok=True, dropped=False)


def told(session, *events):
    """The session after some events, and what it wants done by the last."""
    actions = ()
    for event in events:
        session, actions = step(session, event)
    return session, actions


def aims(session, events):
    """What is made, in order, with every order going well until none is left."""
    found = []
    for event in events:
        session, actions = step(session, event)
    while actions:
        found += [action.order.aim for action in actions if isinstance(action, Make)]
        session, actions = step(session, DONE)
    return found


def start(mode="draft"):
    return Judged(OLD, tuple(OLD.clips), different=True), Session(mode)


def test_a_film_is_made_from_stills_to_the_cut():
    judged, session = start()
    assert aims(session, [judged]) == ["stills", "shots", "cut"]


def test_what_was_changed_comes_first():
    judged, session = start()
    events = [judged, DONE, DONE, DONE, Judged(NEW, ("b",), different=True)]
    assert aims(session, events) == ["changed", "stills", "shots", "cut"]


def test_a_save_drops_what_nobody_wants_and_then_goes_on():
    judged, session = start()
    session, actions = told(session, judged, Judged(NEW, ("b",), different=True))
    assert actions == (Drop(NEW.wanted),)
    session, (make,) = step(session, Rested(ok=False, dropped=True))
    assert (make.order.aim, make.order.shots, make.order.view) == ("changed", ("b",), NEW)


def test_changes_that_nobody_has_seen_are_not_forgotten_by_the_next():
    judged, session = start()
    newer = Film({"a": "7", "b": "9", "c": "3"})
    session, actions = told(
        session,
        judged,
        *(DONE, DONE, DONE),
        Judged(NEW, ("b",), different=True),
        Judged(newer, ("a",), different=True),
        Rested(ok=False, dropped=True),
    )
    assert actions[0].order.shots == ("b", "a")


def test_a_changed_shot_that_is_cut_out_is_not_made():
    judged, session = start()
    session, actions = told(
        session,
        judged,
        Judged(NEW, ("b",), different=True),
        Judged(Film({"a": "1", "c": "3"}), (), different=True),
        Rested(ok=False, dropped=True),
    )
    assert actions[0].order.aim == "stills"


def test_a_save_that_changes_nothing_disturbs_nothing():
    judged, session = start()
    session, actions = told(session, judged, Judged(OLD, (), different=False))
    assert actions == ()
    assert session.at_work is not None


def test_another_order_or_sound_needs_only_a_new_cut():
    judged, session = start()
    events = [judged, DONE, DONE, DONE, Judged(Film(dict(OLD.clips)), (), different=True)]
    assert "changed" not in aims(session, events)


def test_a_film_with_a_failed_shot_is_not_put_together():
    judged, session = start()
    session, _ = told(session, judged, DONE)
    session, actions = step(session, Rested(ok=False, dropped=False))
    assert actions == ()
    assert session.at_work is None


def test_only_checking_makes_nothing():
    judged, session = start("check")
    session, actions = step(session, judged)
    assert actions == ()
    assert session.view is OLD


@pytest.mark.parametrize("before", [(), (DONE,)])
def test_leaving_stops_all_work_and_starts_none(before):
    judged, session = start()
    session, actions = told(session, judged, *before, Left())
    assert actions == (Drop(frozenset()),)
    assert told(session, DONE, Judged(NEW, ("b",), different=True))[1] == ()
