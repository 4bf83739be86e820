"""Joining: the clips become one film, its sound beside them, without being encoded again."""

from duocast.runtime.delivery.join.engine import Joiner

__all__ = ["Joiner"]
