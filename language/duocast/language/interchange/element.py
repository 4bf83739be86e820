"""An element: one paragraph of a screenplay as every program for screenplays knows it."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "heading",
    "action",
    "character",
    "parenthetical",
    "dialogue",
    "transition",
    "shot",
    "note",
    "section",
    "synopsis",
    "centred",
    "lyric",
    "page break",
    "boneyard",
    "card",
    "setting",
]
"""`card` and `setting` (of the title page) are duocast's own; other programs get them as boneyard."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one style. `emphasis`: 0 none, 1 italics, 2 bold, 3 both. A `remark` is no text of the page: it is a
    note, text taken out, or a direction."""

    text: str
    emphasis: int = 0
    remark: Literal["", "note", "boneyard", "direction"] = ""


@dataclass(frozen=True, slots=True)
class Element:
    """A paragraph: what it is, and what it says.

    `together`: this character speaks at the same time as the one before. `level`: how deep a section is.
    `number`: of a scene. `length`: of a transition, as in `1.5s`.
    """

    kind: Kind
    runs: tuple[Run, ...]
    together: bool = False
    level: int = 1
    number: str = ""
    length: str = ""

    @property
    def text(self) -> str:
        """The words without style and remarks."""
        return "".join(run.text for run in self.runs if not run.remark)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A screenplay as paragraphs. `title_page` holds keys and their lines, in order."""

    title_page: tuple[tuple[str, tuple[str, ...]], ...]
    elements: tuple[Element, ...]


def plain(kind: Kind, text: str) -> Element:
    """An element of one style."""
    return Element(kind, (Run(text),) if text else ())
