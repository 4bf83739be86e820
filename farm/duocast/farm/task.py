"""The names of a task's values that others know this module by."""

from duocast.farm.core.task import Failure, Status

__all__ = ["Failure", "Status"]
