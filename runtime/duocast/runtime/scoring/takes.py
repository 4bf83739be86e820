"""Takes: a piece asked of a model, and asked again with another seed where what came out is unusable."""

from collections.abc import Callable
from dataclasses import replace

from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.scoring.flaws import flaw
from duocast.runtime.scoring.playing import Ask, Piece

TRIES = 3
ANOTHER = 7919
"""How far apart the seeds of takes of one piece are: far from those of the pieces beside it."""


def taken(engine: str, ask: Ask, play: Callable[[Ask], Piece]) -> Piece:
    """The first take without a flaw. Raises `EngineError` A0611 when none of `TRIES` is, with each one's reason."""
    reasons = []
    for number in range(TRIES):
        piece = play(replace(ask, seed=(ask.seed + number * ANOTHER) & 0x7FFFFFFF))
        reason = flaw(piece.samples, piece.rate, ask.seconds)
        if reason is None:
            return piece
        reasons.append(reason)
    told = "; ".join(dict.fromkeys(reasons))
    raise EngineError(
        FailureClass.INVALID,
        "A0611",
        f"the engine {engine!r} made no usable sound in {TRIES} takes: {told}",
        "say it in other words, or let the ordinary engine make it",
    )
