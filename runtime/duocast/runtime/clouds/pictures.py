"""Pictures on their way to a provider, and the workflow that a ComfyUI gets."""

from pathlib import Path

import cv2
import numpy as np

from duocast.compiler.graph import Operation
from duocast.runtime.clouds.account import Account
from duocast.runtime.clouds.contract import Picture
from duocast.runtime.clouds.faults import no_settings
from duocast.runtime.engine import EngineError, FailureClass

LONGEST_SIDE = 1536
"""Bigger pictures are sent smaller: providers take 5 MB, and see no more."""


def as_jpeg(file: Path) -> Picture:
    """A picture as a JPEG that every provider takes; what is transparent becomes grey.

    Raises `EngineError` (poisoned, A0501) for what is no picture.
    """
    found = cv2.imdecode(np.fromfile(file, np.uint8), cv2.IMREAD_UNCHANGED)
    if found is None:
        message = f"{file.name} is no picture"
        raise EngineError(FailureClass.POISONED, "A0501", message, "render again")
    if found.ndim == 3 and found.shape[2] == 4:
        alpha = found[:, :, 3:].astype(np.float32) / 255
        found = np.rint(found[:, :, :3] * alpha + 128 * (1 - alpha)).astype(np.uint8)
    scale = LONGEST_SIDE / max(found.shape[:2])
    if scale < 1:
        found = cv2.resize(found, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    _, content = cv2.imencode(".jpg", found, [cv2.IMWRITE_JPEG_QUALITY, 95])
    return Picture("image/jpeg", content.tobytes())


def read_workflow(account: Account, operation: Operation) -> str:
    """The workflow graph that the settings name for an operation: `workflow = {animate = "wan.json"}`.

    Empty for a provider that needs none. Raises `EngineError` R0705 where ComfyUI has none.
    """
    if not account.provider.startswith("comfyui"):
        return ""
    named = account.own.get("workflow", {})
    place = named.get(str(operation)) if isinstance(named, dict) else None
    if place is None:
        table = f"[{account.provider}.workflow]"
        hint = f'save it in the API format, and in clouds.toml: {table} {operation} = "/path/graph.json"'
        raise no_settings(f"{account.provider} has no workflow to {operation}", hint)
    try:
        return Path(place).expanduser().read_text("utf-8")
    except OSError as problem:
        raise no_settings(f"the workflow {place} can't be read: {problem.strerror}", "") from None
