"""What stands on a table: cups, glasses, candles, a laptop, papers, flowers, fruit. `foot` is the y it stands on."""

from duocast.runtime.stage.place.brush import Brush, Colour, darker, lighter, mixed
from duocast.runtime.stage.place.room import Room


def standing(brush: Brush, x: float, foot: float, w: float) -> None:
    """The dark under a thing on the table."""
    brush.oval(x + w * 0.1, foot, w * 0.62, w * 0.11, "#0d0a12", alpha=0.45, blur=5)


def cup(brush: Brush, x: float, foot: float, tone: Colour, s: float = 1.0) -> None:
    """A cup on a saucer."""
    standing(brush, x, foot, 90 * s)
    brush.oval(x, foot - 5 * s, 52 * s, 10 * s, lighter(tone, 0.3), to=darker(tone, 0.1))
    brush.oval(x + 36 * s, foot - 32 * s, 14 * s, 15 * s, darker(tone, 0.05), line=7 * s)
    brush.blob(
        [
            (x - 36 * s, foot - 62 * s),
            (x + 36 * s, foot - 62 * s),
            (x + 34 * s, foot - 14 * s),
            (x + 14 * s, foot - 1 * s),
            (x - 14 * s, foot - 1 * s),
            (x - 34 * s, foot - 14 * s),
        ],
        lighter(tone, 0.18),
        to=darker(tone, 0.2),
        across=True,
    )
    brush.oval(x, foot - 54 * s, 33 * s, 8 * s, lighter(tone, 0.35))
    brush.oval(x, foot - 53 * s, 28 * s, 5.5 * s, "#6b3f24")


def glass(brush: Brush, x: float, foot: float, tone: Colour, s: float = 1.0) -> None:
    """A tumbler with something in it."""
    standing(brush, x, foot, 60 * s)
    brush.rect(x - 27 * s, foot - 84 * s, 54 * s, 84 * s, "#e9f2f4", alpha=0.34, r=7 * s)
    brush.rect(x - 23 * s, foot - 52 * s, 46 * s, 48 * s, tone, alpha=0.75, r=6 * s)
    brush.rect(x - 20 * s, foot - 78 * s, 7 * s, 66 * s, "#ffffff", alpha=0.5, r=3 * s)


def candle(room: Room, brush: Brush, x: float, foot: float) -> None:
    """A candle in a glass."""
    glow = room.painting.front_glow
    standing(brush, x, foot, 56)
    brush.rect(x - 28, foot - 66, 56, 66, "#e8b06a", alpha=0.75, r=9)
    brush.rect(x - 18, foot - 36, 36, 32, "#f6e6c8", r=4)
    glow.blob(
        [
            (x - 9, foot - 40),
            (x - 8, foot - 56),
            (x, foot - 82),
            (x + 8, foot - 56),
            (x + 9, foot - 40),
        ],
        "#ffdf8f",
    )
    glow.glow(x, foot - 52, 120, 120, "#ff9a40", 0.5)


def laptop(brush: Brush, x: float, foot: float) -> None:
    """An open laptop, seen from behind its screen."""
    standing(brush, x, foot, 280)
    brush.poly(
        [(x - 112, foot - 150), (x + 112, foot - 150), (x + 124, foot - 8), (x - 124, foot - 8)],
        "#aeb4b8",
        to="#8b9196",
    )
    brush.oval(x, foot - 80, 15, 15, "#d6dadd")
    brush.rect(x - 140, foot - 11, 280, 11, "#c8cdd0", to="#8b9196", r=4)


def papers(brush: Brush, x: float, foot: float) -> None:
    """Some sheets of paper."""
    for k in range(3):
        brush.poly(
            [
                (x - 100 + 12 * k, foot - 26 - 5 * k),
                (x + 60 + 8 * k, foot - 28 - 5 * k),
                (x + 90 + 5 * k, foot - 2 - 4 * k),
                (x - 118 + 9 * k, foot - 3 * k),
            ],
            mixed("#f3ede0", "#b9b2a4", 0.25 * (2 - k) / 2),
        )


def vase(room: Room, brush: Brush, x: float, foot: float) -> None:
    """A vase of flowers."""
    standing(brush, x, foot, 70)
    dice = room.dice(int(x))
    for k in range(7):
        tip = (x + (k - 3) * 17 + dice.uniform(-8, 8), foot - dice.uniform(120, 164))
        brush.line([(x, foot - 60), (x + (k - 3) * 6, foot - 100), tip], 4, "#54784e")
        tone = dice.choice((room.accent, "#efe2c4", lighter(room.accent, 0.4)))
        brush.oval(*tip, 16, 15, tone)
        brush.oval(tip[0] - 4, tip[1] - 4, 7, 6, lighter(tone, 0.4))
    brush.blob(
        [
            (x - 22, foot - 92),
            (x + 22, foot - 92),
            (x + 42, foot - 36),
            (x + 20, foot),
            (x - 20, foot),
            (x - 42, foot - 36),
        ],
        lighter(room.second, 0.3),
        to=darker(room.second, 0.15),
        across=True,
    )


def bowl(brush: Brush, x: float, foot: float) -> None:
    """A bowl of fruit."""
    standing(brush, x, foot, 190)
    for dx, dy, tone in (
        (-42, -62, "#d9803f"),
        (0, -74, "#c8453a"),
        (42, -62, "#d9a441"),
        (-16, -54, "#8fa64f"),
        (22, -52, "#d9803f"),
    ):
        brush.oval(x + dx, foot + dy, 31, 30, lighter(tone, 0.1), to=darker(tone, 0.25))
    brush.blob(
        [
            (x - 104, foot - 60),
            (x + 104, foot - 60),
            (x + 72, foot - 8),
            (x + 30, foot),
            (x - 30, foot),
            (x - 72, foot - 8),
        ],
        "#e6d9c2",
        to="#a8957c",
        across=True,
    )


def mug(brush: Brush, x: float, foot: float, tone: Colour) -> None:
    """A tall mug."""
    standing(brush, x, foot, 84)
    brush.oval(x + 40, foot - 40, 20, 24, darker(tone, 0.15), line=9)
    brush.rect(
        x - 36, foot - 82, 72, 82, lighter(tone, 0.15), to=darker(tone, 0.25), across=True, r=9
    )
    brush.oval(x, foot - 80, 35, 8, lighter(tone, 0.35))
    brush.oval(x, foot - 79, 29, 5.5, "#4f2f1c")


def book_pile(
    brush: Brush, x: float, foot: float, tones: tuple[Colour, ...], w: float = 190
) -> None:
    """Books that lie on each other."""
    standing(brush, x, foot, w)
    for k, tone in enumerate(tones):
        y = foot - 24 - 27 * k
        brush.rect(
            x - w / 2 + 9 * k, y, w - 14 * k, 27, lighter(tone, 0.1), to=darker(tone, 0.2), r=4
        )
        brush.rect(x - w / 2 + 6 + 9 * k, y + 7, w - 20 - 14 * k, 4, lighter(tone, 0.5), alpha=0.5)
