"""A graphics card: how much memory the one that a process may use has, as its driver says."""

import os
import subprocess
from collections.abc import Mapping

_QUERY = ("nvidia-smi", "--query-gpu=index,uuid,memory.total", "--format=csv,noheader,nounits")
_MIB = 1024 * 1024


def memory(variables: Mapping[str, str] = os.environ) -> int:
    """Bytes of the first card that this process sees; 0 if there is none, or nobody can tell."""
    seen = variables.get("CUDA_VISIBLE_DEVICES")
    if seen in ("", "-1", "NoDevFiles"):
        return 0
    try:
        table = subprocess.run(_QUERY, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return 0
    return read(table.stdout, seen.split(",")[0].strip() if seen else None)


def read(table: str, seen: str | None) -> int:
    """Bytes of the card with this number or name (None: the first) in the driver's table."""
    for line in table.splitlines():
        fields = [field.strip() for field in line.split(",")]
        named = seen is None or seen == fields[0] or (fields[1:2] and fields[1].startswith(seen))
        if len(fields) == 3 and fields[2].isdigit() and named:
            return int(fields[2]) * _MIB
    return 0
