"""A stand-in for torchaudio, for machines whose torch has none that fits: what Coqui's voices need of it, no more.

Coqui's library won't be imported without torchaudio and torchcodec, which exist for few builds of torch; a wrong one
breaks transformers, too. The modules that are registered here are used only by that library.
"""

import importlib
import sys
from collections.abc import Mapping
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType

NAMES = ("torchaudio", "torchcodec")


def stand_in() -> bool:
    """Register the stand-in unless both real packages can be imported; whether it is in use."""
    if getattr(sys.modules.get("torchaudio"), "stands_in", False):
        return True
    if _real():
        return False
    _asked_before()
    from duocast.runtime.voices import spectra

    functional = _module("torchaudio.functional", {"resample": spectra.resample})
    kinds = {"MelSpectrogram": spectra.MelSpectrogram, "Resample": spectra.Resample}
    transforms = _module("torchaudio.transforms", kinds)
    parts = {"functional": functional, "transforms": transforms}
    _module("torchaudio", {"stands_in": True, "load": spectra.load, "__version__": "0", **parts})
    _module("torchcodec", {"__version__": "0"})
    return True


def _real() -> bool:
    """Whether the real packages can be imported; what a failed import leaves behind is cleared away."""
    if any(find_spec(name) is None for name in NAMES):
        return False
    try:
        for name in NAMES:
            importlib.import_module(name)
    except (ImportError, OSError, RuntimeError):
        for name in [each for each in sys.modules if each.split(".")[0] in NAMES]:
            del sys.modules[name]
        return False
    return True


def _asked_before() -> None:
    """Have transformers find out that there is no torchaudio, before the stand-in could be taken for it."""
    from transformers.utils import import_utils

    import_utils.is_torchaudio_available()


def _module(name: str, content: Mapping[str, object]) -> ModuleType:
    module = ModuleType(name)
    module.__spec__ = ModuleSpec(name, None)
    module.__dict__.update(content)
    sys.modules[name] = module
    return module
