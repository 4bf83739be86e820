"""Turns: how long people wait before they speak, and where they speak together.

The ordinary silence between two turns is about 200 ms (the mode of human floor transfers in conversation studies).
"""

from duocast.compiler.cover.items import Spoken

TURN = 0.24
AFTER_QUESTION = 0.30
AFTER_TRAILING_OFF = 0.55
AFTER_ACTION = 0.25
BREAKING_IN = -0.16
BACKCHANNEL_WORDS = 3
MURMUR = -0.22
"""Who only murmurs does it as a clause ends, in its pause: before the speaker goes on, not over the next word."""
TOGETHER_LAG = 0.12
"""Two people who start at once never start at the same instant."""


def turn_gap(before: Spoken | None, item: Spoken) -> float:
    """Seconds of silence before a line; negative where it begins over the end of the one before."""
    if before is None:
        return AFTER_ACTION
    if item.breaks_in or before.line.interrupted:
        return BREAKING_IN
    end = before.estimate.last.rstrip("\"'”’)*")
    gap = TURN
    if end.endswith("?"):
        gap = AFTER_QUESTION
    elif end.endswith(("…", "...")):
        gap = AFTER_TRAILING_OFF
    return gap if item.pause == 1.0 else round(gap * item.pause, 3)


def together_at(before: Spoken, item: Spoken) -> tuple[int, float]:
    """The word of the line before, and the seconds after its start, at which a line spoken together begins."""
    words = before.line.words
    if len(item.line.words) > BACKCHANNEL_WORDS or len(words) < 6:
        return 0, TOGETHER_LAG
    clause = next((i for i in _from_middle(len(words)) if words[i - 1][-1:] in ",;:—–.?!"), None)
    return (clause, MURMUR) if clause else (len(words) * 3 // 5, 0.0)


def _from_middle(count: int) -> list[int]:
    """Word numbers from the middle outwards, the ends left out."""
    middle = count * 55 // 100
    return sorted(range(2, count - 1), key=lambda i: (abs(i - middle), i))
