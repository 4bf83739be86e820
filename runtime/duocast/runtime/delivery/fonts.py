"""The typefaces of titles and captions: open fonts that arrive with the installation, never the machine's own.

So a film looks the same on every machine. Two families, both under the SIL Open Font Licence and both with Latin
(all European accents and Vietnamese), Greek and Cyrillic: Source Serif 4 for what is read as a title, Inter for what
is read as information. What one lacks is taken from the other. Neither has Chinese, Japanese, Korean, Arabic, Hebrew,
Thai, Indic scripts or emoji: `missing_glyphs` names the characters that would be seen as boxes.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path

import skia

from duocast.runtime.engine import EngineError, FailureClass

_FILES = {
    "serif": ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
    "serif italic": ("fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf"),
    "sans": ("fontpkg_inter", "Inter[opsz,wght].ttf"),
}


@dataclass(frozen=True, slots=True)
class Face:
    """A cut of a family: `weight` 100 to 900, `optical` the size in points it is drawn for (bigger is finer)."""

    family: str
    weight: int = 400
    optical: float = 14.0

    @property
    def alias(self) -> str:
        """The name under which the paragraph shaper knows it."""
        return f"{self.family} {self.weight} {self.optical:g}"


TITLE = Face("serif", 560, 60.0)
TITLE_LIGHT = Face("serif", 400, 48.0)
TITLE_ITALIC = Face("serif italic", 380, 40.0)
NAME = Face("sans", 650, 28.0)
LABEL = Face("sans", 500, 20.0)
TEXT = Face("sans", 430, 18.0)
CAPTION = Face("sans", 560, 24.0)


@lru_cache(maxsize=64)
def typeface(face: Face) -> skia.Typeface:
    """The typeface of `face`. Raises `EngineError` (unavailable, R0401) when its package is not there."""
    path = _font_file(*_FILES[face.family])
    base = skia.FontMgr.New_Custom_Empty().makeFromFile(str(path))
    if base is None:
        raise EngineError(
            FailureClass.UNAVAILABLE,
            "R0401",
            f"the font file {path.name} is damaged",
            "install the package again: pip install --force-reinstall " + _FILES[face.family][0],
        )
    position = skia.FontArguments.VariationPosition
    axes = [(b"wght", float(face.weight)), (b"opsz", face.optical)]
    coordinates = position.Coordinates(
        [position.Coordinate(int.from_bytes(tag, "big"), value) for tag, value in axes]
    )
    arguments = skia.FontArguments()
    arguments.setVariationDesignPosition(position(coordinates))
    return base.makeClone(arguments)


def fallbacks(face: Face) -> tuple[Face, ...]:
    """Where glyphs come from, in order: the face itself, then the other family at the same weight."""
    other = "sans" if face.family.startswith("serif") else "serif"
    return (face, Face(other, face.weight, face.optical))


def missing_glyphs(text: str, face: Face = CAPTION) -> str:
    """The characters of `text`, in order and once each, that no face of the fallback chain can draw."""
    faces = [typeface(each) for each in fallbacks(face)]
    seen = dict.fromkeys(c for c in text if c.isprintable() and not c.isspace())
    return "".join(c for c in seen if not any(f.unicharToGlyph(ord(c)) for f in faces))


def _font_file(package: str, name: str) -> Path:
    try:
        module = import_module(package)
    except ImportError as error:
        raise EngineError(
            FailureClass.UNAVAILABLE,
            "R0401",
            f"the font package {package} is not installed",
            f"pip install {package.replace('_', '-')}",
        ) from error
    return Path(str(module.__file__)).parent / "files" / name
