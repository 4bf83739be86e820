"""`score`, `effect` and `mix`: music, effects and the mixed programme.

score outputs `sound` (music.wav, stereo, 48 kHz, 16 bit, loopable at its ends, -20 LUFS). effect outputs
`sound` (effect.wav, stereo, 48 kHz; a `loop` one
is seamless) and `measure` is not needed. A file named by the writer is an Asset decoded by the same engines:
input `file`.
mix inputs: `timeline` (a `Timeline`), and one input for each `SoundClip.source`. Outputs: `programme` (programme.wav,
stereo, 48 kHz, 24 bit, at the norm), `dialogue`, `music`, `effects` (stems, .flac, they add up to the
programme before its limiter; ambience is in effects)
and `report` (report.json, a `LoudnessReport`).
"""

from duocast.compiler.value import Value


class ScoreParams(Value):
    """A music cue: the writer's words for it (`soft piano, hopeful`), or the file in the input `file`."""

    mood: str = ""
    seconds: float = 64.0
    seed: int = 0


class EffectParams(Value):
    """A sound: rain, wind, room tone, crowd, phone, door, steps, thunder, traffic, birds, fire, clock, or the
    input `file`."""

    name: str = ""
    loop: bool = False
    seconds: float = 0.0
    """0: as long as the sound is (a loop: 20 s)."""
    seed: int = 0


class MusicParams(ScoreParams):
    """A music cue for a model. With less than 20 `seconds` it is as long and ends; else it is a loop of any length."""

    prompt: str
    unwanted: str = ""
    bpm: int = 0
    """0: the model decides."""
    beats: int = 4
    """In a bar."""
    lyrics: str = ""
    """Empty: nobody sings."""


class NoiseParams(EffectParams):
    """A sound for a model."""

    prompt: str
    unwanted: str = ""


class MixParams(Value):
    """The norm: integrated loudness in LUFS and the highest true peak in dBTP."""

    loudness: float = -16.0
    true_peak: float = -1.0


class LoudnessReport(Value):
    """Measured on the finished programme."""

    integrated: float
    true_peak: float
    range: float
    samples: int
