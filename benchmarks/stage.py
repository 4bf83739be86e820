"""The stage's cost: what a frame takes besides drawing its people, a composed shot and a drawn place, in CPU time."""

import time
from collections.abc import Callable

import cv2
import numpy as np

from duocast.compiler.operations.compose import CameraMove, ComposeParams, Person
from duocast.compiler.operations.plate import PlateParams
from duocast.compiler.timeline import Rate
from duocast.runtime.picture.pose import Pose
from duocast.runtime.picture.rig import Anchors, Extent, Matrix, Sheet
from duocast.runtime.stage.compose import compose
from duocast.runtime.stage.frames import ShotFrames
from duocast.runtime.stage.place.brief import brief_of
from duocast.runtime.stage.place.drawn import draw_place

FRAMES = 24


class Oval:
    """A person who is an oval on a body, kept from frame to frame: drawing costs nothing."""

    extent = Extent(-1.0, -0.7, 1.0, 6.38)
    anchors = Anchors((0, 0), (0, 0.3), (0, 0.5), (0, -0.5), (0, 1.0))

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int], Sheet] = {}

    def draw(
        self,
        pose: Pose,  # noqa: ARG002 - the protocol names it
        matrix: Matrix,
        size: tuple[int, int],
        *,
        yaw: float = 0.0,  # noqa: ARG002 - the protocol names it
        view: str = "front",  # noqa: ARG002 - the protocol names it
        light: float = 0.0,  # noqa: ARG002 - it makes the rig one that shades itself
        contrast: float = 0.0,  # noqa: ARG002 - as above
    ) -> Sheet:
        """The oval, at the place of the first frame."""
        if size not in self._kept:
            frame = np.zeros((size[1], size[0], 4), np.uint8)
            head, x, y = matrix[0], matrix[4], matrix[5]
            cv2.ellipse(
                frame,
                (int(x), int(y)),
                (int(0.4 * head), int(0.6 * head)),
                0,
                0,
                360,
                (200, 150, 120, 255),
                -1,
            )
            cv2.rectangle(
                frame,
                (int(x - 0.8 * head), int(y + 0.7 * head)),
                (int(x + 0.8 * head), size[1]),
                (60, 90, 120, 255),
                -1,
            )
            ys, xs = np.nonzero(frame[..., 3])
            top, left = int(ys.min()), int(xs.min())
            part = np.ascontiguousarray(frame[top : ys.max() + 1, left : xs.max() + 1])
            self._kept[size] = Sheet(left, top, part)
        return self._kept[size]


def spent(work: Callable[[], object]) -> float:
    """CPU seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print the table."""
    cv2.setNumThreads(1)
    brief = brief_of(
        PlateParams(name="KITCHEN", interior=True, time_of_day="night", weather="rain")
    )
    print(f"place drawn: {spent(lambda: draw_place(brief)):.2f} s")
    place = draw_place(brief)
    people = (Person(role="a", seat=0, faces=1), Person(role="b", seat=1, faces=0))
    for width, height in ((640, 360), (1280, 720)):
        for framing, size, lens, move in (
            ("single", "CU", 85.0, "push in"),
            ("two-shot", "MS", 35.0, "push in"),
            ("two-shot", "MS", 35.0, "static"),
            ("over-the-shoulder", "MCU", 65.0, "handheld"),
        ):
            params = ComposeParams.from_plain(
                {"width": width, "height": height, "framing": framing, "size": size, "people": people,
                 "subjects": ("a", "b")[: 1 if framing == "single" else 2], "seats": 2, "lens_mm": lens,
                 "move": CameraMove.from_plain({"kind": move})}
            )  # fmt: skip
            rigs = {"a": Oval(), "b": Oval()}
            start = time.process_time()
            background, front, layout = compose(
                params, place.geometry, place.plate, place.front, rigs
            )
            composed = time.process_time() - start
            shot = ShotFrames(layout, background, front, rigs, None, FRAMES, Rate(numerator=24))
            shot.frame(0)
            frame = min(spent(lambda shot=shot: list(shot)) for _ in range(3)) / FRAMES  # type: ignore[misc]  # bound now
            print(
                f"{width}x{height} {framing:18} {move:9} compose {composed:.2f} s, frame {frame * 1000:.1f} ms"
            )


if __name__ == "__main__":
    main()
