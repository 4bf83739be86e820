"""The ordeal: everything that a text goes through, with the laws that must hold whatever it is."""

from collections import Counter
from typing import get_args

from duocast.cli.project import decode
from duocast.compiler.film import compile_film
from duocast.compiler.reader import MemoryReader
from duocast.language import Node, Source, Span, parse, render
from duocast.language.format import formatted
from duocast.language.format.formatter import LAID_OUT
from duocast.language.render import Form
from generate.letters import letters

FORMS: tuple[Form, ...] = get_args(Form)


def undergo(content: bytes, *, readings: tuple[bool, ...] = (False, True)) -> None:
    """Decode, parse, compile, render and format, strictly and leniently.

    An assertion fails, or something raises, when a law is broken.
    """
    text = decode(content)
    for lenient in readings:
        source = Source("film.scene", text)
        parsed = parse(source, lenient=lenient)
        _places_are_inside(parsed, text)
        compiled = compile_film(source, MemoryReader({}), lenient=lenient)
        for form in FORMS:
            render(
                compiled.diagnostics, compiled.sources.values(), form=form, colour=form == "full"
            )
        tidy = formatted(source, lenient=lenient)
        again = parse(Source("film.scene", tidy), lenient=lenient)
        assert _findings(again) == _findings(parsed), "the layout hides or makes a finding"
        assert len(again.script.blocks) == len(parsed.script.blocks), "the layout moves a boundary"
        assert letters(tidy) == letters(text), "a letter is lost or won"
        assert formatted(Source("film.scene", tidy), lenient=lenient) == tidy, "not idempotent"


def _places_are_inside(parsed, text):
    spans = [span for block in parsed.script.blocks for span in places(block)]
    spans += [label.span for one in parsed.diagnostics for label in one.labels]
    spans += [edit.span for one in parsed.diagnostics if one.fix for edit in one.fix.edits]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)


def places(value):
    """Every span in a part of a tree."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, Node):
        for name in value.__struct_fields__:
            yield from places(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from places(part)


def _findings(parsed):
    return Counter(one.code for one in parsed.diagnostics if one.code not in LAID_OUT)
