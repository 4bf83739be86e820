"""The engines of the stage, through their files."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from duocast.compiler.operations.compose import ComposeParams, Layout, Person
from duocast.compiler.operations.plate import PlateGeometry, PlateParams
from duocast.compiler.operations.portrait import PortraitParams
from duocast.runtime.engine import EngineError, FailureClass, Request
from duocast.runtime.picture.drawn.casting import cast_person
from duocast.runtime.stage import stage_engines
from duocast.runtime.stage.compose import StageComposer
from duocast.runtime.stage.files import read_picture, write_picture
from duocast.runtime.stage.plates import DrawnPlace, PicturePlace, decode


def request(folder: Path, params, **inputs: Path) -> Request:
    folder.mkdir(parents=True, exist_ok=True)
    return Request(params.plain(), inputs, folder, lambda _: None, None)


def test_a_drawn_place_is_composed_into_a_still(tmp_path):
    place = DrawnPlace().run(
        request(tmp_path / "p", PlateParams(name="HALLWAY", interior=True, time_of_day="night"))
    )
    assert set(place) == {"plate", "front", "geometry"}
    geometry = PlateGeometry.from_json(place["geometry"].read_bytes())
    assert len(geometry.seats) >= 4
    rig = tmp_path / "rig.json"
    rig.write_bytes(cast_person(PortraitParams(name="MARA", seed=4)).to_json())
    params = ComposeParams(
        width=320, height=180, framing="single", size="MCU", lens_mm=65, seats=2,
        people=(Person(role="mara", seat=0, faces=1),), subjects=("mara",),
    )  # fmt: skip
    inputs = {**place, "rig.mara": rig}
    made = [StageComposer().run(request(tmp_path / f"c{k}", params, **inputs)) for k in (0, 1)]
    assert set(made[0]) == {"background", "foreground", "layout", "still"}
    for name in made[0]:
        assert made[0][name].read_bytes() == made[1][name].read_bytes()
    layout = Layout.from_json(made[0]["layout"].read_bytes())
    background = read_picture(made[0]["background"], 3)
    assert background.shape == (*read_picture(made[0]["foreground"], 4).shape[:2], 3)
    assert read_picture(made[0]["still"], 3).shape == (180, 320, 3)
    assert [p.role for p in layout.people] == ["mara"]


def test_the_registry_gets_three_engines():
    assert [engine.name for engine in stage_engines()] == ["drawn-place", "picture-place", "stage"]


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def header_only(path: Path, width: int, height: int) -> Path:
    """A PNG that says it is large and holds nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    )
    return written(path, b"\x89PNG\r\n\x1a\n" + chunks)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda p: written(p, b""), "A0511"),
        (lambda p: written(p, b"not a picture"), "A0511"),
        (lambda p: header_only(p, 20_000, 10_000), "A0512"),
        (lambda p: write_picture(p.with_suffix(".png"), np.zeros((90, 90, 3), np.uint8)), "A0513"),
    ],
)
def test_a_bad_picture_of_a_place_is_refused_by_code(tmp_path, make, code):
    with pytest.raises(EngineError) as caught:
        decode(make(tmp_path / "plate.png"))
    assert caught.value.code == code
    assert caught.value.failure is FailureClass.INVALID
    assert caught.value.hint


@pytest.mark.parametrize("size", [(1200, 700), (500, 900), (2400, 600)])
def test_a_picture_becomes_a_plate_of_any_shape(tmp_path, size):
    ramp = np.linspace(30, 220, size[0]).astype(np.uint8)
    picture = np.repeat(np.tile(ramp, (size[1], 1))[..., None], 3, axis=2)
    path = write_picture(tmp_path / "place.png", picture)
    made = PicturePlace().run(
        request(tmp_path / "p", PlateParams(name="PIER", interior=False), picture=path)
    )
    geometry = PlateGeometry.from_json(made["geometry"].read_bytes())
    assert geometry.width / geometry.height >= 16 / 9
    key = next(light for light in geometry.lights if light.kind == "key")
    assert key.x > 0.5, "the light comes from the brighter side"
