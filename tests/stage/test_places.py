"""Places drawn from words."""

import numpy as np
import pytest

from duocast.compiler.operations.plate import PlateParams
from duocast.runtime.stage.place.brief import asked_lights, brief_of
from duocast.runtime.stage.place.drawn import DrawnPicture, draw_place


def place(name: str, *, interior: bool, hour: str = "day", **more) -> DrawnPicture:
    return draw_place(brief_of(PlateParams(name=name, interior=interior, time_of_day=hour, **more)))


@pytest.fixture(scope="module")
def kitchen() -> dict[str, DrawnPicture]:
    return {hour: place("KITCHEN", interior=True, hour=hour) for hour in ("day", "night")}


@pytest.mark.parametrize(
    ("name", "interior", "kind"),
    [
        ("KITCHEN", True, "kitchen"),
        ("MARA'S FLAT - KITCHEN", True, "kitchen"),
        ("PODCAST STUDIO", True, "podcast"),
        ("THE OLD BAR", True, "cafe"),
        ("CITY STREET", False, "street"),
        ("RAILWAY STATION", False, "station"),
        ("SOMEWHERE", True, "living room"),
        ("NOWHERE", False, "street"),
    ],
)
def test_the_heading_says_what_is_drawn(name, interior, kind):
    assert brief_of(PlateParams(name=name, interior=interior)).kind == kind


def test_weather_and_hour_come_from_the_scene():
    brief = brief_of(
        PlateParams(name="KITCHEN", interior=True, time_of_day="NIGHT", action="Rain on the window")
    )
    assert (brief.hour, brief.weather) == ("night", "rain")


def test_a_card_names_its_lights():
    lamp, moon = asked_lights("lamp from left 60%, moonlight behind")
    assert (lamp.source, lamp.strength, lamp.side < 0, lamp.behind) == ("lamp", 0.6, True, False)
    assert (moon.source, moon.behind) == ("moonlight", True)


def test_a_plate_is_a_panorama_with_room_for_reverse_angles(kitchen):
    plate = kitchen["day"].plate
    assert plate.shape[0] == 1440
    assert plate.shape[1] / plate.shape[0] > 2.8


def test_the_same_brief_gives_the_same_pixels(kitchen):
    again = place("KITCHEN", interior=True, hour="night")
    assert np.array_equal(again.plate, kitchen["night"].plate)
    assert np.array_equal(again.front, kitchen["night"].front)
    assert again.geometry == kitchen["night"].geometry


def test_night_is_darker_than_day_and_lamps_are_warm(kitchen):
    day, night = kitchen["day"], kitchen["night"]
    assert night.plate.mean() < 0.75 * day.plate.mean()
    assert sum(night.geometry.ambient) < sum(day.geometry.ambient)
    red, _, blue = night.geometry.ambient
    assert red > blue


def test_people_sit_behind_what_stands_in_front(kitchen):
    geometry = kitchen["day"].geometry
    assert geometry.table is not None
    eyes = geometry.seats[0][1]
    assert 1.4 < (geometry.table - eyes) / geometry.head < 2.6
    row = int(geometry.table * geometry.height) + 20
    assert kitchen["day"].front[row, geometry.width // 2, 3] == 255
    assert kitchen["day"].front[int(eyes * geometry.height), :, 3].max() == 0, (
        "nothing hides a face"
    )
    assert {"cup", "window", "door"} <= {word for word, *_ in geometry.inserts}


def test_outdoors_people_stand_and_the_sky_follows_the_hour():
    dusk = place("BEACH", interior=False, hour="dusk")
    assert dusk.geometry.table is None
    low = dusk.plate[600:680].reshape(-1, 3).mean(axis=0)
    assert low[0] > 1.3 * low[2], "the sky is red above the sea"
