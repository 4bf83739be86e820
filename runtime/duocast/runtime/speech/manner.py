"""How a line is said: the words of an acting note as pace, melody, loudness and colour of the voice."""

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Manner:
    """`pace` multiplies the speed, `pitch` is in semitones, `gain` in dB beside an equalised take.

    `tilt` is in dB (above 0 is darker); a whisper has no voice.
    """

    pace: float = 1.0
    pitch: float = 0.0
    gain: float = 0.0
    tilt: float = 0.0
    whisper: bool = False


NEUTRAL = Manner()
_SLOW, _FAST = Manner(pace=0.86), Manner(pace=1.16)
_QUIET = Manner(pace=0.96, pitch=-0.4, gain=-5.0, tilt=2.0)
_SOFT = Manner(pace=0.96, pitch=-0.2, gain=-4.0, tilt=1.5)
_WHISPER = Manner(pace=0.94, gain=-6.0, whisper=True)
_LOUD = Manner(pace=0.98, pitch=1.2, gain=2.5, tilt=-3.0)
_SHOUT = Manner(pace=0.96, pitch=2.4, gain=3.0, tilt=-5.0)
_TIRED = Manner(pace=0.88, pitch=-1.0, gain=-2.0, tilt=2.0)
_SAD = Manner(pace=0.9, pitch=-0.8, gain=-1.5, tilt=1.5)
_EXCITED = Manner(pace=1.08, pitch=1.4, gain=1.0, tilt=-1.5)
_HAPPY = Manner(pace=1.04, pitch=0.9, tilt=-1.0)
_ANGRY = Manner(pace=1.05, pitch=0.6, gain=2.0, tilt=-3.0)
_COLD = Manner(pace=0.95, pitch=-0.5, tilt=-2.0)
_WARM = Manner(pace=0.97, pitch=-0.2, tilt=2.0)
_AFRAID = Manner(pace=1.06, pitch=1.0, gain=-2.0)
_GRAVE = Manner(pace=0.9, pitch=-1.0, tilt=1.5)

MANNERS = {
    "afraid": _AFRAID,
    "angrily": _ANGRY,
    "angry": _ANGRY,
    "bitter": _COLD,
    "bright": _HAPPY,
    "calling": _LOUD,
    "calm": Manner(pace=0.95, pitch=-0.3),
    "cheerful": _HAPPY,
    "cold": _COLD,
    "coldly": _COLD,
    "dark": _GRAVE,
    "eager": _EXCITED,
    "excited": _EXCITED,
    "excitedly": _EXCITED,
    "exhausted": _TIRED,
    "fast": _FAST,
    "firm": Manner(pace=0.97, gain=1.0, tilt=-1.0),
    "furious": _SHOUT,
    "gentle": _SOFT,
    "gently": _SOFT,
    "grave": _GRAVE,
    "happy": _HAPPY,
    "hesitant": _SLOW,
    "hushed": _QUIET,
    "hurried": _FAST,
    "loud": _LOUD,
    "loudly": _LOUD,
    "murmuring": _QUIET,
    "muttering": _QUIET,
    "nervous": Manner(pace=1.08, pitch=0.6),
    "quick": _FAST,
    "quickly": _FAST,
    "quiet": _QUIET,
    "quietly": _QUIET,
    "sad": _SAD,
    "sadly": _SAD,
    "serious": Manner(pace=0.95, pitch=-0.5),
    "shouting": _SHOUT,
    "shouts": _SHOUT,
    "slow": _SLOW,
    "slowly": _SLOW,
    "soft": _SOFT,
    "softly": _SOFT,
    "tender": _SOFT,
    "tired": _TIRED,
    "urgent": Manner(pace=1.12, pitch=0.6, gain=1.0),
    "warm": _WARM,
    "warmly": _WARM,
    "weary": _TIRED,
    "whisper": _WHISPER,
    "whispered": _WHISPER,
    "whispering": _WHISPER,
    "whispers": _WHISPER,
    "yelling": _SHOUT,
}


def manner_of(words: Iterable[str]) -> Manner:
    """All words of an acting note together, within what still sounds like a person."""
    known = [MANNERS[word] for word in map(str.lower, words) if word in MANNERS]
    if not known:
        return NEUTRAL
    pace = 1.0
    for manner in known:
        pace *= manner.pace
    return Manner(
        pace=min(1.35, max(0.75, pace)),
        pitch=min(3.0, max(-2.0, sum(manner.pitch for manner in known))),
        gain=min(3.0, max(-7.0, sum(manner.gain for manner in known))),
        tilt=min(5.0, max(-5.0, sum(manner.tilt for manner in known))),
        whisper=any(manner.whisper for manner in known),
    )


def with_steps(words: Iterable[str], pace: float, pitch: float) -> Manner:
    """The manner of a stretch of a line: its words, and a factor and semitones of its own."""
    manner = manner_of(words)
    return replace(
        manner,
        pace=min(1.8, max(0.55, manner.pace * pace)),
        pitch=min(6.0, max(-6.0, manner.pitch + pitch)),
    )
