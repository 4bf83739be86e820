"""Nesting: how deep JSON goes, told from its brackets before anything of it is read."""

from itertools import accumulate

_OTHERS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_ALIKE = bytes.maketrans(b"[]", b"{}")
_STEP = {ord("{"): 1, ord("}"): -1}
_BLOCK = 1 << 16


def is_deeper(body: bytes, most: int) -> bool:
    """Whether JSON nests deeper than that. Brackets inside strings count, so that it may look flatter than it is.

    Of each block, pairs with nothing between them are taken out a level at a time, which is quick; only where that
    leaves it open, brackets are counted one by one.
    """
    brackets = body.translate(_ALIKE, _OTHERS)
    depth = 0
    for start in range(0, len(brackets), _BLOCK):
        block = brackets[start : start + _BLOCK]
        rest, levels = _without_pairs(block, most)
        if depth + levels + rest.count(b"{") > most and depth + _deepest(block) > most:
            return True
        depth += 2 * block.count(b"{") - len(block)
    return False


def _without_pairs(block: bytes, most: int) -> tuple[bytes, int]:
    """What stays when up to so many levels of pairs are taken out, and how many were."""
    for level in range(most):
        fewer = block.replace(b"{}", b"")
        if len(fewer) == len(block):
            return block, level
        block = fewer
    return block, most


def _deepest(block: bytes) -> int:
    return max(accumulate(_STEP[byte] for byte in block))
