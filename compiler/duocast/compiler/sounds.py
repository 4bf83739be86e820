"""The sounds that duocast can make by itself: their names, and the words that ask for them. Pure data."""

import re

from msgspec import Struct

OWN = "own sound"
"""What a cue calls the sound that comes with the pictures, where the engine that films them makes any."""
NEUTRAL = "room tone"
"""What is heard where words name no sound at all."""


class KnownSound(Struct, frozen=True, gc=False):
    """A sound by its name; any of `words` asks for it. `seconds` is its length unless it loops."""

    name: str
    words: tuple[str, ...]
    seconds: float
    continuous: bool = False
    """It goes on by itself (rain) and does not happen once (a knock)."""


def _known(name: str, words: str, seconds: float, continuous: bool = False) -> KnownSound:
    return KnownSound(name, tuple(words.split()), seconds, continuous)


SOUNDS: tuple[KnownSound, ...] = (
    _known("air conditioner", "conditioner conditioning aircon hvac ventilation fan vent fridge hum", 20, True),
    _known("applause", "applause clapping clap claps ovation", 6, True),
    _known("beep", "beep beeps bleep", 0.6),
    _known("bell", "bell bells church gong toll", 5),
    _known("birds", "birds bird birdsong chirping songbirds forest park garden", 20, True),
    _known("cafe", "cafe café restaurant coffee diner bar pub bistro", 20, True),
    _known("camera", "camera shutter snapshot photo", 0.5),
    _known("car", "car engine driving motor", 20, True),
    _known("click", "click switch button lighter", 0.3),
    _known("clock", "clock ticking tick tock", 8, True),
    _known("crickets", "crickets cricket night cicadas insects", 20, True),
    _known("crowd", "crowd people murmur chatter walla babble audience", 20, True),
    _known("cup", "cup cups mug dishes saucer spoon", 0.8),
    _known("door close", "slam closes close shut shuts closing slams", 1.2),
    _known("door open", "door opens open creak creaks opening hinge gate", 1.6),
    _known("doorbell", "doorbell chime dingdong", 2.5),
    _known("fire", "fire fireplace campfire crackling flames crackle", 20, True),
    _known("glass", "glass shatter shatters breaking smash", 1.8),
    _known("gunshot", "gunshot shot gun gunfire bang", 2.5),
    _known("heartbeat", "heartbeat heart pulse", 6, True),
    _known("horn", "horn honk hooter", 0.9),
    _known("impact", "impact boom hit explosion thud crash braam stinger", 4),
    _known("knock", "knock knocks knocking", 1.2),
    _known("notification", "notification message ping alert email", 1.2),
    _known("paper", "paper page rustle letter envelope pages", 1.0),
    _known("phone buzz", "buzz buzzes buzzing vibrate vibrates vibration vibrating mobile", 3),
    _known("phone ring", "phone ring rings ringing telephone ringtone", 5),
    _known("rain", "rain rainfall drizzle downpour shower raining", 20, True),
    _known("rain on window", "windowpane windowsill", 20, True),
    _known("room tone", "room tone silence quiet interior office studio hospital library", 20, True),
    _known("sea", "sea waves ocean surf beach shore wave", 20, True),
    _known("siren", "siren ambulance police", 6, True),
    _known("static", "static radio noise interference", 4, True),
    _known("steps", "steps footsteps step walking footstep walks", 4, True),
    _known("stream", "stream water river brook creek fountain waterfall", 20, True),
    _known("thunder", "thunder thunderclap lightning storm thunderstorm", 8),
    _known("traffic", "traffic street city road cars highway urban avenue", 20, True),
    _known("train", "train subway railway metro tram", 20, True),
    _known("typing", "typing keyboard types typewriter", 5, True),
    _known("whoosh", "whoosh swoosh swish sweep transition", 1.2),
    _known("wind", "wind breeze gust gusts windy blizzard howling", 20, True),
)  # fmt: skip


def known_sounds() -> tuple[str, ...]:
    """The names of all sounds, in order."""
    return tuple(sound.name for sound in SOUNDS)


def sounds_in(words: str) -> tuple[KnownSound, ...]:
    """The sounds that `words` ask for, in the order of the words: `thunder and rain` is two; none if none is known."""
    text = " ".join(re.findall(r"[a-zé]+", words.lower()))
    found: list[KnownSound] = []
    for sound in sorted(SOUNDS, key=lambda sound: -len(sound.name)):
        if re.search(rf"\b{sound.name}\b", text) and " " in sound.name:
            found.append(sound)
            text = re.sub(rf"\b{sound.name}\b", " ", text)
    for token in text.split():
        found += [sound for sound in SOUNDS if token in (*sound.words, sound.name)]
    if "window" in text.split() and _NAMED["rain"] in found:
        found.insert(0, _NAMED["rain on window"])
    return _sensible(tuple(dict.fromkeys(found)))


def _sensible(found: tuple[KnownSound, ...]) -> tuple[KnownSound, ...]:
    """Without what another one already says: a door that slams does not open."""
    names = {sound.name for sound in found}
    hidden = {other for name, others in _SAYS_MORE.items() if name in names for other in others}
    return tuple(sound for sound in found if sound.name not in hidden)


_NAMED = {sound.name: sound for sound in SOUNDS}
_SAYS_MORE = {
    "rain on window": ("rain", "glass"),
    "door close": ("door open",),
    "knock": ("door open",),
    "phone buzz": ("phone ring",),
    "notification": ("phone ring", "phone buzz"),
    "bell": ("phone ring",),
    "doorbell": ("door open", "phone ring", "bell"),
    "cafe": ("crowd", "room tone", "cup"),
    "crickets": ("room tone", "birds"),
    "traffic": ("car",),
    "horn": ("car",),
    "siren": ("car",),
    "train": ("room tone",),
    "crowd": ("room tone",),
    "applause": ("crowd",),
    "air conditioner": ("room tone",),
    "clock": ("room tone",),
    "typing": ("room tone",),
    "gunshot": ("camera",),
    "thunder": ("room tone",),
    "camera": ("click",),
}


def nearest_sounds(words: str, count: int = 3, likeness: float = 0.72) -> tuple[str, ...]:
    """The names whose words look most like `words`, for a warning's hint; none if nothing is near.

    `likeness` is difflib's ratio. The engine guesses only from 0.8 on (a slip of the finger in a longer word): a wrong
    sound is worse than none.
    """
    from difflib import get_close_matches  # only for a slip

    every = {word: sound.name for sound in reversed(SOUNDS) for word in (*sound.words, sound.name)}
    names: list[str] = []
    for token in [words.lower().strip(), *re.findall(r"[a-zé]{3,}", words.lower())]:
        for word in get_close_matches(token, sorted(every), count, likeness):
            names.append(every[word])
    return tuple(dict.fromkeys(names))[:count]
