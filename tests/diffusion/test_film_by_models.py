"""Whole films through the ordinary command line, their pictures by tiny models: made, kept, and the same again."""

import json
import shutil
import weakref
from types import SimpleNamespace

import av
import cv2
import numpy as np
import pytest
from PIL import Image

from duocast.compiler.operations.animate import Actor, FilmParams
from duocast.compiler.operations.compose import Framed, Layout
from duocast.compiler.operations.time import ShotTiming
from duocast.compiler.timeline import Rate
from duocast.runtime.diffusion import diffusion_engines
from duocast.runtime.diffusion.filming import HOW, Ask
from duocast.runtime.diffusion.limits import FILMERS
from duocast.runtime.diffusion.loading import loaded
from duocast.runtime.diffusion.pieces import frames_for
from duocast.runtime.engine import EngineError, Request
from duocast.runtime.modelled import ModelShelf
from duocast.runtime.models.warm import WARM
from duocast.runtime.picture.photo.build import DETECTOR
from duocast.runtime.sound.file import read_sound
from measure.rendered import Rendered
from measure.terminal import duocast
from photo.sitter import weights

pytestmark = [
    pytest.mark.models,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of the libraries, about each other
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

HEAD = """\
Title: Tiny
Format: 256x144 @ 24
Engine: speak draft, {engine}

character MARA
  description: woman in her sixties, silver bob

INT. KITCHEN - NIGHT

"""
FACES = ("ltx", "wan", "cogvideox", "svd", "ltx2", "wan-vace", "hunyuan")
FILMING = (*FACES, "mochi")
LINES = ("Stay.", "No.", "Now.", "Go.", "Come.", "Wait.", "So.")
FILMED = (
    HEAD.format(engine="animate performer")
    + "AMBIENCE: own sound, -10dB\n\n"
    + "".join(
        f"[close on MARA, slow push in, engine: {engine}]\n\nMARA (quiet)\n{line}\n\n"
        for engine, line in zip(FACES, LINES, strict=True)
    )
    + '[insert on "a letter", engine: mochi, 6s]\n\nThe letter lies there.\n'
)


@pytest.fixture(scope="module")
def studio(tmp_path_factory, shelf_folder):
    """Render a script whose engine has a tiny model. Faces are looked for with the real small model, pulled once."""
    home = tmp_path_factory.mktemp("home")
    (home / "cache").mkdir()
    (home / "cache" / "models").symlink_to(weights().path(DETECTOR).parents[1])

    def render(name, script, *options):
        file = home / f"{name}.scene"
        file.write_text(script)
        changes = {
            "DUOCAST_MODELS": str(shelf_folder),
            "DUOCAST_CACHE": str(home / "cache"),
            "DUOCAST_OFFLINE": "1",
        }
        words = ("render", file, "--json", "--jobs", "1", *options)
        done = duocast(*words, home=home, changes=changes, timeout=300)
        return file, done

    return render


def built(name, folder, **sheet):
    import tiny
    import tiny_picture
    import tiny_video

    place = folder / name
    known = name.replace("-", "_")
    make = getattr(tiny_video, known, None) or getattr(tiny_picture, known)
    return place if place.is_dir() else tiny.save(make(), place, **sheet)


def tasks(found):
    return {task["address"]: task for task in found["tasks"]}


def frames_of(file):
    with av.open(str(file)) as made:
        return np.asarray([f.to_ndarray(format="rgb24") for f in made.decode(video=0)])


@pytest.fixture(scope="module")
def filmed(studio, shelf_folder):
    """One film with a shot by each video model."""
    for engine in FILMING:
        built(engine, shelf_folder)
    file, done = studio("filmed", FILMED)
    assert done.code == 0, done.out[-3000:] + done.err[-3000:]
    return Rendered(file, "standard", done, done.data)


@pytest.mark.slow
def test_every_video_model_makes_its_shot_of_a_film(filmed, studio):
    by_engine = {
        t["engine"]: t["address"] for t in filmed.report["tasks"] if t["operation"] == "animate"
    }
    assert set(FILMING) <= set(by_engine)
    for engine in FILMING:
        picture = by_engine[engine]
        shot = picture.removesuffix("/picture")
        raw = frames_of(filmed.file(picture, "clip"))
        assert np.ptp(raw) > 20, engine
        limits, timing = FILMERS[engine], filmed.timing(shot)
        assert len(raw) == frames_for(timing.frames, 24.0, limits)
        conformed = frames_of(filmed.file(f"{shot}/clip", "clip"))
        assert conformed.shape == (timing.frames, 144, 256, 3)
    _, second = studio("filmed", FILMED)
    assert {t["status"] for t in second.data["tasks"]} == {"reused"}


@pytest.mark.slow
def test_the_sound_of_the_pictures_is_heard_under_their_shot_alone(filmed):
    (picture,) = [t["address"] for t in filmed.report["tasks"] if t["engine"] == "ltx2"]
    effects, rate = read_sound(filmed.file("film/mix", "effects"))
    shot = picture.removesuffix("/picture")
    clip = next(one for one in filmed.timeline.picture if one.shot == shot)
    under = effects[clip.start * rate // 24 : (clip.start + clip.frames) * rate // 24]
    assert np.abs(under).max() > 1e-4
    assert np.abs(effects).sum() == pytest.approx(np.abs(under).sum())


PAINTED = HEAD.format(engine="compose flux, animate ltx") + "[close on MARA]\n\nMARA\nStay.\n"
LIPS = HEAD.format(engine="compose flux, animate performer") + "[close on MARA]\n\nMARA\nStay.\n"


@pytest.mark.slow
def test_a_painted_still_is_filmed_and_is_the_still_of_the_film(studio, shelf_folder):
    for engine in ("flux", "ltx"):
        built(engine, shelf_folder)
    file, done = studio("painted", PAINTED)
    assert done.code == 0, done.out[-3000:] + done.err[-3000:]
    film = Rendered(file, "standard", done, done.data)
    (still,) = [t["address"] for t in film.report["tasks"] if t["engine"] == "flux"]
    picture = cv2.imread(str(film.file(still, "still")))
    assert picture.shape == (144, 256, 3)
    assert np.ptp(picture) > 20


@pytest.mark.slow
def test_noise_has_no_face_and_so_no_lips_and_that_is_said(studio, shelf_folder):
    built("flux", shelf_folder)
    _, done = studio("lips", LIPS)
    assert done.code == 1
    (failed,) = [t for t in done.data["tasks"] if t["engine"] == "flux"]
    assert failed["error"]["code"] == "A0601"
    assert "face" in failed["error"]["message"]


def request(folder, params, inputs):
    folder.mkdir()
    return Request(params.plain(), inputs, folder, lambda done: None, None)


@pytest.fixture
def shot(tmp_path):
    """The inputs of a shot of two seconds, and its params."""
    return _shot(tmp_path)


def _shot(folder, frames=48):
    cv2.imwrite(
        str(folder / "still.png"),
        np.random.default_rng(3).integers(0, 255, (144, 256, 3), np.uint8),
    )
    at = Framed(x=159, y=89, zoom=1.0)
    (folder / "layout.json").write_bytes(
        Layout(width=256, height=144, people=(), start=at, end=at).to_json()
    )
    timing = ShotTiming(rate=Rate(numerator=24), frames=frames, spoken=())
    (folder / "timing.json").write_bytes(timing.to_json())
    params = FilmParams(
        actors=(), width=256, height=144, picture="A woman.", motion="She speaks.", seed=5
    )
    names = {"still": "still.png", "layout": "layout.json", "timing": "timing.json"}
    return params, {name: folder / file for name, file in names.items()}


def engine_of(name, folder, home):
    places = ModelShelf((folder,), home / "identities")
    return next(e for e in diffusion_engines(places) if e.name == name)


@pytest.mark.filterwarnings("ignore:In CPU autocast")  # Mochi has one, which 32 bits don't need
@pytest.mark.parametrize("name", FILMING)
def test_the_same_seed_gives_the_same_clip_and_another_another(name, shelf_folder, tmp_path):
    built(name, shelf_folder)
    params, inputs = _shot(tmp_path, frames=9)
    engine = engine_of(name, shelf_folder, tmp_path)
    made = [
        engine.run(request(tmp_path / str(n), params.replace(seed=seed), inputs))
        for n, seed in enumerate((5, 5, 6))
    ]
    first, again, other = ([file.read_bytes() for file in files.values()] for files in made)
    assert first == again
    assert first[0] != other[0]


def test_a_long_shot_goes_on_where_its_first_piece_ended(shot, shelf_folder, tmp_path):
    params, inputs = shot
    sheet = {"steps": 2, "guidance": 1.0, "pixels": 64 * 64, "most": 25}
    folder = tmp_path / "short" / "ltx"
    shutil.copytree(built("ltx", shelf_folder), folder)
    (folder / "duocast.json").write_text(json.dumps(sheet))
    engine = engine_of("ltx", folder.parent, tmp_path)
    seen = []
    made = engine.run(Request(params.plain(), inputs, _made(tmp_path / "out"), seen.append, None))
    assert len(frames_of(made["clip"])) == 48
    assert (len(seen), seen[-1], sorted(seen)) == (3, 1.0, seen)  # made, looked over, kept


@pytest.mark.parametrize("name", ["ltx", "ltx2"])
def test_where_the_camera_ends_is_told_to_models_that_take_it(name, shelf_folder, tmp_path):
    built(name, shelf_folder)
    params, inputs = _shot(tmp_path, frames=9)
    engine = engine_of(name, shelf_folder, tmp_path)
    made = [frames_of(engine.run(request(tmp_path / "stays", params, inputs))["clip"])]
    layout = Layout.from_json(inputs["layout"].read_bytes())
    nearer = layout.replace(end=layout.end.replace(zoom=2.0))
    inputs["layout"].write_bytes(nearer.to_json())
    made.append(frames_of(engine.run(request(tmp_path / "nearer", params, inputs))["clip"]))
    assert (made[0] != made[1]).any()


def test_vace_is_given_the_ends_the_portraits_and_grey_between():
    asked = {}

    def pipeline(**told):
        asked.update(told)
        return SimpleNamespace(frames=[np.zeros((9, 48, 80, 3))])

    first, last = (Image.new("RGB", (80, 48), colour) for colour in ("red", "blue"))
    ask = Ask(first, last, "A woman.", 80, 48, 9, 5, (first.resize((30, 40)),))
    HOW["wan-vace"](pipeline, ask, FILMERS["wan-vace"])
    given = [image.getpixel((0, 0)) for image in asked["video"]]
    assert given == [(255, 0, 0), *[(128, 128, 128)] * 7, (0, 0, 255)]
    assert [mask.getpixel((0, 0)) for mask in asked["mask"]] == [0, *[255] * 7, 0]
    assert [image.size for image in asked["reference_images"]] == [(30, 40)]


@pytest.mark.filterwarnings("ignore:In CPU autocast")  # Mochi has one, which 32 bits don't need
def test_portraits_are_seen_and_a_still_is_not_where_words_are_all(shelf_folder, tmp_path):
    for name in ("wan-vace", "mochi"):
        built(name, shelf_folder)
    params, inputs = _shot(tmp_path, frames=9)
    params = params.replace(actors=(Actor(role="mara"),))
    face = np.random.default_rng(1).integers(0, 255, (80, 60, 4), np.uint8)
    cv2.imwrite(str(tmp_path / "face.png"), face)
    told = {**inputs, "person.mara": tmp_path / "face.png"}
    references = engine_of("wan-vace", shelf_folder, tmp_path)
    alone, known = (
        references.run(request(tmp_path / name, params, given))["clip"].read_bytes()
        for name, given in (("alone", inputs), ("known", told))
    )
    assert alone != known
    words = engine_of("mochi", shelf_folder, tmp_path)
    made = words.run(request(tmp_path / "words", params, {"timing": inputs["timing"]}))
    assert len(frames_of(made["clip"])) == frames_for(9, 24.0, FILMERS["mochi"])


def _made(folder):
    folder.mkdir()
    return folder


def test_a_model_is_kept_warm_and_released_when_another_is_wanted(shelf_folder, tmp_path):
    places = ModelShelf((shelf_folder,), tmp_path / "identities").open()
    for engine in ("ltx", "wan"):
        built(engine, shelf_folder)
    first = loaded(places.model("ltx"), FILMERS["ltx"])
    assert loaded(places.model("ltx"), FILMERS["ltx"]) is first
    gone = weakref.ref(first.transformer)
    del first
    loaded(places.model("wan"), FILMERS["wan"])
    assert gone() is None
    WARM.release()


def test_weights_that_are_no_safetensors_are_refused(shelf_folder, tmp_path):
    folder = tmp_path / "models" / "ltx"
    shutil.copytree(built("ltx", shelf_folder), folder)
    for file in (folder / "transformer").glob("*.safetensors"):
        file.rename(file.with_suffix(".bin"))
    places = ModelShelf((folder.parent,), tmp_path / "identities").open()
    with pytest.raises(EngineError) as raised:
        loaded(places.model("ltx"), FILMERS["ltx"])
    assert raised.value.code == "V0302"
