"""Measures of a drawn rig: what a mouth does in a pose, exactly and without looking at pixels."""

from duocast.runtime.picture.drawn.mouth import lips
from duocast.runtime.picture.drawn.rig import DrawnRig
from duocast.runtime.picture.pose import Pose


def mouth_opening(rig: DrawnRig, pose: Pose) -> float:
    """The distance between the inner lips at the middle of the mouth, in rig units; 0 is shut."""
    shape = lips(rig.person, pose)
    middle = len(shape.x) // 2
    return float(shape.lower[middle] - shape.upper[middle])
