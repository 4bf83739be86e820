"""The studio: registry, store, weights and workers, built from the environment in one place."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from duocast.compiler.graph import Operation
from duocast.compiler.lower import Crew
from duocast.farm.workshop import Factory, Inline, Workshop
from duocast.runtime.editorial import CLOCK_VERSION, EDITOR_VERSION, clock, editor
from duocast.runtime.engines import model_engines, offline_engines
from duocast.runtime.modelled import ModelShelf
from duocast.runtime.registry import Registry
from duocast.runtime.weights import WeightCache


def cache_folder() -> Path:
    """Where things that every film shares are kept: `DUOCAST_CACHE`, or the user's cache folder."""
    named = os.environ.get("DUOCAST_CACHE")
    if named:
        return Path(named).expanduser()
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "duocast"


def weights() -> WeightCache:
    """The model files; `DUOCAST_MODELS` names a folder to look in first, `DUOCAST_OFFLINE=1` forbids downloads."""
    return open_weights(_settings())


def open_weights(settings: Mapping[str, Any]) -> WeightCache:
    """The model files, by settings that travel to workers."""
    return WeightCache(
        Path(settings["models"]),
        local=[Path(folder) for folder in settings["local"]],
        network=settings["network"],
    )


def _settings() -> dict[str, Any]:
    local = os.environ.get("DUOCAST_MODELS")
    return {
        "models": str(cache_folder() / "models"),
        "local": [str(Path(local).expanduser())] if local else [],
        "keys": str(keys_folder()),
        "network": os.environ.get("DUOCAST_OFFLINE", "") in ("", "0"),
    }


def keys_folder() -> Path:
    """Where this installation's signing key is kept: `DUOCAST_KEYS`, or the user's data folder."""
    named = os.environ.get("DUOCAST_KEYS")
    if named:
        return Path(named).expanduser()
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "duocast" / "keys"


def registry() -> Registry:
    """All engines; building them loads none of their libraries."""
    return _registry(_settings())


def _registry(settings: Mapping[str, Any]) -> Registry:
    return Registry(offline_engines(Path(settings["keys"])), model_engines(_shelf(settings)))


def _shelf(settings: Mapping[str, Any]) -> ModelShelf:
    """Where big models are: the user's own folder first, then `diffusion` in the cache."""
    cache = Path(settings["models"])
    folders = (*map(Path, settings["local"]), cache / "diffusion")
    return ModelShelf(folders, cache / "identities", network=settings["network"])


def workshop(settings: Mapping[str, Any]) -> Workshop:
    """What every worker builds for itself."""
    return Workshop(_registry(settings), open_weights(settings))


def factory() -> Factory:
    """How workers build their workshop; what all of them import is loaded once, before they are forked."""
    preload = ("numpy", "cv2", "av", "skia", "duocast.cli.studio")
    return Factory("duocast.cli.studio:workshop", _settings(), preload)


def inlines() -> tuple[Inline, ...]:
    """The work that needs no worker."""
    return (
        Inline(Operation.TIME, "clock", CLOCK_VERSION, clock),
        Inline(Operation.CUT, "editor", EDITOR_VERSION, editor),
    )


def crew(quality: str, engines: Registry) -> Crew:
    """The default crew at a quality, with the versions that the manifest credits."""
    versions = {engine.name: engine.version for engine in engines}
    versions |= {inline.name: inline.version for inline in inlines()}
    painters = [
        f"{each.operation} {each.name}" for each in engines if getattr(each, "paints", False)
    ]
    return Crew.from_plain({"quality": quality, "versions": versions, "painters": painters})
