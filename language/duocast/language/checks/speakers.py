"""Speakers: names with nothing under them, and speeches that read as prose."""

from duocast.language.diagnostic import Edit, Fix, Label, removal, replacement
from duocast.language.node import Text
from duocast.language.nodes import Action, Block, Script, Speech
from duocast.language.pattern import pattern
from duocast.language.reading import Reading

_AFTER_NAME = pattern(r"[(:\[^]")


def check_silent_speakers(reading: Reading, script: Script) -> None:
    """The name of a speaker with nothing under it."""
    for block, following in zip(script.blocks, (*script.blocks[1:], None), strict=False):
        if isinstance(block, Speech) and not block.content and not block.cut_off:
            _report_silent(reading, block, block.name.text, following)
        elif isinstance(block, Action) and not block.forced and len(block.lines) == 1:
            name = block.lines[0].text
            if name.isupper() and _key(name) in reading.cast:
                _report_silent(reading, block, name, following)


def _report_silent(
    reading: Reading, block: Speech | Action, name: str, following: Block | None
) -> None:
    if reading.lenient:
        return
    fix = removal(block.span, "remove the name", safe=False)
    if isinstance(following, Action) and not following.forced:
        gap = Edit(reading.span(block.span.end, following.span.start), "\n")
        fix = Fix("remove the empty line between the name and what is said", (gap,), safe=False)
    reading.error(
        "S0104",
        f"{name} has nothing to say here",
        Label(block.span, "the line must stand right under the name"),
        hint="write what is said on the line under the name, with no empty line between",
        fix=fix,
    )


def check_speakers_in_prose(reading: Reading, script: Script) -> None:
    """A speech that reads as prose: `MARA: Hello.` on one line, or a name that does not stand alone in capitals."""
    names = frozenset() if reading.lenient else reading.cast
    for block in script.blocks:
        if names and isinstance(block, Action) and not block.forced:
            first = block.lines[0]
            before, colon, after = first.text.partition(":")
            if colon and after.strip() and _key(before) in names:
                _report_same_line(reading, first, len(before))
            elif len(block.lines) > 1 and _key(first.text) in names:
                _report_name(reading, first)


def _key(text: str) -> str:
    """The key of a name that may have extensions, a colon or a direction after it."""
    return " ".join(_AFTER_NAME.split(text, maxsplit=1)[0].split()).upper()


def _report_same_line(reading: Reading, first: Text, length: int) -> None:
    start = first.span.start
    name = first.text[:length].rstrip()
    rest = first.text[length + 1 :].lstrip()
    joint = reading.span(start, first.span.end - len(rest))
    reading.error(
        "S0110",
        f"what {name} says stands on the line of the name",
        Label(reading.span(start, start + length + 1), "nobody says this line"),
        fix=Fix("put the name on its own line", (Edit(joint, name.upper() + "\n"),)),
    )


def _report_name(reading: Reading, first: Text) -> None:
    directed = "[" in first.text
    meant = first.text.rstrip(": ").upper()
    reading.error(
        "S0111",
        "the name of a speaker stands alone on its line, in capitals",
        Label(first.span, "nobody speaks here" if directed else f"did you mean {meant}?"),
        hint="put the direction into the line under the name" if directed else "",
        fix=None if directed else replacement(first.span, meant),
    )
