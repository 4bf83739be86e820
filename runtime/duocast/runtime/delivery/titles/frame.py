"""The frame that titles are laid out on: its unit of size, its safe margins and its corners."""

from dataclasses import dataclass

from duocast.runtime.delivery.lettering import RGBA, Style, margin

Place = str


@dataclass(frozen=True, slots=True)
class Frame:
    """Width and height in pixels. Titles keep 6 % of the width and 7 % of the height free (vertical: more)."""

    width: int
    height: int

    @property
    def vertical(self) -> bool:
        """Higher than wide."""
        return self.height > self.width

    @property
    def unit(self) -> float:
        """What sizes are fractions of: 720 of a 1280 x 720 frame; narrow and very wide frames have less."""
        return (
            min(self.height, self.width * 0.75) if self.vertical else min(self.height, self.width)
        )

    @property
    def side(self) -> float:
        """The free margin left and right."""
        return self.width * 0.06

    @property
    def foot(self) -> float:
        """The free margin below; apps lay their buttons over the foot of a vertical film."""
        return self.height * (0.14 if self.vertical else 0.075)

    @property
    def head(self) -> float:
        """The free margin above."""
        return self.height * (0.09 if self.vertical else 0.07)

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.side

    def corner(self, place: Place, width: float, height: float) -> tuple[int, int]:
        """Where a box of this size stands at `place`, inside the margins."""
        x = (self.width - width) / 2
        y = (self.height - height) / 2
        if "left" in place:
            x = self.side
        elif "right" in place:
            x = self.width - self.side - width
        if "top" in place:
            y = self.head
        elif "bottom" in place:
            y = self.height - self.foot - height
        return round(x), round(y)


def text_corner(pixels: RGBA, style: Style, x: float, y: float) -> tuple[int, int]:
    """Where lettered pixels go so that the text itself (not its free margin) starts at (x, y)."""
    assert pixels.ndim == 3
    return round(x) - margin(style), round(y)
