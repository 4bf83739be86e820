"""Casting: which of a model's own voices speaks for a voice of the script."""

import hashlib
from collections.abc import Sequence

from duocast.compiler.voices import find_voice
from duocast.runtime.engine import EngineError, FailureClass

MEN = frozenset(
    {
        "Abrahan Mack", "Adde Michal", "Aaron Dreschner", "Andrew Chipper", "Badr Odhiambo", "Baldur Sanjin",
        "Craig Gutsy", "Damien Black", "Damjan Chapman", "Dionisio Schuyler", "Eugenio Mataracı", "Ferran Simen",
        "Filip Traverse", "Gilberto Mathias", "Gitta Nikolina", "Ilkin Urbano", "Kazuhiko Atallah", "Kumar Dahl",
        "Lidiya Szekeres", "Ludvig Milivoj", "Luis Moray", "Marcos Rudaski", "Royston Min", "Suad Qasim",
        "Torcull Diarmuid", "Viktor Eka", "Viktor Menelaos", "Wulf Carlevaro", "Xavier Hayasaka", "Zacharie Aimilios",
    }
) - {"Gitta Nikolina", "Lidiya Szekeres"}  # fmt: skip
"""The men among XTTS's own speakers; the others are women."""


def cast_voice(engine: str, wanted: str, names: Sequence[str]) -> str | None:
    """The model's voice for `wanted`: the one of that name, else the same one every time, of a fitting kind.

    None where the model has no names. A name that is neither ours nor the model's is refused: `EngineError` V0204.
    """
    if not names:
        return None
    same = next((name for name in names if name.lower() == wanted.lower()), None)
    if same is not None:
        return same
    ours = find_voice(wanted)
    if ours is None:
        shown = ", ".join(sorted(names)[:8])
        raise EngineError(
            FailureClass.INVALID,
            "V0204",
            f"the model of {engine!r} has no voice called {wanted}",
            f"it has {shown}{' and more' if len(names) > 8 else ''}",
        )
    fitting = [name for name in sorted(names) if (name in MEN) == (ours.gender == "man")]
    among = fitting if MEN & set(names) and fitting else sorted(names)
    return among[_lot(ours.name) % len(among)]


def _lot(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:6], "big")
