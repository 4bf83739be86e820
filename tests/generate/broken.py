"""Broken scripts: what a seed makes of arbitrary bytes, scraps of the language and damaged examples."""

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from generate import phrasebook

ROOT = Path(__file__).parents[2]
SCRAPS = (
    "[", "]", "(", ")", "*", "**", "***", "_", "#", "##", "=", "===", "!", ">", "<", "~", "@", ".", ":", ",", '"',
    "“", "”", "\\", "/", "^", "--", "—", "–", "…", "'", "’", "&", "%", "[[", "]]", "/*", "*/", "[#", "://",
    "\n", "\n\n", "\r\n", "\r", "\t", " ", "  ", "\u00a0", "\ufeff", "\u2028", "\u0085", "\v", "\f", "\x1c",
    "\0", "\x1b[31m", "\u202e", "\u200d", "\ud800", "\udcff", "\U0001f600", "e\u0301", "ǅ", "ß", "ı", "İ", "ﬁ", "ς",
    "MARA", "Mara", "beat", "close on ", "INT. ", "EXT ", "35mm", "2s", "-24dB", "−3 dB", "1e9s", "9" * 30, "½", "²s",
    "CUT TO:", "character ", "lexicon", "  voice: ", "Title: ", "MUSIC: ", "TITLE:", "fade in ", " and ", " onto ",
    "place KITCHEN", "INT. KITCHEN - NIGHT", "[beat]", "[pause 1s]", "(beat)", "{", "}", "|", "`", "$", "<b>",
)  # fmt: skip
"""What the language is made of, and what trips programs up."""
RANGES = (
    (0x20, 0x7F), (0xA0, 0x250), (0x370, 0x400), (0x400, 0x530), (0x590, 0x780), (0x900, 0xE00), (0xE00, 0x1200),
    (0x1E00, 0x2070), (0x20A0, 0x2C00), (0x3040, 0x3100), (0x4E00, 0x4F00), (0xAC00, 0xAD00), (0xD800, 0xE000),
    (0xFB00, 0xFE00), (0xFE00, 0x10000), (0x10300, 0x10400), (0x1D400, 0x1D800), (0x1F300, 0x1FA00), (0xE0000, 0xE0080),
)  # fmt: skip
ENDS = ("\n", "\r\n", "\r", "\n\r", "\u2028", "\n\n")


@cache
def corpus() -> tuple[str, ...]:
    """The examples, the scripts of the tests and those of the reference."""
    named = ["tests/language/letter.scene", "docs/language.md"]
    paths = [ROOT / name for name in named] + sorted(
        (ROOT / "examples" / "scripts").glob("*.[sf]*")
    )
    texts = [path.read_text("utf-8") for path in paths]
    texts += re.findall(r"```scene\n(.*?)```", texts[1], re.DOTALL)
    del texts[1]
    texts += ["MARA\nNo [" + "] no.\n\nJONAS\n[".join(phrasebook.directions()[:60]) + "]\n"]
    return tuple(texts)


def broken(seed: int, size: int = 400) -> bytes:
    """One input of about `size` bytes at most; the same seed gives the same one."""
    chance = random.Random(seed)
    made = chance.choice(_MAKERS)(chance, size)
    if isinstance(made, bytes):
        return made
    if chance.random() < 0.1:
        made = made.replace("\n", chance.choice(ENDS))
    coding = chance.choice(("utf-8", "utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16"))
    return made.encode(coding, "surrogatepass")


def _bytes(chance: random.Random, size: int) -> bytes:
    return chance.randbytes(chance.randrange(size))


def _letters(chance: random.Random, size: int) -> str:
    ranges = chance.sample(RANGES, 3)
    return "".join(
        chr(chance.randrange(*chance.choice(ranges)))
        if chance.random() < 0.9
        else chance.choice(SCRAPS)
        for _ in range(chance.randrange(size // 2))
    )


def _scraps(chance: random.Random, size: int) -> str:
    return "".join(chance.choice(SCRAPS) for _ in range(chance.randrange(size // 4)))


def _nested(chance: random.Random, size: int) -> str:
    unit = "".join(chance.choice(SCRAPS) for _ in range(chance.randrange(1, 4)))
    before, after = _piece(chance, 60), _piece(chance, 60)
    return before + unit * chance.randrange(size // (2 * len(unit)) + 1) + after


def _piece(chance: random.Random, size: int) -> str:
    text = chance.choice(corpus())
    at = chance.randrange(max(1, len(text) - size))
    return text[at : at + chance.randrange(size)]


def _damaged(chance: random.Random, size: int) -> str:
    """A part of a real script after a few slips of the fingers."""
    text = chance.choice(corpus())
    lines = text.split("\n")
    first = chance.randrange(len(lines))
    text = "\n".join(lines[first : first + 25])[: size * 2]
    text = ("Title: X\n\n" if chance.random() < 0.2 else "") + text
    for _ in range(chance.randrange(1, 5)):
        text = slip(chance, text)
    return text


def slip(chance: random.Random, text: str) -> str:
    """One slip of the fingers."""
    return chance.choice(_SLIPS)(chance, text)


def _drop(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at + chance.choice((1, 1, 1, 2, 10)) :]


def _double(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at : at + chance.choice((1, 5, 30))] * 2 + text[at:]


def _swap(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _insert(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(SCRAPS) + text[at:]


def _case(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    end = at + chance.choice((1, 8, 40))
    return text[:at] + text[at:end].swapcase() + text[end:]


def _line(chance: random.Random, text: str) -> str:
    """Drop, double, move or join a line."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    line = lines.pop(at)
    what = chance.randrange(4)
    if what == 1:
        lines[at:at] = [line, line]
    elif what == 2:
        lines.insert(chance.randrange(len(lines) + 1), line)
    elif what == 3 and at < len(lines):
        lines[at] = line + lines[at]
    return "\n".join(lines)


def _mate(chance: random.Random, text: str) -> str:
    """Take a bracket, a parenthesis or a quote away, or turn it round."""
    found = [match.start() for match in re.finditer(r'[\[\]()"“”*_/]', text)]
    if not found:
        return text
    at = chance.choice(found)
    return text[:at] + chance.choice(("", "[", "]", "(", ")", '"', "*")) + text[at + 1 :]


_MAKERS: tuple[Callable[[random.Random, int], bytes | str], ...] = (
    _bytes, _letters, _scraps, _scraps, _nested, _damaged, _damaged, _damaged, _damaged, _damaged,
)  # fmt: skip
_SLIPS: tuple[Callable[[random.Random, str], str], ...] = (
    _drop, _drop, _double, _swap, _insert, _insert, _case, _line, _line, _mate,
)  # fmt: skip
