"""Encoding: a shot's pictures, finished and titled, become a piece of film."""

from duocast.runtime.delivery.encode.engine import X264

__all__ = ["X264"]
