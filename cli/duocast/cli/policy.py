"""The policy of moderation that holds here: its file, as settings that travel to workers, and its office."""

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duocast.runtime.engine import Engine, EngineError, FailureClass

if TYPE_CHECKING:
    from duocast.runtime.moderation import Office, Policy

VARIABLE = "DUOCAST_POLICY"
FARMS = "the farm's policy"
"""What users of a farm hear of it: where the file is, they need not know."""


def policy_file() -> Path:
    """`DUOCAST_POLICY`, or `policy.toml` in the user's settings; it need not be there unless it is named."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "duocast" / "policy.toml"


def policy_settings() -> dict[str, str]:
    """The policy's text and the file's name; nothing for the default, and the problem for a file that can't be read."""
    file = policy_file()
    return _read(file) if os.environ.get(VARIABLE) or file.is_file() else {}


def _read(file: Path) -> dict[str, str]:
    try:
        return {"name": str(file), "text": file.read_text("utf-8")}
    except FileNotFoundError:
        return {"name": str(file), "problem": "it is not there"}
    except (OSError, UnicodeDecodeError) as problem:
        return {"name": str(file), "problem": str(problem)}


def policy_of(settings: Mapping[str, str]) -> "Policy":
    """The policy of settings. Raises `EngineError` M0301."""
    return _policy(settings.get("name", ""), settings.get("text", ""), settings.get("problem", ""))


@cache
def _policy(name: str, text: str, problem: str) -> "Policy":
    from duocast.runtime.moderation import default_policy, read_policy

    if problem:
        message = f"the policy {name} can't be read: {problem}"
        hint = f"name another with {VARIABLE} or --policy, or none; docs/moderation.md has every setting"
        raise EngineError(FailureClass.INVALID, "M0301", message, hint)
    return read_policy(text, name) if name else default_policy()


def office_here(file: Path | None = None) -> "Office":
    """The office of this command, under the policy of a file or the one that holds here. Raises `EngineError` M0301."""
    from duocast.cli.studio import cache_folder, weights
    from duocast.runtime.moderation import Office

    policy = policy_of(_read(file) if file is not None else policy_settings())
    return Office(policy, weights(), cache_folder() / "moderation")


def office_of(settings: Mapping[str, Any]) -> "Office":
    """The office of a studio's settings. Raises `EngineError` M0301."""
    from duocast.cli.studio import open_weights
    from duocast.runtime.moderation import Office

    memory = Path(settings["models"]).parent / "moderation"
    return Office(policy_of(settings["policy"]), open_weights(settings), memory)


def looked_at(
    engines: Iterable[Engine], settings: Mapping[str, Any], *, given: bool
) -> Iterator[Engine]:
    """The engines; at the pictures of those that paint somebody looks. `given`: and at pictures that users give."""
    from duocast.runtime.moderation.painted import TAKES, Painted

    @cache
    def office() -> "Office":
        return office_of(settings)

    for engine in engines:
        paints = getattr(engine, "paints", False)
        takes = given and engine.operation in TAKES
        looked = Painted(engine, office, made=paints, given=takes)
        yield looked if paints or takes else engine
