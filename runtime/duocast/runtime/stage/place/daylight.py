"""Daylight: the sky's colours and its light at an hour and in a weather."""

from dataclasses import dataclass, replace

from duocast.runtime.stage.place.brush import Colour, mixed

Light = tuple[float, float, float]
"""Linear RGB; 1 shows a white wall as white."""


@dataclass(frozen=True, slots=True)
class Daylight:
    """Colours of sky and far things are what the eye sees; lights are linear RGB."""

    top: Colour
    middle: Colour
    low: Colour
    far: Colour
    """What is far away takes this colour."""
    sun: Colour
    sun_height: float | None
    """Above the horizon, as a fraction of the sky; None when it isn't seen."""
    outside: Light
    """The sky's light outdoors."""
    key: Light
    """The sun's or moon's light outdoors."""
    inside: Light
    """What is left of it in a room."""
    window: Light
    """What a window throws into a room."""
    lamps: float
    """How strongly lamps are lit."""
    stars: bool = False
    overcast: float = 0.0
    """How much of the sky is closed, 0 to 1."""

    def distant(self, colour: Colour, share: float) -> Colour:
        """`colour` as it is seen far away at this hour: `share` (0 to 1) of the air's own colour, more at night."""
        dark = sum(self.outside) < 1.0
        return mixed(colour, self.far, share + (1 - share) * 0.72 * dark)


_HOURS = {
    "day": Daylight(
        "#4f9fd8", "#8cc6e8", "#d8edf3", "#a9cbdc", "#fffbe8", None,
        (0.72, 0.76, 0.82), (0.62, 0.56, 0.44), (0.54, 0.54, 0.57), (0.85, 0.82, 0.74), 0.28,
    ),
    "morning": Daylight(
        "#5ea7d6", "#a9d3e3", "#fbe6c4", "#c3d2d4", "#fff3c9", 0.42,
        (0.62, 0.64, 0.70), (0.78, 0.58, 0.34), (0.46, 0.45, 0.49), (1.15, 0.86, 0.52), 0.2,
    ),
    "dawn": Daylight(
        "#5a6fae", "#d99aa8", "#ffd0a0", "#a58fae", "#ffe3b0", 0.08,
        (0.42, 0.38, 0.50), (0.70, 0.40, 0.28), (0.27, 0.25, 0.36), (0.95, 0.52, 0.38), 0.45,
    ),
    "dusk": Daylight(
        "#3a3f7c", "#c06a80", "#ffad6b", "#7a5f8c", "#ffd28a", 0.06,
        (0.36, 0.29, 0.40), (0.80, 0.38, 0.20), (0.22, 0.18, 0.27), (0.95, 0.42, 0.22), 0.8,
    ),
    "evening": Daylight(
        "#1c2350", "#46467f", "#c27a78", "#3d3d6b", "#ffd9a0", None,
        (0.20, 0.20, 0.36), (0.20, 0.17, 0.24), (0.135, 0.13, 0.215), (0.22, 0.22, 0.42), 1.0, True,
    ),
    "night": Daylight(
        "#0b1230", "#18234d", "#33406e", "#1b274e", "#e9efff", 0.72,
        (0.145, 0.18, 0.33), (0.12, 0.16, 0.30), (0.085, 0.10, 0.19), (0.20, 0.29, 0.55), 1.0, True,
    ),
}  # fmt: skip

_OVERCAST = {"rain": 0.62, "storm": 0.85, "snow": 0.55, "fog": 0.75}


def daylight_of(hour: str, weather: str) -> Daylight:
    """The light of an hour (`day`, `night` ...) under a weather (`clear`, `rain` ...)."""
    clear = _HOURS[hour]
    cover = _OVERCAST.get(weather)
    if cover is None:
        return clear
    night = hour in ("night", "evening")
    grey = "#202a44" if night else "#9aa7b3"
    if weather == "snow" and not night:
        grey = "#c9d3dc"
    dim = 1.0 if night else 1 - 0.28 * cover
    return replace(
        clear,
        top=mixed(clear.top, mixed(grey, "#0c1020", 0.25), cover),
        middle=mixed(clear.middle, grey, cover),
        low=mixed(clear.low, mixed(grey, "#ffffff", 0.18 if not night else 0.05), cover),
        far=mixed(clear.far, grey, cover * 0.8),
        sun_height=None,
        outside=_scaled(_greyed(clear.outside, cover * 0.5), dim),
        key=_scaled(_greyed(clear.key, cover), 1 - 0.75 * cover),
        window=_scaled(_greyed(clear.window, cover * 0.8), dim),
        lamps=min(1.0, clear.lamps + 0.35 * cover),
        stars=False,
        overcast=cover,
    )


def _greyed(light: Light, share: float) -> Light:
    mean = sum(light) / 3
    cool = (0.94 * mean, mean, 1.08 * mean)
    red, green, blue = (a + (b - a) * share for a, b in zip(light, cool, strict=True))
    return red, green, blue


def _scaled(light: Light, factor: float) -> Light:
    red, green, blue = (part * factor for part in light)
    return red, green, blue
