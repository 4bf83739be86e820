"""The port of a node's agent, told to the node before the agent comes to it.

A raylet waits for a file in which its agent says where it listens, 15 seconds and, whatever is set, not one longer;
then it ends, and its node with it. An agent imports much, and on a busy machine it needs longer. We choose the port
anyway, so the file can be written at once; the agent writes the same later.
"""

import os
import tempfile
from pathlib import Path

from duocast.farm.cluster.processes import Process

_FILE = "dashboard_agent_listen_port_"
_SESSION, _NODE = "--session_dir=", "--node_id="


def tell_port(raylet: Process, port: int) -> bool:
    """Write the file for a raylet that runs; gives whether it is there."""
    session, node = (_value(raylet.words, name) for name in (_SESSION, _NODE))
    if not session or not node:
        return False
    file = Path(session, _FILE + node)
    if not file.exists():
        _write(file, str(port))
    return True


def _value(words: tuple[str, ...], name: str) -> str:
    return next((word.removeprefix(name) for word in words if word.startswith(name)), "")


def _write(file: Path, content: str) -> None:
    """All of it or nothing: a raylet looks for it all the time."""
    handle, aside = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "w") as written:
        written.write(content)
    Path(aside).replace(file)
