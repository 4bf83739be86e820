"""Music that makes way for one voice only."""

import numpy as np
from test_mix import RATE, film, line, lines, run, talk, tone

from duocast.compiler.timeline import SoundClip, SpokenLine, Track


def level(sound, start, end):
    part = sound[round(start * RATE) : round(end * RATE)]
    return 20 * np.log10(np.sqrt(np.square(part).mean()) + 1e-9)


def test_only_the_named_voice_pushes_the_music_down(tmp_path):
    voice = talk(2.0)
    music = SoundClip(source="music", at=0, samples=10 * RATE, loop=True)
    timeline = film(
        lines(line(1.0, voice, "a"), line(6.0, voice, "b")),
        Track(kind="music", duck_db=-12.0, duck_under="jonas", clips=(music,)),
    )
    spoken = tuple(
        SpokenLine(line=name, role=role, name=role, at=at * RATE, end=(at + 2) * RATE)
        for name, role, at in (("a", "mara", 1), ("b", "jonas", 6))
    )
    sounds = {"a": voice, "b": voice, "music": tone(500, 2.0)}
    stems, _ = run(tmp_path, timeline.replace(spoken=spoken), sounds)
    free, under_mara, under_jonas = (level(stems["music"], t, t + 1) for t in (4.2, 1.5, 6.5))
    assert abs(under_mara - free) < 0.5
    assert -13 < under_jonas - free < -11
