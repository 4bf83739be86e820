"""How well lines keep their identity over writing sessions on a long script, and what it costs a compile.

    python benchmarks/identity.py [--sessions 20] [--speeches 2650] [--seed 1] [--sweep]

Each session makes 25 word edits, 8 inserts, 6 deletes, a move of 8 speeches and 3 recasts, all before one compile, and
then one word edit more, compiled by itself. The speeches are a random walk over the words of the examples and the
documents, with many short ones that are said again and again, as people do. `--sweep` shows what other thresholds of
likeness would give.
"""

import argparse
import random
import re
import statistics
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from duocast.compiler.continuity import Continuity
from duocast.compiler.identity import Identity, lines, settle
from duocast.compiler.identity.settle import Done
from duocast.compiler.reader import MemoryReader
from duocast.compiler.screenplay import Screenplay
from duocast.language import Source

ROOT = Path(__file__).parent.parent
CAST = ("MARA", "JONAS", "ILSE", "OTTO", "NINA", "PAUL")
STOCK = (
    "Yes.",
    "No.",
    "What?",
    "I know.",
    "Come on.",
    "Why?",
    "Please.",
    "All right.",
    "Don't.",
    "Thank you.",
)
SHORT = 0.18
SCENE = 14
EDITS, INSERTS, DELETES, MOVED, RECASTS = 25, 8, 6, 8, 3


@dataclass
class Speech:
    """A speech under its true identity, which no compile sees."""

    number: int
    role: str
    text: str


@dataclass
class Talk:
    """A speaker of random but connected words."""

    chance: random.Random
    follows: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def learn(self) -> None:
        """Read the examples and the documents."""
        files = [
            *sorted((ROOT / "examples" / "scripts").glob("*.scene")),
            *sorted((ROOT / "docs").rglob("*.md")),
        ]
        for file in files:
            words = re.findall(r"[A-Za-z']+", file.read_text("utf-8"))
            for one, other in pairwise(words):
                self.follows[one.lower()].append(other.lower())

    def word(self) -> str:
        """Any word, common ones more often."""
        return self.chance.choice(self.follows[self.chance.choice(list(self.follows))])

    def line(self) -> str:
        """A speech."""
        if self.chance.random() < SHORT:
            return self.chance.choice(STOCK)
        words = [self.word()]
        for _ in range(self.chance.choice((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20))):
            words.append(self.chance.choice(self.follows.get(words[-1]) or [self.word()]))
        text = " ".join(words)
        return text[0].upper() + text[1:] + self.chance.choice(".?!.")


class Writer:
    """Somebody who writes a long script and comes back to it."""

    def __init__(self, speeches: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.talk = Talk(self.chance)
        self.talk.learn()
        self.count = 0
        self.scenes = [[self.new() for _ in range(SCENE)] for _ in range(speeches // SCENE)]

    def new(self) -> Speech:
        """A speech that was never there."""
        self.count += 1
        return Speech(self.count, self.chance.choice(CAST), self.talk.line())

    def text(self) -> str:
        """The script."""
        parts = ["Title: Long"]
        parts += [f"character {name}\n  description: somebody" for name in CAST]
        for number, scene in enumerate(self.scenes):
            parts.append(f"INT. ROOM {number % 60} - {'DAY' if number % 2 else 'NIGHT'}")
            parts += [f"{speech.role}\n{speech.text}" for speech in scene]
        return "\n\n".join(parts) + "\n"

    def session(self) -> tuple[set[int], set[int], set[int]]:
        """One sitting: the speeches that are edited, new and recast."""
        edited = {self._edit() for _ in range(EDITS)}
        for _ in range(DELETES):
            scene = self._scene()
            del scene[self.chance.randrange(len(scene))]
        self._move()
        recast = {self._recast() for _ in range(RECASTS)}
        return edited, {self._insert() for _ in range(INSERTS)}, recast

    def single_edit(self) -> None:
        """One save with one word changed."""
        self._edit()

    def cut(self) -> None:
        """A speech is taken out, or eight move."""
        if self.chance.random() < 0.5:
            scene = self._scene()
            del scene[self.chance.randrange(len(scene))]
        else:
            self._move()

    def _scene(self, least: int = 4) -> list[Speech]:
        return self.chance.choice([scene for scene in self.scenes if len(scene) >= least])

    def _edit(self) -> int:
        """A word is changed, put in or taken out; now and then two are."""
        speech = self.chance.choice(self._scene())
        words = speech.text.split()
        for _ in range(self.chance.choice((1, 1, 1, 2))):
            place, what = self.chance.randrange(len(words)), self.chance.choice("cccid")
            if what == "i" or len(words) == 1:
                words.insert(place, self.talk.word())
            elif what == "d":
                del words[place]
            else:
                words[place] = self.talk.word()
        speech.text = " ".join(words)
        return speech.number

    def _insert(self) -> int:
        scene, speech = self._scene(), self.new()
        scene.insert(self.chance.randrange(len(scene) + 1), speech)
        return speech.number

    def _move(self) -> None:
        source, target = self._scene(MOVED + 1), self._scene()
        first = self.chance.randrange(len(source) - MOVED)
        block, source[first : first + MOVED] = source[first : first + MOVED], []
        place = self.chance.randrange(len(target) + 1)
        target[place:place] = block

    def _recast(self) -> int:
        speech = self.chance.choice(self._scene())
        speech.role = self.chance.choice([name for name in CAST if name != speech.role])
        return speech.number


@dataclass
class Score:
    """Lines counted over all sessions: (kept, of)."""

    surviving: list[int] = field(default_factory=lambda: [0, 0])
    edited: list[int] = field(default_factory=lambda: [0, 0])
    recast: list[int] = field(default_factory=lambda: [0, 0])
    wrong: int = 0
    milliseconds: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)


def compiled(writer: Writer, continuity: Continuity) -> Screenplay:
    """The writer's script of now, compiled as a watch compiles it."""
    found = continuity.compile(Source("long.scene", writer.text()), MemoryReader({}))
    if found.screenplay is None:
        raise SystemExit("\n".join(one.title for one in found.diagnostics[:5]))
    return found.screenplay


def run(sessions: int, speeches: int, seed: int, score: Score) -> None:
    """All sessions of one writer."""
    writer, continuity = Writer(speeches, seed), Continuity()
    identity, done = Identity(), {}
    before: dict[int, tuple[str, str]] = {}
    for number in range(sessions + 1):
        edited, new, recast = writer.session() if number else (set(), set(), set())
        fresh = compiled(writer, continuity)
        settled, milliseconds = timed(fresh, identity, done)
        if number:
            score.milliseconds.append(milliseconds)
            score.cold.append(timed(fresh, identity, {})[1])
        told = {(scene, now): old for scene, old, now in settled.recast}
        names = named(writer, settled.screenplay)
        if number:
            count(score, before, names, edited, new, recast, told)
        identity, done = settled.identity, dict(settled.done)
        writer.single_edit()
        settled, milliseconds = timed(compiled(writer, continuity), identity, done)
        score.saved.append(milliseconds)
        before, identity, done = (
            named(writer, settled.screenplay),
            settled.identity,
            dict(settled.done),
        )


def timed(fresh: Screenplay, identity: Identity, done: dict[str, Done]):  # noqa: ANN201 - a pair
    """The settled film, and the milliseconds of the processor that it took."""
    began = time.process_time()
    settled = settle(fresh, identity, done)
    return settled, 1000 * (time.process_time() - began)


def named(writer: Writer, screenplay: Screenplay) -> dict[int, tuple[str, str]]:
    """The lasting name of every true speech."""
    told = [scene for scene in screenplay.scenes if scene.lines]
    spoken = [scene for scene in writer.scenes if scene]
    return {
        speech.number: (scene.id, line.id)
        for truth, scene in zip(spoken, told, strict=True)
        for speech, line in zip(truth, scene.lines, strict=True)
    }


def count(
    score: Score,
    before: dict[int, tuple[str, str]],
    names: dict[int, tuple[str, str]],
    edited: set[int],
    new: set[int],
    recast: set[int],
    told: dict[tuple[str, str], str],
) -> None:
    """What a session kept; a name is the line's id, which moves with it."""
    old_names = {name: number for number, name in before.items()}
    for number, name in names.items():
        if number in new:
            score.wrong += name in old_names and name[1] not in told
            continue
        kept = name[1] == before[number][1]
        row = (
            score.recast
            if number in recast
            else score.edited
            if number in edited
            else score.surviving
        )
        row[0] += kept or (number in recast and told.get(name) == before[number][1])
        row[1] += 1


def show(score: Score) -> None:
    """The table."""
    for what in ("surviving", "edited", "recast"):
        kept, of = getattr(score, what)
        print(
            f"{what + ' lines':16} {kept:6} of {of:6} keep identity: {100 * kept / max(1, of):.2f} %"
        )
    print(f"{'new lines':16} {score.wrong:6} wrongly got an old one")
    rows = (
        ("a save with one edit", score.saved),
        ("a whole session at once", score.milliseconds),
        ("a whole session, nothing at hand but the file", score.cold),
    )
    for what, times in rows:
        print(f"{what}: median {statistics.median(times):.1f} ms, longest {max(times):.1f} ms")
    print(f"(a million additions take {timed_additions():.1f} ms here)")


def timed_additions() -> float:
    """How fast this processor is just now."""
    began = time.process_time()
    for _ in range(1_000_000):
        began + 1.0
    return 1000 * (time.process_time() - began)


def main() -> None:
    """Run the sessions and print what was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--speeches", type=int, default=2650)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sweep", action="store_true")
    asked = parser.parse_args()
    for same in (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7) if asked.sweep else (lines.SAME,):
        lines.SAME = same
        print(f"likeness {same:g}, {asked.sessions} sessions, {asked.speeches} speeches")
        score = Score()
        run(asked.sessions, asked.speeches, asked.seed, score)
        show(score)


if __name__ == "__main__":
    main()
