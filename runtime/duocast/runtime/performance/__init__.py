"""Acting: from timed takes and a layout to the pose of every person in every frame."""

from duocast.runtime.performance.engine import performance_engines
from duocast.runtime.performance.record import load_performance, pose_at

__all__ = ["load_performance", "performance_engines", "pose_at"]
