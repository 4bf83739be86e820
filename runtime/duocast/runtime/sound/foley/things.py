"""Things: doors, telephones, clocks, keys, glass, bells, paper, and a film's own whooshes and booms."""

import numpy as np

from duocast.runtime.sound.foley.grains import Random, in_place, placed, puff, samples_of, struck
from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.signal.envelope import burst, faded, rise
from duocast.runtime.sound.signal.reverb import Place
from duocast.runtime.sound.signal.ring import Ring
from duocast.runtime.sound.signal.spectrum import RATE, noise, wander

_ROOM = Place(0.4, 0.8, 0.004, 0.55, 12, 0.02)
_HOUSE = Place(0.8, 0.8, 0.008, 0.4, 14, 0.04)


def _track(seconds: float) -> Ring:
    return Ring(samples_of(seconds))


def _latch(rng: Random, gain: float) -> Floats:
    metal = struck(
        [820, 1640, 2710, 3950], [0.05, 0.04, 0.03, 0.02], [0.5, 0.4, 0.35, 0.2], 0.09, 0.0006
    )
    click = puff(rng, [(600, -18), (2500, 0), (9000, -8)], 0.0004, 0.02, 2)
    metal[: len(click)] += click * np.float32(0.4)
    return metal * np.float32(gain)


def door_open(rng: Random, _seconds: float) -> Floats:
    """A handle, the latch, a hinge that gives a little, air."""
    ring = _track(1.6)
    ring.add(samples_of(0.02), _latch(rng, 0.5))
    ring.add(samples_of(0.16), _latch(rng, 0.8))
    count = samples_of(0.95)
    time = np.linspace(0, 1, count)
    rate = 38 + 30 * np.sin(np.pi * time) + 9 * wander(rng, count, 3, -1, 1)
    pulses = np.diff(np.floor(np.cumsum(rate) / RATE), prepend=0) * rng.uniform(0.5, 1, count)
    wood = struck([410, 690, 1120, 1830], [0.05, 0.045, 0.03, 0.02], [0.5, 0.4, 0.3, 0.14], 0.06)[
        :, 0
    ]
    creak = np.convolve(pulses, wood)[:count] * np.sin(np.pi * time) ** 2
    ring.add(samples_of(0.34), placed(creak, 0.1, 0.22))
    air = noise(rng, count, [(80, -20), (250, 0), (900, -12), (4000, -36)], 2)
    ring.add(samples_of(0.3), air * (np.sin(np.pi * time) * 0.03).astype(np.float32)[:, np.newaxis])
    return in_place(ring.samples, _ROOM, 0.25)


def door_close(rng: Random, _seconds: float) -> Floats:
    """A door falls shut: air, the leaf on its frame, the latch."""
    ring = _track(0.9)
    air = puff(rng, [(60, -12), (180, 0), (700, -16), (3000, -40)], 0.09, 0.2, 2)
    ring.add(0, air, 0.05)
    leaf = struck(
        [64, 98, 151, 236, 372, 590], [0.3, 0.26, 0.2, 0.15, 0.1, 0.07],
        [0.9, 0.8, 0.55, 0.4, 0.25, 0.14], 0.5, 0.002,
    )  # fmt: skip
    ring.add(samples_of(0.1), leaf, 0.5)
    slap = puff(rng, [(150, -12), (700, 0), (2500, -10), (8000, -30)], 0.0008, 0.06, 2)
    ring.add(samples_of(0.1), slap, 0.16)
    ring.add(samples_of(0.118), _latch(rng, 0.35))
    ring.add(samples_of(0.19), _latch(rng, 0.16))
    return in_place(ring.samples, _HOUSE, 0.3)


def knock(rng: Random, _seconds: float) -> Floats:
    """Three knuckles on a door."""
    ring = _track(1.1)
    for number, moment in enumerate((0.02, 0.22, 0.44)):
        shift = rng.uniform(0.97, 1.03)
        wood = struck(
            [168 * shift, 297 * shift, 442, 710, 1180], [0.13, 0.11, 0.08, 0.05, 0.03],
            [0.8, 0.7, 0.45, 0.28, 0.15], 0.25, 0.0012,
        )  # fmt: skip
        skin = puff(rng, [(300, -10), (1200, 0), (4000, -16)], 0.0006, 0.018, 2)
        wood[: len(skin)] += skin * np.float32(0.22)
        ring.add(samples_of(moment + rng.normal(0, 0.006)), wood, (0.85, 1.0, 0.92)[number])
    return in_place(ring.samples, _ROOM, 0.3)


def phone_ring(rng: Random, seconds: float) -> Floats:
    """A desk telephone: a trill of two tones, two rings and a pause."""
    length = max(2.0, seconds or 5.0)
    ring = _track(length)
    count = samples_of(1.3)
    time = np.arange(count) / RATE
    upper = 0.5 + 0.5 * np.tanh(6 * np.sin(2 * np.pi * 17 * time))
    tone = sum(
        weight
        * (
            np.sin(2 * np.pi * hz * time) * (1 - upper)
            + np.sin(2 * np.pi * hz * 1.2505 * time) * upper
        )
        for hz, weight in ((968.0, 0.5), (1936.0, 0.14), (2904.0, 0.05))
    )
    trill = faded(placed(np.asarray(tone), 0.05, float(rng.uniform(0.48, 0.5))), 240, 2400)
    for moment in np.arange(0.02, max(0.1, length - 1.2), 2.4):
        ring.add(samples_of(float(moment)), trill)
    return in_place(ring.samples, _ROOM, 0.18)


def phone_buzz(rng: Random, seconds: float) -> Floats:
    """A mobile that shakes on a table: a motor, its harmonics, the table's rattle."""
    length = max(1.0, seconds or 3.0)
    ring = _track(length)
    count = samples_of(0.75)
    time = np.arange(count) / RATE
    speed = 162 * (1 - np.exp(-time * 30)) + 2.5 * wander(rng, count, 6, -1, 1)
    turn = 2 * np.pi * np.cumsum(speed) / RATE
    motor = sum(np.sin(order * turn) * weight for order, weight in
                ((1, 0.6), (2, 0.35), (3, 0.22), (4, 0.12), (6, 0.06), (9, 0.03)))  # fmt: skip
    rattle = noise(rng, count, [(500, -24), (1500, 0), (4500, -10), (12000, -34)])[:, 0]
    rattle *= np.maximum(0, np.sin(turn)) ** 3 * 0.16
    pulse = faded(placed(motor + rattle, -0.1, 0.5), 900, 2600)
    for moment in np.arange(0.02, max(0.1, length - 0.6), 1.3):
        ring.add(samples_of(float(moment)), pulse)
    return in_place(ring.samples, _ROOM, 0.12)


def clock(rng: Random, seconds: float) -> Floats:
    """A pendulum clock: tick and tock, a second a pair, in a quiet room."""
    ring = _track(seconds)
    beats = max(2, 2 * round(seconds))
    for beat in range(beats):
        high = 1.0 if beat % 2 == 0 else 0.86
        tick = struck(
            [1480 * high, 2390 * high, 3720, 620],
            [0.035, 0.028, 0.02, 0.06],
            [0.5, 0.4, 0.25, 0.3],
            0.09,
            0.0005,
        )
        snap = puff(rng, [(1200, -18), (4000, 0), (11000, -12)], 0.0003, 0.008, 2)
        tick[: len(snap)] += snap * np.float32(0.4)
        ring.add(round(beat * len(ring.samples) / beats), tick, 0.3 * float(rng.uniform(0.94, 1.0)))
    answer = Ring(len(ring.samples))
    answer.add(0, in_place(ring.samples, _ROOM, 0.3))
    return answer.samples


def typing(rng: Random, seconds: float) -> Floats:
    """Somebody types: runs of keys at nine a second, pauses for thought, the space bar."""
    ring = _track(seconds)
    at = 0.05
    while at < seconds - 0.1:
        for _ in range(int(rng.integers(3, 11))):
            space = rng.random() < 0.16
            _key(ring, rng, at, space)
            at += float(np.clip(rng.normal(0.115, 0.035), 0.05, 0.25))
            if at > seconds - 0.1:
                break
        at += float(rng.exponential(0.22))
    answer = Ring(len(ring.samples))
    answer.add(0, in_place(ring.samples, _ROOM, 0.2))
    return answer.samples


def _key(ring: Ring, rng: Random, at: float, space: bool) -> None:
    tone = (260 if space else 420) * rng.uniform(0.9, 1.12)
    down = struck(
        [tone, tone * 2.3, 2300, 3900], [0.035, 0.03, 0.014, 0.01], [0.4, 0.2, 0.16, 0.1], 0.06
    )
    click = puff(rng, [(700, -14), (2600, 0), (8000, -10)], 0.0004, 0.016, 2)
    down[: len(click)] += click * np.float32(0.32)
    gain = float(rng.uniform(0.6, 1.0)) * (1.25 if space else 1.0)
    side = float(rng.uniform(-0.25, 0.25))
    sides = np.array([1 - side, 1 + side], np.float32)
    ring.add(samples_of(at), down * sides, gain)
    ring.add(samples_of(at + rng.uniform(0.05, 0.08)), click * sides, 0.10 * gain)


def glass(rng: Random, _seconds: float) -> Floats:
    """A pane that breaks: the blow, then shards that ring and fall."""
    ring = _track(1.8)
    blow = puff(rng, [(500, -12), (2500, 0), (9000, -3), (16000, -16)], 0.0005, 0.22, 2)
    ring.add(samples_of(0.01), blow, 0.4)
    for _ in range(95):
        late = float(rng.exponential(0.22))
        hertz = float(np.exp(rng.uniform(np.log(1700), np.log(11000))))
        fall = float(rng.uniform(0.03, 0.28))
        shard = struck(
            [hertz, hertz * 1.61, hertz * 2.43],
            [fall, fall * 0.7, fall * 0.5],
            [0.5, 0.3, 0.2],
            fall,
            0.0004,
        )
        gain = 0.12 * float(np.exp(rng.normal(0, 0.6) - late * 1.6))
        ring.add(
            samples_of(min(1.4, 0.01 + late)),
            placed(shard[:, 0], float(rng.uniform(-0.8, 0.8))),
            gain,
        )
    return in_place(ring.samples, _ROOM, 0.25)


def cup(rng: Random, _seconds: float) -> Floats:
    """A cup set on its saucer."""
    ring = _track(0.7)
    for moment, gain in ((0.02, 1.0), (0.085, 0.45), (0.13, 0.2)):
        china = struck(
            [2150, 3480, 5210, 7400],
            [0.28, 0.2, 0.12, 0.07],
            [0.4, 0.34, 0.22, 0.1],
            0.35,
            0.0006,
            0.1,
        )
        ring.add(samples_of(moment), china * np.float32(rng.uniform(0.9, 1.1)), gain * 0.5)
    table = struck([190, 340], [0.09, 0.06], [0.4, 0.2], 0.12, 0.002)
    ring.add(samples_of(0.02), table, 0.4)
    return in_place(ring.samples, _ROOM, 0.22)


def bell(rng: Random, seconds: float) -> Floats:
    """A church bell: hum, prime, tierce, quint, nominal and their doublets."""
    prime = 262.0
    ratios = np.array([0.5, 1.0, 1.2, 1.5, 2.0, 2.51, 2.66, 3.01, 4.1, 5.4])
    falls = np.array([9.0, 5.5, 4.8, 3.0, 3.8, 2.0, 1.8, 1.6, 1.0, 0.6])
    weights = np.array([0.5, 0.55, 0.5, 0.22, 0.6, 0.2, 0.18, 0.2, 0.12, 0.07])
    doublets = 1 + rng.uniform(0.0008, 0.002, len(ratios))
    hertz = np.concatenate([ratios * prime, ratios * prime * doublets])
    sound = struck(
        hertz.tolist(),
        [*falls, *falls],
        [*weights * 0.6, *weights * 0.4],
        max(3.0, seconds or 5.0),
        0.0015,
    )
    clapper = puff(rng, [(400, -12), (2000, 0), (7000, -16)], 0.0006, 0.05, 2)
    sound[: len(clapper)] += clapper * np.float32(0.2)
    return faded(in_place(sound, Place(2.2, 0.8, 0.03, 0.25, 18, 0.1), 0.2), 0, RATE)


def doorbell(rng: Random, _seconds: float) -> Floats:
    """Ding, dong."""
    ring = _track(2.2)
    for moment, hertz in ((0.01, 659.3), (0.55, 523.3)):
        bar = struck(
            [hertz, hertz * 2.76, hertz * 5.4], [1.5, 0.6, 0.2], [0.7, 0.18, 0.06], 1.6, 0.002
        )
        ring.add(samples_of(moment), bar, 0.5 * float(rng.uniform(0.98, 1.0)))
    return in_place(ring.samples, _HOUSE, 0.3)


def notification(rng: Random, _seconds: float) -> Floats:
    """Two soft notes of a mobile."""
    ring = _track(1.1)
    for moment, hertz in ((0.01, 880.0), (0.13, 1318.5)):
        note = struck(
            [hertz, hertz * 2, hertz * 4.02], [0.6, 0.3, 0.1], [0.7, 0.15, 0.06], 0.7, 0.003
        )
        ring.add(samples_of(moment), note, 0.5 * float(rng.uniform(0.98, 1.0)))
    return in_place(ring.samples, _ROOM, 0.15)


def beep(rng: Random, _seconds: float) -> Floats:
    """A machine's short tone."""
    time = np.arange(samples_of(0.22)) / RATE
    tone = np.sin(2 * np.pi * 1000 * time) + 0.08 * np.sin(2 * np.pi * 3000 * time)
    tone *= 0.5 * rng.uniform(0.99, 1.0)
    return in_place(faded(placed(tone, 0.0), 240, 480), _ROOM, 0.12)


def click(rng: Random, _seconds: float) -> Floats:
    """A switch."""
    ring = _track(0.25)
    ring.add(samples_of(0.01), _latch(rng, 0.6))
    ring.add(samples_of(0.05), _latch(rng, 0.25))
    return in_place(ring.samples, _ROOM, 0.2)


def camera(rng: Random, _seconds: float) -> Floats:
    """A shutter: mirror up, curtain, mirror down."""
    ring = _track(0.4)
    for moment, gain in ((0.01, 0.8), (0.045, 0.5), (0.11, 0.7)):
        ring.add(samples_of(moment), _latch(rng, gain))
        flap = puff(rng, [(250, -8), (900, 0), (4000, -14)], 0.001, 0.035, 2)
        ring.add(samples_of(moment + 0.002), flap, 0.2 * gain)
    return in_place(ring.samples, _ROOM, 0.15)


def paper(rng: Random, _seconds: float) -> Floats:
    """A page that is turned."""
    count = samples_of(0.95)
    rustle = noise(rng, count, [(500, -24), (1800, -3), (5000, 0), (11000, -6)], 2)
    shape = (
        wander(rng, count, 26, 0, 1) ** 2.2 * np.sin(np.pi * np.linspace(0, 1, count) ** 0.7) ** 1.2
    )
    return in_place(rustle * (shape * 0.5).astype(np.float32)[:, np.newaxis], _ROOM, 0.15)


def whoosh(rng: Random, seconds: float) -> Floats:
    """Something passes: bands of noise that open and close, from left to right."""
    length = max(0.4, seconds or 1.2)
    count = samples_of(length)
    time = np.linspace(0, 1, count)
    result = np.zeros((count, 2), np.float32)
    for number, hertz in enumerate((160, 320, 640, 1250, 2500, 5000)):
        curve = [(hertz / 2.2, -40), (hertz * 0.75, 0), (hertz * 1.35, 0), (hertz * 2.2, -40)]
        narrow = 7 + 3.2 * number
        level = np.exp(-((time - 0.52) ** 2) * narrow * 2.2) * (0.9**number)
        result += noise(rng, count, curve, 2) * level.astype(np.float32)[:, np.newaxis]
    side = np.tanh((time - 0.5) * 5) * 0.7
    result *= np.stack([1 - side, 1 + side], axis=1).astype(np.float32)
    return faded(result, count // 10, count // 6)


def impact(rng: Random, _seconds: float) -> Floats:
    """A trailer's boom: a blow, a tone that falls into the deep, a long hall."""
    length = 2.6
    time = np.arange(samples_of(length)) / RATE
    turns = 33 * time + 62 / 9 * (1 - np.exp(-9 * time))
    deep = np.sin(2 * np.pi * turns) * burst(length, 0.003, 2.2)
    deep = np.tanh(deep * 1.6) * 0.6
    blow = puff(rng, [(60, -4), (200, 0), (900, -10), (4000, -24), (12000, -44)], 0.001, 0.35, 2)
    sound = placed(deep, 0.0, 1.3)
    sound[: len(blow)] += blow * np.float32(0.35)
    wet = in_place(sound, Place(3.2, 0.8, 0.02, 0.15, 20, 0.08), 0.5)
    return faded(wet, 0, RATE)


def horn(rng: Random, _seconds: float) -> Floats:
    """A car's two-tone horn."""
    time = np.arange(samples_of(0.7)) / RATE
    tone = np.zeros(len(time))
    for base in (415.0, 523.0):
        for order in range(1, 16):
            weight = order**-0.6 * np.exp(-(((base * order - 1900) / 2200) ** 2))
            tone += weight * np.sin(2 * np.pi * base * order * time + rng.uniform(0, 6.28))
    street = Place(0.9, 1.2, 0.05, 0.7, 7, 0.2)
    return in_place(faded(placed(tone, 0.2, 0.12), 700, 1900), street, 0.3)


def siren(rng: Random, seconds: float) -> Floats:
    """A siren some streets away: two tones, whole pairs fill the loop."""
    count = samples_of(seconds)
    pairs = max(1, round(seconds / 1.3))
    phase = np.arange(count) / count * pairs
    high = 0.5 + 0.5 * np.tanh(12 * np.sin(2 * np.pi * phase))
    turns = np.cumsum(435 + 145 * high)
    turns *= round(turns[-1] / RATE) / turns[-1]
    tone = sum(np.sin(2 * np.pi * turns * order) / order**1.6 for order in (1, 2, 3, 4, 5))
    sound = placed(np.asarray(tone) * (0.75 + 0.25 * wander(rng, count, 0.3, 0, 1)), -0.2, 0.3)
    ring = Ring(count)
    ring.add(0, in_place(sound, Place(1.4, 1.4, 0.06, 0.6, 8, 0.3), 0.5))
    return ring.samples


def static(rng: Random, seconds: float) -> Floats:
    """A radio between stations."""
    count = samples_of(seconds)
    hiss = noise(rng, count, [(200, -30), (600, -3), (2500, 0), (5000, -12), (9000, -40)], 1)
    hiss = hiss[:, 0] * wander(rng, count, 5, 0.5, 1.0)
    clicks = (rng.random(count) < 9 / RATE) * rng.normal(0, 9, count)
    spark = np.convolve(clicks, np.hanning(24), "same")
    whistle = np.sin(2 * np.pi * np.cumsum(wander(rng, count, 0.4, 900, 1500)) / RATE)
    total = hiss + spark + whistle * 0.05 * wander(rng, count, 0.5, 0, 1)
    edges = rise(min(count // 4, 480))
    total[: len(edges)] *= edges
    total[-len(edges) :] *= edges[::-1]
    return placed(total, 0.0, 0.2)
