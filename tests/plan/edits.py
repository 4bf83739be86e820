"""What a writer does to a script between two renders, at random; and what befalls the machine."""

import random

from generate.screenplays import Screenplay

WORDS = ("rain", "letter", "never", "tomorrow", "because", "train", "you", "blue")


def edited(play: Screenplay, other: Screenplay, chance: random.Random) -> Screenplay:
    """The script after one edit; `other` is where new blocks come from."""
    return chance.choice(EDITS)(play, other, chance)


def _blocks(play: Screenplay, chance: random.Random) -> tuple[list[list], list]:
    scenes = [list(scene) for scene in play.scenes]
    return scenes, chance.choice(scenes)


def _kept(play: Screenplay, scenes: list[list]) -> Screenplay:
    return Screenplay(play.front, tuple(tuple(scene) for scene in scenes))


def _word(play, other, chance):
    """One word of a speech or of the action is another one."""
    scenes, scene = _blocks(play, chance)
    number = chance.randrange(len(scene))
    lines = list(scene[number])
    if number and len(lines) > 1:
        at = chance.randrange(1, len(lines))
        words = lines[at].split(" ")
        words[chance.randrange(len(words))] = chance.choice(WORDS)
        lines[at] = " ".join(words)
        scene[number] = tuple(lines)
    return _kept(play, scenes)


def _insert(play, other, chance):
    scenes, scene = _blocks(play, chance)
    block = chance.choice([block for one in other.scenes for block in one[1:]])
    scene.insert(chance.randrange(1, len(scene) + 1), block)
    return _kept(play, scenes)


def _delete(play, other, chance):
    scenes, scene = _blocks(play, chance)
    if len(scene) > 2:
        del scene[chance.randrange(1, len(scene))]
    return _kept(play, scenes)


def _swap(play, other, chance):
    scenes, scene = _blocks(play, chance)
    if len(scene) > 2:
        one, two = chance.sample(range(1, len(scene)), 2)
        scene[one], scene[two] = scene[two], scene[one]
    return _kept(play, scenes)


def _scene(play, other, chance):
    """A scene comes, goes or moves."""
    scenes = [list(scene) for scene in play.scenes]
    what = chance.choice("acm")
    if what == "a":
        scenes.insert(chance.randrange(len(scenes) + 1), list(chance.choice(other.scenes)))
    elif len(scenes) > 1:
        taken = scenes.pop(chance.randrange(len(scenes)))
        if what == "m":
            scenes.insert(chance.randrange(len(scenes) + 1), taken)
    return _kept(play, scenes)


def _rename(play, other, chance):
    """Somebody is called something else everywhere."""
    old, new = chance.choice((("MARA", "ODETTE"), ("JONAS", "VIKTOR"), ("ODETTE", "MARA")))
    put = [tuple(line.replace(old, new) for line in block) for block in play.front]
    scenes = [
        [tuple(line.replace(old, new) for line in block) for block in scene]
        for scene in play.scenes
    ]
    return Screenplay(tuple(put), tuple(map(tuple, scenes)))


def _front(play, other, chance):
    """The title page and the cards are another script's."""
    return Screenplay(other.front, play.scenes)


EDITS = (_word, _word, _word, _insert, _insert, _delete, _swap, _scene, _rename, _front)
