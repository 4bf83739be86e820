"""The `foley`: effects and ambiences from words, offline, or the writer's own recording."""

import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from duocast.compiler.operations.sound import EffectParams
from duocast.compiler.sounds import NEUTRAL, SOUNDS, KnownSound, nearest_sounds, sounds_in
from duocast.runtime import engines
from duocast.runtime.engine import Request
from duocast.runtime.sound.file import write_wav
from duocast.runtime.sound.foley import people, places, things, weather
from duocast.runtime.sound.foley.grains import samples_of
from duocast.runtime.sound.loudness import Floats, amplitude, to_loudness
from duocast.runtime.sound.recording import cut, looped, recording
from duocast.runtime.sound.signal.dynamics import limited
from duocast.runtime.sound.signal.envelope import faded
from duocast.runtime.sound.signal.ring import Ring
from duocast.runtime.sound.signal.spectrum import RATE, shaped

LOUDNESS = -20.0
"""LUFS of an effect, unless its peaks stand against it."""

CEILING = -1.5
LOOP_SECONDS = 20.0
LONGEST = 600.0
_LIKENESS = 0.8
_UNKNOWN_DB = -25.0
_PAUSE = 1.5
"""Seconds between two times of something that happens once, when it loops."""

Recipe = Callable[[np.random.Generator, float], Floats]

RECIPES: dict[str, Recipe] = {
    "air conditioner": places.air_conditioner, "applause": people.applause, "beep": things.beep,
    "bell": things.bell, "birds": places.birds, "cafe": places.cafe, "camera": things.camera,
    "car": places.car, "click": things.click, "clock": things.clock, "crickets": places.crickets,
    "crowd": places.crowd, "cup": things.cup, "door close": things.door_close,
    "door open": things.door_open, "doorbell": things.doorbell, "fire": weather.fire,
    "glass": things.glass, "gunshot": weather.gunshot, "heartbeat": people.heartbeat,
    "horn": things.horn, "impact": things.impact, "knock": things.knock,
    "notification": things.notification, "paper": things.paper, "phone buzz": things.phone_buzz,
    "phone ring": things.phone_ring, "rain": weather.rain, "rain on window": weather.rain_on_window,
    "room tone": places.room_tone, "sea": weather.sea, "siren": things.siren,
    "static": things.static, "steps": people.steps, "stream": weather.stream,
    "thunder": weather.thunder, "traffic": places.traffic, "train": places.train,
    "typing": things.typing, "whoosh": things.whoosh, "wind": weather.wind,
}  # fmt: skip

_CLEAN = ((15.0, -60.0), (24.0, -6.0), (32.0, 0.0), (17_000.0, 0.0), (22_000.0, -30.0))


def chosen(words: str) -> tuple[KnownSound, ...]:
    """The sounds for some words: those they name, else the nearest by spelling, else none."""
    found = sounds_in(words)
    if found:
        return found[:3]
    near = nearest_sounds(words, 1, _LIKENESS)
    return tuple(sound for sound in SOUNDS if near and sound.name == near[0])


def effect(words: str, loop: bool, seconds: float, seed: int) -> Floats:
    """The sound of `words`: (n, 2) at 48 kHz; with `loop` its end runs into its start.

    Words that name nothing known give a room's own tone, hardly to be heard (the compiler has warned).
    """
    sounds = chosen(words)
    if not sounds:
        tone = effect(NEUTRAL, loop, seconds or (0.0 if loop else 1.0), seed)
        return tone * np.float32(amplitude(_UNKNOWN_DB))
    length = min(LONGEST, seconds) if seconds > 0 else _natural(sounds, loop)
    layers = [_layer(sound, loop, length, seed) for sound in sounds]
    total = Ring(max(len(layer) for layer in layers)) if not loop else Ring(samples_of(length))
    for layer in layers:
        total.add(0, layer, 1 / np.sqrt(len(layers)))
    result = total.samples
    if not loop:
        result = _ended(result, all(sound.continuous for sound in sounds), seconds)
    return levelled(result, loop=loop)


def levelled(sound: Floats, *, loop: bool) -> Floats:
    """A sound (n, 2) at 48 kHz as loud as every other, its sharpest peaks held."""
    return to_loudness(limited(sound, _high(sound), loops=loop), RATE, LOUDNESS, CEILING)


def _natural(sounds: tuple[KnownSound, ...], loop: bool) -> float:
    return LOOP_SECONDS if loop else max(sound.seconds for sound in sounds)


def _layer(sound: KnownSound, loop: bool, length: float, seed: int) -> Floats:
    """One sound at the common loudness, as a ring of `length` if it loops."""
    own = np.random.default_rng([seed & 0xFFFFFFFF, zlib.crc32(sound.name.encode())])
    if sound.continuous:
        made = RECIPES[sound.name](own, length)
        made = shaped(made, _CLEAN)
    else:
        once = RECIPES[sound.name](own, sound.seconds)
        once = shaped(np.pad(once, ((2400, 4800), (0, 0))), _CLEAN)[2400:-2400]
        made = _repeated(faded(once, 24, 2400), length) if loop else once
    return to_loudness(made, RATE, LOUDNESS, ceiling=20.0)


def _repeated(once: Floats, length: float) -> Floats:
    """What happens once, again and again round the ring."""
    ring = Ring(samples_of(length))
    times = max(1, int(length // (len(once) / RATE + _PAUSE)))
    for number in range(times):
        ring.add(round(number * len(ring.samples) / times), once)
    return ring.samples


def _ended(sound: Floats, continuous: bool, seconds: float) -> Floats:
    """With ends: what goes on fades in and out; what happens once only loses the silence after it."""
    if continuous:
        edge = min(len(sound) // 6, RATE // 4)
        return faded(sound, edge // 4, edge)
    loud = np.abs(sound).max(axis=1)
    heard = np.flatnonzero(loud > loud.max() * 1e-3)
    kept = sound[: heard[-1] + 1] if len(heard) else sound
    return cut(faded(kept, 24, min(len(kept) // 4, 4800)), seconds)


def _high(sound: Floats) -> float:
    """A ceiling 20 dB above the mean: the sharpest peaks of a texture must not hold all of it down."""
    mean = float(np.sqrt(np.square(sound).mean()))
    return 20 * float(np.log10(max(mean, 1e-9))) + 22


class Foley:
    """`effect`: the output `sound` is made from `EffectParams`, or is the input `file` at the same loudness."""

    name = engines.FOLEY.name
    version = engines.FOLEY.version
    operation = engines.FOLEY.operation

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write effect.wav. Raises `EngineError` A0321 to A0323 for a file that is no sound, empty or too long."""
        params = EffectParams.from_plain(request.params)
        if "file" in request.inputs:
            sound = cut(recording(request.inputs["file"]), params.seconds)
            sound = to_loudness(looped(sound) if params.loop else sound, RATE, LOUDNESS, CEILING)
        else:
            sound = effect(params.name, params.loop, params.seconds, params.seed)
        path = request.folder / "effect.wav"
        write_wav(path, sound, RATE, 16)
        request.progress(1.0)
        return {"sound": path}
