"""Settling a film again and again comes to the same as settling it from what was kept."""

import random

from duocast.compiler.continuity import Continuity
from duocast.compiler.identity import Identity, settle
from duocast.compiler.reader import MemoryReader
from duocast.language import Source

CAST = ("MARA", "JONAS", "ILSE")
WORDS = [
    "the",
    "rain",
    "at",
    "a",
    "window",
    "and",
    "letter",
    "by",
    "night",
    "that",
    "nobody",
    "ever",
    "read",
    "after",
    "long",
    "years",
    "of",
    "silence",
]


def written(scenes):
    parts = ["Title: Again", *(f"character {name}\n  description: somebody" for name in CAST)]
    for number, speeches in enumerate(scenes):
        parts.append(f"INT. ROOM {number % 3} - NIGHT")
        parts += [f"{name}\n{words}" for name, words in speeches]
    return "\n\n".join(parts) + "\n"


def edit(scenes, dice):
    """A word changed, a speech more, one less, one recast, or a scene moved."""
    scene = dice.choice(scenes)
    place = dice.randrange(len(scene))
    name, words = scene[place]
    match dice.randrange(5):
        case 0:
            scene[place] = name, f"{words} {dice.choice(WORDS)}"
        case 1:
            scene.insert(place, (dice.choice(CAST), " ".join(dice.choices(WORDS, k=6))))
        case 2 if len(scene) > 2:
            del scene[place]
        case 3:
            scene[place] = dice.choice(CAST), words
        case _:
            scenes.append(scenes.pop(dice.randrange(len(scenes))))


def test_what_is_at_hand_of_the_last_save_changes_nothing():
    for seed in range(4):
        dice, continuity = random.Random(seed), Continuity()
        scenes = [
            [(dice.choice(CAST), " ".join(dice.choices(WORDS, k=5))) for _ in range(6)]
            for _ in range(5)
        ]
        identity, done = Identity(), {}
        for _ in range(15):
            source = Source("film.scene", written(scenes))
            film = continuity.compile(source, MemoryReader({})).screenplay
            settled, anew = settle(film, identity, done), settle(film, identity)
            assert settled.screenplay == anew.screenplay
            assert (settled.identity, settled.born, settled.lost) == (
                anew.identity,
                anew.born,
                anew.lost,
            )
            identity, done = settled.identity, settled.done
            for _ in range(dice.choice((1, 1, 4))):
                edit(scenes, dice)
