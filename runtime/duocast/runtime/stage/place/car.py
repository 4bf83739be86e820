"""A car's inside, seen through its windscreen: two seats, the windows, the glow of the dashboard."""

from duocast.runtime.stage.place import furniture as piece
from duocast.runtime.stage.place.brush import darker, lighter
from duocast.runtime.stage.place.lighting import Lamp
from duocast.runtime.stage.place.room import Room, outside
from duocast.runtime.stage.place.sky import Box, drops


def car(room: Room) -> None:
    """Draw the seats and what is seen through the windows."""
    brush, painting = room.painting.base, room.painting
    brush.rect(
        0, 0, room.width, painting.height, darker(room.wall, 0.1), to=darker(room.wall, 0.45)
    )
    view = "city" if not {"country", "highway", "desert", "forest"} & room.brief.words else "garden"
    for x, w in ((0.03, 0.21), (0.275, 0.45), (0.76, 0.21)):
        left, wide = room.at(x), room.at(w)
        brush.rect(left - 30, 140, wide + 60, 620, "#14151a", r=90)
        with painting.glow.inside(left, 170, wide, 560, 70):
            from_box = Box(left, 170, wide, 560)
            outside(room, from_box, view)
            if room.brief.weather in ("rain", "storm"):
                drops(painting.glow, from_box, room.dice(int(left)), "#dfeaff")
        painting.lamps.append(Lamp(left + wide / 2, 460, 820, room.day.window, 0.5))
    for x in (room.at(0.5) - 258, room.at(0.5) + 258):
        piece.box(brush, x - 112, 520, 224, 190, darker(room.accent, 0.35), r=70)
        piece.box(brush, x - 200, 690, 400, 800, darker(room.accent, 0.3), r=90)
        for k in (-1, 1):
            brush.line(
                [(x + 104 * k, 740), (x + 128 * k, 1440)], 5, lighter(room.accent, 0.15), alpha=0.5
            )
    brush.rect(0, 1000, room.width, 440, darker(room.wall, 0.3), to="#101114", r=0)
    for share, tone in ((0.36, (1.0, 0.68, 0.38)), (0.66, (0.75, 0.72, 0.85))):
        room.lamp(room.at(share), 420, 900, strength=0.8, light=tone)
    painting.glow.rect(room.at(0.47), 1080, 250, 130, "#6fb6c9", alpha=0.5, r=12)
    painting.lamps.append(Lamp(room.at(0.5), 1100, 500, (0.35, 0.6, 0.75), 0.3))
