"""How long the README's film takes from cold, where the time goes, and how many bytes it makes.

    python benchmarks/film.py [--quality draft|standard] [--jobs N] [SCRIPT]

Each render starts from an empty store in a folder of its own; model files must be here already (`duocast models pull`).
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

LETTER = Path(__file__).parent.parent / "examples" / "scripts" / "the-letter.scene"
PROGRAM = Path(sys.executable).with_name("duocast")
BOUNDS = {"standard": 2.5, "draft": 1.0}
MEGABYTE = 1e6


def main() -> None:
    """Render at each quality and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("script", nargs="?", type=Path, default=LETTER)
    parser.add_argument("--quality", choices=tuple(BOUNDS), action="append")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    print(f"{asked.script.name}, --jobs {asked.jobs}, {os.cpu_count()} processors, load {_load()}")
    for quality in asked.quality or ("standard", "draft"):
        with tempfile.TemporaryDirectory() as folder:
            _measure(asked.script, quality, asked.jobs, Path(folder))


def _load() -> str:
    return ", ".join(f"{value:.1f}" for value in os.getloadavg())


def _measure(script: Path, quality: str, jobs: int, folder: Path) -> None:
    shutil.copy(script, folder / script.name)
    command = ["render", script.name, "--quality", quality, "--jobs", str(jobs), "--json"]
    cold, wall, cpu = _timed(command, folder)
    again, warm, warm_cpu = _timed(command, folder)
    seconds = cold["film_seconds"]
    print(f"\n{quality}: {seconds:.1f} s of film, {cold['frames']} frames")
    print(
        f"  cold   {wall:7.1f} s wall {wall / seconds:5.2f} times its length (at most {BOUNDS[quality]}), "
        f"{cpu:6.1f} s of processor {cpu / seconds:5.2f}, {cold['tasks_run']} tasks"
    )
    print(
        f"  again  {warm:7.1f} s wall, {warm_cpu:4.1f} s of processor, {again['tasks_run']} tasks"
    )
    _profile(cold)
    _bytes(folder, cold)


def _timed(command: list[str], folder: Path) -> tuple[dict[str, Any], float, float]:
    """What the command said, its wall time and the processor time of it and all its children."""
    usual = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    before, began = _processor(), time.monotonic()
    done = subprocess.run(
        [str(PROGRAM), *command], cwd=folder, env=usual, stdout=subprocess.PIPE, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found, time.monotonic() - began, _processor() - before


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _profile(report: dict[str, Any]) -> None:
    total = sum(share["seconds"] for share in report["profile"].values())
    print(f"  {'operation':<10}{'tasks':>6}{'seconds':>10}{'share':>8}{'each':>8}")
    for operation, share in report["profile"].items():
        seconds, run = share["seconds"], share["run"]
        each = seconds / max(1, run)
        print(f"  {operation:<10}{run:>6}{seconds:>10.2f}{seconds / total:>8.0%}{each:>8.2f}")


def _bytes(folder: Path, report: dict[str, Any]) -> None:
    store = folder / ".duocast"
    objects = sum(f.stat().st_size for f in store.rglob("*") if f.is_file())
    film = Path(report["film"]).stat().st_size
    rest = sum(Path(f).stat().st_size for f in report["files"]) - film
    rate = film * 8 / report["film_seconds"] / 1000
    print(
        f"  film {film / MEGABYTE:.2f} MB ({rate:.0f} kbit/s), what goes with it {rest / MEGABYTE:.2f} MB, "
        f"store {objects / MEGABYTE:.1f} MB"
    )


if __name__ == "__main__":
    main()
