"""The form of a cue: how many bars fill its time, which strain each phrase plays, and how full it is."""

import numpy as np

from duocast.runtime.sound.music.harmony import Chord, progression
from duocast.runtime.sound.music.mood import Mood
from duocast.runtime.sound.music.note import Bar, Song

_PHRASE = 4
_FORMS = {
    1: "A", 2: "AB", 3: "ABA", 4: "AABA", 5: "AABBA", 6: "AABBAA", 7: "AABBABA", 8: "AABBAABA",
}  # fmt: skip


def compose_form(mood: Mood, seconds: float, rng: np.random.Generator) -> Song:
    """The song's bars. The tempo gives way a little, so that whole phrases fill `seconds` exactly."""
    first, second = progression(mood, rng)
    bar_seconds = 60.0 / mood.tempo * mood.beats
    phrases = max(1, round(seconds / (bar_seconds * _PHRASE)))
    bars_wanted = phrases * _PHRASE
    if seconds < bar_seconds * _PHRASE * 0.7:
        bars_wanted = max(1, round(seconds / bar_seconds))
    form = _form(phrases)
    bars = []
    for number in range(bars_wanted):
        phrase, place = divmod(number, _PHRASE)
        strain = form[phrase]
        chords: tuple[Chord, ...] = first if strain == "A" else second
        full = _fullness(form, phrase)
        bars.append(Bar(number, chords[place], phrase, place, strain, full))
    beat = seconds / (bars_wanted * mood.beats)
    return Song(mood, tuple(bars), beat, int(rng.integers(2**31)))


def _form(phrases: int) -> str:
    return _FORMS[phrases] if phrases in _FORMS else (_FORMS[8] * phrases)[:phrases]


def _fullness(form: str, phrase: int) -> float:
    """An arch: bare at the start, fullest at two thirds, thinning to where it began."""
    if len(form) == 1:
        return 0.7
    place = (phrase + 0.5) / len(form)
    arch = 0.42 + 0.5 * float(np.sin(np.pi * min(1.0, place / 1.15)) ** 1.2)
    return min(1.0, arch + (0.08 if form[phrase] == "B" else 0.0))
