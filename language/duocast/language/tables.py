"""The tables of the grammars: made by Lark from the `.lark` files beside this one, kept in `tables.json`.

    python -m duocast.language.tables        write them again, after a grammar was changed

Tables that do not belong to the grammar as it is now are not used: they are made on the spot, which takes a while.
"""

# Importing pathlib takes longer than reading the tables.
# ruff: noqa: PTH118, PTH120, PTH123

import os.path
from collections.abc import Sequence
from typing import Any

import msgspec

from duocast.language.lalr import Rule, Tables

STARTS = {"script": ("script",), "direction": ("direction", "option", "transition")}
_HERE = os.path.dirname(__file__)
KEPT = os.path.join(_HERE, "tables.json")


def grammar(name: str) -> str:
    """The text of a grammar."""
    with open(os.path.join(_HERE, f"{name}.lark"), encoding="utf-8") as file:
        return file.read()


def tables(name: str) -> Tables:
    """The tables of a grammar."""
    text = grammar(name)
    kept = _kept().get(name)
    if kept is not None and kept.grammar == text:
        return kept
    return make(text, STARTS[name])


def _kept() -> dict[str, Tables]:
    try:
        with open(KEPT, "rb") as file:
            return msgspec.json.decode(file.read(), type=dict[str, Tables])
    except (FileNotFoundError, msgspec.MsgspecError):
        return {}


def make(text: str, starts: Sequence[str], *, strict: bool = False) -> Tables:
    """What Lark makes of a grammar's text; `strict` (it needs interegular) refuses any conflict."""
    from lark import Lark  # slow to import, and not needed where tables are kept
    from lark.lexer import Lexer

    class Elsewhere(Lexer):
        """The lexers are functions of ours."""

        __future_interface__ = 2

        def __init__(self, lexer_conf: object) -> None:
            pass

        def lex(self, lexer_state: Any, parser_state: Any) -> Any:  # noqa: ANN401  # Lark's signature
            """Never asked."""
            raise NotImplementedError

    made: Any = Lark(
        text, parser="lalr", lexer=Elsewhere, start=list(starts), maybe_placeholders=False, strict=strict
    )  # fmt: skip
    return _tables(text, made.parser.parser._parse_table)  # Lark offers no other way to its table


def _tables(text: str, table: Any) -> Tables:  # noqa: ANN401  # Lark's ParseTable
    """Lark's table in an order of our own: Lark's changes from run to run."""
    starts = sorted(table.start_states)
    order = _reached(table.states, [table.start_states[start] for start in starts])
    moves = [move for state in order for move in table.states[state].values()]
    reduced = {rule for action, rule in moves if not _shifts(action)}
    rules = sorted(reduced, key=lambda rule: (rule.origin.name, rule.order, str(rule)))
    numbers: dict[Any, int] = {state: number for number, state in enumerate(order)}
    numbers |= {rule: -1 - number for number, rule in enumerate(rules)}
    return Tables(
        text,
        {start: (numbers[table.start_states[start]], numbers[table.end_states[start]]) for start in starts},
        [
            {symbol: numbers[target] for symbol, (_, target) in sorted(table.states[state].items())}
            for state in order
        ],
        [_rule(rule) for rule in rules],
    )  # fmt: skip


def _shifts(action: object) -> bool:
    return str(action) == "Shift"


def _reached(states: Any, starts: list[Any]) -> list[Any]:  # noqa: ANN401  # Lark's states
    """All states, in the order in which a walk from the starts comes to them."""
    order = list(dict.fromkeys(starts))
    known = set(order)
    for state in order:
        for _, (action, target) in sorted(states[state].items()):
            if _shifts(action) and target not in known:
                known.add(target)
                order.append(target)
    return order


def _rule(rule: Any) -> Rule:  # noqa: ANN401  # Lark's Rule
    origin = str(rule.origin.name)
    parts = [str(symbol.name) for symbol in rule.expansion]
    spread = tuple(at for at, part in enumerate(parts) if part.startswith("_"))
    name = "" if origin.startswith("_") else str(rule.alias or origin)
    inline = bool(rule.options.expand1 and not rule.alias)
    return Rule(origin, len(parts), name, inline, spread)


def write() -> None:
    """Make the tables of all grammars and keep them."""
    made = {name: make(grammar(name), starts) for name, starts in STARTS.items()}
    text = msgspec.json.format(msgspec.json.encode(made, order="sorted"), indent=0) + b"\n"
    with open(KEPT, "wb") as file:
        file.write(text)


if __name__ == "__main__":
    write()
