"""Which farm a person means: `--farm` and `--token`, the environment, or the file that `duocast farm up` writes."""

import os
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from duocast.farm.client.address import Address, address
from duocast.farm.client.faults import FarmError

URL = "DUOCAST_FARM"
TOKEN = "DUOCAST_FARM_TOKEN"


@dataclass(frozen=True, slots=True)
class Settings:
    """What farm.toml says."""

    url: str = ""
    token: str = ""
    ca: str = ""


def settings_file() -> Path:
    """Where it stands: in the user's folder for settings."""
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "duocast" / "farm.toml"


def farm_folder() -> Path:
    """Where a farm keeps everything unless `--folder` says otherwise."""
    return Path.home() / ".duocast" / "farm"


def which_farm(url: str | None, token: str | None) -> Address:
    """The address that is meant. What is typed goes before the environment, and that before the file.

    A token of the file is only for the farm of the file: another one never sees it. Raises `FarmError`.
    """
    kept = read_settings()
    meant = url or os.environ.get(URL) or kept.url
    if not meant:
        hint = "start one with `duocast farm up`, or name one with --farm URL or DUOCAST_FARM"
        raise FarmError("no-farm", "no farm is known here", hint)
    found = address(meant)
    mine = bool(kept.url) and address(kept.url).url == found.url
    held = token or os.environ.get(TOKEN) or (kept.token if mine else "")
    if not held:
        hint = "ask its owner for one (`duocast farm token new NAME`) and put it into DUOCAST_FARM_TOKEN"
        raise FarmError("no-token", f"there is no token for the farm at {found.url}", hint)
    ca = Path(kept.ca).expanduser() if mine and kept.ca else None
    return address(meant, held, ca)


def read_settings() -> Settings:
    """What the file says; nothing, if there is none. Raises `FarmError` for one that can't be read."""
    path = settings_file()
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as problem:
        hint = "mend it or delete it; `duocast farm up` writes it anew"
        raise FarmError("settings", f"{path} can't be read: {problem}", hint) from None
    return Settings(*(str(plain.get(name, "")) for name in ("url", "token", "ca")))


def keep_settings(settings: Settings) -> Path:
    """Write the file so that only its owner can read it; it appears whole or not at all."""
    path = settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(
        dir=path.parent, prefix=".farm-"
    )  # mode 0600 from the start
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("# The farm that duocast's commands talk to. The token is a secret.\n")
        for name in ("url", "token", "ca"):
            if value := getattr(settings, name):
                file.write(f"{name} = {_quoted(value)}\n")
    Path(temporary).replace(path)
    return path


def forget_settings(url: str) -> None:
    """Take the file away if it speaks of this farm."""
    if read_settings().url == url:
        settings_file().unlink(missing_ok=True)


def _quoted(value: str) -> str:
    """A string as TOML writes it."""
    plain = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in plain) + '"'
