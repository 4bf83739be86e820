"""The network of RIFE (IFNet, HD, third version): two pictures in, the one halfway between them out. Torch.

Z. Huang and others, "Real-Time Intermediate Flow Estimation for Video Frame Interpolation", ECCV 2022. Written anew
after the paper and the shapes of the published weights (MIT License, Copyright (c) Megvii Inc.).

Flow is in pixels, four planes: from the middle back to the first picture (x, y), and on to the second (x, y).
"""

from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

WIDTH = 90
"""Planes inside a block."""
COARSE = (4, 2, 1)
"""How many times smaller each block sees the pictures."""
STEP = 32
"""Sides are made multiples of this."""
LARGE = 2160
"""From this side on, everything is seen half as large: motion reaches over more pixels."""

Tensor = Any
"""A torch tensor: torch is there only where the extra is installed."""


def _conv(planes: int, made: int, stride: int = 1) -> nn.Module:
    return nn.Sequential(nn.Conv2d(planes, made, 3, stride, 1), nn.PReLU(made))


def _grown(planes: int, made: int) -> nn.Module:
    """Four times larger each way."""
    half = planes // 2
    return nn.Sequential(
        nn.ConvTranspose2d(planes, half, 4, 2, 1),
        nn.PReLU(half),
        nn.ConvTranspose2d(half, made, 4, 2, 1),
    )


class Block(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """One look at the pictures: how the flow and the mask are to change. Named as the weights name its parts."""

    def __init__(self) -> None:
        super().__init__()
        half = WIDTH // 2
        self.conv0 = nn.Sequential(_conv(3 + 3 + 1 + 4, half, 2), _conv(half, WIDTH, 2))
        for number in range(4):
            layers = nn.Sequential(_conv(WIDTH, WIDTH), _conv(WIDTH, WIDTH))
            self.add_module(f"convblock{number}", layers)
        self.conv1 = _grown(WIDTH, 4)
        self.conv2 = _grown(WIDTH, 1)

    def forward(self, seen: Tensor, flow: Tensor, coarse: float) -> tuple[Tensor, Tensor]:
        """The changes, from the warped pictures with the mask, seen `coarse` times smaller."""
        planes = torch.cat((_sized(seen, 1 / coarse), _sized(flow, 1 / coarse) / coarse), 1)
        found = self.conv0(planes)
        for number in range(4):
            found = self.get_submodule(f"convblock{number}")(found) + found
        return _sized(self.conv1(found), coarse) * coarse, _sized(self.conv2(found), coarse)


class IFNet(nn.Module):  # type: ignore[misc]  # as above
    """Three blocks from coarse to fine."""

    def __init__(self) -> None:
        super().__init__()
        self.block0, self.block1, self.block2 = Block(), Block(), Block()

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        """The picture halfway. All are 1 x 3 x height x width, 0 to 1, sides multiples of `STEP`.

        Each block looks both ways at once, forward and back in time, and the mean of both is taken.
        """
        height, width = first.shape[2:]
        slower = 2.0 if max(height, width) >= LARGE else 1.0
        pair = torch.cat((first, second))
        there = pair
        flow = first.new_zeros((1, 4, height, width))
        mask = first.new_zeros((1, 1, height, width))
        for block, coarse in zip((self.block0, self.block1, self.block2), COARSE, strict=True):
            seen = torch.cat((there, there.flip(0), torch.cat((mask, -mask))), 1)
            change, masked = block(seen, torch.cat((flow, _back(flow))), coarse * slower)
            flow = flow + (change[:1] + _back(change[1:])) / 2
            mask = mask + (masked[:1] - masked[1:]) / 2
            there = warped(pair, torch.cat((flow[:, :2], flow[:, 2:])))
        share = torch.sigmoid(mask)
        return there[:1] * share + there[1:] * (1 - share)


def _back(flow: Tensor) -> Tensor:
    """The flow seen from the other end of time."""
    return torch.cat((flow[:, 2:], flow[:, :2]), 1)


def _sized(planes: Tensor, scale: float) -> Tensor:
    if scale == 1:
        return planes
    return functional.interpolate(
        planes, scale_factor=scale, mode="bilinear", recompute_scale_factor=False
    )


def warped(pictures: Tensor, flow: Tensor) -> Tensor:
    """The pictures fetched from where the flow (x, y in pixels) points; beyond the edge, the edge."""
    _, _, height, width = pictures.shape
    across = torch.arange(width, device=flow.device, dtype=torch.float32)
    down = torch.arange(height, device=flow.device, dtype=torch.float32)
    x = (across + flow[:, 0]) * (2 / max(1, width - 1)) - 1
    y = (down[:, None] + flow[:, 1]) * (2 / max(1, height - 1)) - 1
    grid = torch.stack((x, y), -1)
    return functional.grid_sample(pictures, grid, padding_mode="border", align_corners=True)


def load(file: Path, device: str) -> IFNet:
    """The network with the published weights. Nothing but tensors is read from the file."""
    state = torch.load(file, map_location="cpu", weights_only=True)
    plain = {name.removeprefix("module."): value for name, value in state.items()}
    net = IFNet()
    own = {name: plain[name] for name in net.state_dict()}
    net.load_state_dict(own)
    net.eval().to(device, memory_format=torch.channels_last)
    return net
