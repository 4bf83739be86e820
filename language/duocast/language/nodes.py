"""The syntax tree: a script is a title page and a row of blocks, in the order in which they were written."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, cast

from duocast.language.cue import Cue
from duocast.language.direction import (
    Direction,
)
from duocast.language.node import Name, Node, Text
from duocast.language.pattern import pattern

_MARKUP = pattern(r"(?<!\w)[*_]{1,5}(?=\S)|(?<=\S)[*_]{1,5}(?!\w)")

CardKind = Literal["character", "voice", "persona", "place", "look", "camera", "lexicon"]
TransitionKind = Literal[
    "cut",
    "smash cut",
    "match cut",
    "jump cut",
    "dissolve",
    "wipe",
    "fade",
    "fade in",
    "fade out",
    "fade to black",
    "fade to white",
]


class Entry(Node, frozen=True):
    """`key: value` of the title page or of a card; a value may go on over several lines."""

    key: Name
    """As written; compare by `name`."""
    values: tuple[Text, ...]
    """One for each line that is not empty."""
    name: str = ""
    """The key in lower case, an alias or another spelling put right: `authors` is `author`."""

    @property
    def text(self) -> str:
        """The whole value, its lines joined by line ends."""
        return "\n".join(value.text for value in self.values)

    @property
    def plain(self) -> str:
        """The text without the stars and underlines of emphasis."""
        return _MARKUP.sub("", self.text)


class Card(Node, frozen=True):
    """`character MARA` and its lines. Only a lexicon may have an empty name."""

    kind: CardKind
    name: Name
    entries: tuple[Entry, ...]

    def get(self, name: str) -> Entry | None:
        """The first entry of that name."""
        return next((entry for entry in self.entries if entry.name == name), None)


class SceneHeading(Node, frozen=True):
    """`INT. KITCHEN - NIGHT #12#` in parts. A forced heading (`.KITCHEN`) is neither inside nor outside."""

    place: Name
    time: Text | None = None
    interior: bool = False
    exterior: bool = False
    establishing: bool = False
    forced: bool = False
    rest: tuple[Text, ...] = ()
    """What follows the time of day: `FLASHBACK` in `INT. KITCHEN - NIGHT - FLASHBACK`."""
    number: Text | None = None


class DirectionLine(Node, frozen=True):
    """A direction alone on a line, outside any speech. Two on one line are two of these."""

    direction: Direction


class Words(Node, frozen=True):
    """Text to say. The texts of a speech's `Words`, joined, have the spaces between words right."""

    text: str
    emphasis: int = 0
    """0 none, 1 `*word*` or `_word_`, 2 `**word**`."""


class ActingNote(Node, frozen=True):
    """`(quiet, not looking up)`: how to say and do what follows. Never spoken."""

    text: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The note's phrases: `quiet`, `not looking up`."""
        return tuple(part.strip() for part in self.text.split(",") if part.strip())


Inline = Words | ActingNote | Direction


class Note(Node, frozen=True):
    """`[[a remark]]` between the people who make the film."""

    text: str


class Boneyard(Node, frozen=True):
    """`/* text taken out */`."""

    text: str


class Speech(Node, frozen=True):
    """Somebody speaks: `MARA (V.O.) ^`, an acting note, and the line."""

    name: Name
    content: tuple[Inline, ...]
    extensions: tuple[Text, ...] = ()
    """What stands in parentheses after the name, without them: `V.O.`, `O.S.`, `CONT'D`."""
    notes: tuple[ActingNote, ...] = ()
    """Acting notes before the first word; later ones stand in `content` where they begin to count."""
    together: bool = False
    """`^`: spoken together with the speech before."""
    breaks_in: bool = False
    """The line begins with `--`."""
    cut_off: bool = False
    """The line ends with `--`; neither pair of dashes is part of the words."""
    forced: bool = False
    """The cue was written `@NAME`: the role needs no card."""
    remarks: tuple[Note | Boneyard, ...] = ()
    """Notes and text taken out that stand in the line, or right under it."""

    @property
    def text(self) -> str:
        """The words alone, as they are spoken."""
        return "".join(part.text for part in self.content if isinstance(part, Words)).strip()

    @property
    def voice_over(self) -> bool:
        """Whether the speaker is a voice over the picture (V.O.)."""
        return any(_letters(extension.text) == "VO" for extension in self.extensions)

    @property
    def off_screen(self) -> bool:
        """Whether the speaker is in the place but out of the picture (O.S. or O.C.)."""
        return any(_letters(extension.text) in ("OS", "OC") for extension in self.extensions)


class Action(Node, frozen=True):
    """A paragraph of what is seen and heard. `content` has its words and the directions inside it."""

    lines: tuple[Text, ...]
    """As written, one for each line."""
    content: tuple[Inline, ...]
    forced: bool = False
    """The paragraph began with `!`."""
    remarks: tuple[Note | Boneyard, ...] = ()
    """Notes and text taken out that stand in it, or right under it."""

    @property
    def text(self) -> str:
        """The words alone, without directions and notes."""
        return "".join(part.text for part in self.content if isinstance(part, Words)).strip()


class CueLine(Node, frozen=True):
    """A cue on a line of its own."""

    cue: Cue


class Transition(Node, frozen=True):
    """How the picture goes over to the next shot. `seconds` is None where the writer gives no length."""

    kind: TransitionKind
    seconds: float | None = None


class Section(Node, frozen=True):
    """`# Act One`; `level` counts the `#`."""

    level: int
    title: Text


class Synopsis(Node, frozen=True):
    """`= what happens`."""

    text: str


class PageBreak(Node, frozen=True):
    """`===`."""


class Centred(Node, frozen=True):
    """`> text <`."""

    text: str


class Lyric(Node, frozen=True):
    """`~ text`, outside a speech."""

    text: str


Block = (
    Card
    | SceneHeading
    | DirectionLine
    | Speech
    | Action
    | CueLine
    | Transition
    | Note
    | Boneyard
    | Section
    | Synopsis
    | PageBreak
    | Centred
    | Lyric
)


class Scene(Node, frozen=True):
    """A heading and what follows it up to the next heading. Blocks before the first heading have none."""

    heading: SceneHeading | None
    blocks: tuple[Block, ...]


class Script(Node, frozen=True):
    """One file."""

    title_page: tuple[Entry, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards, in order."""
        return tuple([block for block in self.blocks if type(block) is Card])

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """The script without its cards, cut at its headings; nothing but notes before the first is dropped."""
        return tuple(_scenes(self.blocks))

    def get(self, name: str) -> Entry | None:
        """The first entry of the title page of that name."""
        return next((entry for entry in self.title_page if entry.name == name), None)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).upper()


_SILENT = (Note, Boneyard, Section, Synopsis, PageBreak)


def _scenes(blocks: tuple[Block, ...]) -> Iterator[Scene]:
    starts = [index for index, block in enumerate(blocks) if type(block) is SceneHeading]
    before = blocks[: starts[0]] if starts else blocks
    if found := scene(None, _without_cards(before)):
        yield found
    late = any(type(block) is Card for block in blocks[len(before) :])
    for start, end in pairwise((*starts, len(blocks))):
        under = blocks[start + 1 : end]
        heading = cast(SceneHeading, blocks[start])
        if found := scene(heading, _without_cards(under) if late else under):
            yield found


def _without_cards(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple([block for block in blocks if type(block) is not Card])


def scene(heading: SceneHeading | None, blocks: tuple[Block, ...]) -> Scene | None:
    """The scene of a heading and the blocks under it, cards left out; none where there is nothing but notes."""
    first = heading or next((block for block in blocks if not isinstance(block, _SILENT)), None)
    if first is None:
        return None
    last = blocks[-1] if blocks else first
    return Scene(heading, blocks, span=first.span.to(last.span))
