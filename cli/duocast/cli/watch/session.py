"""The session: what a watch does next. A pure function from a state and an event to the next state and actions.

The shots that were changed come first, then the stills that are missing, the other shots, and the cut. A save while
something is being made drops what the new film does not need; work that it does need goes on to its end.
"""

from dataclasses import dataclass, replace
from typing import Literal

from duocast.cli.watch.view import View

Mode = Literal["check", "draft", "render"]
Aim = Literal["changed", "stills", "shots", "cut"]


@dataclass(frozen=True, slots=True)
class Order:
    """One piece of making: `shots` are the changed ones (ids), for the aim `changed`."""

    aim: Aim
    view: View
    shots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """Where a watch stands."""

    mode: Mode
    view: View | None = None
    """The last good film."""
    urgent: tuple[str, ...] = ()
    """Changed shots that nobody has seen yet."""
    at_work: Order | None = None
    ahead: tuple[Aim, ...] = ()
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A save was judged good. `changed`: ids of shots with another picture; `different`: the film is another one."""

    view: View
    changed: tuple[str, ...]
    different: bool


@dataclass(frozen=True, slots=True)
class Rested:
    """The order at work has ended: `ok` if all of it is there, `dropped` if it was cut short."""

    ok: bool
    dropped: bool


@dataclass(frozen=True, slots=True)
class Left:
    """The watch is to end."""


Event = Judged | Rested | Left


@dataclass(frozen=True, slots=True)
class Make:
    """Begin this order."""

    order: Order


@dataclass(frozen=True, slots=True)
class Drop:
    """End the order at work, but for running tasks whose static keys are among these."""

    spared: frozenset[str]


Action = Make | Drop


def step(session: Session, event: Event) -> tuple[Session, tuple[Action, ...]]:
    """What follows from an event."""
    if session.ended:
        return session, ()
    match event:
        case Judged():
            return _judged(session, event)
        case Rested():
            return _rested(session, event)
        case Left():
            dropping = (Drop(frozenset()),) if session.at_work is not None else ()
            return replace(session, ended=True, ahead=(), urgent=()), dropping


def _judged(session: Session, event: Judged) -> tuple[Session, tuple[Action, ...]]:
    if session.mode == "check" or not event.different:
        return replace(session, view=event.view), ()
    pending = [*(shot for shot in session.urgent if shot not in event.changed), *event.changed]
    first = session.view is None
    urgent = () if first else tuple(shot for shot in pending if shot in event.view.clips)
    session = replace(session, view=event.view, urgent=urgent, ahead=_aims(urgent))
    if session.at_work is None:
        return _next(session)
    return session, (Drop(event.view.wanted),)


def _rested(session: Session, event: Rested) -> tuple[Session, tuple[Action, ...]]:
    done = session.at_work
    ahead = session.ahead
    if done is not None and not event.dropped and not event.ok and done.view is session.view:
        ahead = tuple(aim for aim in ahead if aim != "cut")
    seen = done is not None and done.aim == "changed" and not event.dropped
    urgent = tuple(s for s in session.urgent if done is None or not seen or s not in done.shots)
    return _next(replace(session, at_work=None, ahead=ahead, urgent=urgent))


def _next(session: Session) -> tuple[Session, tuple[Action, ...]]:
    if session.view is None or not session.ahead:
        return session, ()
    aim, *ahead = session.ahead
    order = Order(aim, session.view, session.urgent if aim == "changed" else ())
    return replace(session, at_work=order, ahead=tuple(ahead)), (Make(order),)


def _aims(urgent: tuple[str, ...]) -> tuple[Aim, ...]:
    return ("changed", "stills", "shots", "cut") if urgent else ("stills", "shots", "cut")
