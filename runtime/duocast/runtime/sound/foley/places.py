"""Places: what a room, a street, a wood or a full café sounds like when nobody in the film speaks."""

from collections.abc import Iterator

import numpy as np

from duocast.runtime.sound.foley.grains import (
    Random,
    looped_in_place,
    moved,
    placed,
    puff,
    samples_of,
    struck,
)
from duocast.runtime.sound.foley.things import cup
from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.signal.envelope import rise
from duocast.runtime.sound.signal.reverb import Place
from duocast.runtime.sound.signal.ring import Ring
from duocast.runtime.sound.signal.spectrum import RATE, noise, shaped, wander

_CAFE = Place(0.7, 0.9, 0.006, 0.4, 16, 0.03)
_WOOD = Place(0.8, 1.4, 0.03, 0.6, 9, 0.15)


def room_tone(rng: Random, seconds: float) -> Floats:
    """The air of a room: noise that falls by 5 dB an octave, breathing a little."""
    count = samples_of(seconds)
    air = noise(
        rng, count, [(25, -8), (60, 0), (250, -9), (1000, -21), (4000, -35), (16000, -50)], 2
    )
    return moved(air, wander(rng, count, 0.15, 0.94, 1.0)) * np.float32(0.2)


def air_conditioner(rng: Random, seconds: float) -> Floats:
    """A fan behind a grille: a low hum with whole turns in the loop, and its stream of air."""
    count = samples_of(seconds)
    air = noise(
        rng, count, [(40, -14), (120, 0), (400, -3), (1200, -12), (5000, -30), (16000, -50)], 2
    )
    time = np.arange(count) / count
    hum = sum(
        weight * np.sin(2 * np.pi * round(hertz * seconds) * time + rng.uniform(0, 6.28))
        for hertz, weight in (
            (58.0, 0.05),
            (116.0, 0.07),
            (174.0, 0.03),
            (232.0, 0.02),
            (348.0, 0.01),
        )
    )
    beat = 1 + 0.06 * np.sin(2 * np.pi * max(1, round(0.9 * seconds)) * time)
    sound = moved(air, beat.astype(np.float32)) * np.float32(0.15)
    return sound + placed(np.asarray(hum), 0.0, 1.0)


def car(rng: Random, seconds: float) -> Floats:
    """Inside a moving car: tyres, wind, an engine under them."""
    count = samples_of(seconds)
    road = noise(
        rng, count, [(25, -10), (55, 0), (130, -4), (400, -14), (1500, -30), (8000, -54)], 2
    )
    wind = noise(rng, count, [(150, -20), (500, 0), (1500, -6), (5000, -20)], 2)
    time = np.arange(count) / count
    engine = sum(
        weight * np.sin(2 * np.pi * round(38 * order * seconds) * time + rng.uniform(0, 6.28))
        for order, weight in ((1, 0.06), (2, 0.09), (3, 0.03), (4, 0.05), (6, 0.02))
    )
    total = moved(road, wander(rng, count, 0.5, 0.8, 1.05)) * np.float32(0.22)
    total += moved(wind, wander(rng, count, 0.3, 0.5, 1.0)) * np.float32(0.035)
    return total + placed(np.asarray(engine), 0.0)


def train(rng: Random, seconds: float) -> Floats:
    """Inside a train: rumble, and the double beat of rail joints, whole pairs in the loop."""
    ring = Ring(samples_of(seconds))
    count = len(ring.samples)
    rumble = noise(
        rng, count, [(25, -8), (60, 0), (160, -5), (600, -18), (2500, -34), (9000, -54)], 2
    )
    ring.samples += moved(rumble, wander(rng, count, 0.6, 0.75, 1.05)) * np.float32(0.2)
    hiss = noise(rng, count, [(600, -20), (2200, 0), (6000, -14)], 2)
    ring.samples += moved(hiss, wander(rng, count, 0.4, 0.5, 1.0)) * np.float32(0.015)
    pairs = max(1, round(seconds / 1.45))
    for pair in range(pairs):
        for late, gain in ((0.0, 1.0), (0.16, 0.8), (0.62, 0.7), (0.78, 0.55)):
            clack = struck(
                [74, 128, 410, 880], [0.18, 0.14, 0.06, 0.04], [0.8, 0.6, 0.2, 0.1], 0.22, 0.004
            )
            at = round(pair * count / pairs) + samples_of(late + rng.normal(0, 0.004))
            ring.add(at, clack, 0.3 * gain)
    return ring.samples


def traffic(rng: Random, seconds: float) -> Floats:
    """A street: the town's rumble, cars that pass from side to side."""
    ring = Ring(samples_of(seconds))
    count = len(ring.samples)
    town = noise(
        rng, count, [(30, -10), (70, 0), (200, -5), (700, -15), (2500, -27), (9000, -46)], 2
    )
    ring.samples += moved(town, wander(rng, count, 0.2, 0.75, 1.0)) * np.float32(0.13)
    for _ in range(max(2, round(seconds / 3.3))):
        length = samples_of(min(seconds * 0.9, rng.uniform(3.5, 6.5)))
        time = np.linspace(-1, 1, length)
        near = 1 / (1 + (time * rng.uniform(3.5, 6)) ** 2)
        near *= np.cos(time * np.pi / 2)
        tyres = noise(rng, length, [(150, -14), (500, -2), (1000, 0), (2200, -6), (7000, -24)])[
            :, 0
        ]
        motor = noise(rng, length, [(40, -6), (90, 0), (180, -2), (500, -16), (3000, -44)])[:, 0]
        sound = (tyres * near**1.5 * 0.55 + motor * near * 0.7) * rng.uniform(0.25, 0.8) * 0.3
        side = np.tanh(time * 2.5) * rng.choice([-1.0, 1.0]) * 0.8
        angle = (side + 1) * np.pi / 4
        both = np.stack([sound * np.cos(angle), sound * np.sin(angle)], axis=1)
        ring.add(int(rng.integers(0, count)), both.astype(np.float32))
    return ring.samples


def birds(rng: Random, seconds: float) -> Floats:
    """A garden in the morning: a few birds, each with its own phrase, far leaves."""
    ring = Ring(samples_of(seconds))
    count = len(ring.samples)
    for _ in range(6):
        song, side, gain = (
            _bird(rng),
            float(rng.uniform(-0.85, 0.85)),
            float(rng.uniform(0.08, 0.3)),
        )
        at = float(rng.uniform(0, 3))
        while at < seconds:
            ring.add(samples_of(at), placed(song, side), gain * float(rng.uniform(0.6, 1.0)))
            at += len(song) / RATE + float(rng.uniform(1.2, 5.0))
    result = looped_in_place(ring, _WOOD, 0.55)
    leaves = noise(rng, count, [(120, -10), (400, -4), (2500, 0), (6000, -5), (14000, -18)], 2)
    return result + moved(leaves, wander(rng, count, 0.2, 0.4, 1.0)) * np.float32(0.008)


def _bird(rng: Random) -> Floats:
    """A phrase: some syllables, each a whistle that bends, with a little second harmonic."""
    base = float(rng.uniform(2300, 4800))
    kinds = [
        (rng.uniform(-0.25, 0.3), rng.uniform(0.05, 0.16), rng.uniform(0, 0.06)) for _ in range(3)
    ]
    parts: list[Floats] = []
    for _ in range(int(rng.integers(3, 9))):
        bend, length, shake = kinds[int(rng.integers(len(kinds)))]
        count = samples_of(float(length))
        time = np.linspace(0, 1, count)
        hertz = base * rng.uniform(0.92, 1.1) * (1 + bend * (time - 0.5) * np.sin(np.pi * time))
        hertz *= 1 + shake * np.sin(2 * np.pi * 28 * length * time)
        turns = 2 * np.pi * np.cumsum(hertz) / RATE
        whistle = (np.sin(turns) + 0.07 * np.sin(2 * turns)) * np.sin(np.pi * time) ** 1.3
        parts.append(whistle.astype(np.float32))
        parts.append(np.zeros(samples_of(float(rng.uniform(0.02, 0.11))), np.float32))
    return np.concatenate(parts)


def crickets(rng: Random, seconds: float) -> Floats:
    """A summer night: crickets near and far, each chirping in threes or fours, and dark air."""
    ring = Ring(samples_of(seconds))
    count = len(ring.samples)
    for number in range(7):
        hertz = float(rng.uniform(3900, 5100))
        pulse_count = samples_of(0.016)
        time = np.arange(pulse_count) / RATE
        pulse = np.sin(2 * np.pi * hertz * time) * np.sin(np.pi * time / 0.016) ** 1.4
        chirp = np.zeros(samples_of(0.16), np.float32)
        for pulse_number in range(int(rng.integers(3, 5))):
            start = samples_of(0.034 * pulse_number)
            chirp[start : start + pulse_count] += pulse.astype(np.float32)
        side, gain = float(rng.uniform(-0.9, 0.9)), 0.12 / (1 + 0.7 * number)
        chirps = max(1, round(seconds / float(rng.uniform(0.42, 0.75))))
        for index in range(chirps):
            if rng.random() < 0.9:
                at = round((index + rng.normal(0, 0.02)) * count / chirps)
                ring.add(at, placed(chirp, side), gain * float(rng.uniform(0.8, 1.0)))
    result = looped_in_place(ring, _WOOD, 0.35)
    air = noise(rng, count, [(50, -6), (150, 0), (600, -14), (3000, -24), (9000, -34)], 2)
    return result + moved(air, wander(rng, count, 0.2, 0.7, 1.0)) * np.float32(0.02)


_VOWELS = (
    (730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480), (570, 840, 2410),
    (660, 1720, 2410), (490, 1350, 1690), (440, 1020, 2240),
)  # fmt: skip


def crowd(rng: Random, seconds: float, voices: int = 26) -> Floats:
    """A room full of talk in which no word is to be understood.

    Each voice is a train of glottal pulses whose melody and syllables wander; each pulse rings through the three
    formants of a vowel. All voices' pulses of one vowel are convolved with it at once.
    """
    count = samples_of(seconds)
    trains = np.zeros((len(_VOWELS), count, 2), np.float32)
    hiss = np.zeros(count, np.float32)
    for _ in range(voices):
        _talk(rng, trains, hiss, seconds)
    ring = Ring(count)
    for train_, formants in zip(trains, _VOWELS, strict=True):
        vowel = struck(formants, [0.035, 0.025, 0.02], [1.0, 0.55, 0.22], 0.03, 0.0012)[:, :1]
        ring.add(0, _convolved(train_, vowel))
    breath = noise(rng, count, [(1500, -24), (4500, 0), (9000, -8)], 2)
    ring.samples += moved(breath, hiss) * np.float32(0.05)
    far = looped_in_place(ring, _CAFE, 0.7)
    return shaped(far, [(40, -40), (110, -6), (200, 0), (1500, -2), (4000, -8), (10000, -22)])


def _convolved(train: Floats, vowel: Floats) -> Floats:
    size = len(train)
    padded = np.zeros((size, 1), np.float32)
    padded[: min(size, len(vowel))] = vowel[:size]
    spectrum = np.fft.rfft(train, axis=0) * np.fft.rfft(padded, axis=0)
    return np.fft.irfft(spectrum, size, axis=0).astype(np.float32, copy=False)


def _talk(rng: Random, trains: Floats, hiss: Floats, seconds: float) -> None:
    count = len(hiss)
    pitch = float(np.exp(rng.uniform(np.log(95), np.log(230))))
    side = (float(rng.uniform(-0.9, 0.9)) + 1) * np.pi / 4
    sides = np.array([np.cos(side), np.sin(side)]) * float(np.exp(rng.normal(0, 0.5)))
    for start, length, vowel, tune in _syllables(rng, seconds):
        moments = np.arange(start, start + length, 1 / (pitch * tune)) * RATE
        moments += rng.normal(0, 12, len(moments))
        shape = np.sin(np.pi * np.linspace(0.08, 0.95, len(moments))) ** 0.7
        np.add.at(
            trains[vowel], np.round(moments).astype(int) % count, shape[:, np.newaxis] * sides
        )
        if rng.random() < 0.3:
            burst = samples_of(0.06)
            at = (np.arange(burst) + round(start * RATE)) % count
            hiss[at] += np.sin(np.pi * np.arange(burst) / burst).astype(np.float32)


def _syllables(rng: Random, seconds: float) -> Iterator[tuple[float, float, int, float]]:
    """(start, length, vowel, pitch factor) of a speaker who talks about half of the time."""
    at = float(rng.uniform(0, 3))
    while at < seconds:
        phrase = int(rng.integers(4, 16))
        for number in range(phrase):
            length = float(np.clip(rng.normal(0.14, 0.04), 0.06, 0.3))
            tune = 1.15 - 0.25 * number / phrase + float(rng.normal(0, 0.05))
            yield at, length, int(rng.integers(len(_VOWELS))), tune
            at += length + float(rng.exponential(0.035))
        at += float(rng.exponential(1.6)) + 0.3


def cafe(rng: Random, seconds: float) -> Floats:
    """A café: talk, cups, a machine somewhere behind."""
    ring = Ring(samples_of(seconds))
    count = len(ring.samples)
    talk = crowd(rng, seconds, 16)
    ring.samples += talk / np.float32(np.sqrt(np.square(talk).mean()) + 1e-9) * np.float32(0.05)
    for _ in range(max(2, round(seconds / 2.2))):
        side = float(rng.uniform(-0.8, 0.8))
        sides = np.array([1 - side, 1 + side], np.float32)
        gain = float(np.exp(rng.normal(-2.2, 0.6))) * 0.5
        ring.add(int(rng.integers(0, count)), cup(rng, 0) * sides, gain)
    machine = puff(rng, [(300, -20), (1200, -4), (4000, 0), (9000, -10)], 0.4, 2.2, 2)
    machine[: samples_of(0.4)] *= rise(samples_of(0.4))[:, np.newaxis]
    ring.add(int(rng.integers(0, count)), machine, 0.012)
    floor = noise(rng, count, [(40, -4), (90, 0), (300, -10), (1500, -26), (8000, -46)], 2)
    ring.samples += floor * np.float32(0.012)
    return ring.samples
