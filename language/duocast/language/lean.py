"""Loads msgspec with what Python itself has: `typing_extensions`, which it would take, brings `inspect` and costs as
much as half of the front end."""

import sys

_WHOLE = "typing_extensions"

if "msgspec" not in sys.modules and _WHOLE not in sys.modules:
    sys.modules[_WHOLE] = None  # type: ignore[assignment]  # "it can't be imported": msgspec then takes `typing`
    try:
        import msgspec  # noqa: F401
    finally:
        if sys.modules.get(_WHOLE, sys) is None:
            del sys.modules[_WHOLE]
