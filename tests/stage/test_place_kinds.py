"""Which kind of place the words of a heading and a card ask for, and that each of them can be drawn."""

import numpy as np
import pytest

from duocast.compiler.operations.plate import PlateParams
from duocast.runtime.stage.place.brief import brief_of
from duocast.runtime.stage.place.brush import Brush
from duocast.runtime.stage.place.daylight import daylight_of
from duocast.runtime.stage.place.exteriors import exterior
from duocast.runtime.stage.place.front import front
from duocast.runtime.stage.place.interiors import interior
from duocast.runtime.stage.place.lighting import Painting
from duocast.runtime.stage.place.outdoors import veil

HOURS = ("day", "night", "dawn", "dusk", "morning", "evening")
WEATHERS = ("", "rain", "snow", "fog", "storm")
INSIDE = {
    "LIGHTHOUSE ROOM": "lighthouse", "TRAIN": "train", "NIGHT TRAIN COMPARTMENT": "train", "CAR": "car",
    "KITCHEN": "kitchen", "CAFE": "cafe", "CORNER SHOP": "cafe", "HOTEL ROOM": "bedroom", "CLINIC": "hospital",
    "OLD LIBRARY": "library", "SCHOOL": "classroom", "THEATRE": "stage", "POLICE STATION": "office",
    "STAIRWELL": "hallway", "LIVING ROOM": "living room", "PRISON CELL": "cellar", "CHAPEL": "church",
    "STARSHIP": "spaceship", "BATHROOM": "bathroom", "PODCAST STUDIO": "podcast",
}  # fmt: skip
OUTSIDE = {
    "OLD BRIDGE": "bridge", "STATION PLATFORM": "station", "ROOFTOP": "rooftop", "HARBOUR": "beach",
    "DESERT": "desert", "CLIFF": "mountains", "WOODS": "forest", "PARK BENCH": "park", "CEMETERY": "garden",
    "FARM": "field", "ALLEY": "street",
}  # fmt: skip
QUICK = ("LIGHTHOUSE ROOM", "TRAIN", "CHAPEL", "OLD BRIDGE", "STATION PLATFORM", "DESERT")
ALL = [(name, True, kind) for name, kind in INSIDE.items()]
ALL += [(name, False, kind) for name, kind in OUTSIDE.items()]


def brief(name: str, interior: bool, hour: str = "day", **more):
    return brief_of(PlateParams(name=name, interior=interior, time_of_day=hour, **more))


@pytest.mark.parametrize(("name", "inside", "kind"), ALL)
def test_a_heading_finds_its_place(name, inside, kind):
    assert brief(name, inside).kind == kind


@pytest.mark.parametrize(
    ("name", "inside", "_"),
    [case if case[0] in QUICK else pytest.param(*case, marks=pytest.mark.slow) for case in ALL],
)
def test_every_place_can_be_drawn_in_some_hour_and_weather(name, inside, _):
    """Only the drawing, without its light: that is the same for all. Hour and weather go round from place to place."""
    number = sorted([*INSIDE, *OUTSIDE]).index(name)
    hour, weather = HOURS[number % len(HOURS)], WEATHERS[number % len(WEATHERS)]
    wanted = brief(name, inside, hour, weather=weather)
    painting = Painting(1360, 1440)
    day = daylight_of(wanted.hour, wanted.weather)
    room = (interior if inside else exterior)(painting, wanted, day)
    edge = front(room)
    seen = np.maximum(painting.base.pixels[..., :3], painting.glow.pixels[..., :3])
    drawn = seen[::8, ::8].max(axis=2) > 6
    assert drawn.mean() > 0.93, "nothing is left unpainted"
    assert (edge is None) == (painting.front.pixels[..., 3].max() == 0)


def test_the_description_counts_where_the_heading_says_nothing():
    assert brief("NUMBER TWELVE", True, description="a small hotel bedroom").kind == "bedroom"
    assert brief("AN EMPTY PLACE", False, description="a bridge over a river").kind == "bridge"


def test_people_stand_where_they_walk():
    assert brief("KITCHEN", True).sitting
    assert not brief("KITCHEN", True, action="MARA walks up and down").sitting
    assert not brief("STATION PLATFORM", False).sitting


def test_distant_things_take_the_colour_of_the_air_and_more_of_it_at_night():
    day, night = daylight_of("day", "clear"), daylight_of("night", "clear")
    green = "#4c6b52"
    assert day.distant(green, 0.0) == green
    assert day.distant(green, 1.0) == day.far
    assert int(night.distant(green, 0.0)[3:5], 16) < int(green[3:5], 16)


def test_fog_lies_over_near_things_and_clear_air_does_not():
    for weather, changed in (("fog", True), ("clear", False)):
        painting = Painting(240, 1440)
        wanted = brief("DESERT", False, weather=weather)
        room = exterior(painting, wanted, daylight_of("day", weather))
        before = painting.base.pixels.copy()
        veil(room)
        assert np.array_equal(before, painting.base.pixels) is not changed


def test_what_stands_before_a_light_hides_it():
    light = Brush(40, 40)
    wall = Brush(40, 40, over=light)
    light.rect(0, 0, 40, 40, "#ffffff")
    wall.rect(0, 0, 20, 40, "#804020")
    assert light.pixels[20, 10, 0] == 0
    assert light.pixels[20, 30, 0] == 255
