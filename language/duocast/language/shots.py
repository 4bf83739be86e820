"""From phrases to directions: the grammar's rules become nodes while it parses, and facets become one shot."""

from collections.abc import Iterable
from typing import Any, Literal

from msgspec import Struct

from duocast.language.cue import Until
from duocast.language.direction import (
    Coverage,
    Delivery,
    Direction,
    Gesture,
    Hold,
    LookAt,
    Mark,
    Move,
    Pause,
    SayAs,
    Shot,
    Vocal,
    Wears,
)
from duocast.language.node import Name, Text
from duocast.language.nodes import Transition
from duocast.language.phrases import PhraseToken
from duocast.language.source import Span


class Facet(Struct, frozen=True):
    """One thing said about a shot or a cue: a field of it, its value, and where it was said."""

    field: str
    value: Any
    span: Span


Children = list[Any]
HoldKind = Literal["at least", "exactly", "until end of line"]


def _span(children: Children) -> Span:
    """From the first to the last token of a rule."""
    places = [child for child in children if child is not None]
    first, last = places[0], places[-1]
    span: Span = first.span
    return span.to(last.span)


def _of(children: Children, *kinds: str) -> Any:  # noqa: ANN401  # a token's meaning, narrowed by the node it goes into
    """The value of the first token of one of these terminals, or None."""
    found = (
        child.value for child in children if isinstance(child, PhraseToken) and child.type in kinds
    )
    return next(found, None)


def _name(token: PhraseToken) -> Name:
    return Name(str(token.value), span=token.span)


def _named(children: Children) -> list[Name]:
    return [
        _name(child)
        for child in children
        if isinstance(child, PhraseToken) and child.type == "NAME"
    ]


def _seconds(children: Children) -> float | None:
    number = _of(children, "TIME")
    return None if number is None else number.value


class _Names(Struct, frozen=True):
    names: tuple[Name, ...]
    span: Span


Item = tuple[Facet, ...] | Direction


class DirectionRules:
    """One method for each rule of the direction grammar."""

    def direction(self, children: Children) -> list[Item]:
        """The items of a bracket, in order."""
        return [child for child in children if not isinstance(child, PhraseToken)]

    def names(self, children: Children) -> _Names:
        """`MARA and JONAS`."""
        return _Names(tuple(_named(children)), _span(children))

    def _facets(self, field: str, children: Children) -> Item:
        facets = [Facet(field, children[0].value, _span(children[:1]))]
        if isinstance(children[-1], _Names):
            facets.append(Facet("subjects", children[-1].names, children[-1].span))
        return tuple(facets)

    def size(self, children: Children) -> Item:
        """`close on MARA`."""
        return self._facets("size", children)

    def framing(self, children: Children) -> Item:
        """`two-shot`."""
        return self._facets("framing", children)

    def subjects(self, children: Children) -> Item:
        """`MARA and JONAS` alone."""
        return (Facet("subjects", children[0].names, children[0].span),)

    def over(self, children: Children) -> Item:
        """`OTS JONAS`, or `OTS MARA onto JONAS` with the back first."""
        names = tuple(reversed(_named(children)))
        facets = [Facet("framing", "over-the-shoulder", _span(children))]
        if names:
            facets.append(Facet("subjects", names, _span(children)))
        return tuple(facets)

    def over_named(self, children: Children) -> Item:
        """`over MARA onto JONAS`."""
        return self.over(children)

    def insert(self, children: Children) -> Item:
        """`insert on "phone"`."""
        last = children[-1]
        span = _span([last])
        thing = Text(last.value, last.type == "QUOTED", span=span)
        return (Facet("framing", "insert", _span(children)), Facet("thing", thing, span))

    def lens(self, children: Children) -> Item:
        """`35mm`."""
        return (Facet("lens_mm", children[0].value.value, _span(children)),)

    def angle(self, children: Children) -> Item:
        """`low angle`."""
        return (Facet("angle", children[0].value, _span(children)),)

    def target(self, children: Children) -> Name:
        """`to JONAS`; where it comes from is where the shot already is."""
        return _named(children)[-1]

    def move(self, children: Children) -> Item:
        """`slow push in on MARA over 4s`."""
        move = Move(
            _of(children, "MOVE"),
            _of(children, "SPEED") or "ordinary",
            _seconds(children),
            next((child for child in children if isinstance(child, Name)), None),
            span=_span(children),
        )
        return (Facet("move", move, move.span),)

    def hold(self, children: Children) -> Item:
        """`hold 4s` or `4s`."""
        return self._hold("at least", children)

    def exactly(self, children: Children) -> Item:
        """`exactly 4s`."""
        return self._hold("exactly", children)

    def hold_line(self, children: Children) -> Item:
        """`hold until end of line`."""
        return self._hold("until end of line", children)

    def _hold(self, kind: HoldKind, children: Children) -> Item:
        hold = Hold(kind, _seconds(children) or 0.0, span=_span(children))
        return (Facet("hold", hold, hold.span),)

    def reference(self, children: Children) -> Item:
        """`camera A`, `look KODAK`, `engine: veo`."""
        return (Facet(children[0].type.lower(), _name(children[-1]), _span(children)),)

    def coverage(self, children: Children) -> Item:
        """`podcast`."""
        return Coverage(children[-1].value, span=_span(children))

    def cutting(self, children: Children) -> Item:
        """`no reactions`."""
        return Coverage(None, (children[0].value,), span=_span(children))

    def delivery(self, children: Children) -> Item:
        """`whisper`, `slow`, `pace 80%`, `pitch -2st`."""
        first, span = children[0], _span(children)
        if first.type in ("PACE", "PITCH"):
            value = children[1].value.value
            return Delivery(
                "pace" if first.type == "PACE" else "pitch",
                round(value / 100, 4) if first.type == "PACE" else value,
                span=span,
            )
        return Delivery(first.value, span=span)

    def say(self, children: Children) -> Item:
        """`say "GIF" as "jif"`."""
        word, how = (
            Text(child.value, quoted=True, span=_span([child]))
            for child in children
            if child.type == "QUOTED"
        )
        return SayAs(word, how, span=_span(children))

    def wears(self, children: Children) -> Item:
        """`MARA wears a red coat`."""
        last = children[-1]
        clothes = Text(str(last.value), last.type == "QUOTED", span=_span([last]))
        return Wears(_name(children[0]), clothes, span=_span(children))

    def pause(self, children: Children) -> Item:
        """`beat`, `pause 1.2s`."""
        seconds = _seconds(children)
        return Pause(float(children[0].value) if seconds is None else seconds, span=_span(children))

    def vocal(self, children: Children) -> Item:
        """`laughs`."""
        return Vocal(children[-1].value, _who(children[:-1]), span=_span(children))

    def gesture(self, children: Children) -> Item:
        """`nods`."""
        return Gesture(children[-1].value, _who(children[:-1]), span=_span(children))

    def look_at(self, children: Children) -> Item:
        """`looks at JONAS`."""
        return LookAt("role", _name(children[-1]), _who(children[:-2]), span=_span(children))

    def look_away(self, children: Children) -> Item:
        """`looks down`."""
        return LookAt(children[-1].value, None, _who(children[:-1]), span=_span(children))

    def mark(self, children: Children) -> Item:
        """`#ring`."""
        return Mark(_name(children[0]), span=_span(children))

    def fade(self, children: Children) -> Item:
        """`fade in 2s`; one second where no length is given."""
        seconds = _seconds(children)
        field = children[0].type.lower()
        return (Facet(field, 1.0 if seconds is None else seconds, _span(children)),)

    def loop(self, children: Children) -> Item:
        """`loop`."""
        return (Facet("loop", True, _span(children)),)

    def duck(self, children: Children) -> Item:
        """`duck 9dB under dialogue`, `duck under MARA`."""
        span, depth = _span(children), _of(children, "DECIBELS")
        return (
            Facet("duck", True, span),
            Facet("duck_db", None if depth is None else -abs(depth.value), span),
            Facet("duck_under", _who(children), span),
        )

    def no_duck(self, children: Children) -> Item:
        """`no duck`."""
        return (Facet("duck", False, _span(children)),)

    def place(self, children: Children) -> Item:
        """`top left`."""
        return (Facet("place", children[0].value, _span(children)),)

    def under(self, children: Children) -> Item:
        """`under MARA`; under all dialogue it is the same as ducking."""
        who = _who(children)
        return (
            Facet("under", who, _span(children)) if who else Facet("duck", True, _span(children)),
        )

    def at(self, children: Children) -> Item:
        """`at #ring`."""
        return (Facet("at", _name(children[-1]), _span(children)),)

    def start(self, children: Children) -> Item:
        """`from 12s`."""
        return (Facet("start", _seconds(children), _span(children)),)

    def until(self, children: Children) -> Item:
        """`until MARA speaks`."""
        token = children[1]
        if token.type == "END_OF":
            until = Until(token.value, span=_span(children))
        else:
            kind: Any = "mark" if token.type == "MARK" else "speaks"
            until = Until(kind, _name(token), span=_span(children))
        return (Facet("until", until, until.span),)

    def length(self, children: Children) -> Item:
        """`for 3s` or `3s`."""
        return (Facet("seconds", _seconds(children), _span(children)),)

    def stop(self, children: Children) -> Item:
        """`stop`."""
        return (Facet("stop", True, _span(children)),)

    def level(self, children: Children) -> Item:
        """`-24dB`."""
        return (Facet("level_db", children[-1].value.value, _span(children)),)

    def transition(self, children: Children) -> Transition:
        """`dissolve 1.5s`."""
        kind, seconds = children[0].value, _seconds(children)
        if kind == "cut to black":
            kind, seconds = "fade to black", 0.0
        return Transition(kind, seconds, span=_span(children))


def _who(children: Children) -> Name | None:
    return next(iter(_named(children)), None)


def assemble(
    items: Iterable[Item], span: Span
) -> tuple[tuple[Direction, ...], tuple[tuple[Facet, Facet], ...]]:
    """The directions of a bracket: all facets make one shot, which stands where the first of them stood.

    The second value has the facets that were said twice, each with the one before it.
    """
    directions: list[Direction | None] = []
    fields: dict[str, Facet] = {}
    clashes: list[tuple[Facet, Facet]] = []
    for item in items:
        if isinstance(item, Coverage):
            _merge(directions, item)
            continue
        if not isinstance(item, tuple):
            directions.append(item)
            continue
        if not fields:
            directions.append(None)
        for facet in item:
            if facet.field in fields:
                clashes.append((fields[facet.field], facet))
            fields.setdefault(facet.field, facet)
    if not fields:
        return tuple(filter(None, directions)), ()
    shot = Shot(**{field: facet.value for field, facet in fields.items()}, span=span)
    return tuple(direction or shot for direction in directions), tuple(clashes)


def _merge(directions: list[Direction | None], item: Coverage) -> None:
    """The options of a policy stand in its bracket, before or after it."""
    for index, before in enumerate(directions):
        if isinstance(before, Coverage) and None in (before.policy, item.policy):
            policy = before.policy or item.policy
            span = before.span.to(item.span)
            directions[index] = Coverage(policy, (*before.options, *item.options), span=span)
            return
    directions.append(item)
