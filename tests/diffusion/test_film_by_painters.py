"""Whole films whose stills are painted by tiny models, by the ordinary command line; LoRAs; the same seed again."""

import hashlib
import shutil

import cv2
import numpy as np
import pytest
from PIL import Image

from duocast.compiler.operations.compose import Adapter, PaintParams, Person
from duocast.runtime.diffusion import diffusion_engines
from duocast.runtime.engine import EngineError, Request
from duocast.runtime.modelled import ModelShelf
from measure.rendered import Rendered
from measure.terminal import duocast
from photo.sitter import ASTRONAUT, weights

pytestmark = [
    pytest.mark.models,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of the libraries, about each other
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

PAINTERS = ("flux", "flux2", "qwen-edit", "sdxl", "vace")
SHEETS = {"sdxl": {"pixels": 192 * 128}}
SCRIPT = """\
Title: Tiny
Format: 256x144 @ 24
Engine: speak draft, compose {engine}, animate ltx

character MARA
  portrait: mara.png, side.png
  {lora}

character JONAS
  description: man of seventy

INT. KITCHEN - NIGHT

[two-shot]

MARA (quiet)
Stay.
"""


def built(name, folder):
    import tiny
    import tiny_picture
    import tiny_video

    if name == "ltx":
        place = folder / "ltx"
        return place if place.is_dir() else tiny.save(tiny_video.ltx(), place)
    return tiny_picture.painter(name, folder, **SHEETS.get(name, {}))


@pytest.fixture(scope="module")
def studio(tmp_path_factory, shelf_folder):
    """Render a script; faces are looked for with the real small models, pulled once."""
    from duocast.runtime.likeness.embedding import MODEL

    home = tmp_path_factory.mktemp("painters")
    (home / "cache").mkdir()
    photograph = weights().path(ASTRONAUT)
    weights().path(MODEL)
    (home / "cache" / "models").symlink_to(photograph.parents[1])
    with Image.open(photograph) as person:
        person.convert("RGB").save(home / "mara.png")
        person.convert("RGB").crop((96, 0, 352, 256)).resize((512, 512)).save(home / "side.png")

    def render(name, script):
        file = home / f"{name}.scene"
        file.write_text(script)
        changes = {
            "DUOCAST_MODELS": str(shelf_folder),
            "DUOCAST_CACHE": str(home / "cache"),
            "DUOCAST_OFFLINE": "1",
        }
        words = ("render", file, "--json", "--jobs", "1")
        return file, duocast(*words, home=home, changes=changes, timeout=600)

    return render


@pytest.mark.slow
@pytest.mark.parametrize("engine", PAINTERS)
def test_a_film_is_painted_looked_over_and_not_painted_again(studio, shelf_folder, engine):
    for name in (engine, "ltx"):
        built(name, shelf_folder)
    file, done = studio(f"film-{engine}", SCRIPT.format(engine=engine, lora=""))
    assert done.code == 0, done.out[-3000:] + done.err[-3000:]
    film = Rendered(file, "standard", done, done.data)
    (still,) = [task for task in film.report["tasks"] if task["engine"] == engine]
    picture = cv2.imread(str(film.file(still["address"], "still")))
    assert picture.shape == (144, 256, 3)
    assert np.ptp(picture) > 20
    assert still["likeness"]["takes"][0]["reason"] == "nobody seen"
    assert still["likeness"]["problem"] == ""
    _, second = studio(f"film-{engine}", SCRIPT.format(engine=engine, lora=""))
    assert {task["status"] for task in second.data["tasks"]} == {"reused"}


@pytest.mark.slow
def test_a_lora_on_a_card_paints_another_still(studio, shelf_folder, tmp_path):
    for name in ("flux", "ltx"):
        built(name, shelf_folder)
    plain = SCRIPT.format(engine="flux", lora="notes: none")
    file, done = studio("plain", plain)
    assert done.code == 0, done.out[-3000:] + done.err[-3000:]
    learned(built("flux", shelf_folder), file.parent / "mara.safetensors")
    _, other = studio("taught", plain.replace("notes: none", "lora: mara.safetensors, 80%"))
    assert other.code == 0, other.out[-3000:] + other.err[-3000:]
    keys = [
        next(task["key"] for task in found.data["tasks"] if task["engine"] == "flux")
        for found in (done, other)
    ]
    assert keys[0] != keys[1]


def learned(model, file, *, layer="transformer_blocks.0.attn.to_q", scale=1.0):
    """A LoRA of one layer with random weights, as diffusers writes it."""
    import torch
    from diffusers import Flux2Transformer2DModel
    from safetensors.torch import save_file

    transformer = Flux2Transformer2DModel.from_pretrained(model / "transformer")
    torch.manual_seed(3)
    wide = transformer.config.num_attention_heads * transformer.config.attention_head_dim
    save_file(
        {
            f"transformer.{layer}.lora_A.weight": torch.randn(4, wide),
            f"transformer.{layer}.lora_B.weight": torch.randn(wide, 4) * scale,
        },
        file,
    )
    return file


@pytest.fixture
def sitting(tmp_path):
    """The inputs of a painted close-up without lips, and its params."""
    Image.new("RGBA", (90, 120), (200, 150, 120, 255)).save(tmp_path / "mara.png")
    params = PaintParams(
        width=160,
        height=90,
        framing="single",
        size="CU",
        people=(Person(role="mara", seat=0),),
        subjects=("mara",),
        seats=1,
        lens_mm=50,
        picture="A woman.",
        rigged=False,
        seed=5,
    )
    return params, {"person.mara": tmp_path / "mara.png"}


@pytest.fixture
def paint(shelf_folder, tmp_path):
    """Paint with a tiny model; gives the digest of the still."""

    def run(engine, params, inputs, folders=()):
        built(engine, shelf_folder)
        places = ModelShelf((*folders, shelf_folder), tmp_path / "identities")
        painter = next(one for one in diffusion_engines(places) if one.name == engine)
        folder = tmp_path / f"out-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        request = Request(params.plain(), inputs, folder, lambda done: None, None)
        return hashlib.sha256(painter.run(request)["still"].read_bytes()).hexdigest()

    return run


def test_the_same_seed_paints_the_same_still_and_a_lora_another_one(sitting, paint, shelf_folder):
    params, inputs = sitting
    plain = paint("flux", params, inputs)
    file = learned(built("flux", shelf_folder), inputs["person.mara"].parent / "mara.safetensors")
    taught = params.replace(adapters=(Adapter(role="mara", weight=0.8),))
    inputs = {**inputs, "lora.mara": file}
    first = paint("flux", taught, inputs)
    assert first != plain
    assert paint("flux", taught, inputs) == first
    weak = taught.replace(adapters=(Adapter(role="mara", weight=0.2),))
    assert paint("flux", weak, inputs) not in (first, plain)
    assert paint("flux", params, inputs) == plain  # nothing of it is left in the model
    assert paint("flux", params.replace(seed=6), inputs) != plain


def test_a_lora_on_the_shelf_is_found_by_its_name_and_its_digest(
    sitting, paint, shelf_folder, tmp_path
):
    params, inputs = sitting
    shelf = tmp_path / "shelf"
    (shelf / "lora").mkdir(parents=True)
    learned(built("flux", shelf_folder), shelf / "lora" / "mara-v2.safetensors")
    places = ModelShelf((shelf,), tmp_path / "identities").open()
    digest = places.adapters()["mara-v2"]
    named = params.replace(adapters=(Adapter(role="mara", name="mara-v2", digest=digest),))
    assert paint("flux", named, inputs, (shelf,)) != paint("flux", params, inputs)
    for name, known in (("mara-v2", "0" * 64), ("mara-v3", "")):
        gone = params.replace(adapters=(Adapter(role="mara", name=name, digest=known),))
        with pytest.raises(EngineError) as raised:
            paint("flux", gone, inputs, (shelf,))
        assert raised.value.code == "V0303"


def test_a_lora_for_another_model_is_refused_with_its_reason(
    sitting, paint, shelf_folder, tmp_path
):
    params, inputs = sitting
    taught = params.replace(adapters=(Adapter(role="mara"),))
    plain = paint("flux", params, inputs)
    other = learned(built("flux", shelf_folder), tmp_path / "sd.safetensors", layer="unet.mid.to_q")
    with pytest.raises(EngineError) as raised:
        paint("flux", taught, {**inputs, "lora.mara": other})
    assert raised.value.code == "V0303"
    assert "sd.safetensors" in raised.value.message
    assert paint("flux", params, inputs) == plain


def test_a_model_without_its_adapter_is_refused(sitting, paint, shelf_folder, tmp_path):
    built("sdxl", shelf_folder)
    bare = tmp_path / "bare"
    shutil.copytree(shelf_folder / "sdxl", bare / "sdxl")
    shutil.rmtree(bare / "sdxl" / "ip_adapter")
    params, inputs = sitting
    with pytest.raises(EngineError) as raised:
        paint("sdxl", params, inputs, (bare,))
    assert (raised.value.code, "ip_adapter" in raised.value.message) == ("V0302", True)


class Canvas:
    """A pipeline that keeps what it is asked for and paints everything white."""

    def set_ip_adapter_scale(self, scale):
        self.scale = scale

    def __call__(self, **asked):
        self.asked = asked
        white = np.ones((asked["height"], asked["width"], 3), np.float32)
        return type("Made", (), {"images": [white]})()


def test_everybody_is_painted_after_their_own_picture_where_they_stand_and_nothing_else_is():
    from duocast.runtime.diffusion.limits import PAINTERS as LIMITS
    from duocast.runtime.diffusion.painting import Ask, sdxl
    from duocast.runtime.diffusion.sketch import Sketch

    left, right = np.zeros((2, 90, 160), np.uint8)
    left[20:80, 20:60], right[20:80, 100:140] = 255, 255
    drawing = np.full((90, 160, 3), 60, np.uint8)
    sketch = Sketch(drawing, {"mara": right, "jonas": left}, left | right)
    people = {role: Image.new("RGB", (64, 64), tone) for role, tone in COLOURS.items()}
    canvas = Canvas()
    made = sdxl(canvas, Ask("Two.", (), people, 128, 64, 5, sketch), LIMITS["sdxl"])
    (shown,) = canvas.asked["ip_adapter_image"]
    (masks,) = canvas.asked["cross_attention_kwargs"]["ip_adapter_masks"]
    assert [picture.getpixel((0, 0)) for picture in shown] == [COLOURS["jonas"], COLOURS["mara"]]
    assert masks.shape == (1, 2, 64, 128)
    assert (masks[0, 0, 36, 32], masks[0, 0, 36, 96]) == (1, 0)
    assert (masks[0, 1, 36, 32], masks[0, 1, 36, 96]) == (0, 1)
    assert canvas.scale == [[0.7, 0.7]]
    assert made.shape == drawing.shape
    assert made[50, 40].min() == made[50, 120].min() == 255
    assert made[50, 80].tolist() == made[5, 5].tolist() == [60, 60, 60]


COLOURS = {"mara": (200, 10, 10), "jonas": (10, 10, 200)}
