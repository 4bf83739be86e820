"""The shelf: all pages that are shipped, by code."""

from functools import cache
from importlib.resources import files

from duocast.language.explain.page import Page, read_page
from duocast.language.nearest import nearest

FAMILIES = {
    "S": "the script's shape",
    "N": "names and keys",
    "D": "directions, cues and options",
    "T": "time",
    "L": "film lint",
    "A": "files and pictures",
    "V": "voices",
    "M": "moderation",
    "R": "making the film",
}
"""What the first letter of a code says."""


@cache
def codes() -> tuple[str, ...]:
    """All codes that have a page: family by family, in the order of FAMILIES."""
    folder = files("duocast.language.explain")
    found = [entry.name[:-3] for entry in folder.iterdir() if entry.name.endswith(".md")]
    order = "".join(FAMILIES)
    return tuple(sorted(found, key=lambda code: (order.find(code[0]), code)))


@cache
def page(code: str) -> Page:
    """The page of a code. Raises KeyError where there is none."""
    if code not in codes():
        raise KeyError(code)
    written = (files("duocast.language.explain") / f"{code}.md").read_text("utf-8")
    return read_page(code, written)


def find(code: str) -> Page | None:
    """The page of a code as somebody typed it (`n0204`), or None."""
    known = code.strip().upper()
    return page(known) if known in codes() else None


def pages() -> tuple[Page, ...]:
    """Every page, in the order of `codes`."""
    return tuple(page(code) for code in codes())


def begun(start: str) -> tuple[Page, ...]:
    """The pages of all codes that begin so, as somebody typed it: `d01`, `N`; all of them for nothing."""
    wanted = start.strip().upper()
    return tuple(page(code) for code in codes() if code.startswith(wanted))


def nearest_code(code: str) -> str | None:
    """The code that was most likely meant."""
    return nearest(code.strip().upper(), codes())
