"""How fast the sound department works: music, effects, and a mix, in CPU seconds and times real time.

Run it on an idle machine: `python benchmarks/sound.py [minutes of film]`.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

import numpy as np

from duocast.compiler.timeline import Rate, SoundClip, Timeline, Track
from duocast.runtime.engine import Request, Weights
from duocast.runtime.sound.file import write_wav
from duocast.runtime.sound.foley.foley import effect
from duocast.runtime.sound.loudness import Floats, energies_of, to_loudness, true_peak
from duocast.runtime.sound.mix.console import Console
from duocast.runtime.sound.music.composer import composed

RATE = 48_000
ROOMS = ("living", "small", "hall", "outdoors", "studio", "phone", "none")


def main() -> None:
    """Print the table."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    composed("soft piano", 4.0, 0)
    for mood in ("soft piano, hopeful", "upbeat acoustic", "jazz trio", "epic"):
        row(f"score: {mood}", 64.0, lambda mood=mood: composed(mood, 64.0, 1))  # type: ignore[misc]
    for name in ("rain", "cafe", "thunder"):
        row(f"effect: {name}", 20.0, lambda name=name: effect(name, True, 20.0, 1))  # type: ignore[misc]
    noise = (np.random.default_rng(0).standard_normal((60 * RATE, 2)) * 0.1).astype(np.float32)
    row("loudness", 60.0, lambda: energies_of(noise, RATE))
    row("true peak", 60.0, lambda: true_peak(noise))
    with tempfile.TemporaryDirectory() as folder:
        request = film(Path(folder), minutes)
        row(f"mix: {minutes:g} minutes", minutes * 60, lambda: Console().run(request))


def row(name: str, seconds: float, work: Callable[[], object]) -> None:
    """One line: CPU seconds, and how many times faster than it is heard."""
    start = time.process_time()
    work()
    spent = time.process_time() - start
    print(f"{name:28} {spent:7.2f} s CPU {seconds / spent:8.0f} x real time")


def talk(rng: np.random.Generator, seconds: float) -> Floats:
    """Something like a voice."""
    at = np.arange(round(seconds * RATE)) / RATE
    turns = 2 * np.pi * np.cumsum(140 * (1 + 0.05 * np.sin(12 * at))) / RATE
    buzz = np.sum([np.sin(order * turns) / order**1.2 for order in range(1, 20)], axis=0)
    voice = buzz * np.clip(np.sin(23 * at), 0.02, 1) + 0.05 * rng.standard_normal(len(at))
    return to_loudness(voice, RATE, -19.0)


def film(folder: Path, minutes: float) -> Request:
    """A film of talk in seven rooms over ducked music and ambience, a bang each 15 seconds."""
    rng = np.random.default_rng(3)
    rate = Rate(numerator=24)
    total = rate.samples(round(minutes * 60 * 24))
    takes = [talk(rng, float(rng.uniform(1.5, 4))) for _ in range(24)]
    sounds = {f"take{number}": take for number, take in enumerate(takes)}
    sounds |= {"music": composed("soft piano", 64.0, 0), "air": effect("rain", True, 20.0, 0)}
    sounds |= {"bang": effect("door slams", False, 0, 0)}
    lines: list[SoundClip] = []
    at = RATE
    while at < total - 5 * RATE:
        number = len(lines) % 24
        samples = len(takes[number])
        room = ROOMS[len(lines) % 7]
        lines.append(SoundClip(source=f"take{number}", at=at, samples=samples, room=room, pan=0.2))
        at += samples + round(float(rng.choice([-0.3, 0.2, 0.5, 2.0])) * RATE)
    bangs = tuple(
        SoundClip(source="bang", at=at, samples=RATE) for at in range(RATE, total - RATE, 15 * RATE)
    )
    whole = {"at": 0, "samples": total, "loop": True}
    music = SoundClip(source="music", gain_db=-4, **whole)
    air = SoundClip(source="air", gain_db=-18, **whole)
    timeline = Timeline(
        rate=rate, width=16, height=9, frames=round(minutes * 60 * 24), picture=(), transitions=(),
        spoken=(), tracks=(
            Track(kind="dialogue", clips=tuple(lines)),
            Track(kind="music", clips=(music,), duck_db=-12),
            Track(kind="effects", clips=bangs),
            Track(kind="ambience", clips=(air,), duck_db=-3),
        ),
    )  # fmt: skip
    inputs = {"timeline": folder / "timeline.json"}
    inputs["timeline"].write_bytes(timeline.to_json())
    for name, sound in sounds.items():
        inputs[name] = folder / f"{name}.wav"
        write_wav(inputs[name], sound, RATE, 16)
    out = folder / "out"
    out.mkdir()
    return Request({}, inputs, out, lambda _: None, cast(Weights, None))


if __name__ == "__main__":
    main()
