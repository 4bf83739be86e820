"""A program of the user's that makes talking heads: how its two stages are called, by a settings file and nothing else.

The settings are a TOML file (`~/.config/duocast/talking.toml`, or where `DUOCAST_TALKING` says) with a table for each
engine: `coefficients` and `render` are lists of words, the commands, with `{audio}`, `{picture}`, `{coefficients}`,
`{video}`, `{fps}`, `{frames}` and `{seed}` in them; a script can name the engine, and never a command.
"""

import hashlib
import json
import re
import string
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from duocast.runtime.engine import EngineError, FailureClass

WORDS = ("audio", "picture", "coefficients", "video", "fps", "frames", "seed")
FORMATS = ("npy", "safetensors", "mat")
_NAME = re.compile(r"[a-z][a-z0-9-]{1,30}")
_KNOWN = {
    *("coefficients", "render", "format", "array", "expression", "fps", "rate", "patience"),
    *("environment", "version", "margin"),
}


@dataclass(frozen=True, slots=True)
class Program:
    """One engine. Without `coefficients` it goes from sound to video in one stage, and nothing is governed.

    `array` names the track in a file of several, `expression` its columns (first, and the one after the last) where
    they are not the usual ones. `rate` is of the sound it hears; `margin` how much of the picture around a face it
    sees, in faces; `patience` the seconds that each stage may take; `environment` variables that it is given besides.
    """

    name: str
    render: tuple[str, ...]
    coefficients: tuple[str, ...] = ()
    format: str = "npy"
    array: str = ""
    expression: tuple[int, int] | None = None
    fps: int = 25
    rate: int = 16_000
    patience: float = 1800.0
    environment: tuple[str, ...] = ()
    version: str = "1"
    margin: float = 1.0

    @property
    def commands(self) -> tuple[str, ...]:
        """The programs that it calls."""
        calls = (self.coefficients, self.render)
        return tuple(str(Path(call[0]).expanduser()) for call in calls if call)

    @property
    def identity(self) -> str:
        """What enters the keys: another command, or another version that the user names, makes other films."""
        said: list[object] = [self.render, self.coefficients, self.format, self.array]
        said += [self.expression, self.fps, self.rate, self.version, self.margin]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]


def programs(file: Path) -> tuple[Program, ...]:
    """The engines of a settings file; none if there is no file. Raises `EngineError` R0720 for a wrong one."""
    if not file.is_file():
        return ()
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
        return tuple(_program(name, table) for name, table in sorted(tables.items()))
    except (OSError, UnicodeError, ValueError, TypeError) as problem:
        hint = "docs/engines.md shows the file"
        what = f"{file} is not right: {problem}"
        raise EngineError(FailureClass.INVALID, "R0720", what, hint) from None


def _program(name: str, table: Any) -> Program:  # noqa: ANN401 -- a table of TOML
    if not _NAME.fullmatch(name) or not isinstance(table, Mapping):
        raise ValueError(f"{name} is no table of an engine: small letters, digits and hyphens")
    unknown = sorted(set(table) - _KNOWN)
    if unknown:
        raise ValueError(f"[{name}] has an entry that nobody knows: {unknown[0]}")
    made = msgspec.convert({"render": [], **table, "name": name}, Program)
    for stage in ("render", "coefficients"):
        _check(name, stage, getattr(made, stage))
    if not made.render or made.format not in FORMATS:
        raise ValueError(f"[{name}] needs `render` and a format of {', '.join(FORMATS)}")
    return made


def _check(name: str, stage: str, command: Sequence[str]) -> None:
    for word in command:
        for _, field, _, _ in string.Formatter().parse(word):
            if field is not None and field not in WORDS:
                raise ValueError(f"[{name}] {stage} has {{{field}}}, which is none of {WORDS}")
