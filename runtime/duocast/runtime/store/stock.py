"""The stock: what a store has at one moment, for looking over all of a film's work at once."""

from collections.abc import Callable, Mapping

import msgspec

from duocast.runtime.store.contents import Blob

_ROWS = msgspec.json.Decoder(dict[str, tuple[str, str, int]])


class Stock:
    """`outputs` are the recorded outputs of every key as JSON; whether a file is there is asked once for each."""

    def __init__(self, outputs: Mapping[str, str], has: Callable[[Blob], bool]) -> None:
        self._outputs = outputs
        self._has = has
        self._there: dict[str, bool] = {}

    def find(self, key: str, expects: tuple[str, ...] = ()) -> dict[str, str] | None:
        """The digests of the outputs of a key by name, if all are there and so are those that are expected."""
        row = self._outputs.get(key)
        if row is None:
            return None
        blobs = _ROWS.decode(row)
        if not all(name in blobs for name in expects):
            return None
        if not all(self._is_there(*blob) for blob in blobs.values()):
            return None
        return {name: digest for name, (digest, _, _) in blobs.items()}

    def recorded(self, key: str) -> bool:
        """Whether the work of a key was ever finished here, its files still there or not."""
        return key in self._outputs

    def _is_there(self, digest: str, suffix: str, size: int) -> bool:
        known = self._there.get(digest)
        if known is None:
            known = self._there[digest] = self._has(Blob(digest, suffix, size))
        return known
