"""Weather and water: rain, wind, thunder, sea, stream, fire."""

import numpy as np

from duocast.runtime.sound.foley.grains import (
    Random,
    in_place,
    moved,
    puff,
    samples_of,
    scatter,
    struck,
)
from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.signal.envelope import burst, rise
from duocast.runtime.sound.signal.reverb import Place
from duocast.runtime.sound.signal.ring import Ring
from duocast.runtime.sound.signal.spectrum import RATE, noise, wander


def _drops(rng: Random, low: float, high: float, decay: float) -> list[Floats]:
    grains = []
    for _ in range(24):
        hertz = float(np.exp(rng.uniform(np.log(low), np.log(high))))
        ping = struck([hertz, hertz * 1.73], [decay, decay / 2], [0.6, 0.25], decay, 0.0006)[:, :1]
        splash = puff(rng, [(500, -40), (hertz, 0), (hertz * 2.5, -12)], 0.0005, decay * 0.7)
        ping[: len(splash)] += splash * np.float32(0.5)
        grains.append(ping)
    return grains


def rain(rng: Random, seconds: float, heavy: float = 0.5) -> Floats:
    """Rain on ground and leaves: a broad hiss of far drops, near drops one by one."""
    ring = Ring(samples_of(seconds))
    count = len(ring.samples)
    far = noise(
        rng, count, [(60, -26), (300, -9), (900, -5), (3000, 0), (7000, -3), (15000, -14)], 2
    )
    low = noise(rng, count, [(40, -20), (140, 0), (420, -8), (1500, -40)], 2)
    ring.samples += moved(far, wander(rng, count, 0.25, 0.85, 1.05)) * np.float32(0.16)
    ring.samples += low * np.float32(0.05 + 0.09 * heavy)
    scatter(ring, rng, _drops(rng, 1100, 6500, 0.012), 130 + 160 * heavy, 0.8, 1.0, 0.10)
    scatter(ring, rng, _drops(rng, 500, 1500, 0.03), 9 + 12 * heavy, 0.6, 0.8, 0.09)
    return ring.samples


def rain_on_window(rng: Random, seconds: float) -> Floats:
    """Rain heard from inside: dull outside, drops on the pane, now and then one from the ledge."""
    ring = Ring(samples_of(seconds))
    count = len(ring.samples)
    far = noise(
        rng, count, [(50, -18), (200, -4), (500, 0), (1400, -8), (4000, -22), (12000, -40)], 2
    )
    ring.samples += moved(far, wander(rng, count, 0.2, 0.75, 1.05)) * np.float32(0.15)
    scatter(ring, rng, _drops(rng, 900, 3200, 0.016), 46, 0.8, 0.8, 0.085)
    scatter(ring, rng, _drops(rng, 320, 700, 0.05), 1.1, 0.4, 0.6, 0.16)
    return ring.samples


_WIND_BANDS = (
    (90.0, 1.0),
    (190.0, 0.9),
    (360.0, 0.75),
    (640.0, 0.55),
    (1050.0, 0.32),
    (1700.0, 0.16),
)


def wind(rng: Random, seconds: float, howl: float = 0.35) -> Floats:
    """Wind: bands of noise; gusts lift the high ones later and higher than the low ones, and some bands whistle."""
    count = samples_of(seconds)
    gust = wander(rng, count, 0.16, 0.15, 1.0)
    result = np.zeros((count, 2), np.float32)
    for number, (hertz, weight) in enumerate(_WIND_BANDS):
        curve = [(hertz / 2.6, -36), (hertz * 0.8, 0), (hertz * 1.25, 0), (hertz * 2.6, -36)]
        own = wander(rng, count, 0.3, 0.6, 1.0)
        level = gust ** (0.6 + 0.45 * number) * own * np.float32(weight)
        result += moved(noise(rng, count, curve, 2), level)
    for hertz in (410.0, 655.0):
        narrow = [(hertz * 0.92, -50), (hertz * 0.985, 0), (hertz * 1.015, 0), (hertz * 1.08, -50)]
        level = gust**2.5 * wander(rng, count, 0.4, 0, 1) ** 2
        result += moved(noise(rng, count, narrow, 2), level) * np.float32(0.4 * howl)
    air = noise(rng, count, [(800, -30), (3000, -6), (6000, 0), (12000, -16)], 2)
    return result + moved(air, gust**2) * np.float32(0.05)


def thunder(rng: Random, seconds: float) -> Floats:
    """A clap not far away: a tear, then a rumble that rolls off in many strokes."""
    count = samples_of(max(4.0, seconds))
    rumble = noise(rng, count, [(18, -24), (34, 0), (75, 0), (180, -9), (500, -26), (2000, -50)], 2)
    mid = noise(rng, count, [(90, -14), (250, 0), (700, -6), (2500, -24), (8000, -50)], 2)
    tear = noise(rng, count, [(200, -10), (900, 0), (3500, -6), (9000, -20)], 2)
    strokes = np.zeros(count, np.float32)
    for _ in range(16):
        at = int(rng.beta(1.2, 3.2) * count * 0.75)
        length = samples_of(rng.uniform(0.5, 1.8))
        stroke = np.minimum(1, np.linspace(0, 14, length)) * np.exp(-np.linspace(0, 5, length))
        stroke *= rng.uniform(0.3, 1) * np.exp(-2.2 * at / count)
        end = min(count, at + length)
        strokes[at:end] += stroke[: end - at].astype(np.float32)
    time = np.arange(count, dtype=np.float32) / RATE
    # It never stops between two strokes.
    strokes += (
        0.3 * np.exp(-time * 0.7) * rise(count // 40)[np.minimum(np.arange(count), count // 40 - 1)]
    )
    crack = np.exp(-time * 7) * (0.4 + 0.6 * wander(rng, count, 22, 0, 1) ** 2)
    start = samples_of(0.02)
    crack[:start] *= rise(start)
    total = moved(rumble, strokes) + moved(mid, strokes * np.exp(-time * 0.8)) * np.float32(0.4)
    total += moved(tear, crack.astype(np.float32)) * np.float32(0.5)
    tail = np.ones(count, np.float32)
    tail[-(count // 3) :] = rise(count // 3)[::-1]
    return moved(total, tail)


def sea(rng: Random, seconds: float) -> Floats:
    """Waves on a beach: each swells, breaks and hisses back; a whole number of them fills the loop."""
    count = samples_of(seconds)
    waves = max(1, round(seconds / 7.5))
    dark = noise(rng, count, [(30, -20), (90, 0), (350, -5), (1200, -22), (5000, -44)], 2)
    body = noise(rng, count, [(120, -14), (400, 0), (1500, -6), (5000, -18)], 2)
    foam = noise(rng, count, [(700, -24), (2500, -3), (6000, 0), (13000, -8)], 2)
    result = dark * np.float32(0.10)
    phase = (
        np.arange(count) / count * waves + 0.06 * np.sin(2 * np.pi * np.arange(count) / count)
    ) % 1
    break_ = np.where(phase < 0.42, (phase / 0.42) ** 2.4, np.exp(-(phase - 0.42) * 5.5))
    hiss = np.where(phase < 0.45, (phase / 0.45) ** 6, np.exp(-(phase - 0.45) * 3.4))
    break_, hiss = np.maximum(break_, 0.045), np.maximum(hiss, 0.16)
    own = wander(rng, count, 0.12, 0.6, 1.0)
    result += moved(dark, (break_ * own).astype(np.float32)) * np.float32(0.5)
    result += moved(body, (break_ * own).astype(np.float32)) * np.float32(0.42)
    side = 0.35 * np.sin(2 * np.pi * np.arange(count) / count * max(1, waves // 2))
    swung = foam * np.stack([1 - side, 1 + side], axis=1)
    return result + moved(swung, (hiss * own).astype(np.float32)) * np.float32(0.30)


def stream(rng: Random, seconds: float) -> Floats:
    """A brook: bubbles, each a short sine that rises as it closes, over a soft rush."""
    ring = Ring(samples_of(seconds))
    bubbles = []
    for _ in range(32):
        length = rng.uniform(0.015, 0.06)
        time = np.arange(samples_of(length)) / RATE
        hertz = rng.uniform(380, 1900)
        turns = hertz * (time + rng.uniform(1, 5) * time**2)
        shape = np.sin(np.pi * np.minimum(1, time / length)) ** 1.5 * np.exp(-time / length * 2)
        bubbles.append((np.sin(2 * np.pi * turns) * shape).astype(np.float32)[:, np.newaxis])
    scatter(ring, rng, bubbles, 85, 0.7, 0.9, 0.16)
    rush = noise(
        rng, len(ring.samples), [(150, -20), (500, -3), (1400, 0), (4000, -8), (12000, -24)], 2
    )
    ring.samples += moved(rush, wander(rng, len(ring.samples), 0.6, 0.8, 1.0)) * np.float32(0.11)
    return ring.samples


def fire(rng: Random, seconds: float) -> Floats:
    """A wood fire: a breathing rumble, crackles in clusters, now and then a snap."""
    ring = Ring(samples_of(seconds))
    count = len(ring.samples)
    flame = noise(rng, count, [(35, -14), (80, 0), (220, -4), (700, -22), (3000, -46)], 2)
    ring.samples += moved(flame, wander(rng, count, 1.6, 0.35, 1.0)) * np.float32(0.14)
    hiss = noise(rng, count, [(900, -24), (3500, 0), (9000, -6)], 2)
    ring.samples += moved(hiss, wander(rng, count, 0.5, 0.3, 1.0)) * np.float32(0.012)
    crackles = [
        puff(rng, [(hz / 3, -24), (hz, 0), (hz * 3, -14)], 0.0003, float(rng.uniform(0.004, 0.022)))
        for hz in rng.uniform(900, 5200, 28)
    ]
    scatter(ring, rng, crackles, 13, 0.9, 0.6, 0.13)
    for _ in range(max(1, round(seconds * 0.8))):
        centre = int(rng.integers(0, count))
        for _ in range(int(rng.integers(4, 14))):
            grain = crackles[int(rng.integers(len(crackles)))]
            gain = float(np.exp(rng.normal(-1.9, 0.6)))
            ring.add(centre + int(rng.exponential(0.06) * RATE), grain.repeat(2, axis=1), gain)
    return ring.samples


def gunshot(rng: Random, _seconds: float) -> Floats:
    """A shot outdoors: a crack, a thump, the echo of houses."""
    crack = puff(rng, [(200, -6), (900, 0), (5000, -4), (14000, -14)], 0.0004, 0.16, 2)
    thump = struck([58, 96, 150], [0.4, 0.3, 0.2], [0.9, 0.7, 0.4], 0.5, 0.0015)
    thump[: len(crack)] += crack * np.float32(0.5)
    sound = in_place(thump, Place(1.6, 0.9, 0.06, 0.6, 9, 0.4), 0.22)
    return sound * burst(len(sound) / RATE, 0.0001, 6.0)[:, np.newaxis]
