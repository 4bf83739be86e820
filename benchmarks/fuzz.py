"""Fuzzing: broken scripts through decode, parse, compile, render and format. `python benchmarks/fuzz.py N SEED SIZE`.

The same N, SEED and SIZE try the same inputs as long as the examples stay the same; every third is read leniently.
Every input that breaks a law is named with its seed and shown; the exit status is 1 if there was one.
"""

import statistics
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from generate.broken import broken  # noqa: E402 - the tests' generators stand outside the package
from generate.ordeal import undergo  # noqa: E402 - as above

SHOWN = 3
"""Failures of one kind that are shown."""


def kind_of(failure: Exception) -> str:
    """What broke, and where."""
    place = traceback.extract_tb(failure.__traceback__)[-1]
    said = str(failure).partition("\n")[0]
    return f"{type(failure).__name__} in {Path(place.filename).name}:{place.name} {said}"


def run(count: int, first: int, size: int) -> tuple[Counter[str], list[tuple[float, int]]]:
    """The failures by kind, and the CPU milliseconds of each input with its length."""
    failures: Counter[str] = Counter()
    spent: list[tuple[float, int]] = []
    for seed in range(first, first + count):
        content = broken(seed, size)
        started = time.process_time()
        try:
            undergo(content, readings=(seed % 3 == 2,))
        except Exception as failure:
            kind = kind_of(failure)
            failures[kind] += 1
            if failures[kind] <= SHOWN:
                print(f"seed {seed}: {kind}\n  {content!r}", flush=True)
        spent.append(((time.process_time() - started) * 1000, len(content)))
    return failures, spent


def main() -> int:
    """Run and print the table."""
    given = [int(one) for one in sys.argv[1:4]]
    count, first, size = (*given, *(1000, 0, 400)[len(given) :])
    undergo(b"INT. HALL - DAY\n\nMARA\nThe first one loads the program.\n")
    failures, spent = run(count, first, size)
    milliseconds = sorted(one for one, _ in spent)
    print(f"{count} inputs from seed {first}, {sum(length for _, length in spent):,} bytes")
    print(
        f"CPU: {sum(milliseconds) / 1000:.0f} s, median {statistics.median(milliseconds):.1f} ms,",
        end=" ",
    )
    print(f"p99 {milliseconds[int(0.99 * (count - 1))]:.1f} ms, worst {milliseconds[-1]:.1f} ms")
    print(f"failures: {sum(failures.values())}")
    for kind, times in failures.most_common():
        print(f"  {times:6} {kind}")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
