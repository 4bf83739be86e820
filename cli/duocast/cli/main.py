"""The command line's first step: what has been said before is said again at once; all else is the program's work."""

import sys

from duocast.cli.stamp import say_again


def main() -> None:
    """Run the program; a failure that has a message of its own prints only that."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    code = say_again(sys.argv[1:])
    if code is not None:
        raise SystemExit(code)
    from duocast.cli.program import group

    group(prog_name="duocast", obj=sys.argv[1:])
