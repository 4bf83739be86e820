"""Fountain: a manuscript as a plain Fountain page (https://fountain.io/syntax)."""

import re
from collections.abc import Iterator

from duocast.language.interchange.element import Element, Manuscript, Run
from duocast.language.interchange.kept import kept

_SPEECH = ("character", "parenthetical", "dialogue")
_STARS = {0: "", 1: "*", 2: "**", 3: "***"}
_HEADING = re.compile(r"(?:INT|EXT|EST|I/E|INT\.?/EXT)[. ]", re.IGNORECASE)
_MARKUP = re.compile(r"[*_]")
_SHAPED = re.compile(r"[.@!~>#=]|.*TO:$")


def write_fountain(manuscript: Manuscript) -> str:
    """The text of the page, with a last line end."""
    lines = [*_title_page(manuscript)]
    before: Element | None = None
    for element in manuscript.elements:
        if lines and not _goes_on(before, element):
            lines.append("")
        lines += _LINES[element.kind](element) if element.kind in _LINES else ["==="]
        before = element
    return "\n".join(lines).strip("\n") + "\n"


def _title_page(manuscript: Manuscript) -> Iterator[str]:
    for key, values in manuscript.title_page:
        if len(values) == 1:
            yield f"{key}: {values[0]}"
        else:
            yield f"{key}:"
            yield from (f"    {value}" for value in values)


def _goes_on(before: Element | None, element: Element) -> bool:
    return (
        before is not None
        and before.kind in _SPEECH
        and element.kind in _SPEECH
        and element.kind != "character"
    )


def _text(runs: tuple[Run, ...]) -> str:
    """The runs; a remark keeps its distance from the word behind it."""
    parts: list[str] = []
    for run in runs:
        text = _run(run)
        behind = bool(parts) and parts[-1].endswith(("]]", "*/"))
        if behind and (text[:1].isalnum() or text[:1] in ("*", "[", '"', "“")):
            parts.append(" ")
        parts.append(text)
    return "".join(parts)


def _run(run: Run) -> str:
    if run.remark:
        return _aside(run)
    escaped = _MARKUP.sub(r"\\\g<0>", run.text)
    words = escaped.strip()
    if not run.emphasis or not words:
        return escaped
    stars = _STARS[run.emphasis]
    before = escaped[: len(escaped) - len(escaped.lstrip())]
    return f"{before}{stars}{words}{stars}{escaped[len(escaped.rstrip()) :]}"


def _aside(run: Run) -> str:
    if run.remark == "boneyard":
        return f"/* {run.text} */"
    return f"[[{kept(run.text) if run.remark == 'direction' else run.text}]]"


def _heading(element: Element) -> list[str]:
    number = f" #{element.number}#" if element.number else ""
    sign = "" if _HEADING.match(element.text) else "."
    return [f"{sign}{element.text}{number}"]


def _action(element: Element) -> list[str]:
    lines = _text(element.runs).split("\n")
    forced = _SHAPED.match(lines[0]) or _HEADING.match(lines[0]) or _is_cue(lines)
    return ["!" + lines[0], *lines[1:]] if forced else lines


def _is_cue(lines: list[str]) -> bool:
    return len(lines) > 1 and lines[0].upper() == lines[0]


def _character(element: Element) -> list[str]:
    name = element.text.partition("(")[0]
    ready = name.upper() == name and any(map(str.isalpha, name)) and name.lower() != name
    return [f"{'' if ready else '@'}{element.text}{' ^' if element.together else ''}"]


def _parenthetical(element: Element) -> list[str]:
    return [f"({element.text})"]


def _dialogue(element: Element) -> list[str]:
    return [line or "  " for line in _text(element.runs).split("\n")]


def _transition(element: Element) -> list[str]:
    ready = element.text.isupper() and element.text.endswith("TO:")
    lines = [element.text if ready else f"> {element.text}"]
    return [*lines, "", f"[[{kept(element.length)}]]"] if element.length else lines


def _remark(element: Element) -> list[str]:
    return [f"[[{element.text}]]"]


def _boneyard(element: Element) -> list[str]:
    return f"/* {element.text} */".split("\n")


def _shot(element: Element) -> list[str]:
    return [f"[[{kept(element.text)}]]"]


def _card(element: Element) -> list[str]:
    return f"/* {kept(element.text + chr(10)).rstrip()}\n*/".split("\n")


def _section(element: Element) -> list[str]:
    return [f"{'#' * element.level} {element.text}"]


def _synopsis(element: Element) -> list[str]:
    return [f"= {element.text}"]


def _centred(element: Element) -> list[str]:
    return [f"> {_text(element.runs)} <"]


def _lyric(element: Element) -> list[str]:
    return [f"~{line}" for line in _text(element.runs).split("\n")]


_LINES = {
    "heading": _heading,
    "action": _action,
    "character": _character,
    "parenthetical": _parenthetical,
    "dialogue": _dialogue,
    "transition": _transition,
    "shot": _shot,
    "note": _remark,
    "boneyard": _boneyard,
    "card": _card,
    "setting": _card,
    "section": _section,
    "synopsis": _synopsis,
    "centred": _centred,
    "lyric": _lyric,
}
