"""Screenplays for laws: hypothesis strategies for whole valid scripts, and for the ways to lay one out badly."""

import random
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from duocast.language import Source
from duocast.language.vocabulary import CARD_KEYS, TITLE_KEYS
from generate import phrasebook
from generate.phrasebook import Book

Block = tuple[str, ...]
"""The lines of a block."""

WORDS = (
    "rain", "You kept it.", "Never!", "über", "二人", "naïve", "and", "the letter", "Well,", "no:",
    "it's", "“quoted”", "50 of them", "--", "*years*", "**everything**", "_so_", r"\[not\]", "MARA",
    "3 s", "(he lies)", "#1", "a, b", "Ça va ?", "שלום", "नमस्ते", "…", "—",
)  # fmt: skip
PLACES = ("KITCHEN", "OLD BRIDGE", "CAFÉ NO. 7", "TRAIN - CAR 2")
NOTES = ("quiet", "quiet, not looking up", "beat", "whisper", "sarcastic")
VALUES = {
    "pace": "0.95", "warmth": "30%", "id": "amber", "voice": "amber, pace 0.95, warm", "side": "left",
    "description": "a woman of sixty, short grey hair", "wardrobe": "green cardigan", "pitch": "-1st",
    "light": "lamp from left 60%, moonlight behind", "weather": "rain", "mood": "calm", "grain": "12%",
    "lens": "100mm", "size": "CU", "angle": "high", "move": "static", "speed": "0.9", "pause": "1.3",
    "title": "The Letter", "author": "A. Writer", "format": "1280x720 @ 24", "language": "en-GB",
    "credit": "Written by", "draft date": "1 June 2026", "quality": "draft", "loudness": "-16 LUFS",
    "seed": "7", "notes": "as before", "contrast": "1.1", "emphasis": "0.5", "motion": "60%",
}  # fmt: skip
"""Values that compile; a key without one is used only where nothing is compiled."""
SIGNS: tuple[Block, ...] = (("~ la la",), ("> THE END <",), ("CUT TO:",), ("!MARA", "a sign"))
REMARKS: tuple[Block, ...] = (
    ("[[Editor: hold here.]]",),
    ("[[a remark  ", "over two lines]]"),
    ("/* taken out: MARA", "", "I never liked tea. */"),
    ("= They finally talk.",),
    ("# Act One",),
    ("===",),
)


@dataclass(frozen=True)
class Screenplay:
    """A script in parts, so that laws can move them and put something between them."""

    front: tuple[Block, ...]
    """The title page and the cards."""
    scenes: tuple[tuple[Block, ...], ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Everything in order."""
        return (*self.front, *(block for scene in self.scenes for block in scene))

    @property
    def text(self) -> str:
        """The script, one empty line between its blocks."""
        return "\n\n".join("\n".join(block) for block in self.blocks) + "\n"

    def shuffled(self, chance: random.Random) -> "Screenplay":
        """The same scenes in another order."""
        scenes = list(self.scenes)
        chance.shuffle(scenes)
        return replace(self, scenes=tuple(scenes))

    @property
    def source(self) -> Source:
        """The script as a file."""
        return Source("film.scene", self.text)


def prose() -> st.SearchStrategy[str]:
    """Words that somebody might write; the first one is no sign, no heading and no speaker."""
    words = st.lists(st.sampled_from(WORDS), max_size=6)
    return words.map(lambda some: " ".join(["Then", *some]))


NAMES = (*phrasebook.CAST, "MARA (V.O.)", "JONAS (O.S.) ^", "@A Voice", "MARA ^")


@st.composite
def spoken(draw: st.DrawFn, book: Book) -> Block:
    """A speech with acting notes and directions."""
    lines = [draw(st.sampled_from(NAMES))]
    if draw(st.booleans()):
        lines.append(f"({draw(st.sampled_from(NOTES))})")
    for _ in range(draw(st.integers(1, 3))):
        parts = [draw(prose())]
        if draw(st.booleans()):
            parts += [f"[{draw(st.sampled_from(book.directions))}]", draw(prose())]
        lines.append(" ".join(parts) + draw(st.sampled_from(("", "", " --", "."))))
    return tuple(lines)


@st.composite
def cue(draw: st.DrawFn, book: Book) -> Block:
    """A cue line."""
    options = draw(st.lists(st.sampled_from(book.options), max_size=2))
    return (", ".join([draw(st.sampled_from(book.cues)), *options]),)


def heading(book: Book) -> st.SearchStrategy[Block]:
    """A scene heading."""
    prefix = st.sampled_from(("INT. ", "EXT. ", "INT./EXT. ", "EST. ", "I/E. ", "int. "))
    time = st.sampled_from(book.times_of_day)
    number = st.sampled_from(("", "", " #12#"))
    parts = st.tuples(prefix, st.sampled_from(PLACES), time, number)
    return parts.map(lambda four: (f"{four[0]}{four[1]} - {four[2]}{four[3]}",))


def action(book: Book) -> st.SearchStrategy[Block]:
    """A paragraph, perhaps with a direction in it."""
    inside = st.sampled_from(book.directions).map(lambda said: f"Then [{said}] rain falls.")
    return st.lists(prose() | inside, min_size=1, max_size=3).map(tuple)


def between(book: Book) -> st.SearchStrategy[Block]:
    """A block that is neither a heading nor a card."""
    directions = st.sampled_from(book.directions).map(lambda said: (f"[{said}]",))
    passing = st.sampled_from(book.transitions).map(lambda said: (f"> {said}",))
    signs = st.sampled_from((*SIGNS, *REMARKS))
    speech = spoken(book)
    return speech | speech | action(book) | directions | cue(book) | passing | signs


@st.composite
def card(draw: st.DrawFn, kind: str, name: str, book: Book) -> Block:
    """A card with some of its keys."""
    keys = [key for key in CARD_KEYS[kind] if key in VALUES or not book.sound]
    some = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=4, unique=True))
    return (f"{kind} {name}", *(f"  {key}: {VALUES.get(key, 'so and so')}" for key in some))


@st.composite
def screenplays(draw: st.DrawFn, book: Book | None = None, *, scenes: int = 1) -> Screenplay:
    """Whole scripts of at least so many scenes, from a book or from all that there is."""
    book = book or phrasebook.whole()
    keys = [key for key in TITLE_KEYS if key != "title" and (key in VALUES or not book.sound)]
    some = draw(st.lists(st.sampled_from(keys), max_size=5, unique=True))
    page = (f"{key.capitalize()}: {VALUES.get(key, 'so and so')}" for key in ("title", *some))
    front = [tuple(page)]
    front += [draw(card("character", name, book)) for name in phrasebook.CAST]
    front += draw(st.lists(card("place", "KITCHEN", book), max_size=1))
    if not book.sound:
        kinds = st.sampled_from(sorted(set(CARD_KEYS) - {"lexicon", "character", "place"}))
        front += [draw(card(draw(kinds), "SPARE", book))]
        front += [("lexicon", "  Brno: burr-no", "  SQL: sequel")]
    scene = st.tuples(heading(book), st.lists(between(book), min_size=1, max_size=6))
    one = scene.map(lambda two: (two[0], *two[1]))
    return Screenplay(tuple(front), tuple(draw(st.lists(one, min_size=scenes, max_size=3))))


def slovenly(text: str, seed: int) -> str:
    """The same script in a bad layout: spaces at line ends, empty lines, tabs, other line ends, no indentation."""
    chance = random.Random(seed)
    ends = chance.choice((("\n",), ("\r\n",), ("\r",), ("\n", "\r\n")))
    lines: list[str] = []
    removed = False
    for line in text.split("\n"):
        opens = "/*" in line or ("[[" in line and "]]" not in line)
        if not (removed or opens):
            indent = chance.choice(("", " ", "\t", "      ")) if line.startswith("  ") else ""
            line = indent + line.lstrip(" ") if line.startswith("  ") else line
        lines.append(
            line + chance.choice(("", "", " ", " \t", "\u00a0")) if not (removed or opens) else line
        )
        if not line and not removed:
            lines += [chance.choice(("", " ", "\t"))] * chance.randrange(3)
        removed = (removed or opens) and not ("*/" in line or "]]" in line)
    text = "".join(line + chance.choice(ends) for line in lines)
    return text + chance.choice(ends) * chance.randrange(3)


def noted(play: Screenplay, where: int, remark: Block) -> Screenplay:
    """The script with a remark before the block of that number, counted over all scenes' blocks."""
    scenes = [list(scene) for scene in play.scenes]
    total = sum(map(len, scenes))
    at = where % total
    for scene in scenes:
        if at < len(scene):
            scene.insert(at + 1, remark)
            break
        at -= len(scene)
    return replace(play, scenes=tuple(map(tuple, scenes)))
