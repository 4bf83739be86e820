"""The reference of directions: the tables of docs/language.md, made from the vocabulary.

Each row names the rules of the grammar that it tells about, so that a rule without a row is found.
"""

from collections.abc import Iterator

from msgspec import Struct

from duocast.language.vocabulary import CARD_KEYS, spellings

BEGINS, ENDS = "<!-- made from the vocabulary: {name} -->\n", "<!-- to here -->\n"
"""What stands around a table in the page."""


class Row(Struct, frozen=True, gc=False):
    """A row of a table: what it is about, the rules that it tells about, and its text.

    `{SIZE}` in the text stands for the words of that terminal.
    """

    what: str
    rules: tuple[str, ...]
    text: str


SHOTS = (
    Row("size", ("size",), "{SIZE}"),
    Row(
        "framing",
        ("framing", "over", "insert"),
        '{FRAMING}, `over MARA onto JONAS`, `OTS JONAS` (`over the shoulder`), `insert on "thing"`',
    ),
    Row("whom", ("subjects",), "`on` or `of` and names, joined by `and`; names alone will do"),
    Row("lens", ("lens",), "`35mm`"),
    Row("angle", ("angle",), "{ANGLE}"),
    Row(
        "move",
        ("move",),
        "{MOVE}; {SPEED} before or after it, `to JONAS` and `over 4s` after it",
    ),
    Row(
        "length",
        ("hold",),
        "`hold 4s` or `4s` (at least), `exactly 4s`, `hold until end of line`",
    ),
    Row("from a card", ("reference",), "`camera HANDS`, `look KODAK`"),
    Row("made by", ("reference",), "`engine: veo`"),
    Row("coverage", ("coverage", "cutting"), "{POLICY}; with it or alone {CUTTING}"),
)
PEOPLE = (
    Row(
        "pause",
        ("pause",),
        "`beat` (0.4 s), `long beat` (0.8 s), `pause` (0.8 s), `long pause` (1.6 s), `pause 1.2s`",
    ),
    Row("sound of the voice", ("vocal",), "{VOCAL}"),
    Row(
        "how words are said",
        ("delivery",),
        "{DELIVERY}, {SPEED}, `pace 80%`, `pitch -2st`: from here to the end of the line or to `normal`",
    ),
    Row("how a word is said", ("say",), '`say "GIF" as "jif"`, before the word'),
    Row("gesture", ("gesture",), "{GESTURE}"),
    Row("look", ("look",), "`looks at JONAS`, {LOOKS}"),
    Row("clothes", ("wears",), "`MARA wears a red coat`: from this scene on"),
    Row("mark", ("mark",), "`#ring`: an instant with a name, for cues to start at"),
)
OPTIONS = (
    Row("`-18dB`", ("level",), "level, beside speech at 0 dB"),
    Row("`fade in 2s`, `fade out 2s`", ("fade",), "fades; one second where you give no length"),
    Row("`loop`", ("loop",), "again and again"),
    Row(
        "`duck`, `duck under dialogue`, `duck under MARA`, `duck 9dB`",
        ("duck",),
        "softer while somebody, or she, speaks, and by how much; music and ambience do it anyway",
    ),
    Row("`no duck`", ("duck",), "never softer"),
    Row("`at #ring`", ("at",), "starts at a mark"),
    Row("`from 12s`", ("start",), "starts so far into the file"),
    Row("`for 3s`, `3s`", ("length",), "lasts that long"),
    Row(
        "`until JONAS speaks`, `until #ring`, `until end of scene`, `until end of film`",
        ("until",),
        "lasts until then",
    ),
    Row("`under MARA`", ("under",), "goes with what she says next"),
    Row("`stop`", ("stop",), "ends what is playing"),
    Row("{PLACE}", ("place",), "where a title or a lower third stands in the picture"),
)
LINKING = frozenset(
    {
        "HOLD", "EXACTLY", "UNTIL_END_OF_LINE", "COVERAGE", "PACE", "PITCH", "SAY", "AS",
        "WEARS", "BY", "OTS", "INSERT", "LOOKS_AT", "CAMERA", "LOOK", "ENGINE", "FADE_IN",
        "FADE_OUT", "LOOP", "DUCK", "NO_DUCK", "UNDER", "DIALOGUE", "LEVEL", "FROM", "UNTIL",
        "SPEAKS", "END_OF", "FOR", "STOP", "ON", "AT", "TO", "AND", "OVER", "ONTO",
        "LENS_WORD", "PAUSE",
    }
)  # fmt: skip
"""Terminals whose words stand in the examples of the rows."""


def tables() -> dict[str, str]:
    """Every table of the page by its name, in Markdown."""
    return {
        "shots": _table(("what", "words"), SHOTS),
        "people": _table(("what", "words"), PEOPLE),
        "options": _table(("option", "meaning"), OPTIONS),
        "transitions": "".join(f"- {line}\n" for line in _transitions()),
        "cards": _cards(),
    }


def with_tables(page: str) -> str:
    """The page with its tables made anew. Raises `ValueError` where one has no place in it."""
    for name, table in tables().items():
        head, mark, rest = page.partition(BEGINS.format(name=name))
        _, end, after = rest.partition(ENDS)
        if not (mark and end):
            raise ValueError(f"the page has no place for the table {name}")
        page = f"{head}{mark}\n{table}\n{end}{after}"
    return page


def _table(titles: tuple[str, str], rows: tuple[Row, ...]) -> str:
    lines = [f"| {titles[0]} | {titles[1]} |", "|---|---|"]
    lines += [f"| {_worded(row.what)} | {_worded(row.text)} |" for row in rows]
    return "\n".join(lines) + "\n"


def _worded(text: str) -> str:
    """A text with the words of its terminals."""
    for part in text.split("{")[1:]:
        terminal = part.partition("}")[0]
        text = text.replace(f"{{{terminal}}}", words(terminal))
    return text


def words(terminal: str) -> str:
    """The words of a terminal; those that mean the same stand in parentheses after the first."""
    said = []
    for first, *others in spellings(terminal).values():
        same = ", ".join(f"`{other}`" for other in others)
        said.append(f"`{first}`" + (f" ({same})" if same else ""))
    return ", ".join(said)


def _transitions() -> Iterator[str]:
    for first, *others in spellings("TRANSITION").values():
        same = ", ".join(f"`> {other}`" for other in others)
        yield f"`{first.upper()}{':' if first.endswith(' to') else ''}`" + (
            f" ({same})" if same else ""
        )


def _cards() -> str:
    lines = ["| card | keys |", "|---|---|"]
    for kind, keys in CARD_KEYS.items():
        said = ", ".join(f"`{key}`" for key in keys) or "any word, and how to say it"
        lines.append(f"| `{kind}` | {said} |")
    return "\n".join(lines) + "\n"
