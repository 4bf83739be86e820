"""Cue prompts: music and sounds in the words that a sound model understands, written from the Screenplay.

A model does not understand `no drums`: what is not wanted is told apart. Like prompts of pictures, these are made from
content alone, and hold nothing that says where in the film a cue stands.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from duocast.compiler.screenplay import Place, Scene, SoundCue
from duocast.compiler.sounds import sounds_in
from duocast.language.pattern import pattern

TEMPO_WORDS: Mapping[str, int] = {
    "ambient": 60, "drone": 60, "sleepy": 60, "lullaby": 66, "slow": 66, "sad": 68, "calm": 70,
    "peaceful": 70, "gentle": 72, "tender": 72, "ballad": 72, "melancholic": 72, "hopeful": 84,
    "walking": 92, "warm": 84, "tense": 96, "swing": 120, "playful": 112, "happy": 116, "upbeat": 120,
    "driving": 124, "dance": 124, "energetic": 128, "urgent": 132, "fast": 140, "action": 140,
}  # fmt: skip
"""Beats a minute that a word asks for where no number is written; the first word that is known says it."""
SINGING = frozenset(
    ["song", "songs", "sung", "sing", "sings", "singing", "singer", "vocal", "vocals", "aria"]
)
TALKING = frozenset(["crowd", "cafe", "applause"])
"""Sounds that are made of voices."""
SLOWEST, FASTEST = 40, 190
USUAL_SECONDS = 5.0
"""Of a sound that happens once and is not known by name."""
SHORTEST_SECONDS = 2.0
"""Models make nothing sensible that is shorter; the silence after it is cut off."""
UNWANTED = "low quality, distortion, clipping, noise"
_WITHOUT = pattern(r"\b(?:no|without)\s+([a-z]+(?:\s+(?:and|or)\s+[a-z]+)*)", re.IGNORECASE)
_BPM = pattern(r"\b(\d{2,3})\s*bpm\b", re.IGNORECASE)


class Told(Struct, frozen=True, gc=False):
    """What a model is told: the prompt, what is not wanted, and for music the tempo, the beats in a bar, the words."""

    prompt: str
    unwanted: str = UNWANTED
    bpm: int = 0
    beats: int = 4
    lyrics: str = ""


def music_prompt(what: str, scene: Scene | None = None) -> Told:
    """Music: instrumental, unless the words ask for a song; then the lyrics of its scene are sung."""
    wanted, avoided = _parted(what)
    words = re.findall(r"[a-z]+", wanted.lower())
    sung = bool(SINGING & set(words))
    bpm = _tempo(wanted, words)
    pace = f"{bpm} BPM" if bpm and not _BPM.search(wanted) else ""
    voice = "" if sung else "instrumental film score"
    return Told(
        prompt=_sentence([wanted, voice, pace]),
        unwanted=_listed([*avoided, UNWANTED, *([] if sung else ["vocals", "speech"])]),
        bpm=bpm,
        beats=3 if {"waltz", "lullaby"} & set(words) else 4,
        lyrics=_lyrics(scene) if sung else "",
    )


def sound_prompt(cue: SoundCue, scene: Scene | None = None, place: Place | None = None) -> Told:
    """A sound that happens once, or one that goes on: then with the place, its hour and its weather."""
    wanted, avoided = _parted(cue.what)
    if cue.loop:
        parts = [wanted, *_setting(scene, place), "steady background sound, field recording"]
    else:
        parts = [wanted, "a single close sound effect, clean recording"]
    voices = any(sound.name in TALKING for sound in sounds_in(cue.what))
    others = ["music", *([] if voices else ["speech"])]
    return Told(prompt=_sentence(parts), unwanted=_listed([*avoided, *others, UNWANTED]))


def sound_seconds(cue: SoundCue) -> float:
    """How long a sound is made: as long as the cue says, or as such a sound lasts; 0 for one that goes on."""
    known = cue_seconds(cue)
    if cue.loop or known is not None:
        return known or 0.0
    named = [sound.seconds for sound in sounds_in(cue.what)]
    return max(SHORTEST_SECONDS, max(named, default=USUAL_SECONDS))


def cue_seconds(cue: SoundCue) -> float | None:
    """The cue's length where it is written as such and does not come from what happens."""
    if cue.stop is None or cue.stop.replace(offset=0.0) != cue.start.replace(offset=0.0):
        return None
    return round(cue.stop.offset - cue.start.offset, 6) or None


def _parted(what: str) -> tuple[str, list[str]]:
    """The words for what is wanted, and for what is not (`no drums`)."""
    avoided = [
        word for found in _WITHOUT.findall(what) for word in re.split(r"\s+(?:and|or)\s+", found)
    ]
    wanted = re.sub(r"\s*,(?:\s*,)+", ",", _WITHOUT.sub("", what))
    return " ".join(wanted.split()).strip(" ,;.") or what, avoided


def _tempo(wanted: str, words: list[str]) -> int:
    said = _BPM.search(wanted)
    if said:
        return min(FASTEST, max(SLOWEST, int(said.group(1))))
    return next((TEMPO_WORDS[word] for word in words if word in TEMPO_WORDS), 0)


def _lyrics(scene: Scene | None) -> str:
    return "\n".join(["[verse]", *scene.lyrics]) if scene is not None and scene.lyrics else ""


def _setting(scene: Scene | None, place: Place | None) -> list[str]:
    """`inside, kitchen at night, rain`; nothing without a place."""
    if scene is None or place is None:
        return []
    when = "" if scene.time_of_day in ("", "continuous") else f" at {scene.time_of_day}"
    inside = "inside" if scene.interior else "outside"
    return [inside, f"{place.name.lower()}{when}", place.weather]


def _sentence(parts: list[str]) -> str:
    said = _listed(parts)
    return f"{said[:1].upper()}{said[1:]}."


def _listed(parts: list[str]) -> str:
    plain = (" ".join(part.split()).rstrip(".;, ") for part in parts)
    return ", ".join(dict.fromkeys(part for part in plain if part))
