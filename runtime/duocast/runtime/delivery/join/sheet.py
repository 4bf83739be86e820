"""The contact sheet: a picture of every shot with its name and time, as one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.compiler.operations.delivery import MasterParams
from duocast.compiler.timeline import Timeline
from duocast.runtime.delivery.colour import as_bytes
from duocast.runtime.delivery.fonts import LABEL, NAME, TITLE, Face
from duocast.runtime.delivery.lettering import Style, letter, margin, measure

_GROUND = (17, 18, 21)
_QUIET = (150, 154, 163)
_LINE = (46, 48, 54)

Page = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Grid:
    columns: int
    cell: int
    picture: int
    """The height of a picture; a cell is `cell` wide."""
    gap: int
    border: int
    head: int
    foot: int

    @property
    def row(self) -> int:
        return self.picture + self.foot + self.gap

    def at(self, index: int) -> tuple[int, int]:
        row, column = divmod(index, self.columns)
        x = self.border + column * (self.cell + self.gap)
        return x, self.border + self.head + row * self.row


def write_sheet(
    path: Path, timeline: Timeline, thumbs: Sequence[Path], params: MasterParams
) -> None:
    """Write the page as a JPEG."""
    grid = _grid(len(thumbs), timeline.height / timeline.width)
    rows = ceil(len(thumbs) / grid.columns)
    width = 2 * grid.border + grid.columns * (grid.cell + grid.gap) - grid.gap
    height = 2 * grid.border + grid.head + rows * grid.row - grid.gap
    page = np.empty((height, width, 3), np.uint8)
    page[...] = _GROUND
    _heading(page, grid, timeline, params)
    for index, (clip, thumb) in enumerate(zip(timeline.picture, thumbs, strict=True)):
        x, y = grid.at(index)
        _picture(page, thumb, x, y, grid)
        clock = _clock(float(timeline.rate.seconds(clip.start)))
        length = f"{float(timeline.rate.seconds(clip.frames)):.1f} s"
        _label(page, clip.shot, clock, length, x, y + grid.picture, grid)
    cv2.imwrite(str(path), cv2.cvtColor(page, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 92])


def _grid(count: int, shape: float) -> _Grid:
    wide = min(count, max(2, ceil(sqrt(count * shape * 1.55))))
    columns = max(1, min(wide, 12) if count <= 144 else ceil(sqrt(count)))
    cell = int(np.clip(1840 / columns, 150, 480 if shape < 1 else 300))
    return _Grid(
        columns=columns,
        cell=cell,
        picture=round(cell * shape),
        gap=max(10, cell // 18),
        border=max(28, cell // 9),
        head=max(64, cell // 4),
        foot=max(22, cell // 9),
    )


def _heading(page: Page, grid: _Grid, timeline: Timeline, params: MasterParams) -> None:
    room = page.shape[1] - 2 * grid.border
    size = grid.head * 0.44
    title = Style(TITLE, size, -0.008, 1.36, colour=(240, 241, 244))
    facts = " · ".join(
        (
            f"{len(timeline.picture)} shots",
            _clock(float(timeline.rate.seconds(timeline.frames))),
            f"{timeline.width} × {timeline.height}",
            f"{float(timeline.rate.fps):g} fps",
        )
    )
    quiet = Style(LABEL, size * 0.42, 0.01, 1.3, colour=_QUIET)
    name = _shortened(params.title or "Untitled", title, room * 0.6)
    box, right = measure(name, title), measure(facts, quiet)
    _put(page, name, title, grid.border, grid.border)
    base = grid.border + box.height * 0.76 - right.height * 0.74
    if params.author:
        author = _shortened(params.author, quiet, max(room - box.width - right.width - size, 1.0))
        _put(page, author, quiet, grid.border + box.width + size * 0.5, base)
    if box.width + right.width + size < room:
        _put(page, facts, quiet, page.shape[1] - grid.border - right.width, base)
    y = grid.border + round(grid.head * 0.72)
    page[y : y + 1, grid.border : page.shape[1] - grid.border] = _LINE


def _picture(page: Page, thumb: Path, x: int, y: int, grid: _Grid) -> None:
    picture = cv2.imread(str(thumb), cv2.IMREAD_COLOR)
    if picture is None:
        page[y : y + grid.picture, x : x + grid.cell] = _LINE
        return
    size = (grid.cell, grid.picture)
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    page[y : y + grid.picture, x : x + grid.cell] = cv2.cvtColor(small, cv2.COLOR_BGR2RGB)


def _label(page: Page, shot: str, clock: str, length: str, x: int, y: int, grid: _Grid) -> None:
    size = max(10.0, min(grid.foot * 0.5, 17.0))
    name = Style(_face(NAME), size, 0.0, 1.25, colour=(222, 224, 229))
    quiet = Style(LABEL, size * 0.94, 0.0, 1.25, colour=_QUIET)
    time = clock if grid.cell < 260 else f"{clock}  ·  {length}"
    right = measure(time, quiet).width
    top = y + size * 0.5
    if right + size * 4 < grid.cell:
        _put(page, time, quiet, x + grid.cell - right, top)
        _put(page, _shortened(shot, name, grid.cell - right - size), name, x, top)
    else:
        _put(page, _shortened(shot, name, grid.cell), name, x, top)


def _face(face: Face) -> Face:
    return Face(face.family, 560, face.optical)


def _shortened(text: str, style: Style, width: float) -> str:
    """The text, its end left out if it is wider than `width`."""
    if measure(text, style).width <= width:
        return text
    while len(text) > 1 and measure(text + "…", style).width > width:
        text = text[:-1]
    return text + "…"


def _put(page: Page, text: str, style: Style, x: float, y: float) -> None:
    pixels = letter(text, style)
    left, top = round(x) - margin(style), round(y)
    right = min(left + pixels.shape[1], page.shape[1])
    bottom = min(top + pixels.shape[0], page.shape[0])
    pixels = pixels[max(0, -top) : bottom - top, max(0, -left) : right - left]
    left, top = max(0, left), max(0, top)
    view = page[top:bottom, left:right]
    rest = 1 - pixels[..., 3:].astype(np.float32) / 255
    view[...] = as_bytes(np.clip(np.rint(view * rest + pixels[..., :3]), 0, 255).astype(np.uint8))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    clock = f"{minutes:02d}:{rest:04.1f}"
    return f"{hours}:{clock}" if hours else clock
