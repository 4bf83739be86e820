"""Typos: a long script whose lines say which of their letters are structure, and what one lost letter does to it.

In the lines below what stands in braces is free text, which only its writer can judge: words that are spoken, seen or
described, and the digits of numbers. Everything else is structure.
"""

import random
import re
from dataclasses import dataclass

from duocast.compiler.film import Compiled, compile_film
from duocast.compiler.reader import MemoryReader
from duocast.language import Source

CAST = ("MARA", "JONAS", "ADA LIND", "THE POSTMAN", "HELENA", "VIKTOR", "MISS ORTEGA", "BRUNO")
VOICES = ("amber", "slate", "coral", "flint", "pearl", "ash", "ruby", "linen")
PLACES = ("KITCHEN", "HARBOUR", "OLD LIBRARY", "TRAIN STATION", "GARDEN", "WORKSHOP")
TIMES = ("NIGHT", "DAY", "MORNING", "EVENING", "DUSK", "CONTINUOUS")
FRONT = """\
Title: {The Long Letter}
Author: {A. Writer}
Format: {1280x720} @ {24}
Language: en-GB
Look: KODAK
Captions: sidecar
Quality: draft
Loudness: -{16} LUFS

look KODAK
  grain: {12}%
  warmth: {10}%

persona STILL
  pause: {1.3}
  mood: {calm}
"""
SHOTS = (
    "[two-shot, {35}mm, slow push in]",
    "[close on %A, {85}mm, low angle]",
    "[over %A onto %B]",
    "[wide shot, handheld, hold {4}s]",
    "[MCU %A, rack focus to %B]",
    '[insert on "{letter}", {100}mm, 2s]',
)
CUES = (
    "MUSIC: {soft piano}, -{18}dB, fade in 2s, duck under dialogue",
    "AMBIENCE: {rain}, -{24}dB, until end of scene",
    "SFX: {door}, fade out 1s",
    'TITLE: "{Ten years later}", 3s',
    'LOWER THIRD: "{Mara Lind}", "{Editor}", under %A, 4s',
    "CHAPTER: {The call}",
    "MUSIC: {slow strings}, loop, until %B speaks",
)
TRANSITIONS = (
    "CUT TO:",
    "> dissolve {1.5}s",
    "DISSOLVE TO:",
    "> fade to black 2s",
    "SMASH CUT TO:",
)
SPOKEN = (
    "{You kept it.} [beat] {All these} *{years}*{.}",
    "{I only wanted to} --",
    "[laughs] {Not in this house.}",
    "{It was} [looks at %B] {you, I know.}",
    "{We were} **{never}** {there.} [sighs]",
    "{Take the} [close on %B] {boat then.}",
    "{Nobody} [pause 1s] {came.}",
    "{It rings,} [SFX: {phone}, -{12}dB] {let it.}",
    "{The tide is out.}",
)
NOTES = ("({quiet})", "({whisper, not looking up})", "(beat)")
_FREE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Line:
    """A line of a script, and the columns that are structure."""

    text: str
    structure: tuple[int, ...]


def _line(marked: str) -> Line:
    text, structure = "", []
    for index, part in enumerate(_FREE.split(marked)):
        if index % 2 == 0:
            structure += [len(text) + i for i, letter in enumerate(part) if not letter.isspace()]
        text += part
    return Line(text, tuple(structure))


def _speech(die: random.Random, speaker: str, other: str, cut: bool) -> list[str]:
    cue = speaker + die.choice(("", "", "", " (V.O.)", " (O.S.)", " (CONT'D)"))
    note = [die.choice(NOTES)] if die.random() < 0.25 else []
    said = die.choice([one for one in SPOKEN if one.endswith("--") == cut])
    return ["", cue, *note, said.replace("%B", other)]


def _scene(die: random.Random, place: str) -> list[str]:
    heading = f"{die.choice(('INT', 'EXT'))}. {place} - {die.choice(TIMES)}"
    lines = ["", heading, "", "{Rain on the window. Two cups of tea, untouched.}"]
    cast = die.sample(CAST, 2)
    lines += ["", die.choice(CUES).replace("%A", cast[0]).replace("%B", cast[1])]
    cut = False
    for turn in range(die.randint(6, 14)):
        speaker, other = cast[turn % 2], cast[1 - turn % 2]
        if die.random() < 0.3 and not cut:
            lines += ["", die.choice(SHOTS).replace("%A", speaker).replace("%B", other)]
        if die.random() < 0.1 and not cut:
            lines += ["", "{She does not move.}"]
        cut = turn < 5 and die.random() < 0.15
        lines += _speech(die, speaker, other, cut)
    return [*lines, "", die.choice(TRANSITIONS)]


def script(length: int, seed: int = 7) -> tuple[Line, ...]:
    """A script of at least `length` lines that gives no finding."""
    die = random.Random(seed)
    lines = FRONT.splitlines()
    for name, voice in zip(CAST, VOICES, strict=True):
        lines += ["", f"character {name}", f"  voice: {voice}, pace {{0.95}}", "  persona: STILL"]
        lines += ["  side: left", "  description: {a person of sixty}"]
    for name in PLACES:
        lines += ["", f"place {name}", "  description: {a quiet place}", "  weather: {rain}"]
    scenes = 0
    while len(lines) < length or scenes < len(PLACES):
        lines += _scene(die, PLACES[scenes % len(PLACES)])
        scenes += 1
    for name in CAST:
        lines += ["", name, "{That is all.}"]
    return tuple(_line(one) for one in lines)


@dataclass(frozen=True)
class Typo:
    """One letter lost. `harmful`: the film is another one; `found`: the codes that say so, `there` on its line."""

    line: str
    harmful: bool
    found: tuple[str, ...]
    there: bool


def _compile(lines: list[str]) -> Compiled:
    return compile_film(Source("film.scene", "\n".join(lines) + "\n"), MemoryReader())


def typos(lines: tuple[Line, ...], count: int, seed: int = 11) -> list[Typo]:
    """What becomes of `count` structural lines when each loses one letter of its structure."""
    die = random.Random(seed)
    texts = [line.text for line in lines]
    before = _compile(texts)
    assert before.diagnostics == (), [one.title for one in before.diagnostics]
    structural = [number for number, line in enumerate(lines) if line.structure]
    return [
        _typo(texts, number, lines[number], before, die)
        for number in sorted(die.sample(structural, count))
    ]


def _typo(texts: list[str], number: int, line: Line, before: Compiled, die: random.Random) -> Typo:
    column = die.choice(line.structure)
    text = line.text[:column] + line.text[column + 1 :]
    after = _compile([*texts[:number], text, *texts[number + 1 :]])
    found = [one for one in after.diagnostics if str(one.severity) != "note"]
    source = next(iter(after.sources.values()))
    there = {source.position(one.span.start).line - 1 for one in found if one.span} <= {number}
    return Typo(
        f"{line.text} → {text}",
        after.screenplay is None or after.screenplay != before.screenplay,
        tuple(one.code for one in found),
        there,
    )
