"""The tables of the grammars: kept ones belong to the grammars as they are, and need nothing of Lark."""

import subprocess
import sys
from pathlib import Path

import pytest

from duocast.language import tables as module
from duocast.language.lalr import Automaton, Unread
from duocast.language.tables import KEPT, STARTS, grammar, make, tables, write


@pytest.mark.parametrize("name", STARTS)
def test_the_kept_tables_are_those_that_lark_makes_now(name):
    assert tables(name) == make(grammar(name), STARTS[name]), "python -m duocast.language.tables"


def test_writing_them_again_changes_no_byte(tmp_path, monkeypatch):
    again = tmp_path / "tables.json"
    monkeypatch.setattr(module, "KEPT", again)
    write()
    assert again.read_bytes() == Path(KEPT).read_bytes()


@pytest.mark.parametrize("kept", [b"{}", b"not even JSON", None])
def test_tables_that_do_not_fit_are_made_on_the_spot(kept, tmp_path, monkeypatch):
    path = tmp_path / "tables.json"
    if kept is not None:
        path.write_bytes(kept)
    monkeypatch.setattr(module, "KEPT", path)
    assert tables("script") == make(grammar("script"), STARTS["script"])


def test_tables_of_another_grammar_are_not_used(monkeypatch):
    monkeypatch.setattr(module, "grammar", lambda _: "script: CARD*\n%declare CARD\n")
    assert len(tables("script").states) < 10


def test_parsing_imports_nothing_of_lark():
    code = (
        "import sys; from duocast.language import Source, parse; "
        "parse(Source('f', 'INT. A - DAY\\n\\nMARA\\n[beat] No.\\n')); "
        "print([m for m in sys.modules if m.startswith('lark')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


class Token:
    def __init__(self, kind):
        self.type = kind


class Rules:
    def sum(self, children):
        return [child.type for child in children]

    def pair(self, children):
        return tuple(child.type for child in children)


def read(kinds):
    table = make("sum: item (COMMA item)*\n?item: pair | NUMBER\npair: LEFT NUMBER* RIGHT\n"
                 "%declare NUMBER COMMA LEFT RIGHT\n", ("sum",))  # fmt: skip
    rules = Rules()
    rules.sum = lambda children: [getattr(child, "type", child) for child in children]
    waiting = [Token(kind) for kind in kinds.split()]
    return Automaton(table, rules).read("sum", lambda _: waiting.pop(0) if waiting else None)


def test_repetitions_and_single_parts_are_values_of_the_rule_around_them():
    assert read("NUMBER COMMA LEFT NUMBER NUMBER RIGHT COMMA LEFT RIGHT") == [
        "NUMBER", "COMMA", ("LEFT", "NUMBER", "NUMBER", "RIGHT"), "COMMA", ("LEFT", "RIGHT"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "token", "expected"),
    [("NUMBER NUMBER", "NUMBER", "COMMA"), ("NUMBER COMMA", None, "LEFT"), ("", None, "NUMBER")],
)
def test_what_cannot_be_read(kinds, token, expected):
    with pytest.raises(Unread) as found:
        read(kinds)
    assert getattr(found.value.token, "type", None) == token
    assert expected in found.value.expected
