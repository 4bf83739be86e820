"""A backend hears how much work waits, by the labels that it asks for, and not often."""

from house import spec

from duocast.farm.core import events
from duocast.farm.core.state import Options, State
from duocast.farm.core.step import step
from duocast.farm.core.task import Needs
from duocast.farm.daemon.hints import Hints, ready_by_pool


def _ready(names: list[str]) -> State:
    """A state whose tasks are all ready, and that has no worker."""
    state = State(Options(farm=True))
    big = Needs(pool=("big",), gpu=1.0)
    specs = tuple(spec(name, needs=big) if "big" in name else spec(name) for name in names)
    for asked in step(state, events.Submitted(specs, 0.0, job="j", user="ann")):
        key = getattr(asked, "key", "")
        if key:
            step(state, events.Missed(asked.task, key, 0.0))
    return state


def test_what_waits_is_counted_by_its_labels() -> None:
    assert ready_by_pool(_ready(["a", "b", "big-c"])) == {(): 2, ("big",): 1}


def test_a_hint_comes_when_something_has_changed_and_at_most_once_a_second() -> None:
    hints, few, more = Hints(), _ready(["a"]), _ready(["a", "b"])
    assert hints.due(few, 10.0) == {(): 1}
    assert hints.due(more, 10.5) is None
    assert hints.due(more, 11.1) == {(): 2}
    assert hints.due(more, 12.2) is None
    assert hints.due(more, 42.0) == {(): 2}, "the last one may have been lost"
