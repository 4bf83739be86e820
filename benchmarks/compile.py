"""How long a compile takes: cold from text to graph keys, unchanged, and again after an edit.

Run it on a quiet machine:

    python benchmarks/compile.py [--lines 8000] [--edits 200]

Times are CPU milliseconds of whole processes over those of `python -c pass`, medians; the ratio is to Python's own
start, which moves with the machine. The processes take turns, so that all of them meet the same machine, and find
bytecode, as those of an installed package do.
"""

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

NAMES = ("MARA", "JONAS", "ELIAS", "TOMAS", "IRIS", "NOOR", "PAVEL", "ADA")
WORDS = (
    "rain", "window", "letter", "night", "train", "bridge", "table", "keep", "leave", "never", "always", "years",
    "light", "house", "river", "stone", "quiet", "morning", "after", "before", "somebody", "answer",
)  # fmt: skip
LOADS = """
from duocast.compiler.film import compile_film
from duocast.compiler.keys import static_keys
from duocast.compiler.lower import Crew, lower
"""
KEYS = """
import gc, sys
gc.set_threshold(100_000)  # as `duocast check` and its like do
from duocast.compiler.film import compile_film
from duocast.compiler.keys import static_keys
from duocast.compiler.lower import Crew, lower
from duocast.compiler.reader import MemoryReader
from duocast.language import Source
text = open(sys.argv[1], encoding="utf-8").read()
compiled = compile_film(Source("film.scene", text), MemoryReader({}))
print(len(static_keys(lower(compiled.screenplay, Crew()))))
"""
CHECK = "import sys; from duocast.cli.main import main; sys.argv[0] = 'duocast'; main()"


def screenplay(lines: int, seed: int = 3) -> str:
    """A long film of its own: scenes of three people with directions, beats, emphasis and action."""
    dice = random.Random(seed)
    out = ["Title: Long", "Format: 1280x720 @ 24", ""]
    for number, name in enumerate(NAMES):
        voice = ("amber", "slate")[number % 2]
        out += [f"character {name}", "  description: dark bob", f"  voice: {voice}", ""]
    scene = 0
    while len(out) < lines:
        scene += 1
        out += [f"INT. ROOM {scene} - NIGHT", "", _sentence(dice, 12), ""]
        out += ["[two-shot, 35mm, slow push in]", ""]
        cast = dice.sample(NAMES, 3)
        for turn in range(14):
            out += _speech(dice, cast[turn % 3])
        out += ["CUT TO:", ""]
    return "\n".join(out[:-2]) + "\n"


def _sentence(dice: random.Random, count: int) -> str:
    return " ".join(dice.choices(WORDS, k=count)).capitalize() + "."


def _speech(dice: random.Random, name: str) -> list[str]:
    text = _sentence(dice, dice.randint(3, 18))
    if dice.random() < 0.3:
        text = text.replace(" ", " [beat] ", 1)
    if dice.random() < 0.2:
        text = text.replace(" ", " *now* ", 1)
    out = [name, *(["(quiet)"] if dice.random() < 0.3 else []), text, ""]
    if dice.random() < 0.15:
        out += [f"[close on {name}, 85mm]", ""]
    if dice.random() < 0.15:
        out += [_sentence(dice, 14), ""]
    return out


def processes_ms(runs: int, *commands: tuple[str, ...]) -> list[float]:
    """The median CPU time of each of some Python processes in milliseconds; they take turns, after one run each."""
    found: list[list[float]] = [[] for _ in commands]
    for _ in range(runs + 1):
        for times, arguments in zip(found, commands, strict=True):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(
                [sys.executable, *arguments], capture_output=True, check=True, env=_with_bytecode()
            )
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return [1000 * statistics.median(times[1:]) for times in found]


def _with_bytecode() -> dict[str, str]:
    """The environment, with a folder for bytecode in the current one."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(Path.cwd() / "bytecode")}


def edits(text: str, count: int, seed: int = 5) -> list[str]:
    """The same film after one edit of one line, again and again: a word more somewhere in a speech."""
    dice = random.Random(seed)
    lines = text.split("\n")
    spoken = [n for n, line in enumerate(lines) if line.endswith(".") and line[:1].isupper()]
    found = []
    for _ in range(count):
        at = dice.choice(spoken)
        lines[at] = f"{dice.choice(WORDS).capitalize()} {lines[at][0].lower()}{lines[at][1:]}"
        found.append("\n".join(lines))
    return found


def card_edits(text: str, count: int) -> list[str]:
    """The same film after one edit of a card, again and again."""
    return [
        text.replace("dark bob", f"dark bob, {number} grey hairs", 1) for number in range(count)
    ]


def recheck_ms(text: str, edited_texts: list[str]) -> list[float]:
    """CPU milliseconds of a compile after each edit, in this process, from the shortest to the longest."""
    again = _again()
    again(text)
    found = []
    for edited in edited_texts:
        start = time.process_time()
        again(edited)
        found.append(1000 * (time.process_time() - start))
    return sorted(found)


def _again() -> Callable[[str], object]:
    from duocast.compiler.continuity import Continuity
    from duocast.compiler.reader import MemoryReader
    from duocast.language import Source

    memory, reader = Continuity(), MemoryReader({})
    return lambda text: memory.compile(Source("film.scene", text), reader)


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lines", type=int, default=8000)
    asked.add_argument("--edits", type=int, default=200)
    asked.add_argument("--runs", type=int, default=7)
    wanted = asked.parse_args()
    text = screenplay(wanted.lines)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("film.scene").write_text(text, "utf-8")
        start, *spent_by = processes_ms(
            wanted.runs,
            ("-c", "pass"),
            ("-c", LOADS),
            ("-c", KEYS, "film.scene"),
            ("-c", CHECK, "check", "film.scene"),
        )
        print(f"{text.count(chr(10))} lines; Python's own start {start:.0f} ms CPU")
        names = "loading the compiler", "cold, text to graph keys", "unchanged, duocast check"
        for name, spent in zip(names, spent_by, strict=True):
            print(
                f"{name:28} {spent - start:7.1f} ms over the start, {spent / start - 1:5.1f} of it"
            )
    lines = recheck_ms(text, edits(text, wanted.edits))
    cards = recheck_ms(text, card_edits(text, 10))
    for name, found, part in (
        ("line, p50", lines, 0.50),
        ("line, p95", lines, 0.95),
        ("card", cards, 0.5),
    ):
        spent = found[min(len(found) - 1, int(part * len(found)))]
        print(
            f"{f'again after a {name}':28} {spent:7.1f} ms,                {spent / start:5.2f} of the start"
        )


if __name__ == "__main__":
    main()
