"""The crew: which engine does which work, at which quality, and in which version."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import msgspec

from duocast.compiler.graph import Operation
from duocast.compiler.value import Value

DRAFT_SCALE = 2
"""A draft is this many times smaller each way."""

DEFAULT_ENGINES: Mapping[str, str] = MappingProxyType(
    {
        "speak": "kokoro",
        "speak draft": "draft",
        "portrait": "drawn",
        "portrait from a picture": "photo",
        "plate": "drawn-place",
        "plate from a picture": "picture-place",
        "compose": "stage",
        "animate": "performer",
        "score": "composer",
        "effect": "foley",
        "mix": "console",
        "caption": "captions",
        "encode": "x264",
        "master": "joiner",
        "sign": "c2pa",
        "time": "clock",
        "cut": "editor",
    }
)


FINER_ENGINES: Mapping[str, str] = MappingProxyType(
    {"interpolate": "rife", "upscale": "realesrgan"}
)
"""Who makes pictures finer where that is asked for, if they are here: a crew has only those that are."""


class Crew(Value):
    """`versions` says, by engine name, what the credits in the manifest shall say."""

    quality: Literal["draft", "standard"] = "standard"
    engines: dict[str, str] = msgspec.field(default_factory=lambda: dict(DEFAULT_ENGINES))
    versions: dict[str, str] = msgspec.field(default_factory=dict)
    cloners: tuple[str, ...] = ()
    """Engines that speak like a recording, where a voice has one."""
    painters: tuple[str, ...] = ()
    """`operation name` of the engines that are told in words what to make, as `animate ltx` and `score musicgen`."""

    portraitists: tuple[str, ...] = ()
    """`operation name` of those that are given people's own pictures, and look whether the people are met."""
    sketchers: tuple[str, ...] = ()
    """`operation name` of those that paint over the stage's own composition."""
    loras: dict[str, str] = msgspec.field(default_factory=dict)
    """The digests of the LoRAs on the model shelf, by name."""
    shown: dict[str, str] = msgspec.field(default_factory=dict)
    """By name, what those that film are shown where it is not the still alone: `people` (the portraits besides), `talk`
    (the lines of those who are seen besides) or `nothing` (words alone)."""
    sounding: tuple[str, ...] = ()
    """The names of those that film and make sound with their pictures."""
    finer: bool | None = None
    """Whether pictures are made finer; None: as the title page says."""

    def engine(self, operation: Operation, variant: str = "") -> str:
        """The engine's name for an operation, or for a variant of it that has an engine of its own."""
        usual = self.engines[operation]
        return self.engines.get(operation + " " + variant, usual) if variant else usual

    def paints(self, operation: Operation, engine: str) -> bool:
        """Whether the engine is told in words and makes whole pictures, music or sounds itself."""
        return f"{operation} {engine}" in self.painters

    def knows_people(self, operation: Operation, engine: str) -> bool:
        """Whether the engine is given people's own pictures."""
        return f"{operation} {engine}" in self.portraitists

    def sketches(self, operation: Operation, engine: str) -> bool:
        """Whether the engine paints over the stage's own composition."""
        return f"{operation} {engine}" in self.sketchers

    def size(self, width: int, height: int) -> tuple[int, int]:
        """The picture's size at this quality; both even, as 4:2:0 needs."""
        scale = DRAFT_SCALE if self.quality == "draft" else 1
        return width // scale // 2 * 2, height // scale // 2 * 2
