"""How long models take to load and to run, and what memory they hold before, while and after they are used.

    .venv-models/bin/python benchmarks/models.py [ENGINE ...] [--models FOLDER] [--room GIGABYTES]

Without `--models` every pipeline is built tiny, with random weights: then the figures say what loading, laying on the
device and releasing cost, and whether anything stays behind. With a folder of real models (`ltx/model_index.json` and
so on) they are what a shot costs on this machine. `--room` pretends that the device has only so much memory free, so
that a model is laid on it by part or by layer.

Memory is the card's, as torch counts it; without a card it is the process's own, resident. `before` is what is held
when the one before has been released and this one is about to be loaded: where it grows, something stays behind.
"""

import argparse
import gc
import hashlib
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import Image

from duocast.runtime.diffusion import filming, painting
from duocast.runtime.diffusion.limits import FILMERS, PAINTERS, PictureLimits, limited
from duocast.runtime.diffusion.loading import Pipeline, read
from duocast.runtime.diffusion.pieces import lengths, size
from duocast.runtime.diffusion.sketch import Sketch
from duocast.runtime.models.device import Device, best_device, placement
from duocast.runtime.models.limits import Limits
from duocast.runtime.models.shelf import Model, Shelf
from duocast.runtime.models.warm import Warm

TINY = Path(__file__).parent.parent / "tests" / "diffusion"
MEGA = 1e6
FRAMES = 9


class Memory:
    """What is held, in megabytes: of the card if there is one, else of this process."""

    def __init__(self, device: Device) -> None:
        self._card = device.kind == "cuda"
        self.of = "card" if self._card else "process"

    def now(self) -> float:
        """Held at the moment."""
        gc.collect()
        if self._card:
            import torch

            torch.cuda.synchronize()
            return float(torch.cuda.memory_allocated()) / MEGA
        return _status("VmRSS")

    def most(self) -> float:
        """The most since `forget`."""
        if self._card:
            import torch

            return float(torch.cuda.max_memory_allocated()) / MEGA
        return _status("VmHWM")

    def forget(self) -> None:
        """Count the most anew."""
        if self._card:
            import torch

            torch.cuda.reset_peak_memory_stats()
        else:
            Path("/proc/self/clear_refs").write_text("5")


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) * 1024 / MEGA


def work(limits: PictureLimits, pipeline: Pipeline) -> bytes:
    """One piece or one still from noise of a fixed seed, as bytes."""
    width, height = size(1280, 720, limits)
    chance = np.random.default_rng(5)
    still = Image.fromarray(chance.integers(0, 255, (height, width, 3), np.uint8))
    if limits.engine in FILMERS:
        frames = lengths(FRAMES, limits)[0]
        people = (still.resize((96, 96)),)
        ask = filming.Ask(still, None, "A woman speaks.", width, height, frames, 5, people)
        return filming.HOW[limits.engine](pipeline, ask, limits).frames.tobytes()
    middle = np.zeros((height, width), np.float32)
    middle[height // 4 :, width // 3 : 2 * width // 3] = 1
    sketch = Sketch(np.asarray(still), {"mara": middle}, middle)
    near = still.resize((96, 96))
    asked = painting.Ask("A woman.", [near], {"mara": near}, width, height, 5, sketch)
    return painting.HOW[limits.engine](pipeline, asked, limits).tobytes()


def built(engine: str, folder: Path) -> None:
    """The engine's pipeline, tiny."""
    sys.path.insert(0, str(TINY))
    import tiny
    import tiny_picture
    import tiny_video

    name = engine.replace("-", "_")
    if engine in FILMERS:
        tiny.save(getattr(tiny_video, name)(), folder / engine)
    else:
        tiny_picture.painter(engine, folder)


def measured(
    engines: list[str], shelf: Shelf, device: Device, say: Callable[..., None]
) -> Iterator[tuple[str, float]]:
    """A row for each engine, and what is left after it."""
    memory, warm = Memory(device), Warm()
    before: list[float] = []
    loading: list[float] = []

    def load(model: Model, limits: Limits, real: Device) -> Pipeline:
        del real
        before.append(memory.now())
        memory.forget()
        began = time.perf_counter()
        pipeline = read(model, limits, device)
        loading.append(time.perf_counter() - began)
        return pipeline

    for engine in engines:
        model = shelf.model(engine)
        limits = limited({**FILMERS, **PAINTERS}[engine], model.sheet)
        pipeline = warm.model(model, limits, load)
        held, seconds, seen = memory.now(), [], set()
        for _ in range(2):
            began = time.perf_counter()
            seen.add(hashlib.sha256(work(limits, pipeline)).hexdigest())
            seconds.append(time.perf_counter() - began)
        del pipeline
        laid = placement(device.free, limits.gigabytes)
        same = "same" if len(seen) == 1 else "differs"
        times = " ".join(f"{one:7.2f}" for one in (loading[-1], *seconds))
        sizes = " ".join(f"{one:8.0f}" for one in (before[-1], held, memory.most()))
        say(f"{engine:<11} {laid:<9} {times}  {same:<8} {sizes}")
        yield engine, before[-1]
    warm.release()
    yield "", memory.now()


def main() -> None:
    """Print the table."""
    if find_spec("torch") is None or find_spec("diffusers") is None:
        print("models: nothing to measure without the extra `models`")
        return
    warnings.simplefilter("ignore")
    asking = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asking.add_argument("engines", nargs="*", help="those to measure; all of them otherwise")
    asking.add_argument("--models", type=Path, help="a folder of real models")
    asking.add_argument("--room", type=float, help="gigabytes that the device is said to have free")
    asked = asking.parse_args()
    engines = asked.engines or [*FILMERS, *PAINTERS]
    here = best_device()
    device = here if asked.room is None else Device(here.kind, asked.room)
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.models or Path(scratch)
        for engine in engines if asked.models is None else ():
            built(engine, folder)
        shelf = Shelf((folder,), Path(scratch) / "identities", network=False)
        print(f"device {device.kind}, free {device.free}; memory in MB, of the {Memory(device).of}")
        print("engine      laid       load s   run s again s  bytes     before   loaded     most")
        left = [held for _, held in measured(engines, shelf, device, print)]
        print(f"left after the last one: {left[-1]:.0f}; before the first: {left[0]:.0f}")


if __name__ == "__main__":
    main()
