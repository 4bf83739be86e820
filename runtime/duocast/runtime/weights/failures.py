"""How a pull fails: coded errors that name every alternative."""

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.weights.catalogue import Weight
from duocast.runtime.weights.sources import describe


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Turn a full or read-only disk into a coded failure (V0104)."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            message = f"no space left to keep model files in {folder}"
            hint = "free some space, or name another folder for models"
            raise EngineError(FailureClass.RESOURCE, "V0104", message, hint) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
            message = f"model files can't be written to {folder}"
            hint = "name a folder for models that you may write to"
            raise EngineError(FailureClass.UNAVAILABLE, "V0104", message, hint) from error
        raise


def not_here(weight: Weight, reasons: Sequence[str], folder: Path) -> EngineError:
    """No source could give the weight (V0102)."""
    message = f"{weight.name} ({weight.use}) can't be had: {'; '.join(reasons) or 'no source'}"
    return EngineError(FailureClass.UNAVAILABLE, "V0102", message, _by_hand(weight, folder))


def refused_all(weight: Weight, reasons: Sequence[str], folder: Path) -> EngineError:
    """A source gave another file, and no other source could give the right one (V0103)."""
    message = f"{weight.name} ({weight.use}) was refused: {'; '.join(reasons)}"
    return EngineError(FailureClass.UNAVAILABLE, "V0103", message, _by_hand(weight, folder))


def _by_hand(weight: Weight, folder: Path) -> str:
    alternatives = " or ".join(describe(source) for source in weight.source)
    what = f"{Path(weight.name).name} ({weight.size / 1e6:.1f} MB, SHA-256 {weight.sha256[:12]}...)"
    return (
        f"get {what} from {alternatives} on a machine with a network, "
        f"and put it at {folder / weight.name}"
    )
