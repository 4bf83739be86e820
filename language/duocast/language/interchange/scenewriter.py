"""A manuscript as a `.scene` script: with a card for everybody who speaks, so that a film can grow from it."""

import re
from collections.abc import Iterator, Sequence

from duocast.language.bracket import read_direction, understood
from duocast.language.interchange.element import Element, Manuscript, Run
from duocast.language.interchange.page import PLAYED
from duocast.language.node import Text
from duocast.language.nodes import Action, CueLine, SceneHeading, Transition
from duocast.language.source import Source, Span

_SPEECH = ("character", "parenthetical", "dialogue")
_ESCAPED = re.compile(r"[\\*_\[\]]")
_STARS = {0: "", 1: "*", 2: "**", 3: "**"}
_ASIDES = {"direction": "[{}]", "note": "[[{}]]", "boneyard": "/* {} */"}
_EXTENSION = re.compile(r"\s*\(.*\)\s*$")
_KEYS = {
    "title",
    "author",
    "authors",
    "credit",
    "source",
    "contact",
    "copyright",
    "draft date",
    "revision",
    "date",
    "notes",
}


def write_scene(manuscript: Manuscript) -> str:
    """The text of the script, with a last line end."""
    settings = [one.text for one in manuscript.elements if one.kind == "setting"]
    cards = [one.text for one in manuscript.elements if one.kind == "card"]
    speak = [name for name in _cast(manuscript) if name not in _carded(cards)]
    blocks = ["\n".join((*_title_page(manuscript), *settings))]
    blocks += [*cards, *(f"character {name}" for name in speak)]
    told = tuple(one for one in manuscript.elements if one.kind not in ("card", "setting"))
    blocks += _blocks(told, tuple(_cast(manuscript)))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _carded(cards: Sequence[str]) -> set[str]:
    """The names of the characters that have a card."""
    from duocast.language.parser import parse

    script = parse(Source("cards.scene", "\n\n".join(cards) + "\n")).script
    return {card.name.key for card in script.cards if card.kind == "character"}


def _title_page(manuscript: Manuscript) -> Iterator[str]:
    for key, values in manuscript.title_page:
        if key.lower() in _KEYS:
            yield f"{key}: {values[0]}" if len(values) == 1 else f"{key}:"
            yield from (f"  {value}" for value in values if len(values) > 1)


def _cast(manuscript: Manuscript) -> list[str]:
    """Everybody who speaks, in the order in which they first do."""
    named = [_name(element) for element in manuscript.elements if element.kind == "character"]
    return [name for name in dict.fromkeys(named) if name]


def _name(element: Element) -> str:
    return " ".join(_EXTENSION.sub("", element.text).lstrip("@").upper().split())


def _blocks(elements: tuple[Element, ...], cast: tuple[str, ...]) -> Iterator[str]:
    held: list[Element] = []
    for element in elements:
        if held and element.kind not in _SPEECH[1:]:
            yield _speech(held)
            held = []
        if element.kind in _SPEECH:
            held.append(element)
        else:
            yield _block(element) if element.kind != "shot" else _shot(element.text, cast)
    if held:
        yield _speech(held)


def _speech(elements: Sequence[Element]) -> str:
    """A speech. What somebody does or how long they wait goes on in the line, in brackets."""
    lines: list[str] = []
    goes_on = False
    for element in elements:
        played = element.kind == "parenthetical" and _is_played(element.text)
        words = f"[{element.text}]" if played else _spoken(element)
        if len(lines) > 1 and words and (goes_on or (played and not lines[-1].startswith("("))):
            lines[-1] += f" {words}"
        elif words:
            lines.append(words)
        goes_on = played
    return "\n".join(lines)


def _is_played(text: str) -> bool:
    """Whether a parenthetical is nothing but directions that the page has from brackets: `laughs`, `pause 2s`."""
    written = Text(text, span=Span(0, len(text), ""))
    directions = read_direction(written)
    return bool(directions) and all(isinstance(one, PLAYED) for one in directions)


def _spoken(element: Element) -> str:
    if element.kind == "character":
        extension = _EXTENSION.search(element.text)
        said = f" {extension.group().strip().upper()}" if extension else ""
        return f"{_name(element)}{said}{' ^' if element.together else ''}"
    if element.kind == "parenthetical":
        return f"({' '.join(element.text.split())})"
    lines = (line.strip() for line in _styled(element.runs).split("\n"))
    return "\n".join(line for line in lines if line)


def _block(element: Element) -> str:
    text = " ".join(element.text.split())
    match element.kind:
        case "heading":
            number = f" #{element.number}#" if element.number else ""
            return f"{text if _is(text, SceneHeading) else '.' + text}{number}"
        case "transition":
            length = f" {element.length}" if element.length else ""
            words = f"> {text.rstrip(':.').removesuffix(' TO').lower()}{length}"
            return words if _is(words, Transition) else f"!{_escape(text)}"
        case "note":
            return f"[[{text}]]"
        case "section":
            return f"{'#' * element.level} {text}"
        case "synopsis":
            return f"= {text}"
        case "centred":
            return f"> {text} <"
        case "lyric":
            return f"~{text}"
        case "page break":
            return "==="
        case "boneyard":
            return f"/* {element.text} */"
        case _:
            return _action(element)


def _shot(text: str, cast: tuple[str, ...]) -> str:
    """A shot in capitals is written small, but for the names in it."""
    text = " ".join(text.split())
    words = text.lower() if text.isupper() else text
    for name in cast:
        words = re.sub(rf"\b{re.escape(name.lower())}\b", name, words)
    return f"[{words}]" if understood(words) else f"!{_escape(text)}"


def _action(element: Element) -> str:
    written = _styled(element.runs)
    lines = [line.strip() for line in written.split("\n") if line.strip()]
    text = "\n".join(lines)
    return text if not text or _is(text, Action, CueLine) else "!" + text


def _is(text: str, *kinds: type) -> bool:
    """Whether a paragraph would be read as one block of these kinds, and nothing said against it."""
    from duocast.language.parser import parse

    parsed = parse(Source("page.scene", f"# A\n\n{text}\n"))
    blocks = parsed.script.blocks[1:]
    return len(blocks) == 1 and isinstance(blocks[0], kinds) and not parsed.diagnostics


def _styled(runs: tuple[Run, ...]) -> str:
    return "".join(_run(run) for run in runs).strip()


def _run(run: Run) -> str:
    if run.remark:
        return _ASIDES[run.remark].format(" ".join(run.text.split())) + " "
    written = _escape(run.text)
    words = written.strip()
    if not run.emphasis or not words or "\n" in words:
        return written
    stars = _STARS[run.emphasis]
    before = written[: len(written) - len(written.lstrip())]
    return f"{before}{stars}{words}{stars}{written[len(written.rstrip()) :]}"


def _escape(text: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", text.replace("/*", "/ *"))
