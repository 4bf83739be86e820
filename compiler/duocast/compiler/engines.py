"""The engines that a script can ask for by name: what each one does, and whether it can be had here. Pure data."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from msgspec import Struct

from duocast.compiler.lower.crew import DEFAULT_ENGINES

WORK = (
    *("speak", "portrait", "plate", "compose", "animate", "score", "effect"),
    *("interpolate", "upscale", "restore"),
)
"""The work that a writer may choose an engine for."""
WORK_WORDS = {
    "voice": "speak",
    "voices": "speak",
    "speech": "speak",
    "portraits": "portrait",
    "place": "plate",
    "places": "plate",
    "picture": "animate",
    "pictures": "animate",
    "video": "animate",
    "music": "score",
    "effects": "effect",
    "sfx": "effect",
    "interpolation": "interpolate",
    "upscaling": "upscale",
    "faces": "restore",
}
"""Other words for it."""


class KnownEngine(Struct, frozen=True, gc=False):
    """An engine by its name. `here`: it can be had where this film is made. `faceless`: it goes by words alone.

    `clones`: it can speak like a recording. `portraitist`: it composes, and is given people's own pictures.
    """

    name: str
    work: tuple[str, ...]
    here: bool = False
    faceless: bool = False
    clones: bool = False
    portraitist: bool = False


def _elsewhere(names: str, *work: str) -> dict[str, KnownEngine]:
    return {name: KnownEngine(name, work) for name in names.split()}


def _default() -> dict[str, KnownEngine]:
    known: dict[str, KnownEngine] = {}
    for key, name in DEFAULT_ENGINES.items():
        work = key.split()[0]
        known[name] = KnownEngine(name, (work,), here=True)
    return known


ELSEWHERE: Mapping[str, KnownEngine] = MappingProxyType(
    {
        **_elsewhere("veo sora kling runway luma hailuo wan ltx hunyuan pika", "animate"),
        "mochi": KnownEngine("mochi", ("animate",), faceless=True),
        **_elsewhere("ltx2 wan-vace cogvideox svd", "animate"),
        **_elsewhere("elevenlabs cartesia xtts chatterbox f5 piper openai-tts", "speak"),
        **_elsewhere("vits coqui bark pocket", "speak"),
        **_elsewhere("flux imagen sdxl ideogram qwen-image", "portrait", "plate", "compose"),
        **_elsewhere("ace-step musicgen suno", "score"),
        **_elsewhere("audioldm2 stable-audio", "score", "effect"),
        **_elsewhere("rife", "interpolate"),
        **_elsewhere("realesrgan span spandrel", "upscale"),
        **_elsewhere("gfpgan codeformer", "restore"),
    }
)
"""Engines that scripts name and that are not part of duocast."""

Engines = Mapping[str, KnownEngine]
"""Engines by name."""

KNOWN: Engines = MappingProxyType({**_default(), **ELSEWHERE})


def offered(
    names: Mapping[str, tuple[str, ...]],
    faceless: Collection[str] = (),
    cloners: Collection[str] = (),
    portraitists: Collection[str] = (),
) -> Engines:
    """What a script can ask for where the engines `names` (with the work each does) are installed."""
    here = {
        name: KnownEngine(
            name,
            work,
            here=True,
            faceless=name in faceless,
            clones=name in cloners,
            portraitist=name in portraitists,
        )
        for name, work in names.items()
    }
    return MappingProxyType({**KNOWN, **here})


def work_of(word: str) -> str | None:
    """The work that a word means, or None."""
    plain = word.lower()
    return plain if plain in WORK else WORK_WORDS.get(plain)
