"""Delivery: titles, captions, encoding, joining and signing. The engines are loaded when they are made."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duocast.runtime.engine import Engine

__all__ = ["delivery_engines"]


def delivery_engines(keys: Path, trained: Iterable[str] = ()) -> "tuple[Engine, ...]":
    """The engines `x264`, `captions`, `joiner` and `c2pa`.

    `keys` is the folder for the installation's signing key (made on first use); `trained` names the picture engines
    that are trained models, for the manifest's digital source type.
    """
    from duocast.runtime.delivery.captions import Captioner
    from duocast.runtime.delivery.encode import X264
    from duocast.runtime.delivery.join import Joiner
    from duocast.runtime.delivery.provenance import Signatory

    return (X264(), Captioner(), Joiner(), Signatory(keys, trained))
