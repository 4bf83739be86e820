"""A performance: the song's parts played by instruments into a loop, in a hall, as one stereo cue."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from duocast.runtime.sound.loudness import Floats, amplitude, energies_of
from duocast.runtime.sound.music.instruments import plucked, struck, sustained
from duocast.runtime.sound.music.instruments.drums import DRUMS
from duocast.runtime.sound.music.note import Note, Song
from duocast.runtime.sound.music.parts import Part
from duocast.runtime.sound.signal.convolution import TAPS, circular, equaliser
from duocast.runtime.sound.signal.envelope import rise, stretched, swell
from duocast.runtime.sound.signal.reverb import Place, impulse
from duocast.runtime.sound.signal.ring import Ring
from duocast.runtime.sound.signal.spectrum import RATE, convolved

Tone = Callable[[float, float, float, np.random.Generator], Floats]


@dataclass(frozen=True, slots=True)
class Ringing:
    """An instrument that is struck and dies away; `release` is its damper, `longest` how long it rings on."""

    tone: Tone
    release: float
    longest: float
    rings: float = 0.0
    """Seconds it may ring past its note's end."""


RINGING: dict[str, Ringing] = {
    "felt piano": Ringing(struck.felt_piano, 0.5, 6.0, 0.15),
    "celesta": Ringing(struck.celesta, 0.4, 2.5, 1.0),
    "music box": Ringing(struck.music_box, 0.4, 2.5, 1.5),
    "vibraphone": Ringing(struck.vibraphone, 0.6, 5.0, 1.0),
    "marimba": Ringing(struck.marimba, 0.2, 1.2, 1.0),
    "nylon guitar": Ringing(plucked.nylon_guitar, 0.25, 3.0, 0.4),
    "harp": Ringing(plucked.harp, 0.4, 3.5, 1.0),
    "pizzicato": Ringing(plucked.pizzicato, 0.1, 0.8, 0.5),
    "upright bass": Ringing(plucked.upright_bass, 0.12, 2.0),
    "soft synth": Ringing(plucked.soft_synth, 0.2, 1.4, 0.3),
}
HELD: dict[str, sustained.Section] = {
    "strings": sustained.STRINGS,
    "tremolo": sustained.STRINGS,
    "low strings": sustained.LOW_STRINGS,
    "spiccato": sustained.SPICCATO,
    "choir": sustained.CHOIR,
    "horns": sustained.HORNS,
    "pad": sustained.PAD,
    "glass": sustained.GLASS,
    "sub": sustained.SUB,
}

HALL = Place(2.3, damping=0.75, delay=0.022, early=0.22, reflections=22, spread=0.07)
WIDE_HALL = Place(4.2, damping=0.7, delay=0.03, early=0.12, reflections=26, spread=0.09)
CLUB = Place(0.9, damping=0.8, delay=0.010, early=0.4, reflections=18, spread=0.05)

_TONE_LOUDNESS = 10 ** ((-20 + 0.691) / 10)


def _hall(texture: str) -> Place:
    return {"ambient": WIDE_HALL, "tension": WIDE_HALL, "jazz": CLUB, "acoustic": CLUB}.get(
        texture, HALL
    )


class Players:
    """The instruments in the room: each tone is made once, at the level of every other instrument's."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._tones: dict[tuple[str, int, int], Floats] = {}

    def tone(self, name: str, pitch: int, strength: float, seconds: float) -> Floats:
        """A tone of a ringing instrument or a drum, at least `seconds` long or as long as it rings."""
        layer = int(np.clip(round(strength * 5), 1, 5))
        key = (name, pitch, layer)
        held = self._tones.get(key)
        if held is None or len(held) < seconds * RATE - 1:
            held = self._made(name, pitch, layer, seconds)
            self._tones[key] = held
        return held

    def _made(self, name: str, pitch: int, layer: int, seconds: float) -> Floats:
        number = sorted(RINGING).index(name) if name in RINGING else 50 + sorted(DRUMS).index(name)
        rng = np.random.default_rng([self._seed, number, pitch, layer])
        if name in DRUMS:
            return _levelled(DRUMS[name](layer / 5, rng), 5.0)
        return _levelled(RINGING[name].tone(float(pitch), layer / 5, seconds, rng), 0.5)


def _levelled(sound: Floats, seconds: float) -> Floats:
    """At -20 LUFS in the loudest tenth of its first `seconds`."""
    start = sound[: round(seconds * RATE)]
    start = np.pad(start, ((0, max(0, RATE // 2 - len(start))), (0, 0)))
    loudest = float(energies_of(start, RATE).max())
    factor = np.float32(np.sqrt(_TONE_LOUDNESS / max(loudest, 1e-12)))
    return np.asarray(sound * factor, np.float32)


def perform(song: Song, parts: tuple[Part, ...], samples: int, seed: int) -> Floats:
    """The cue as (samples, 2): dry and reverberated parts, mixed; its end runs into its start."""
    dry, wet = Ring(samples), Ring(samples)
    players = Players(seed)
    for number, part in enumerate(parts):
        rng = np.random.default_rng([seed, number, 77])
        notes = [note for note in part.write(song, rng) if _plays(song, part, note)]
        for note in sorted(notes, key=lambda item: -item.beats):
            sound = _sound(song, part, note, players)
            at = _moment(song, part, note, rng)
            placed = sound * _balance(part, note)
            dry.add(at, placed)
            wet.add(at, placed, part.send)
    return _mixed(dry.samples, wet.samples, _hall(song.mood.texture))


def _plays(song: Song, part: Part, note: Note) -> bool:
    bar = song.bars[min(len(song.bars) - 1, int(note.start // song.mood.beats))]
    return bar.fullness >= part.enters or len(song.bars) < 8


def _moment(song: Song, part: Part, note: Note, rng: np.random.Generator) -> int:
    beat = note.start
    if song.mood.texture == "jazz" and abs(beat % 1 - 0.5) < 0.01:
        beat += 0.15
    late = float(np.clip(rng.normal(0, part.loose), -2 * part.loose, 2 * part.loose))
    early = 0.35 * HELD[part.instrument].attack if part.instrument in HELD else 0.0
    return round((beat * song.beat + late - early) * RATE)


def _balance(part: Part, note: Note) -> Floats:
    level = amplitude(part.level) * (max(note.strength, 0.05) / 0.5) ** 1.2
    angle = (part.pan + 1) * np.pi / 4
    sides = np.array([np.cos(angle), np.sin(angle)]) * np.sqrt(2) * level
    return np.asarray(sides, np.float32)


def _sound(song: Song, part: Part, note: Note, players: Players) -> Floats:
    seconds = note.beats * song.beat
    if part.instrument in HELD:
        return _held(part.instrument, note, seconds)
    if part.instrument in DRUMS:
        return players.tone(part.instrument, 0, note.strength, 0.0)
    kind = RINGING[part.instrument]
    length = min(kind.longest, seconds + kind.rings + kind.release)
    tone = players.tone(part.instrument, note.pitch, note.strength, length)[: round(length * RATE)]
    damper = min(len(tone), round(kind.release * RATE))
    damped: Floats = tone.copy()
    damped[-damper:] *= rise(damper)[::-1, np.newaxis]
    return damped


def _held(name: str, note: Note, seconds: float) -> Floats:
    section = HELD[name]
    attack = min(section.attack, seconds * 0.6)
    curve = swell(seconds, attack, min(section.release, 0.4 + seconds))
    sound = sustained.held(section, note.pitch, note.strength, len(curve), round(note.start * 997))
    level = np.float32(np.sqrt(_TONE_LOUDNESS / 2))
    curve *= _breath(len(curve))
    if name == "tremolo":
        curve *= _tremolo(len(curve))
    return np.asarray(sound * (curve * level)[:, np.newaxis], np.float32)


def _breath(samples: int) -> Floats:
    """A held tone grows to its middle and gives way again, by 4 dB."""
    points = samples // 480 + 2
    arch = np.sin(np.arange(points) * (480 * np.pi / samples))
    return stretched(np.asarray(0.63 + 0.37 * arch, np.float32), 480)[:samples]


def _tremolo(samples: int) -> Floats:
    time = np.arange(samples, dtype=np.float32) / np.float32(RATE)
    bow = np.sin(2 * np.pi * (10.5 * time + 0.3 * np.sin(2 * np.pi * 0.7 * time)))
    return np.asarray(0.72 + 0.28 * bow, np.float32)


_MIX_CURVE = (
    (20.0, -40.0), (32.0, -12.0), (45.0, -1.0), (150.0, 0.0), (280.0, -1.0), (700.0, 0.0),
    (1800.0, -1.5), (3200.0, -1.0), (6000.0, 2.0), (12000.0, 3.0), (17000.0, -6.0), (24000.0, -40.0),
)  # fmt: skip
"""No rumble, less of what makes a room of many instruments thick, and a dip where consonants are."""
_SEND_CURVE = (
    (20.0, -60.0), (120.0, -14.0), (260.0, -3.0), (700.0, 0.0), (1800.0, -1.5), (5000.0, 0.0),
    (10000.0, -8.0), (24000.0, -60.0),
)  # fmt: skip
"""The hall gets no bass and little air."""


def _mixed(dry: Floats, wet: Floats, hall: Place) -> Floats:
    """The dry sound and the hall's answer, circularly: the hall still rings at the start of the loop."""
    straight = equaliser(_MIX_CURVE)
    return circular([(dry, straight), (wet, _answer(hall))], TAPS // 2)


@lru_cache(maxsize=4)
def _answer(hall: Place) -> Floats:
    return convolved(impulse(hall), equaliser(_SEND_CURVE))
