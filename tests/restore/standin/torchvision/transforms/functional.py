"""Two functions of two architectures that these tests do not use."""

from enum import Enum


class InterpolationMode(Enum):
    BILINEAR = "bilinear"


def normalize(tensor, mean, std, inplace=False):
    raise NotImplementedError("a real torchvision is needed for this architecture")


def rotate(tensor, angle, interpolation=InterpolationMode.BILINEAR, *others):
    raise NotImplementedError("a real torchvision is needed for this architecture")
