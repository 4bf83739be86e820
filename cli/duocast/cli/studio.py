"""The studio: registry, store, weights and workers, built from the environment in one place."""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from duocast.cli.policy import FARMS, looked_at, policy_settings
from duocast.compiler.graph import Operation
from duocast.compiler.lower import Crew
from duocast.compiler.lower.crew import DEFAULT_ENGINES, FINER_ENGINES
from duocast.farm.workshop import Factory, Inline, Workshop
from duocast.runtime.clouds.account import Office
from duocast.runtime.editorial import CLOCK_VERSION, EDITOR_VERSION, clock, editor
from duocast.runtime.engines import FINER, model_engines, offline_engines
from duocast.runtime.modelled import ModelShelf
from duocast.runtime.plugins import plugged
from duocast.runtime.registry import Registry
from duocast.runtime.rented import rented_engines
from duocast.runtime.talked import talking_engines
from duocast.runtime.weights import WeightCache


@dataclass(frozen=True, slots=True)
class Purse:
    """Who pays the clouds: the film's script, the run, and what it may spend in millionths of a dollar."""

    film: str
    run: str
    budget: int | None = None


UNPAID = Purse("", "unpaid", 0)
"""Stills and drafts that are made on the way (`compile`, `watch`) never pay a cloud."""
FARM = Purse("", "unreserved", 0)
"""A farm's jobs have budgets of their own: what nothing is reserved for is not paid."""


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
        "money": str(money_folder()),
        "clouds": str(clouds_file()),
        "talking": str(_settings_file("DUOCAST_TALKING", "talking.toml")),
        "policy": policy_settings(),
    }


def money_folder() -> Path:
    """Where the books of what clouds cost are kept: `DUOCAST_MONEY`, or the user's data folder."""
    named = os.environ.get("DUOCAST_MONEY")
    return Path(named).expanduser().absolute() if named else _data_folder() / "money"


def clouds_file() -> Path:
    """The settings of the clouds: `DUOCAST_CLOUDS`, or `clouds.toml` in the user's settings."""
    return _settings_file("DUOCAST_CLOUDS", "clouds.toml")


def _settings_file(variable: str, name: str) -> Path:
    named = os.environ.get(variable)
    if named:
        return Path(named).expanduser().absolute()
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "duocast" / name


def _data_folder() -> Path:
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "duocast"


def keys_folder() -> Path:
    """Where this installation's signing key is kept: `DUOCAST_KEYS`, or the user's data folder."""
    named = os.environ.get("DUOCAST_KEYS")
    return Path(named).expanduser() if named else _data_folder() / "keys"


def registry() -> Registry:
    """All engines; building them loads none of their libraries."""
    return _registry(_settings())


def _registry(settings: Mapping[str, Any]) -> Registry:
    own = (
        *offline_engines(Path(settings["keys"])),
        *model_engines(_shelf(settings)),
        *FINER,
        *rented_engines(_office(settings)),
    )
    talked = talking_engines(Path(settings["talking"]), own)
    others = plugged((*own, *talked.engines))
    absent = (*talked.absent, *others.absent)
    return Registry(own, talked.engines, others.engines, absent=absent)


def _office(settings: Mapping[str, Any]) -> Office:
    """The clouds from here: keys are read from this machine's environment, and only when one is asked."""
    return Office(
        Path(settings["money"]),
        Path(settings["clouds"]),
        os.environ.get,
        network=settings["network"],
        **settings.get("purse", {}),
    )


def office_of(film: str, run: str, budget: int | None) -> Office:
    """The clouds from here, for one run that pays by itself."""
    return _office(_settings() | {"purse": asdict(Purse(film, run, budget))})


def _shelf(settings: Mapping[str, Any]) -> ModelShelf:
    """Where big models are: the user's own folder first, then `diffusion` in the cache."""
    cache = Path(settings["models"])
    folders = (*map(Path, settings["local"]), cache / "diffusion")
    return ModelShelf(folders, cache / "identities", network=settings["network"])


def workshop(settings: Mapping[str, Any]) -> Workshop:
    """What every worker builds for itself: what engines paint is looked at, and on a farm what users give, too."""
    engines = _registry(settings)
    looked = looked_at(engines, settings, given=settings.get("farm", False))
    return Workshop(Registry(looked, absent=engines.absent), open_weights(settings))


def factory(purse: Purse = UNPAID) -> Factory:
    """How workers build their workshop; what all of them import is loaded once, before they are forked."""
    preload = ("numpy", "cv2", "av", "skia", "duocast.cli.studio")
    settings = _settings() | {"purse": asdict(purse), "farm": purse == FARM}
    if purse == FARM:
        settings["policy"] = {**settings["policy"], "name": FARMS}
    return Factory("duocast.cli.studio:workshop", settings, preload)


def inlines() -> tuple[Inline, ...]:
    """The work that needs no worker."""
    return (
        Inline(Operation.TIME, "clock", CLOCK_VERSION, clock),
        Inline(Operation.CUT, "editor", EDITOR_VERSION, editor),
    )


def crew(quality: str, engines: Registry, *, finer: bool | None = None) -> Crew:
    """The default crew at a quality, with the versions that the manifest credits.

    `finer`: whether pictures are made finer; None: as the title page says.
    """
    works = {str(each.operation) for each in FINER if each.here}
    versions = {engine.name: engine.version for engine in engines}
    versions |= {inline.name: inline.version for inline in inlines()}
    painters = [
        f"{each.operation} {each.name}" for each in engines if getattr(each, "paints", False)
    ]
    hands = {**DEFAULT_ENGINES, **{work: FINER_ENGINES[work] for work in works}}
    return Crew.from_plain(
        {
            "quality": quality,
            "engines": hands,
            "versions": versions,
            "painters": painters,
            "cloners": [one.name for one in engines if getattr(one, "clones", False)],
            "finer": finer,
            **_filming(engines),
            **_sitting(engines),
        }
    )


def _sitting(engines: Registry) -> dict[str, Any]:
    """Which engines know people by their pictures, which paint over a drawing, and the LoRAs on the shelf."""
    named = {f"{each.operation} {each.name}": each for each in engines}
    return {
        "portraitists": [n for n, one in named.items() if getattr(one, "knows_people", False)],
        "sketchers": [n for n, one in named.items() if getattr(one, "sketches", False)],
        "loras": _loras(_shelf(_settings())),
    }


def _loras(places: ModelShelf) -> dict[str, str]:
    """The digests of the LoRAs on the shelf; nothing is loaded where there is none."""
    if not any((folder / "lora").is_dir() for folder in places.folders):
        return {}
    return places.open().adapters()


def _filming(engines: Registry) -> dict[str, Any]:
    """What the engines that film are shown, and which of them make sound."""
    film = [each for each in engines if each.operation is Operation.ANIMATE]
    shown = {each.name: getattr(each, "shown", "still") for each in film}
    return {
        "shown": {name: what for name, what in shown.items() if what != "still"},
        "sounding": [each.name for each in film if getattr(each, "sounds", False)],
    }
