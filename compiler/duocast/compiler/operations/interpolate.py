"""`interpolate`: a moving picture gets the frames that it lacks at the film's rate.

Inputs: `clip` (clip.mp4 of another engine) or `picture` (a video of the project), and `timing`. Output: `clip`
(clip.mp4): what the shot shows of it, from its first frame on, of the size that it had, with a frame for every frame
of the film. What has enough frames keeps its own.
"""

from duocast.compiler.timeline import Rate
from duocast.compiler.value import Value


class InterpolateParams(Value):
    """The film's rate, and where in the video the shot begins."""

    rate: Rate
    start: float = 0.0
    """Seconds into the video."""
    speed: float = 1.0
    """How fast the video is shown: at half the speed it needs twice the frames."""
