"""`duocast doctor`: say what is ready here, what is missing and how to get it."""

import importlib
import json
import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from typing import Literal

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from duocast.cli.policy import policy_of, policy_settings
from duocast.cli.project import EXIT_FINDINGS
from duocast.cli.studio import cache_folder, registry, weights
from duocast.runtime.engine import Engine, EngineError
from duocast.runtime.listed import Listed
from duocast.runtime.modelled import Modelled
from duocast.runtime.onnx import onnxruntime
from duocast.runtime.rented import Rented
from duocast.runtime.talked import Talked
from duocast.runtime.weighted import Weighted

LIBRARIES = ("numpy", "cv2", "av", "skia", "onnxruntime", "ai_edge_litert", "c2pa", "moviepy")
MODELS = {
    "speak": "speech",
    "voices": "voices",
    "portrait": "photographs",
    "moderate": "moderation",
    "likeness": "likeness of painted people",
}
"""Groups of the catalogue, and what people call them."""
EXTRAS = {
    "farm": ("fastapi", "uvicorn", "ray"),
    "models": ("torch", "diffusers", "transformers", "TTS"),
    "restore": ("torch", "spandrel"),
}
SYSTEM_LIBRARIES = "on Debian and Ubuntu: apt-get install libegl1 libgl1 libexpat1"
FREE_GIGABYTES = 2.0
Verdict = Literal["ready", "missing", "broken", "optional"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a film needs or can use: how it stands, and what to do about it."""

    area: str
    name: str
    verdict: Verdict
    detail: str = ""
    remedy: str = ""


@click.command()
@click.option("--json", "as_data", is_flag=True, help="Print one JSON list.")
def command(as_data: bool) -> None:
    """Say what is ready here, what is missing and how to get it.

    Exits with 1 when something that every film needs is broken. Missing model files are pulled by the first render.
    """
    findings = list(examine())
    if as_data:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        _print(findings)
    if any(finding.verdict == "broken" for finding in findings):
        raise SystemExit(EXIT_FINDINGS)


def examine() -> Iterator[Finding]:
    """Everything there is to say, in the order in which a film would meet it."""
    yield from _machine()
    yield from _libraries()
    yield from _engines()
    yield from _models()
    yield _policy()
    yield from _extras()


def _machine() -> Iterator[Finding]:
    detail = (
        f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.machine()}"
    )
    yield Finding("machine", platform.system(), "ready", detail)
    folder = next(f for f in (cache_folder(), *cache_folder().parents) if f.exists())
    free = shutil.disk_usage(folder).free / 1e9
    verdict: Verdict = "ready" if free >= FREE_GIGABYTES else "broken"
    remedy = "" if verdict == "ready" else "free some space, or set DUOCAST_CACHE to another folder"
    yield Finding("machine", "disk", verdict, f"{free:.1f} GB free at {folder}", remedy)


def _libraries() -> Iterator[Finding]:
    for name in LIBRARIES:
        try:
            module = onnxruntime() if name == "onnxruntime" else importlib.import_module(name)
        except ImportError as problem:
            remedy = (
                SYSTEM_LIBRARIES
                if ".so" in str(problem)
                else "pip install --force-reinstall duocast"
            )
            yield Finding("library", name, "broken", str(problem), remedy)
        else:
            yield Finding("library", name, "ready", str(getattr(module, "__version__", "")))


def _engines() -> Iterator[Finding]:
    engines = registry()
    for engine in engines:
        name = f"{engine.operation}: {engine.name}"
        if isinstance(engine, Modelled) and not engine.here:
            yield _elsewhere(name, engine)
            continue
        if (outside := elsewhere(engine)) is not None:
            yield outside
            continue
        if isinstance(engine, Weighted) and not engine.here:
            remedy = (
                "pip install 'duocast[models]'"
                if engine.library == "torch"
                else f"pip install {engine.library}"
            )
            yield Finding("engine", name, "optional", f"without {engine.library}", remedy)
            continue
        try:
            if isinstance(engine, Listed):
                engine.load()
        except EngineError as problem:
            yield Finding("engine", name, "broken", problem.message, SYSTEM_LIBRARIES)
        else:
            needs = _needs(engine) if isinstance(engine, Modelled) else ""
            yield Finding("engine", name, "ready", f"version {engine.version}{needs}")
    for gone in engines.absent:
        remedy = "films can be made without it; uninstall it or install another version"
        yield Finding("plugin", gone.reference, "optional", gone.reason, remedy)


def elsewhere(engine: Engine) -> Finding | None:
    """What an engine of a cloud, or of a program outside, lacks here; None if nothing, and for every other engine."""
    name = f"{engine.operation}: {engine.name}"
    if isinstance(engine, Rented) and (missing := engine.missing()) is not None:
        return Finding("cloud", name, "optional", missing.message, missing.hint)
    if isinstance(engine, Talked):
        gone = [one for one in engine.program.commands if shutil.which(one) is None]
        if gone:
            detail = f"there is no program {gone[0]}"
            return Finding("engine", name, "optional", detail, "mend its table in talking.toml")
    return None


def _needs(engine: Modelled) -> str:
    """What a model needs and on what it would run here; its library is loaded to look."""
    from duocast.runtime.models.device import best_device, placement

    device = best_device()
    room = f" with {device.free:.0f} GB free" if device.free is not None else ""
    laid = placement(device.free, engine.gigabytes)
    return f", {engine.gigabytes:g} GB, laid {laid} on {device.kind}{room}"


def _elsewhere(name: str, engine: Modelled) -> Finding:
    """An engine that would run here if its library and its model were."""
    lacks = engine.lacks()
    remedy = [f"put its model into a folder {engine.name} of DUOCAST_MODELS (docs/engines.md)"]
    if set(lacks) - {"model"}:
        extra = "restore" if "spandrel" in engine.libraries else "models"
        remedy.insert(0, f"pip install 'duocast[{extra}]'")
    if "model" not in lacks:
        remedy.pop()
    detail = f"without {', '.join(lacks)}; {engine.gigabytes:g} GB"
    return Finding("engine", name, "optional", detail, "; ".join(remedy))


def _models() -> Iterator[Finding]:
    cache = weights()
    for group, use in MODELS.items():
        states = cache.list(cache.catalogue.group(group))
        gone = [state.weight.size for state in states if not state.ready]
        if not gone:
            yield Finding("models", use, "ready", f"{len(states)} files")
        else:
            detail = (
                f"{len(gone)} of {len(states)} files, {sum(gone) / 1e6:.0f} MB, are not here yet"
            )
            remedy = "the first render pulls those it needs; all of them now: duocast models pull"
            yield Finding("models", use, "missing", detail, remedy)


def _policy() -> Finding:
    """Which policy of moderation holds here; a broken one would stop every film."""
    try:
        policy = policy_of(policy_settings())
    except EngineError as problem:
        return Finding("moderation", "policy", "broken", problem.message, problem.hint)
    return Finding("moderation", "policy", "ready", policy.name)


def _extras() -> Iterator[Finding]:
    for extra, modules in EXTRAS.items():
        gone = [name for name in modules if find_spec(name) is None]
        if gone:
            detail = f"without {', '.join(gone)}"
            yield Finding("extra", extra, "optional", detail, f"pip install 'duocast[{extra}]'")
        else:
            yield Finding("extra", extra, "ready")


def _print(findings: list[Finding]) -> None:
    table = Table("", "what", "how it stands", "what to do", box=None, pad_edge=False)
    signs = {
        "ready": "[green]ready",
        "missing": "[yellow]missing",
        "broken": "[bold red]broken",
        "optional": "[dim]optional",
    }
    for finding in findings:
        words = (f"{finding.area} {finding.name}", finding.detail, finding.remedy)
        table.add_row(signs[finding.verdict], *map(escape, words))
    console = Console()
    console.print(table, highlight=False)
    broken = sum(finding.verdict == "broken" for finding in findings)
    if broken:
        console.print(f"{broken} things must be mended before a film can be made")
    else:
        console.print("ready to render")
