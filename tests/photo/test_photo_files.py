"""Bad pictures: each gets a coded message that says what to do."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from duocast.runtime.engine import EngineError, FailureClass, Request
from duocast.runtime.picture.load import picture_engines
from duocast.runtime.picture.photo.decode import WORKING_SIDE, read_photograph
from duocast.runtime.picture.photo.matte import foreground, refined


def png(width, height):
    """A PNG that says how large it is and holds next to nothing."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 64))
        + chunk(b"IEND", b"")
    )


def jpeg(width=300, height=200, **options):
    file = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(file, "JPEG", **options)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code", "word"),
    [
        (b"", "A0201", "0 bytes"),
        (b"this is a shopping list", "A0202", "not a picture"),
        (b"<html><body>404</body></html>", "A0202", "not a picture"),
        (jpeg()[:900], "A0202", "decoded"),
        (png(300, 200), "A0202", "decoded"),
        (png(20_000, 10_000), "A0203", "200 megapixels"),
        (png(60_000, 60_000), "A0203", "megapixels"),
        (jpeg(60, 400), "A0204", "60 x 400"),
    ],
    ids=["empty", "text", "page", "cut off", "hollow", "200 megapixels", "bomb", "small"],
)
def test_a_bad_picture_is_told_apart_and_explained(content, code, word, tmp_path):
    path = tmp_path / "maya.jpg"
    path.write_bytes(content)
    with pytest.raises(EngineError) as caught:
        read_photograph(path)
    assert (caught.value.code, caught.value.failure) == (code, FailureClass.INVALID)
    assert word in caught.value.message
    assert "maya.jpg" in caught.value.message
    assert len(caught.value.hint) > 20


def test_a_camera_held_upright_gives_an_upright_picture(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "tall.jpg"
    path.write_bytes(jpeg(300, 200, exif=exif))
    assert read_photograph(path).rgb.shape == (300, 200, 3)


def test_a_large_picture_is_made_smaller(tmp_path):
    path = tmp_path / "large.jpg"
    path.write_bytes(jpeg(4000, 1000))
    assert max(read_photograph(path).rgb.shape) <= WORKING_SIDE


@pytest.mark.parametrize("mode", ["L", "LA", "P", "CMYK", "RGBA", "I;16", "1"])
def test_every_kind_of_pixel_is_read(mode, tmp_path):
    path = tmp_path / "picture.tif"
    Image.effect_noise((200, 200), 60).convert("L").convert(
        "RGB" if mode == "RGBA" else "L"
    ).convert(mode if mode != "I;16" else "I").save(path)
    photograph = read_photograph(path)
    assert photograph.rgb.shape == (200, 200, 3)
    assert photograph.rgb.dtype == np.uint8


def test_real_transparency_is_kept_as_the_matte(tmp_path):
    pixels = np.zeros((200, 200, 4), np.uint8)
    pixels[50:150, 50:150] = (200, 150, 120, 255)
    path = tmp_path / "cut.png"
    Image.fromarray(pixels).save(path)
    alpha = read_photograph(path).alpha
    assert alpha is not None
    assert (alpha[100, 100], alpha[10, 10]) == (1.0, 0.0)


def test_a_rough_mask_finds_the_edge_and_the_colour_loses_the_background():
    """A grey disc on green, its mask too large and blurred: the edge comes back, the green goes."""
    y, x = np.mgrid[:240, :240]
    radius = np.hypot(x - 120, y - 120)
    true = np.clip(80.5 - radius, 0, 1).astype(np.float32)
    picture = (true[..., None] * (150, 120, 110) + (1 - true[..., None]) * (20, 200, 40)).astype(
        np.uint8
    )
    rough = np.clip((88 - radius) / 14, 0, 1).astype(np.float32)
    alpha = refined(picture, rough)
    assert np.abs(alpha - true).mean() < 0.55 * np.abs(rough - true).mean()
    ring = np.abs(radius - 80) < 1.5
    spill = foreground(picture, alpha)[ring] * 255
    assert np.median(spill[:, 1] - spill[:, 0]) < 25
    assert np.median(picture[ring][:, 1].astype(int) - picture[ring][:, 0]) > 25


def test_a_portrait_without_a_picture_says_so(tmp_path):
    engine = next(engine for engine in picture_engines() if engine.name == "photo")
    with pytest.raises(EngineError) as caught:
        engine.run(
            Request(params={}, inputs={}, folder=tmp_path, progress=lambda done: None, weights=None)
        )
    assert caught.value.code == "A0207"
