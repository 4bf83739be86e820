"""How fast the language is read, beside other parsers of screenplays: lines a second, and milliseconds, of CPU time.

    python benchmarks/language.py [--lines 4600] [--film 8000] [--fountain-js FOLDER]

The first rows read one plain Fountain page, the same for all. screenplain comes with the extra `dev`. For
fountain-js, `npm install --prefix FOLDER fountain-js` and name the folder. Rows of one run can be compared: all
parsers take turns, and the fastest turn of each counts, with the median behind it.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from io import StringIO
from pathlib import Path

from duocast.language import Source, parse
from duocast.language.manuscript import Manuscript
from duocast.language.outline import outline

TURNS = 15
EDITS = 200
NAMES = ("MARA", "JONAS", "ELIAS", "TOMAS", "IRIS", "NOOR", "PAVEL", "ADA")
WORDS = [
    "rain",
    "window",
    "letter",
    "night",
    "train",
    "bridge",
    "keep",
    "leave",
    "never",
    "always",
    "years",
    "light",
    "house",
    "stone",
]
NODE = """
const { Fountain } = require(process.argv[1] + '/node_modules/fountain-js');
const text = require('fs').readFileSync(process.argv[2], 'utf8');
const spent = [];
for (let turn = 0; turn < Number(process.argv[3]); turn++) {
  const before = process.cpuUsage();
  new Fountain().parse(text, true);
  const used = process.cpuUsage(before);
  spent.push((used.user + used.system) / 1e6);
}
console.log(JSON.stringify(spent));
"""


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--lines", type=int, default=4600)
    options.add_argument("--film", type=int, default=8000)
    options.add_argument("--fountain-js", type=Path)
    chosen = options.parse_args()
    page = screenplay(chosen.lines, plain=True)
    film = screenplay(chosen.film)
    print(f"Plain Fountain, {chosen.lines:,} lines")
    compare(page, chosen.lines, chosen.fountain_js)
    print(f"\nA film with cards and directions, {chosen.film:,} lines")
    rows = {
        "structure, with positions": lambda: outline(Source("film.scene", film)),
        "everything": lambda: parse(Source("film.scene", film)),
    }
    for name, spent in taking_turns(rows).items():
        row(name, chosen.film, spent)
    edits(film, chosen.film)
    print("\nA fresh process, over Python's own start")
    cold(film)


def compare(page: str, lines: int, fountain_js: Path | None) -> None:
    """Ours beside the others, on one page."""
    rows: dict[str, Callable[[], object]] = {
        "duocast: structure": lambda: outline(Source("page.fountain", page)),
        "duocast: everything": lambda: parse(Source("page.fountain", page)),
    }
    try:
        fountain = import_module("screenplain.parsers.fountain")
    except ImportError:
        print("  (screenplain is not installed: pip install 'duocast[dev]')")
    else:
        rows["screenplain"] = lambda: fountain.parse(StringIO(page))
    measured = taking_turns(rows)
    if fountain_js is not None:
        measured["fountain-js"] = in_node(fountain_js, page)
    base = measured.get("screenplain")
    for name, spent in measured.items():
        row(name, lines, spent, beside=base)


def taking_turns(rows: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """CPU seconds of every turn of each."""
    spent: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(TURNS):
        for name, work in rows.items():
            start = time.process_time()
            work()
            spent[name].append(time.process_time() - start)
    return spent


def in_node(folder: Path, page: str) -> list[float]:
    """CPU seconds of fountain-js in Node, its compiler warm."""
    with tempfile.NamedTemporaryFile("w", suffix=".fountain", encoding="utf-8") as file:
        file.write(page)
        file.flush()
        command = ["node", "-e", NODE, str(folder.resolve()), file.name, str(TURNS)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(one) for one in json.loads(done.stdout)]


def row(name: str, lines: int, spent: list[float], beside: list[float] | None = None) -> None:
    """One line of the table."""
    best, middle = min(spent), statistics.median(spent)
    text = f"  {name:28}{best * 1e3:8.1f} ms{middle * 1e3:8.1f}{lines / best:12,.0f} lines/s"
    if beside is not None:
        text += f"   x{min(beside) / best:.2f} (x{statistics.median(beside) / middle:.2f})"
    print(text)


def edits(film: str, lines: int) -> None:
    """Reading again after an edit of one line, at random places."""
    rng = random.Random(7)
    manuscript, text, spent = Manuscript.read(Source("film.scene", film)), film, []
    for _ in range(EDITS):
        written = text.split("\n")
        at = rng.randrange(lines)
        words = written[at].split(" ")
        words.insert(rng.randrange(len(words) + 1), rng.choice(WORDS))
        written[at] = " ".join(words)
        text = "\n".join(written)
        start = time.process_time()
        manuscript = manuscript.update(text)
        spent.append(time.process_time() - start)
    half, most = statistics.median(spent), sorted(spent)[int(EDITS * 0.95)]
    print(f"  {'after an edit of one line':28}{half * 1e3:8.2f} ms p50{most * 1e3:8.2f} ms p95")


def cold(film: str) -> None:
    """What starting costs: imports, the first parse, and the film. Modules are compiled first."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.scene"
        path.write_text(film, "utf-8")
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        read = "from duocast.language import Source, parse; "
        programs = {
            "": "pass",
            "import msgspec": "import msgspec",
            "import duocast.language": "import duocast.language",
            "... and its parser": "from duocast.language import parse",
            "... and parse one line": read + "parse(Source('f', 'INT. A - DAY'))",
            "... and parse the film": read + f"parse(Source('f', open({str(path)!r}).read()))",
        }
        for program in programs.values():
            in_python(program, environment)
        spent = {name: [in_python(program, environment) for _ in range(TURNS)]
                 for name, program in programs.items()}  # fmt: skip
    start, usual = min(spent[""]), statistics.median(spent[""])
    for name, times in list(spent.items())[1:]:
        best, middle = min(times) - start, statistics.median(times) - usual
        print(f"  {name:28}{best * 1e3:8.1f} ms{middle * 1e3:8.1f}")


def in_python(program: str, environment: dict[str, str]) -> float:
    """CPU seconds of a program in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def screenplay(lines: int, *, plain: bool = False) -> str:
    """A long script, always the same; a plain one has nothing that Fountain has not."""
    rng = random.Random(3)
    out = ["Title: Long", "Author: Nobody" if plain else "Format: 1280x720 @ 24", ""]
    for name in () if plain else NAMES:
        out += [f"character {name}", "  description: in her thirties, dark bob", ""]
    scene = 0
    while len(out) < lines:
        scene += 1
        out += [f"INT. ROOM {scene} - NIGHT", "", sentence(rng, 12), ""]
        out += [] if plain else ["[two-shot, 35mm, slow push in]", ""]
        cast = rng.sample(NAMES, 3)
        for turn in range(14):
            out += speech(rng, cast[turn % 3], plain=plain)
        out += ["CUT TO:", ""]
    return "\n".join(out[:lines])


def sentence(rng: random.Random, words: int) -> str:
    """Words that say nothing."""
    return " ".join(rng.choice(WORDS) for _ in range(words)).capitalize() + "."


def speech(rng: random.Random, name: str, *, plain: bool) -> list[str]:
    """A speech, and now and then what stands behind it."""
    said = sentence(rng, rng.randint(3, 18))
    if rng.random() < 0.3 and not plain:
        said = said.replace(" ", " [beat] ", 1)
    if rng.random() < 0.1:
        said = said.replace(" ", " *now* ", 1)
    out = [name, *(["(quiet)"] if rng.random() < 0.3 else []), said, ""]
    if rng.random() < 0.15 and not plain:
        out += [f"[close on {name}, 85mm]", ""]
    return out + ([sentence(rng, 14), ""] if rng.random() < 0.15 else [])


if __name__ == "__main__":
    main()
