"""A place's brief: what kind of place the words ask for, at what hour, in what weather, with which lights."""

import random
import re
from dataclasses import dataclass, field

from duocast.compiler.operations.plate import PlateParams

_INTERIORS = (
    ("podcast", "podcast microphone broadcast radio recording"),
    ("lighthouse", "lighthouse tower turret"),
    ("spaceship", "spaceship starship spacecraft cockpit shuttle airlock orbit space"),
    ("church", "church chapel cathedral temple abbey monastery"),
    ("bathroom", "bathroom restroom toilet washroom shower bath"),
    (
        "cellar",
        "cellar basement garage workshop warehouse factory prison cell jail dungeon bunker attic barn shed "
        "mine cave tunnel interrogation",
    ),
    ("train", "train carriage compartment wagon railcar tram metro subway bus"),
    ("car", "car taxi cab van truck vehicle"),
    ("kitchen", "kitchen kitchenette galley pantry"),
    (
        "cafe",
        "cafe café coffee diner bar pub restaurant bistro canteen tavern teahouse bakery shop store",
    ),
    ("bedroom", "bedroom bed hotel dorm motel"),
    ("hospital", "hospital clinic ward surgery lab laboratory infirmary morgue"),
    ("library", "library bookshop bookstore archive study den"),
    ("classroom", "classroom school lecture university seminar"),
    ("stage", "stage theatre theater auditorium rehearsal opera club"),
    ("office", "office boardroom workplace headquarters desk newsroom studio precinct station"),
    ("hallway", "hallway hall corridor stairwell lobby foyer stairs elevator entrance"),
    ("living room", "living lounge flat apartment house home sitting parlour room loft cabin"),
)
_EXTERIORS = (
    ("bridge", "bridge footbridge aqueduct viaduct"),
    ("station", "station platform railway train metro subway bus"),
    ("rooftop", "rooftop roof terrace balcony skyline"),
    ("beach", "beach sea ocean shore coast harbour harbor pier lake island boat"),
    ("desert", "desert dune dunes canyon sand wasteland mars"),
    ("mountains", "mountain mountains hill hills cliff summit ridge valley peak alps"),
    ("forest", "forest wood woods trail jungle"),
    ("park", "park bench playground river bank campus"),
    ("garden", "garden yard backyard porch orchard patio cemetery greenhouse"),
    ("field", "field fields meadow farm prairie road countryside"),
    ("street", "street city alley town square avenue pavement sidewalk market car parking"),
)
_HOURS = {
    "night": "night midnight",
    "dawn": "dawn sunrise",
    "morning": "morning",
    "dusk": "dusk sunset twilight",
    "evening": "evening",
    "day": "day noon afternoon midday continuous later same",
}
_WEATHERS = {
    "storm": "storm thunder lightning thunderstorm",
    "rain": "rain raining rainy drizzle downpour rains",
    "snow": "snow snowing snowy blizzard snowfall",
    "fog": "fog foggy mist misty haze",
}
_SIDES = {"left": -0.75, "right": 0.75, "behind": 0.0, "above": 0.0, "centre": 0.0, "center": 0.0}
_SOURCES = [
    "lamp",
    "moonlight",
    "moon",
    "neon",
    "candle",
    "candles",
    "window",
    "sun",
    "sunlight",
    "daylight",
    "fire",
    "fireplace",
    "screen",
    "tv",
    "streetlight",
    "lantern",
    "spotlight",
    "bulb",
    "lights",
    "light",
]


@dataclass(frozen=True, slots=True)
class AskedLight:
    """A light that the card names: `lamp from left 60%`. `side` is -1 left to 1 right."""

    source: str
    side: float
    strength: float
    behind: bool


@dataclass(frozen=True, slots=True)
class PlaceBrief:
    """All that the drawing needs to know."""

    kind: str
    interior: bool
    hour: str
    weather: str
    words: frozenset[str]
    lights: tuple[AskedLight, ...]
    aspect: float
    seed: int
    sitting: bool = field(default=True)

    def dice(self, salt: int = 0) -> random.Random:
        """A generator of its own for one part of the drawing."""
        return random.Random(self.seed * 1_000_003 + salt)

    @property
    def dark(self) -> bool:
        """Whether lamps light the place, rather than the sky."""
        return self.hour in ("night", "evening", "dusk")


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case, in order."""
    return re.findall(r"[^\W\d_]+", text.lower())


def brief_of(params: PlateParams) -> PlaceBrief:
    """Read the heading first, then the description, then the action."""
    name, rest = words_of(params.name), words_of(f"{params.description} {params.action}")
    table = _INTERIORS if params.interior else _EXTERIORS
    kind = _kind(name, table) or _kind(words_of(params.description), table)
    kind = kind or ("living room" if params.interior else "street")
    everything = [*words_of(params.weather), *rest, *words_of(params.light)]
    weather = _named(words_of(params.weather), _WEATHERS) or _named(rest, _WEATHERS) or "clear"
    hour = _named(words_of(params.time_of_day), _HOURS) or _named(everything, _HOURS) or "day"
    standing = {"stand", "stands", "standing", "walk", "walks", "walking"} & set(everything)
    return PlaceBrief(
        kind=kind,
        interior=params.interior,
        hour=hour,
        weather=weather,
        words=frozenset([*name, *everything]),
        lights=asked_lights(params.light),
        aspect=params.aspect,
        seed=params.seed,
        sitting=kind in _SEATED and not (standing and kind not in ("podcast", "car", "train")),
    )


_SEATED = frozenset(
    [
        "podcast",
        "car",
        "kitchen",
        "cafe",
        "library",
        "classroom",
        "office",
        "living room",
        "hospital",
        "train",
        "lighthouse",
    ]
)


def asked_lights(text: str) -> tuple[AskedLight, ...]:
    """The lights of a card, one for each part between commas."""
    found = []
    for part in text.lower().split(","):
        words = words_of(part)
        source = next((word for word in words if word in _SOURCES), None)
        if source is None:
            continue
        percent = re.search(r"(\d+(?:\.\d+)?)\s*%", part)
        strength = min(2.0, float(percent.group(1)) / 100) if percent else 0.8
        side = next((value for word, value in _SIDES.items() if word in words), 0.0)
        found.append(AskedLight(source, side, strength, "behind" in words or "back" in words))
    return tuple(found)


def _kind(words: list[str], table: tuple[tuple[str, str], ...]) -> str | None:
    for kind, keys in table:
        if set(keys.split()) & set(words):
            return kind
    return None


def _named(words: list[str], table: dict[str, str]) -> str | None:
    return next((name for name, keys in table.items() if set(keys.split()) & set(words)), None)
