"""What each sound model can do, as data: seconds in one piece, rate, channels, memory. A sheet may change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from duocast.runtime.models.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundLimits(Limits):
    """The limits of an engine that makes music or sounds.

    `seconds` is the longest piece, `rate` and `channels` how it comes out (a model's own files may say otherwise),
    `carried` how many seconds of a piece the next one can go on from; 0: it can't, and what is longer goes round.
    """

    seconds: float
    rate: int
    channels: int
    carried: float = 0.0


ALL: Mapping[str, SoundLimits] = MappingProxyType(
    {
        one.engine: one
        for one in (
            SoundLimits(
                engine="stable-audio", pipeline="StableAudioPipeline", repository="stabilityai/stable-audio-open-1.0",
                licence="Stability AI Community", gigabytes=8, dtype="float16", steps=100, guidance=7.0,
                seconds=47.0, rate=44_100, channels=2,
            ),
            SoundLimits(
                engine="ace-step", pipeline="AceStepPipeline",
                repository="ACE-Step/acestep-v15-xl-turbo-diffusers",
                licence="MIT", gigabytes=16, steps=8, guidance=1.0,
                seconds=240.0, rate=48_000, channels=2,
            ),
            SoundLimits(
                engine="audioldm2", pipeline="AudioLDM2Pipeline", repository="cvssp/audioldm2",
                licence="CC-BY-NC-SA-4.0", gigabytes=6, dtype="float16", steps=200, guidance=3.5,
                seconds=10.0, rate=16_000, channels=1,
            ),
            SoundLimits(
                engine="musicgen", pipeline="MusicgenForConditionalGeneration", repository="facebook/musicgen-medium",
                licence="CC-BY-NC-4.0", gigabytes=10, dtype="float16", guidance=3.0,
                seconds=30.0, rate=32_000, channels=1, carried=10.0,
            ),
        )
    }
)  # fmt: skip
"""Every engine of this package."""
