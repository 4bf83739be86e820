"""What only duocast understands, kept in remarks that other programs leave alone.

`[[duocast: close on MARA, 35mm]]` is a direction, `[[duocast: 1.5s]]` under a transition is its length, and a boneyard
that begins with `duocast:` holds cards or settings of the title page:

    /* duocast:
    character MARA
      voice: amber
    */
"""

import re
from collections.abc import Iterator

from duocast.language.bracket import understood
from duocast.language.interchange.element import Element, Kind, Run
from duocast.language.source import Source

MARK = "duocast:"
_LENGTH = re.compile(r"\d+(?:\.\d+)?(?:s|ms)")


def kept(text: str) -> str:
    """The text of the remark that keeps something; what is of several lines stands under the mark."""
    return f"{MARK}\n{text}\n" if "\n" in text else f"{MARK} {text}"


def held(text: str) -> str | None:
    """What a remark keeps, if it keeps anything."""
    written = text.strip()
    return written.removeprefix(MARK).strip("\r\n \t") if written.startswith(MARK) else None


def is_direction(text: str | None) -> bool:
    """Whether what a remark keeps is a direction; `None` is a remark that keeps nothing."""
    return text is not None and understood(text)


def aside(text: str) -> Run:
    """A remark inside a paragraph: a direction that was kept, or a note."""
    direction = held(text)
    if direction is not None and is_direction(direction):
        return Run(" ".join(direction.split()), remark="direction")
    return Run(" ".join(text.split()), remark="note")


def restored(elements: Iterator[Element]) -> Iterator[Element]:
    """The elements with everything that remarks keep in its own form again."""
    before: Element | None = None
    for element in elements:
        text = held(element.text) if element.kind in ("note", "boneyard") else None
        if before is not None:
            if text is not None and before.kind == "transition" and _LENGTH.fullmatch(text):
                yield Element("transition", before.runs, length=text)
                before = None
                continue
            yield before
        before = element if text is None else _restored(element, text)
    if before is not None:
        yield before


def _restored(element: Element, text: str) -> Element:
    if element.kind == "note" and is_direction(text):
        return Element("shot", (Run(" ".join(text.split())),))
    kind = _card_or_setting(text)
    return Element(kind, (Run(text),)) if kind else element


def _card_or_setting(text: str) -> Kind | None:
    from duocast.language.parser import parse

    script = parse(Source("page.scene", text + "\n")).script
    if script.title_page and not script.blocks:
        return "setting"
    return "card" if script.blocks and len(script.blocks) == len(script.cards) else None
