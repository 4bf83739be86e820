"""A fault: something broke inside the program. It is told in one sentence, and written down whole for a report."""

import os
import platform
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

EXIT_FAULT = 70
"""The exit code of a program that broke (EX_SOFTWARE); findings are 1, a wrong command line is 2."""
DEBUG = "--debug"
_VARIABLE = "DUOCAST_DEBUG"


def wants_traceback(arguments: Sequence[str]) -> bool:
    """Whether a traceback is to be shown: `--debug`, or DUOCAST_DEBUG=1."""
    return DEBUG in _options(arguments) or os.environ.get(_VARIABLE, "") not in ("", "0")


def without_debug(arguments: Sequence[str]) -> list[str]:
    """The command line as the commands know it."""
    options = _options(arguments)
    return [one for one in options if one != DEBUG] + list(arguments[len(options) :])


def told(problem: BaseException, arguments: Sequence[str]) -> str:
    """What is said of a fault. All of it is in a file that goes with a report."""
    kind = type(problem).__name__
    words = " ".join(str(problem).split())
    what = f"{kind}: {words}" if words else kind
    log = _written(_log(problem, arguments))
    where = f"\n  = all of it is in {log}; add that file to your report" if log else ""
    return (
        f"duocast broke, which is its own fault and not your script's: {what[:300]}{where}"
        f"\n  = {DEBUG} shows where"
    )


def _options(arguments: Sequence[str]) -> list[str]:
    """The arguments before a lone `--`, behind which everything is a name."""
    end = list(arguments).index("--") if "--" in arguments else len(arguments)
    return list(arguments[:end])


def _log(problem: BaseException, arguments: Sequence[str]) -> str:
    lines = traceback.format_exception(problem)
    about = (
        f"duocast {version('duocast')}, Python {platform.python_version()}, {platform.platform()}\n"
        f"duocast {' '.join(arguments)}\n\n"
    )
    return about + "".join(lines)


def _written(text: str) -> Path | None:
    """The file with the text, in the cache folder or else among the temporary ones; None where neither takes it."""
    name = f"fault-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    for folder in (_cache() / "faults", Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8", errors="replace")
        except OSError:
            continue
        return folder / name
    return None


def _cache() -> Path:
    """As the studio has it, which may be what broke."""
    named = os.environ.get("DUOCAST_CACHE")
    if named:
        return Path(named).expanduser()
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "duocast"


def tell(problem: BaseException, arguments: Sequence[str]) -> int:
    """Say what broke on standard error; the exit code."""
    if wants_traceback(arguments):
        traceback.print_exception(problem)
    sys.stderr.write(told(problem, arguments) + "\n")
    return EXIT_FAULT
