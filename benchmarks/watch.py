"""How long a watch takes: from a save to its verdict on a long film, and to the changed shot playing in the page.

    python benchmarks/watch.py [--lines 8000] [--saves 40] [--page]

The verdict is timed from outside, over a pipe, with the whole program running. `--page` also needs Chromium and
chromedriver; it edits a line of a short film and waits until the page plays the new shot.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

PROGRAM = Path(sys.executable).with_name("duocast")
NAMES = ("MARA", "JONAS", "IRIS", "PAVEL", "NOOR", "TOMAS")
TEXT = (
    "the rain at the window and a letter by the bridge that nobody ever read after the long night"
)
WORDS = TEXT.split()
SHORT = """\
Title: Two Cups
Format: 1280x720 @ 24

character MARA
  description: woman in her thirties, dark bob, grey cardigan
  voice: amber

character JONAS
  description: man of forty, short beard, blue shirt
  voice: slate

INT. KITCHEN - NIGHT

MARA
You kept the letter all these years.

JONAS
I never opened it, and I never will, not tonight.

MARA
Then open it now.
"""
PLAYING = """
const video = [...document.querySelectorAll('#screen video')].find(one => !one.paused && one.currentTime > 0);
return video ? video.dataset.clip : ''"""
READY = (
    "return [...document.querySelectorAll('.card')].every(card => card.dataset.state === 'ready')"
)
IDLE = "return document.querySelectorAll('.card').length > 0 && !document.querySelector('.work i')"


def long_film(lines: int, seed: int = 3) -> list[str]:
    """A film of about so many lines: scenes of fourteen speeches by three people."""
    chance = random.Random(seed)

    def sentence(low: int, high: int) -> str:
        count = chance.randint(low, high)
        return " ".join(chance.choice(WORDS) for _ in range(count)).capitalize() + "."

    out = ["Title: Long", "Format: 1280x720 @ 24", ""]
    for name in NAMES:
        out += [f"character {name}", "  description: woman in her thirties, dark bob", ""]
    scene = 0
    while len(out) < lines - 60:
        scene += 1
        out += [f"INT. ROOM {scene} - NIGHT", "", sentence(8, 14), "", "[two-shot, 35mm]", ""]
        people = chance.sample(NAMES, 3)
        for turn in range(14):
            out += [people[turn % 3], sentence(3, 18), ""]
    return out


@contextmanager
def watched(script: Path, *options: str) -> "Iterator[subprocess.Popen[str]]":
    """A running watch."""
    process = subprocess.Popen(
        [str(PROGRAM), "compile", str(script), "--watch", *options],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def until(process: "subprocess.Popen[str]", start: str) -> str:
    """The next line that begins like this."""
    if process.stdout is None:
        raise RuntimeError("the watch has no output")
    for line in process.stdout:
        if line.startswith(start):
            return line.rstrip()
    raise RuntimeError("the watch has ended")


def measure_verdicts(lines: int, saves: int) -> list[float]:
    """Seconds from a save to its verdict, after five to warm up."""
    chance = random.Random(7)
    text = long_film(lines)
    speeches = [
        n for n, line in enumerate(text) if n > 30 and line.endswith(".") and line[0].isupper()
    ]
    found = []
    with tempfile.TemporaryDirectory(prefix="duocast-") as folder:
        script = Path(folder, "film.scene")
        script.write_text("\n".join(text), encoding="utf-8")
        with watched(script, "--on-change", "check", "--no-page") as process:
            print(until(process, "ok"))
            for number in range(saves + 5):
                text[chance.choice(speeches)] = f"Nobody knows what number {number} was for."
                content = "\n".join(text)
                time.sleep(0.3)
                began = time.perf_counter()
                script.write_text(content, encoding="utf-8")
                until(process, "ok")
                found.append(time.perf_counter() - began)
    return found[5:]


def measure_page(edits: int) -> list[float]:
    """Seconds from a save to the changed shot playing in the page."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for name in ("headless=new", "no-sandbox", "autoplay-policy=no-user-gesture-required"):
        options.add_argument(f"--{name}")
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    found = []
    try:
        with tempfile.TemporaryDirectory(prefix="duocast-") as folder:
            script = Path(folder, "film.scene")
            script.write_text(SHORT, encoding="utf-8")
            with watched(script) as process:
                driver.get(until(process, "page: ").removeprefix("page: "))
                for number in range(edits + 1):
                    _wait(driver, READY, "")
                    _wait(driver, IDLE, "")
                    time.sleep(1.0)
                    before = driver.execute_script(PLAYING)
                    text = SHORT.replace("not tonight", f"not in {number + 2} years")
                    began = time.perf_counter()
                    script.write_text(text, encoding="utf-8")
                    _wait(driver, PLAYING, before)
                    found.append(time.perf_counter() - began)
                    time.sleep(5.0)
    finally:
        driver.quit()
    return found[1:]


def _wait(driver: object, script: str, before: object) -> None:
    """Until a script gives something, and something else than before."""
    end = time.monotonic() + 90
    while time.monotonic() < end:
        found = driver.execute_script(script)  # type: ignore[attr-defined]
        if found and found != before:
            return
        time.sleep(0.01)
    raise RuntimeError("the page does not get there")


def tell(name: str, seconds: list[float], unit: float, target: str) -> None:
    """One line of the table."""
    high = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    suffix = "ms" if unit == 1000 else "s"
    print(
        f"{name:34} p50 {median(seconds) * unit:7.1f} {suffix}   p95 {high * unit:7.1f} {suffix}   ({target})"
    )


def main() -> None:
    """Measure, and print a table."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--lines", type=int, default=8000)
    wanted.add_argument("--saves", type=int, default=40)
    wanted.add_argument("--page", action="store_true")
    wanted.add_argument("--edits", type=int, default=3)
    given = wanted.parse_args()
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} processors, load {load:.1f} before the start")
    verdicts = measure_verdicts(given.lines, given.saves)
    tell(f"save to verdict, {given.lines} lines", verdicts, 1000, "wanted: p50 25 ms, p95 60 ms")
    if given.page:
        tell("save to playing, a 3 s shot", measure_page(given.edits), 1, "wanted: 3 s")


if __name__ == "__main__":
    main()
