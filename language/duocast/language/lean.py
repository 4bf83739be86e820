"""Loads msgspec with what Python itself has, and less of that: the rest costs as much as half of the front end.

`typing_extensions` brings `inspect`; `uuid` brings `platform`, which it asks for one name.
"""

import os
import sys
from types import SimpleNamespace
from typing import Any, cast

_WHOLE = "typing_extensions"
_SYSTEM = "platform"


def _load() -> None:
    modules = cast("dict[str, Any]", sys.modules)
    system = SimpleNamespace(system=lambda: os.uname().sysname) if hasattr(os, "uname") else None
    stands: dict[str, Any] = {_WHOLE: None}  # "it can't be imported": msgspec then takes `typing`
    if system is not None and "uuid" not in modules:
        stands[_SYSTEM] = system
    stands = {name: one for name, one in stands.items() if name not in modules}
    modules.update(stands)
    try:
        import msgspec  # noqa: F401
    finally:
        for name, one in stands.items():
            if modules.get(name, modules) is one:
                del modules[name]


if "msgspec" not in sys.modules and _WHOLE not in sys.modules:
    _load()
