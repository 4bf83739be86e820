"""The person cut out of the photograph: a saliency network's mask, refined along edges, its colours cleaned.

U-2-Net (Qin et al. 2020) gives the mask, a guided filter (He, Sun, Tang 2013) its edge, and blur fusion
(Forte 2021) the colours of the person where the old background shows through.
"""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.onnx import open_session
from duocast.runtime.picture.photo.network import Network
from duocast.runtime.picture.photo.reals import Reals

Plane = Reals
Colours = Reals

SIDE = 320
SELFIE_SIDE = 256
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_SPREAD = np.array([0.229, 0.224, 0.225], np.float32)


def person_matte(rgb: NDArray[np.uint8], salient: Path, selfie: Path) -> Plane:
    """Alpha, 0 to 1, of the person: what both networks see, with the picture's own edges."""
    mask = np.clip((_salient(rgb, salient) - 0.3) / 0.4, 0, 1)
    person = _selfie(rgb, selfie)
    joined = np.maximum(mask, np.where(person > 0.9, person, 0)) * np.clip(person * 6, 0, 1)
    return refined(rgb, _largest(joined))


def _salient(rgb: NDArray[np.uint8], model: Path) -> Plane:
    session = open_session(str(model))
    small = cv2.resize(rgb, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    values = (small / max(float(small.max()), 1.0) - _MEAN) / _SPREAD
    name = session.get_inputs()[0].name
    mask = session.run(None, {name: values.transpose(2, 0, 1)[None].astype(np.float32)})[0][0, 0]
    mask = (mask - mask.min()) / max(float(np.ptp(mask)), 1e-6)
    return _enlarged(mask, rgb)


def _selfie(rgb: NDArray[np.uint8], model: Path) -> Plane:
    small = cv2.resize(rgb, (SELFIE_SIDE, SELFIE_SIDE), interpolation=cv2.INTER_AREA)
    (mask,) = Network(model)(small.astype(np.float32)[None] / 255)
    return _enlarged(mask[0, :, :, 0], rgb)


def _enlarged(mask: Plane, rgb: NDArray[np.uint8]) -> Plane:
    size = (rgb.shape[1], rgb.shape[0])
    return np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_CUBIC).clip(0, 1), np.float32)


def _largest(mask: Plane) -> Plane:
    """Only the largest piece, its holes closed: there is one person."""
    solid = (mask > 0.4).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
    if len(stats) < 2:
        return mask
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    reach = 2 * round(0.015 * max(mask.shape)) + 1
    near = cv2.dilate((labels == largest).astype(np.uint8), np.ones((reach, reach), np.uint8))
    return np.where(near > 0, mask, 0).astype(np.float32)


def refined(rgb: NDArray[np.uint8], mask: Plane) -> Plane:
    """The mask with the picture's edges: guided by its colours inside a band along the outline, certain elsewhere."""
    side = max(mask.shape)
    reach = max(4, round(0.012 * side))
    soft = guided(rgb.astype(np.float32) / 255, mask, reach, 4e-4)
    soft = np.clip((soft - 0.12) / 0.76, 0, 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    inside = cv2.erode((mask > 0.75).astype(np.float32), kernel)
    outside = 1 - cv2.dilate((mask > 0.25).astype(np.float32), kernel)
    return np.asarray(np.where(inside > 0, 1, np.where(outside > 0, 0, soft)), np.float32)


def guided(guide: Colours, values: Plane, reach: int, smooth: float) -> Plane:
    """The colour guided filter: locally linear in the guide, over squares of 2 `reach` + 1."""
    size = (2 * reach + 1, 2 * reach + 1)

    def mean(plane: Plane) -> Plane:
        return np.asarray(cv2.blur(plane, size), np.float32)

    centre = mean(guide)
    covariance = np.empty((*values.shape, 3, 3), np.float32)
    for i in range(3):
        for j in range(i, 3):
            both = mean(guide[..., i] * guide[..., j]) - centre[..., i] * centre[..., j]
            covariance[..., i, j] = covariance[..., j, i] = both + (smooth if i == j else 0)
    across = np.stack(
        [mean(guide[..., i] * values) - centre[..., i] * mean(values) for i in range(3)], axis=-1
    )
    slope = np.linalg.solve(covariance, across[..., None])[..., 0].astype(np.float32)
    offset = mean(values) - (slope * centre).sum(axis=-1)
    return np.asarray((mean(slope) * guide).sum(axis=-1) + mean(offset), np.float32)


def foreground(rgb: NDArray[np.uint8], alpha: Plane) -> Colours:
    """The person's own colours, 0 to 1, without what the old background added along the outline."""
    picture: Colours = rgb.astype(np.float32) / 255
    colours: Colours = picture
    ground: Colours = picture
    for share in (0.05, 0.006):
        reach = 2 * max(2, round(share * max(alpha.shape))) + 1
        colours, ground = _fused(picture, alpha[..., None], colours, ground, reach)
    return np.asarray(np.where(alpha[..., None] > 0.995, picture, colours), np.float32)


def _fused(
    picture: Colours, alpha: Plane, colours: Colours, ground: Colours, reach: int
) -> tuple[Colours, Colours]:
    size = (reach, reach)
    weight = cv2.blur(alpha, size).reshape(alpha.shape)
    near = cv2.blur(colours * alpha, size) / (weight + 1e-5)
    far = cv2.blur(ground * (1 - alpha), size) / (1 - weight + 1e-5)
    better = near + alpha * (picture - alpha * near - (1 - alpha) * far)
    return better.clip(0, 1).astype(np.float32), far.clip(0, 1).astype(np.float32)
