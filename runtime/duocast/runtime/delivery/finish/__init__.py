"""Finishing: the look of the picture, applied on its way from the stage to the encoder."""

from duocast.runtime.delivery.finish.cube import Cube, read_cube
from duocast.runtime.delivery.finish.finisher import Finisher

__all__ = ["Cube", "Finisher", "read_cube"]
