"""Settling: a signed film made the same, byte for byte, whenever the same film is signed by the same key.

The signing library salts every assertion with random bytes. Here they are replaced by bytes drawn from the film's
digest; the hashes of the assertions in the claim follow, and the claim is signed again.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from duocast.runtime.delivery.provenance.jumbf import Superbox, manifest_span, superboxes


def settle(
    path: Path, message: bytes, signature: bytes, seed: bytes, sign: Callable[[bytes], bytes]
) -> bool:
    """Settle the salts of the signed file, in place; False if its structure is another than expected.

    `message` is what the library had signed (it holds the claim), `signature` what it got, `seed` the film's digest. A
    file that is left alone is signed well, only not with the same bytes every time.
    """
    with path.open("r+b") as file:
        span = manifest_span(file)
        if span is None:
            return False
        file.seek(span[0])
        store = file.read(span[1] - span[0])
        new = settled(store, message, signature, seed, sign)
        if new is None:
            return False
        file.seek(span[0])
        file.write(new)
    return True


def settled(
    store: bytes, message: bytes, signature: bytes, seed: bytes, sign: Callable[[bytes], bytes]
) -> bytes | None:
    """The bytes of the manifest's box with settled salts, or None."""
    content = bytearray(store)
    if content.count(signature) != 1:
        return None
    salted = [each for each in superboxes(content) if each.salt is not None]
    before = {each.label: _digest(content, each) for each in salted}
    new_message = message
    for each in sorted(salted, key=_refers_to_others):
        _replace_salt(content, each, seed)
        after = _digest(content, each)
        if new_message.count(before[each.label]) != 1:
            return None
        new_message = new_message.replace(before[each.label], after)
        content = content.replace(before[each.label], after)
    return bytes(content.replace(signature, sign(new_message)))


def _refers_to_others(each: Superbox) -> bool:
    """The actions hold the hashes of the ingredients, so they come last."""
    return each.label.startswith("c2pa.actions")


def _digest(content: bytearray, each: Superbox) -> bytes:
    """What the claim says of an assertion: the SHA-256 of its box without the box's own head."""
    return sha256(content[each.box.content : each.box.end]).digest()


def _replace_salt(content: bytearray, each: Superbox, seed: bytes) -> None:
    assert each.salt is not None
    start, end = each.salt
    content[start:end] = sha256(seed + each.label.encode()).digest()[: end - start]
