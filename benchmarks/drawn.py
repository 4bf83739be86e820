"""How long a drawn person takes: milliseconds a frame for medium shots and a close one, best and median."""

import statistics
import time

from duocast.compiler.operations.portrait import PortraitParams
from duocast.runtime.picture.drawn.casting import cast_person
from duocast.runtime.picture.drawn.rig import DrawnRig
from duocast.runtime.picture.pose import Pose

CARDS = (
    ("Jonas", "a man of 41, stubble, brown hair", "navy suit, tie"),
    ("Mara", "a woman with short curly hair, round glasses", "mustard sweater"),
    ("Zoe", "a teenager with long red hair and freckles", "hoodie"),
    ("Sofia", "long curly hair, 45", "cardigan"),
)
SHOTS = (
    ("medium 1280x720", (1280, 720), 290.0, (640.0, 250.0)),
    ("medium 640x360", (640, 360), 145.0, (320.0, 125.0)),
    ("extreme close 1280x720", (1280, 720), 1150.0, (640.0, 280.0)),
)


def frames(
    rig: DrawnRig, size: tuple[int, int], scale: float, at: tuple[float, float]
) -> list[float]:
    """Milliseconds of 24 frames of somebody who speaks."""
    times = []
    for number in range(24):
        pose = Pose(jaw=0.3 + 0.01 * number, yaw=0.2 * number, gaze_x=0.1, breath=number / 24)
        start = time.process_time()
        rig.draw(pose, (scale, 0.0, 0.0, scale, *at), size, yaw=15.0)
        times.append((time.process_time() - start) * 1000)
    return times


def main() -> None:
    """Print the table."""
    for name, description, wardrobe in CARDS:
        person = cast_person(PortraitParams(name=name, description=description, wardrobe=wardrobe))
        rig = DrawnRig(person)
        for label, size, scale, at in SHOTS:
            times = frames(rig, size, scale, at)
            print(
                f"{name:8}{label:26}{min(times):7.1f} ms best{statistics.median(times):7.1f} ms median"
            )


if __name__ == "__main__":
    main()
