"""Where a text may be broken: what a break between two words costs the reader, and the best rows for a cue."""

import re
from collections.abc import Sequence
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENDS = re.compile(r"[.!?…]+[\"'”’»)\]]*$")
_STOPS = re.compile(r"([;:—–]|--)[\"'”’»)\]]*$")
_COMMA = re.compile(r",[\"'”’»)\]]*$")
_ABBREVIATIONS = _words(
    """
    mr. mrs. ms. dr. st. prof. jr. sr. vs. no. e.g. i.e. etc.
    """
)

_JOINS = _words(
    """
    and but or nor so yet because that which who whom whose where when while if unless until though
    although than as since whether how why what after before
    """
)
_BEFORE = _words(
    """
    about above across after against along among around at before behind below beneath beside
    between beyond by down during for from in inside into like near of off on onto out over past
    since through till to toward towards under until up upon with within without
    """
)
_LEANS = _words(
    """
    a an the my your his her its our their this that these those some any no every each i you he she
    it we they am is are was were be been do does did have has had will would can could shall should
    may might must not to of in on at by for with from and or but if as than very too so more most
    don't doesn't didn't won't can't isn't aren't i'm you're he's she's it's we're they're i'll
    you'll i've you've
    """
)


@lru_cache(maxsize=8192)
def break_cost(before: str, after: str) -> float:
    """0 for the best place (a sentence ends between the two words) to 1.3 for the worst (`the` | `house`)."""
    word = before.lower()
    if _ENDS.search(before) and word not in _ABBREVIATIONS:
        return 0.0
    if _STOPS.search(before):
        return 0.1
    if _COMMA.search(before):
        return 0.2
    if word in _ABBREVIATIONS or (
        before[:1].isupper() and after[:1].isupper() and word not in _LEANS
    ):
        return 1.3
    follows = re.sub(r"[^\w']", "", after.lower())
    cost = 0.4 if follows in _JOINS else 0.5 if follows in _BEFORE else 0.75
    return cost + (0.5 if re.sub(r"[^\w']", "", word) in _LEANS else 0.0)


def ends_sentence(word: str) -> bool:
    """A sentence ends with this word."""
    return bool(_ENDS.search(word)) and word.lower() not in _ABBREVIATIONS


def rows(words: Sequence[str], most: int, length: int, prefix: str = "") -> tuple[str, ...] | None:
    """The words in at most `most` rows of at most `length` characters, or None if they don't fit.

    Rows are even, are broken where it costs least, and the upper one is rather the shorter one. A word longer
    than a row is let through when it stands alone.
    """
    texts = [*words]
    texts[0] = prefix + texts[0]
    whole = " ".join(texts)
    if len(whole) <= length or (len(texts) == 1 and len(prefix) == 0):
        return (whole,)
    if most < 2:
        return None
    found: tuple[float, tuple[str, ...]] | None = None
    for at in range(1, len(texts)):
        upper, lower = " ".join(texts[:at]), " ".join(texts[at:])
        rest: tuple[str, ...] | None = (lower,) if len(lower) <= length else None
        if most > 2 and rest is None:
            rest = rows(texts[at:], most - 1, length)
        if len(upper) > length or rest is None:
            continue
        uneven = abs(len(lower) - len(upper)) / length + (0.1 if len(upper) > len(lower) else 0.0)
        cost = break_cost(texts[at - 1], texts[at]) + uneven * 1.3
        if found is None or cost < found[0]:
            found = (cost, (upper, *rest))
    return found[1] if found else None
