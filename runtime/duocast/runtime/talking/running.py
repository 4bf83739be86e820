"""Running another program: in a folder of its own, with a time limit, without a shell and without our keys."""

import contextlib
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from duocast.runtime.engine import EngineError, FailureClass

PASSED = (
    *("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES", "CUDA_HOME"),
    *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "HF_HOME", "TORCH_HOME"),
)
"""The variables that a program sees; every other of ours, keys among them, it does not."""
_FRACTION = re.compile(rb"(\d+(?:\.\d+)?)\s*(%|$)")
_KEPT, _BEAT = 4000, 1.0


def run(
    command: Sequence[str],
    folder: Path,
    *,
    patience: float,
    progress: Callable[[float], None],
    passed: Sequence[str] = (),
) -> None:
    """Run it to its end in `folder`. A line that ends in `0.5` or `50%` tells how far it is.

    Raises `EngineError`: R0721 can't be started, R0722 too long (transient), R0723 ended with an error.
    """
    name = Path(command[0]).name
    try:
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            env=_environment(folder, passed),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as problem:
        message = f"{name} can't be started: {problem.strerror or problem}"
        hint = "name the program with its whole path in talking.toml"
        raise EngineError(FailureClass.UNAVAILABLE, "R0721", message, hint) from None
    heard = _Ear(process)
    try:
        _wait(process, heard, patience, progress, name)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        heard.close()
    if process.returncode != 0:
        message = f"{name} ended with {process.returncode}: {heard.last}"
        hint = "run its command by hand; duocast gives it the words of talking.toml and no shell"
        raise EngineError(FailureClass.INVALID, "R0723", message, hint)


def _wait(
    process: subprocess.Popen[bytes],
    heard: "_Ear",
    patience: float,
    progress: Callable[[float], None],
    name: str,
) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            process.wait(min(_BEAT, max(0.01, deadline - time.monotonic())))
        except subprocess.TimeoutExpired:
            progress(heard.fraction)
            if time.monotonic() < deadline:
                continue
            message = f"{name} took longer than {patience:g} s"
            hint = "set its `patience` in talking.toml"
            raise EngineError(FailureClass.TRANSIENT, "R0722", message, hint) from None
        return


def _environment(folder: Path, passed: Sequence[str]) -> Mapping[str, str]:
    kept = {name: os.environ[name] for name in (*PASSED, *passed) if name in os.environ}
    return {**kept, "TMPDIR": str(folder), "PYTHONHASHSEED": "0"}


class _Ear:
    """What a program says, read in a thread so that it is never held up; the end of it is kept."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.fraction = 0.0
        self._said = b""
        self._process = process
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    @property
    def last(self) -> str:
        """Its last words, on one line."""
        return " ".join(self._said.decode(errors="replace").split())[-300:] or "it said nothing"

    def close(self) -> None:
        """The process is gone, and all of its group."""
        self._thread.join(5.0)
        if self._process.stdout is not None and not self._thread.is_alive():
            self._process.stdout.close()

    def _listen(self) -> None:
        assert self._process.stdout is not None, "it was opened with a pipe"
        for line in self._process.stdout:
            self._said = (self._said + line)[-_KEPT:]
            found = _FRACTION.search(line.strip()[-16:])
            if found is not None:
                value = float(found[1]) / (100 if found[2] == b"%" else 1)
                self.fraction = max(self.fraction, min(1.0, value)) if value <= 1 else self.fraction
