"""The command line's first step: what has been said before is said again at once; all else is the program's work."""

import sys

from duocast.cli.stamp import say_again


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
    try:
        from duocast.cli.program import group

        group(args=arguments, prog_name="duocast", obj=arguments)
    except Exception as problem:
        from duocast.cli.fault import tell

        raise SystemExit(tell(problem, given)) from None


def _without_debug(given: list[str]) -> list[str]:
    from duocast.cli.fault import without_debug

    return without_debug(given)
