"""Whole films through the ordinary command line, their music and sounds by tiny models; and the models one by one."""

import json
import shutil
import weakref
from pathlib import Path

import numpy as np
import pytest

from duocast.compiler.operations.sound import MusicParams, NoiseParams
from duocast.runtime.diffusion.limits import FILMERS
from duocast.runtime.diffusion.loading import loaded as loaded_pipeline
from duocast.runtime.engine import EngineError, Request
from duocast.runtime.modelled import ModelShelf
from duocast.runtime.models.warm import WARM
from duocast.runtime.scoring import scoring_engines
from duocast.runtime.scoring.limits import ALL
from duocast.runtime.scoring.loading import loaded
from duocast.runtime.sound.file import read_sound
from duocast.runtime.sound.loudness import integrated_loudness, true_peak
from duocast.runtime.sound.mix.cue import seam_of
from duocast.runtime.sound.signal.spectrum import RATE
from measure.rendered import Rendered
from measure.terminal import duocast

pytestmark = [
    pytest.mark.models,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of the libraries, about each other
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

FILM = """\
Title: Tiny
Format: 256x144 @ 24
Engine: speak draft, music {music}, effects {effects}

place KITCHEN
  weather: rain

INT. KITCHEN - NIGHT

MUSIC: soft piano, hopeful, {duck}
SFX: door slams

[close on MARA]

MARA
Stay here with me until the morning comes.
"""
EVERY = (("stable-audio", "audioldm2"), ("ace-step", "stable-audio"), ("musicgen", "foley"))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """A folder with all four models, tiny."""
    import tiny_sounds

    folder = tmp_path_factory.mktemp("sounds")
    for engine in ALL:
        tiny_sounds.save(engine, folder / engine)
    return folder


@pytest.fixture(scope="module")
def studio(tmp_path_factory, shelf):
    home = tmp_path_factory.mktemp("home")

    def render(name, **engines):
        file = home / f"{name}.scene"
        file.write_text(FILM.format(**{"effects": "foley", "duck": "duck 12dB", **engines}))
        changes = {
            "DUOCAST_MODELS": str(shelf),
            "DUOCAST_CACHE": str(home / "cache"),
            "DUOCAST_OFFLINE": "1",
        }
        words = ("render", file, "--json", "--jobs", "1")
        done = duocast(*words, home=home, changes=changes, timeout=300)
        assert done.code == 0, done.out[-3000:] + done.err[-3000:]
        return Rendered(file, "standard", done, done.data)

    return render


@pytest.mark.slow
@pytest.mark.parametrize(("music", "effects"), EVERY)
def test_a_film_has_its_music_and_its_sounds_by_models(music, effects, studio):
    film = studio(music, music=music, effects=effects)
    made = {(t["operation"], t["engine"]): t["address"] for t in film.report["tasks"]}
    for operation, engine in (("score", music), ("effect", effects)):
        sound, rate = read_sound(film.file(made[operation, engine], "sound"))
        assert (rate, sound.shape[1]) == (RATE, 2)
        assert integrated_loudness(sound, rate) == pytest.approx(-20, abs=4)
        assert true_peak(sound) <= -0.9
    stem, _ = read_sound(film.file("film/mix", "music"))
    assert integrated_loudness(stem, RATE) > -40
    again = studio(music, music=music, effects=effects)
    assert not again.ran()


@pytest.mark.slow
def test_sounds_that_a_film_makes_anew_are_the_same_to_the_bit(studio, shelf):
    digests = []
    for number in range(2):
        film = studio("anew", music="audioldm2", effects="audioldm2")
        made = {t["engine"] for t in film.report["tasks"] if t["status"] == "done"}
        assert "audioldm2" in made
        digests.append([film.file("film/mix", stem).read_bytes() for stem in ("music", "effects")])
        (shelf / "audioldm2" / "note.txt").write_text(
            str(number)
        )  # another model, of the same weights
    assert digests[0] == digests[1]


def gains(with_ducking, without):
    """The gain of the music through the film, in dB from its highest, every tenth of a second."""
    ducked, plain = (
        read_sound(film.file("film/mix", "music"))[0] for film in (with_ducking, without)
    )
    step = RATE // 10
    rows = [slice(at, at + step) for at in range(0, len(plain) - step, step)]
    found = [
        float(np.square(ducked[r]).sum() / (np.square(plain[r]).sum() + 1e-12))
        for r in rows
        if np.square(plain[r]).mean() > 1e-9
    ]
    curve = 10 * np.log10(np.asarray(found) + 1e-12)
    return curve - curve.max()


@pytest.mark.slow
def test_music_by_a_model_makes_way_for_speech_as_the_composers_does(studio):
    curves = {}
    for music in ("ace-step", "composer"):
        films = [studio("ducking", music=music, duck=duck) for duck in ("duck 12dB", "no duck")]
        curves[music] = gains(*films)
    assert curves["ace-step"].min() == pytest.approx(-12, abs=0.5)
    size = min(map(len, curves.values()))
    off = np.abs(curves["ace-step"][:size] - curves["composer"][:size])
    assert np.percentile(off, 95) < 0.5


def request(folder, params):
    folder.mkdir()
    return Request(params.plain(), {}, folder, lambda done: None, None)


def engine_of(operation, name, folder, home):
    engines = scoring_engines(ModelShelf((folder,), home / "identities"))
    return next(e for e in engines if (e.operation, e.name) == (operation, name))


@pytest.mark.parametrize("name", sorted(ALL))
def test_the_same_seed_gives_the_same_cue_and_another_another(name, shelf, tmp_path):
    engine = engine_of("score", name, shelf, tmp_path)
    params = MusicParams(mood="piano", prompt="Soft piano.", seconds=5.0, bpm=80, seed=5)
    made = [
        engine.run(request(tmp_path / str(n), params.replace(seed=seed)))["sound"].read_bytes()
        for n, seed in enumerate((5, 5, 6))
    ]
    assert made[0] == made[1] != made[2]


@pytest.mark.parametrize("name", ["audioldm2", "stable-audio"])
def test_a_sound_that_goes_on_is_seamless_and_one_that_happens_ends(name, shelf, tmp_path):
    engine = engine_of("effect", name, shelf, tmp_path)
    rain = NoiseParams(name="rain", prompt="Rain.", loop=True, seconds=6.0, seed=5)
    made, _ = read_sound(engine.run(request(tmp_path / "rain", rain))["sound"])
    assert len(made) >= 6 * RATE
    assert seam_of(made) == 0
    door = NoiseParams(name="door", prompt="A door.", seconds=2.0, seed=5)
    made, _ = read_sound(engine.run(request(tmp_path / "door", door))["sound"])
    assert len(made) <= 2 * RATE
    assert np.abs(made[-1]).max() < 0.01


def test_a_long_cue_goes_on_where_its_first_piece_ended(shelf, tmp_path):
    folder = tmp_path / "short" / "musicgen"
    shutil.copytree(shelf / "musicgen", folder)
    (folder / "duocast.json").write_text(json.dumps({"seconds": 6.0}))
    engine = engine_of("score", "musicgen", folder.parent, tmp_path)
    params = MusicParams(mood="piano", prompt="Soft piano.", seconds=12.0, seed=5)
    made, _ = read_sound(engine.run(request(tmp_path / "out", params))["sound"])
    assert len(made) == round(12.25 * RATE)
    short = params.replace(seconds=5.0)
    first, _ = read_sound(engine.run(request(tmp_path / "first", short))["sound"])
    heard = slice(RATE, 3 * RATE)
    assert np.corrcoef(made[heard, 0], first[heard, 0])[0, 1] > 0.99


def test_half_a_model_that_makes_noise_without_sound_is_asked_again_and_then_fails(shelf, tmp_path):
    from safetensors.torch import load_file, save_file

    folder = tmp_path / "broken" / "audioldm2"
    shutil.copytree(shelf / "audioldm2", folder)
    (weights,) = (folder / "vocoder").glob("*.safetensors")
    save_file(
        {k: v * float("nan") for k, v in load_file(weights).items()}, weights, {"format": "pt"}
    )
    engine = engine_of("effect", "audioldm2", folder.parent, tmp_path)
    with pytest.raises(
        EngineError, match="in 3 takes: 100% of its samples are no numbers"
    ) as raised:
        engine.run(request(tmp_path / "out", NoiseParams(name="rain", prompt="Rain.", seconds=2.0)))
    assert raised.value.code == "A0611"


def test_a_worker_that_filmed_gives_its_memory_to_the_musician(shelf, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parents[1] / "diffusion")
    import tiny
    import tiny_video

    tiny.save(tiny_video.ltx(), tmp_path / "ltx")
    pictures = ModelShelf((tmp_path,), tmp_path / "identities").open()
    sounds = ModelShelf((shelf,), tmp_path / "identities").open()
    filmer = loaded_pipeline(pictures.model("ltx"), FILMERS["ltx"])
    gone = weakref.ref(filmer.transformer)
    del filmer
    musician = loaded(sounds.model("musicgen"), ALL["musicgen"])
    assert gone() is None
    assert loaded(sounds.model("musicgen"), ALL["musicgen"]) is musician
    gone = weakref.ref(musician.model)
    del musician
    loaded_pipeline(pictures.model("ltx"), FILMERS["ltx"])
    assert gone() is None
    WARM.release()


def test_weights_that_are_no_safetensors_are_refused(shelf, tmp_path):
    folder = tmp_path / "models" / "musicgen"
    shutil.copytree(shelf / "musicgen", folder)
    for weights in folder.glob("*.safetensors"):
        weights.rename(weights.with_name("pytorch_model.bin"))
    places = ModelShelf((folder.parent,), tmp_path / "identities").open()
    with pytest.raises(EngineError) as raised:
        loaded(places.model("musicgen"), ALL["musicgen"])
    assert raised.value.code == "V0302"
