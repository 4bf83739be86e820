"""Measure how many lost letters are found: 200 structural lines of a long script, one letter each.

    python benchmarks/typos.py [LINES] [SEED]

A typo is harmful when the Screenplay is another one after it, or none. It takes about two minutes.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "language"))

from typos import script, typos

LINES, COUNT, SEED = 4600, 200, 11


def main() -> None:
    """Print the table, and what was missed."""
    lines, seed = (
        int(value) if value else default
        for value, default in zip([*sys.argv[1:3], "", ""], (LINES, SEED), strict=False)
    )
    begun = time.process_time()
    written = script(lines)
    found = typos(written, COUNT, seed)
    harmful = [one for one in found if one.harmful]
    caught = [one for one in harmful if one.found]
    rows = {
        "lines of the script": len(written),
        "letters lost": len(found),
        "harmful": len(harmful),
        "found": f"{len(caught)} ({len(caught) / len(harmful):.1%})",
        "findings each": f"{sum(len(one.found) for one in caught) / len(caught):.2f}",
        "on the line itself": f"{sum(one.there for one in caught) / len(caught):.1%}",
        "harmless, and reported": sum(bool(one.found) for one in found if not one.harmful),
        "seconds of CPU": f"{time.process_time() - begun:.0f}",
    }
    for name, value in rows.items():
        print(f"{name:24} {value}")
    for one in harmful:
        if not one.found:
            print(f"missed: {one.line}")


if __name__ == "__main__":
    main()
