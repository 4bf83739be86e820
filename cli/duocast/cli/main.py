"""The command line's first step: what has been said before is said again at once; all else is the program's work."""

import gc
import sys

from duocast.cli.stamp import say_again

BRIEF = ("check", "diff", "export", "fmt", "graph", "plan", "stats", "why")
"""Commands that read a script and are over before any garbage could get in their way."""
COLLECTED_AFTER = 100_000
"""Containers that a brief command makes before Python looks for garbage: a film of three hours has fewer."""


def main() -> None:
    """Run the program; a failure that has a message of its own prints only that, and a fault one sentence."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    given = sys.argv[1:]
    arguments = given if "--debug" not in given else _without_debug(given)
    code = say_again(arguments)
    if code is not None:
        raise SystemExit(code)
    if arguments and arguments[0] in BRIEF:
        gc.set_threshold(COLLECTED_AFTER)
    try:
        from duocast.cli.program import group

        group(args=arguments, prog_name="duocast", obj=arguments)
    except Exception as problem:
        from duocast.cli.fault import tell

        raise SystemExit(tell(problem, given)) from None


def _without_debug(given: list[str]) -> list[str]:
    from duocast.cli.fault import without_debug

    return without_debug(given)
