"""`upscale`: a picture, still or moving, becomes as large as the film needs it.

Inputs: `clip` (clip.mp4 of another engine) or `picture` (a video or a picture of the project), and for moving pictures
`timing`. Output: `clip` (clip.mp4: what the shot shows of it, from its first frame on, at the rate that it had) for
moving pictures, `picture` (picture.png, whole and upright) for stills. What is large enough keeps its size.
"""

from duocast.compiler.timeline import Rate
from duocast.compiler.value import Value


class UpscaleParams(Value):
    """The size to fill, in pixels. A moving picture is cut to the frame's shape; a still stays whole and covers it."""

    width: int
    height: int
    rate: Rate | None = None
    """The film's rate: of a moving picture with more frames only those that are shown are made."""
    start: float = 0.0
    """Seconds into the video."""
    speed: float = 1.0
    """How fast the video is shown."""
