"""An LALR automaton: runs the tables that Lark makes of a grammar, and calls a method for each rule.

The tables stand beside the grammars (see `tables`), so that reading a script imports nothing of Lark.
"""

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any, Protocol

import msgspec

Accepts = Mapping[str, int]
"""What a state can take next: terminals and rules, each with its move."""
END = "$END"


class Terminal(Protocol):
    """What a lexer gives: anything that says which terminal it is."""

    type: str


class Unread(Exception):
    """The grammar could not go on at `token` (None: the text ended); `expected` is what it could have taken."""

    def __init__(self, token: Terminal | None, expected: tuple[str, ...]) -> None:
        super().__init__(f"unexpected {token!r}, one of {expected} was expected")
        self.token = token
        self.expected = expected


class Rule(msgspec.Struct, frozen=True, array_like=True):
    """A rule of the grammar: how many parts it takes off the stack, and what becomes of them."""

    origin: str
    size: int
    name: str
    """The method that makes its value; empty for a part of a repetition, whose values go into the rule around it."""
    inline: bool
    """With one part only, that part is its value."""
    spread: tuple[int, ...]
    """The parts that are repetitions."""


class Tables(msgspec.Struct, frozen=True):
    """A grammar, and what Lark made of it. A move is a state to go to, or `-1 - rule` to reduce by."""

    grammar: str
    starts: dict[str, tuple[int, int]]
    states: list[dict[str, int]]
    rules: list[Rule]


Action = Callable[[list[Any]], Any]


class Automaton:
    """The parser of one grammar; `methods` has one method for each rule."""

    def __init__(self, tables: Tables, methods: object) -> None:
        self._starts = tables.starts
        self._states = tables.states
        self._rules = [(rule.size, _action(rule, methods), rule.origin) for rule in tables.rules]

    def read(self, start: str, following: Callable[[Accepts], Terminal | None]) -> Any:  # noqa: ANN401  # what the rule's method returns
        """The value of the rule `start`; `following` gives the next token, knowing what can be taken, or None.

        Raises Unread.
        """
        states, rules = self._states, self._rules
        first, last = self._starts[start]
        stack, values = [first], list[Any]()
        accepts = states[first]
        while True:
            token = following(accepts)
            kind = END if token is None else token.type
            while True:
                move = accepts.get(kind)
                if move is None:
                    raise Unread(token, tuple(sorted(filter(str.isupper, accepts))))
                if move >= 0:
                    break
                size, action, origin = rules[-1 - move]
                if size:
                    children = values[-size:]
                    del values[-size:], stack[-size:]
                else:
                    children = []
                values.append(action(children))
                move = states[stack[-1]][origin]
                stack.append(move)
                if move == last and token is None:
                    return values[-1]
                accepts = states[move]
            stack.append(move)
            values.append(token)
            accepts = states[move]


def _action(rule: Rule, methods: object) -> Action:
    if rule.inline and rule.size == 1 and not rule.spread:
        return itemgetter(0)
    act: Action = getattr(methods, rule.name) if rule.name else list
    if rule.spread:
        act = _spreading(act, rule.spread)
    return _inlining(act) if rule.inline else act


def _spreading(act: Action, at: tuple[int, ...]) -> Action:
    grows = act is list and at[0] == 0

    def spread(children: list[Any]) -> Any:  # noqa: ANN401  # as the rule's method
        flat: list[Any] = []
        if (
            grows
        ):  # a repetition goes on in its own list: a copy for each part would take quadratic time
            flat, *children = children
        for index, child in enumerate(children, grows):
            if index in at:
                flat.extend(child)
            else:
                flat.append(child)
        return flat if grows else act(flat)

    return spread


def _inlining(act: Action) -> Action:
    return lambda children: children[0] if len(children) == 1 else act(children)
