"""Which pictures a painter is shown, in which order, and what is said of them; where it paints over a drawing."""

import json

import numpy as np
import pytest
from PIL import Image
from two_people import two

from duocast.compiler.operations.compose import Framed, Layout, Placed
from duocast.runtime.diffusion.adapters import layers
from duocast.runtime.diffusion.limits import PAINTERS
from duocast.runtime.diffusion.painting import HOW, scaled
from duocast.runtime.diffusion.references import chosen, pictures, within, words
from duocast.runtime.diffusion.sketch import whole
from duocast.runtime.engine import EngineError
from duocast.runtime.picture.rig import Extent, Sheet

PORTRAITS = ("person.jonas", "person.mara")
FURTHER = ("likeness.mara.0", "likeness.mara.2", "likeness.mara.10", "likeness.jonas.1")


def shown(params, names, most):
    return [one.input for one in chosen(params, names, most)]


def test_a_painter_is_shown_the_place_and_then_everybody_from_left_to_right():
    assert shown(two(), ("plate", *PORTRAITS), 4) == ["plate", "person.mara", "person.jonas"]


def test_further_pictures_stand_by_their_person_as_the_card_names_them():
    names = ("plate", *PORTRAITS, *FURTHER)
    assert shown(two(), names, 9) == [
        *("plate", "person.mara", "likeness.mara.2", "likeness.mara.10"),
        *("person.jonas", "likeness.jonas.1"),
    ]


@pytest.mark.parametrize(
    ("most", "kept"),
    [
        (1, ["person.mara"]),
        (2, ["person.mara", "person.jonas"]),
        (3, ["plate", "person.mara", "person.jonas"]),
        (4, ["plate", "person.mara", "likeness.mara.2", "person.jonas"]),
        (5, ["plate", "person.mara", "likeness.mara.2", "person.jonas", "likeness.jonas.1"]),
    ],
)
def test_where_there_is_not_room_for_all_portraits_come_first_then_the_place(most, kept):
    assert shown(two(), ("plate", *PORTRAITS, *FURTHER), most) == kept


def test_the_painter_is_told_which_picture_shows_what():
    both = chosen(two(), ("plate", *PORTRAITS), 4)
    assert words(two(), both) == (
        "Two people. The first picture shows the place. The second and third pictures show the people from left to "
        "right. Keep their faces and clothes."
    )
    assert "first and second pictures" in words(two(), chosen(two(), PORTRAITS, 4))
    assert words(two(), ()) == "Two people."


def test_several_pictures_of_one_person_are_told_together():
    many = chosen(two(), ("plate", *PORTRAITS, *FURTHER), 9)
    assert words(two(), many) == (
        "Two people. The first picture shows the place. The second, third and fourth pictures show the first person "
        "from the left. The fifth and sixth pictures show the second person from the left. Keep their faces and "
        "clothes."
    )


def test_a_reference_fits_the_painters_area_and_is_not_too_small_for_it():
    sizes = [within(Image.new("RGB", size), 4096).size for size in ((640, 220), (50, 40), (64, 64))]
    assert sizes == [(186, 64), (80, 64), (64, 64)]


def test_portraits_stand_on_grey_and_other_pictures_as_they_are(tmp_path):
    Image.new("RGBA", (70, 90), (255, 0, 0, 0)).save(tmp_path / "person.png")
    Image.new("RGB", (80, 80), (9, 90, 200)).save(tmp_path / "other.png")
    files = {"person.mara": tmp_path / "person.png", "likeness.mara.1": tmp_path / "other.png"}
    cut, plain = pictures(chosen(two(), sorted(files), 4), files, 10**6)
    assert (cut.getpixel((5, 5)), plain.getpixel((5, 5))) == ((128, 128, 128), (9, 90, 200))


def test_every_painter_says_how_many_pictures_it_takes_and_how_it_is_asked():
    assert set(HOW) == set(PAINTERS)
    assert all(limits.pictures >= 3 for limits in PAINTERS.values())


class Block:
    """A person who is a rectangle, 1 unit wide and 2 high."""

    extent = Extent(-0.5, -0.5, 0.5, 1.5)

    def draw(self, pose, matrix, size, *, yaw=0.0, view="front"):
        a, _, _, d, x, y = matrix
        pixels = np.full((round(2 * d), round(a), 4), 255, np.uint8)
        return Sheet(round(x - a / 2), round(y - d / 2), pixels)


def placed(role, x, depth=1.0, view="front"):
    face = (x - 10.0, 20.0, 20.0, 20.0)
    return Placed(role=role, matrix=(40, 0, 0, 40, x, 50), yaw=0, depth=depth, face=face, view=view)


def sketch(*people, front_from=200):
    background = np.zeros((180, 320, 3), np.uint8)
    foreground = np.zeros((180, 320, 4), np.uint8)
    foreground[front_from:, :, 3] = 255
    start = Framed(x=160, y=90, zoom=1.0)
    layout = Layout(width=256, height=144, people=people, start=start, end=start)
    return whole(background, foreground, layout, {one.role: Block() for one in people})


def test_the_masks_are_where_people_are_seen_and_the_brush_goes_a_little_around_them():
    made = sketch(placed("mara", 80), placed("jonas", 240), front_from=90)
    mara, jonas = made.people["mara"], made.people["jonas"]
    assert made.picture.shape == (180, 320, 3)
    assert (mara > 0).sum() == (jonas > 0).sum() == 40 * 60  # the table hides the rest
    assert mara[60, 80] == jonas[60, 240] == 255
    assert not (mara & jonas).any()
    assert made.painted[60, 58] > 127 > made.painted[60, 48]
    assert made.painted[170].max() < 10


def test_who_is_behind_somebody_is_masked_only_where_they_are_seen():
    near = placed("jonas", 100, depth=0.0, view="back")
    made = sketch(placed("mara", 80), near)
    assert set(made.people) == {"mara"}
    assert (made.people["mara"] > 0).sum() == 20 * 80


def test_a_picture_without_people_is_painted_all_over():
    assert sketch().painted.min() == 255


def test_a_mask_stays_over_its_person_at_every_size():
    mask = sketch(placed("mara", 80)).people["mara"]
    small = scaled(mask, (64, 32))
    assert small.shape == (32, 64)
    assert small[12, 16] == 255
    assert small[12, 24] == 0


def header(file, *names):
    text = json.dumps({name: {} for name in names}).encode()
    file.write_bytes(len(text).to_bytes(8, "little") + text)
    return file


def test_the_layers_of_a_lora_are_counted_by_their_names(tmp_path):
    diffusers = ("transformer.a.lora_A.weight", "transformer.a.lora_B.weight")
    kohya = ("lora_unet_b.lora_down.weight", "lora_unet_b.lora_up.weight", "lora_unet_b.alpha")
    assert layers(header(tmp_path / "a.safetensors", *diffusers, *kohya), "a") == 2


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" + bytes(40), b"\xff" * 64])
def test_what_is_no_lora_is_refused(tmp_path, content):
    file = tmp_path / "mara.safetensors"
    file.write_bytes(content)
    with pytest.raises(EngineError) as raised:
        layers(file, file.name)
    assert (raised.value.code, file.name in raised.value.message) == ("V0303", True)
    with pytest.raises(EngineError, match="no LoRA in"):
        layers(header(file, "transformer.a.weight"), file.name)
