"""What each voice model can do, as data: characters in one go, languages, cloning, memory. A sheet may change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from duocast.runtime.models.limits import Limits

_XTTS = (
    "ar",
    "cs",
    "de",
    "en",
    "es",
    "fr",
    "hi",
    "hu",
    "it",
    "ja",
    "ko",
    "nl",
    "pl",
    "pt",
    "ru",
    "tr",
    "zh",
)
_BARK = ("de", "en", "es", "fr", "hi", "it", "ja", "ko", "pl", "pt", "ru", "tr", "zh")


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceLimits(Limits):
    """The limits of an engine that speaks. One that needs 0 GB of a graphics card works as well without one.

    `characters` go in one call; a longer line is split at sentences. `languages` are those of every such model, empty
    where each model has its own. `paced`: it can be told how fast to speak.
    """

    characters: int
    languages: tuple[str, ...] = ()
    clones: bool = False
    """Whether it can take a voice from a recording."""
    paced: bool = False


ALL: Mapping[str, VoiceLimits] = MappingProxyType(
    {
        one.engine: one
        for one in (
            VoiceLimits(
                engine="xtts", pipeline="xtts", repository="coqui/XTTS-v2", licence="Coqui Public Model Licence",
                gigabytes=4, dtype="float32", characters=200, languages=_XTTS, clones=True, paced=True,
            ),
            VoiceLimits(
                engine="vits", pipeline="vits", repository="coqui's releases of VITS", licence="by model",
                gigabytes=0, dtype="float32", characters=400, paced=True,
            ),
            VoiceLimits(
                engine="coqui", pipeline="", repository="any model that Coqui TTS saves", licence="by model",
                gigabytes=2, dtype="float32", characters=250,
            ),
            VoiceLimits(
                engine="bark", pipeline="BarkModel", repository="suno/bark", licence="MIT",
                gigabytes=6, dtype="float16", characters=180, languages=_BARK,
            ),
            VoiceLimits(
                engine="pocket", pipeline="PocketTTSForConditionalGeneration", repository="eustlb/pocket-tts",
                licence="CC-BY-4.0", gigabytes=0, dtype="float32", characters=200, languages=("en",), clones=True,
            ),
        )
    }
)  # fmt: skip
"""Every engine of this package."""
