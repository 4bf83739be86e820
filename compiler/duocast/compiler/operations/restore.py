"""`restore`: the faces of a moving picture are made clear again.

Inputs: `clip` (clip.mp4 of another engine) or `picture` (a video of the project), and `timing`. Output: `clip`
(clip.mp4): what the shot shows of it, from its first frame on, of the size that it had.
"""

from duocast.compiler.timeline import Rate
from duocast.compiler.value import Value


class RestoreParams(Value):
    """How much of the restored face is laid over the face that there was, 0 to 1."""

    strength: float = 0.8
    rate: Rate | None = None
    """The film's rate: of a picture with more frames only those that are shown are made."""
    start: float = 0.0
    """Seconds into the video."""
    speed: float = 1.0
    """How fast the video is shown."""
