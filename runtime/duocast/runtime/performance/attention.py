"""Where somebody looks: whom they address, who speaks, glances aside; as goals one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass

from duocast.compiler.operations.animate import Actor
from duocast.compiler.operations.compose import Placed
from duocast.runtime.performance.accents import phrases
from duocast.runtime.performance.bearing import manner_of
from duocast.runtime.performance.chance import draw, generator
from duocast.runtime.performance.stream import Stretch, stretches
from duocast.runtime.performance.view import ShotView, Spoken

FACING = 32.0
"""Degrees from the lens at which somebody is turned who looks at a neighbour."""
SHORT_LINE = 0.9
"""Seconds: nobody turns their head for less."""


@dataclass(frozen=True, slots=True)
class Goal:
    """From `at` (shot time) on, the eyes point `x` right and `y` down (degrees beside the head at rest).

    `head` is the share of the way that the head turns too.
    """

    at: float
    x: float
    y: float
    head: float = 0.62


def goals(view: ShotView, placed: Placed, actor: Actor) -> tuple[Goal, ...]:
    """All goals of one person in order; the first is in force from the beginning."""
    base = sorted(_conversation(view, placed, actor), key=lambda goal: goal.at)
    base = _with_looks(view, placed, actor, base)
    return _with_glances(base, _glances(view, actor))


def _conversation(view: ShotView, placed: Placed, actor: Actor) -> Iterable[Goal]:
    """Speakers look at whom they address, listeners at the speaker, each a moment before or after the line starts."""
    if not view.lines:
        yield Goal(float("-inf"), 0.0, 0.0)
    busy = float("-inf")
    for i, spoken in enumerate(view.lines):
        if spoken.role == actor.role:
            busy = spoken.end
            at = spoken.zero - 0.12 - 0.1 * draw(actor.role, spoken.line, "turns")
            yield _own(view, placed, actor, spoken, float("-inf") if i == 0 else at)
        elif view.params.listeners_look_at_speaker and (i == 0 or spoken.take.seconds > SHORT_LINE):
            at = (
                max(spoken.zero, min(busy, spoken.zero + 2.0))
                + 0.16
                + 0.22 * draw(actor.role, spoken.line, "hears")
            )
            x, y = direction(view, placed, spoken.role)
            yield Goal(float("-inf") if i == 0 else at, x, y)
        elif i == 0:
            yield Goal(float("-inf"), 0.0, 0.0)


def _own(view: ShotView, placed: Placed, actor: Actor, spoken: Spoken, at: float) -> Goal:
    manner = manner_of(actor, spoken.line)
    if manner.down > 0:
        return Goal(at, 3.0, 17.0, 0.35)
    target = dict(actor.addresses).get(spoken.line, "lens")
    x, y = direction(view, placed, "away" if manner.away > 0 else target)
    return Goal(at, x, y)


def direction(view: ShotView, placed: Placed, target: str) -> tuple[float, float]:
    """Degrees right and down from the head at rest to `target`. Somebody out of frame is where the head faces."""
    if target == "lens":
        return (-placed.yaw if placed.view == "front" else 0.0, 0.0)
    if target == "away":
        return (-24.0 if placed.yaw >= 0 else 24.0, 5.0)
    if target == "down":
        return (2.0, 20.0)
    other = next((p for p in view.layout.people if p.role == target), None)
    if other is None or other.role == placed.role or placed.view == "back":
        return (0.0, 0.0)
    return _towards(placed, other)


def _towards(placed: Placed, other: Placed) -> tuple[float, float]:
    """The way from one face to another: a head already turned that way only adds what the eyes add."""
    right = _centre(other)[0] - _centre(placed)[0]
    side = 1.0 if right >= 0 else -1.0
    away = FACING - side * placed.yaw
    x = side * (max(4.0, min(away, 12.0)) if side * placed.yaw > 8 else min(away, 62.0))
    reach = max(abs(right), 2.0 * placed.face[3])
    drop = (_centre(other)[1] - _centre(placed)[1]) / reach
    return (x, max(-8.0, min(8.0, 22.0 * drop)))


def _centre(placed: Placed) -> tuple[float, float]:
    x, y, width, height = placed.face
    return (x + width / 2, y + height / 2)


def _with_looks(view: ShotView, placed: Placed, actor: Actor, base: list[Goal]) -> list[Goal]:
    """The written looks put in: at a person or the lens they last, away or down they come back."""
    for gesture in actor.gestures:
        if gesture.kind != "look":
            continue
        at = when(view, gesture.line, gesture.word, gesture.beat)
        x, y = direction(view, placed, gesture.target or "away")
        if gesture.target in ("away", "down", ""):
            base = list(_with_glances(base, [(Goal(at, x, y, 0.5), 1.5, False)]))
        else:
            base = sorted([*base, Goal(at, x, y)], key=lambda goal: goal.at)
    return base


def when(view: ShotView, line: str | None, word: int, beat: int | None = None) -> float:
    """The shot time of a word of a line, or of a beat without a line.

    Without either it is the shot's start; its end, if the word is never said.
    """
    spoken = view.line(line)
    if spoken is None and beat is not None and beat < len(view.beats):
        return view.beats[beat] + 0.15
    if spoken is None:
        return 0.15 if line is None else view.frames * view.period
    words = spoken.take.words
    return spoken.zero + (words[word].start if word < len(words) else spoken.take.seconds)


Glance = tuple[Goal, float, bool]
"""A goal beside the one in force, for some seconds; True if `x` and `y` are offsets from it."""


def _glances(view: ShotView, actor: Actor) -> list[Glance]:
    """Short looks aside: speakers while they think, listeners now and then."""
    found: list[Glance] = []
    for stretch in stretches(view):
        spoken = stretch.line
        own = spoken is not None and spoken.role == actor.role
        found += _thinking(stretch, actor) if own else _wandering(stretch, actor)
    return found


def _thinking(stretch: Stretch, actor: Actor) -> list[Glance]:
    spoken = stretch.line
    assert spoken is not None
    found: list[Glance] = []
    for i, phrase in enumerate(phrases(spoken)):
        likely = (
            0.30 if i == 0 and spoken.take.seconds > 2.5 else 0.55 if phrase.pause > 0.3 else 0.12
        )
        if phrase.end - phrase.start < 0.6 or draw(actor.role, spoken.line, "glance", i) > likely:
            continue
        at = phrase.start + 0.1 if i == 0 else phrase.end - 0.08
        found.append(_aside(actor.role, spoken.line, i, stretch.zero + at, 0.55))
    return found


def _wandering(stretch: Stretch, actor: Actor) -> list[Glance]:
    chance = generator(actor.role, stretch.name, "wander")
    found: list[Glance] = []
    at = -2.0 + 4.0 * chance.random()
    for i in range(24):
        at += 4.5 + 6.0 * chance.random()
        if stretch.start <= stretch.zero + at < stretch.stop - 0.8:
            found.append(_aside(actor.role, stretch.name, i, stretch.zero + at, 0.4))
    return found


def _aside(role: str, name: str, i: int, at: float, seconds: float) -> Glance:
    chance = generator(role, name, "aside", i)
    side = 1.0 if chance.random() < 0.5 else -1.0
    up = chance.random() < 0.4
    x = side * (6.0 + 8.0 * chance.random())
    y = -(3.0 + 4.0 * chance.random()) if up else 3.0 + 6.0 * chance.random()
    return Goal(at, x, y, 0.22), seconds * (0.8 + 0.7 * chance.random()), True


def _with_glances(base: Iterable[Goal], glances: Iterable[Glance]) -> tuple[Goal, ...]:
    """Each glance and the way back; one that begins before the last has ended is left out."""
    merged = sorted(base, key=lambda goal: goal.at)
    free = float("-inf")
    for goal, seconds, beside in sorted(glances, key=lambda g: g[0].at):
        if goal.at < free:
            continue
        free = goal.at + seconds + 0.5
        now = _in_force(merged, goal.at)
        x, y = (now.x + goal.x, now.y + goal.y) if beside else (goal.x, goal.y)
        back = _in_force(merged, goal.at + seconds)
        within = [g for g in merged if not goal.at < g.at <= goal.at + seconds]
        returned = Goal(goal.at + seconds, back.x, back.y, back.head)
        merged = sorted([*within, Goal(goal.at, x, y, goal.head), returned], key=lambda g: g.at)
    return tuple(merged)


def _in_force(goals_so_far: list[Goal], at: float) -> Goal:
    held = [goal for goal in goals_so_far if goal.at <= at]
    return held[-1] if held else goals_so_far[0]
