"""Whole films through the ordinary command line, spoken by tiny models: made, kept, and the same again."""

import json
import shutil

import numpy as np
import pytest
from tests_speech import line

from duocast.compiler.operations.speak import Pause, TakeTimes, VoiceSpec
from duocast.runtime.engine import EngineError, Request
from duocast.runtime.modelled import ModelShelf
from duocast.runtime.sound.file import read_sound, write_wav
from duocast.runtime.speech.loudness import TARGET, loudness
from duocast.runtime.voices import voice_engines
from measure.rendered import Rendered
from measure.terminal import duocast

pytestmark = [
    pytest.mark.models,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of the libraries, about each other
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]

FILM = """\
Title: Tiny voices
Format: 256x144 @ 24
Quality: draft

character MARA
  voice: MARA'S

character JONAS
  voice: TELLER

character EVE
  voice: SMALL

voice MARA'S
  engine: vits
  id: Ada

voice TELLER
  engine: bark

voice SMALL
  engine: pocket
  reference: voices/eve.wav

INT. KITCHEN - NIGHT

MARA
You kept it. [pause 0.8s] All these years.

JONAS
I kept *everything*.

EVE
Let it ring.
"""
CLONED = FILM.replace("engine: pocket", "engine: xtts").replace(
    "You kept it. [pause 0.8s] All these years.", "Yes."
)


@pytest.fixture(scope="module")
def recording():
    """A second and a half of somebody: here, a tone that comes and goes."""
    at = np.arange(int(1.6 * 24_000)) / 24_000
    return (0.2 * np.sin(2 * np.pi * 170 * at) * (0.6 - 0.4 * np.cos(2 * np.pi * 4 * at)))[:, None]


@pytest.fixture(scope="module")
def studio(tmp_path_factory, recording):
    """Render a script with the tiny models that it needs."""
    import tiny_voices

    home = tmp_path_factory.mktemp("home")
    shelf = home / "models"

    def render(name, script, *engines):
        for engine in engines:
            if not (shelf / engine).is_dir():
                getattr(tiny_voices, engine)(shelf / engine)
        file = home / f"{name}.scene"
        file.write_text(script)
        (home / "voices").mkdir(exist_ok=True)
        write_wav(home / "voices" / "eve.wav", recording, 24_000)
        changes = {
            "DUOCAST_MODELS": str(shelf),
            "DUOCAST_CACHE": str(home / "cache"),
            "DUOCAST_OFFLINE": "1",
        }
        words = ("render", file, "--json", "--jobs", "1")
        return file, duocast(*words, home=home, changes=changes, timeout=400)

    return render


def check_takes(film, engines):
    takes = [task for task in film.report["tasks"] if task["operation"] == "speak"]
    assert {task["engine"] for task in takes} == engines
    for task in takes:
        samples, rate = read_sound(film.file(task["address"], "sound"))
        times = TakeTimes.from_json(film.file(task["address"], "times").read_bytes())
        assert rate == 48_000
        assert times.seconds == pytest.approx(len(samples) / rate, abs=1e-4)
        assert TARGET - 7 < loudness(samples[:, 0], rate) < TARGET + 1  # noise has high peaks
        assert all(word.end > word.start for word in times.words)
        assert {phone.symbol for phone in times.phones} - {"rest"}
        assert np.abs(samples[[0, -1], 0]).max() < 0.01  # it begins and ends without a click


@pytest.mark.slow
def test_a_film_is_spoken_by_models_and_is_the_same_again(studio):
    file, done = studio("spoken", FILM, "vits", "bark", "pocket")
    assert done.code == 0, done.out[-3000:] + done.err[-3000:]
    film = Rendered(file, "draft", done, done.data)
    check_takes(film, {"vits", "bark", "pocket"})
    _, second = studio("spoken", FILM)
    assert {task["status"] for task in second.data["tasks"]} == {"reused"}


@pytest.mark.slow
def test_xtts_speaks_like_the_recording_on_the_card(studio):
    file, done = studio("cloned", CLONED, "vits", "bark", "xtts")
    assert done.code == 0, done.out[-3000:] + done.err[-3000:]
    check_takes(Rendered(file, "draft", done, done.data), {"vits", "bark", "xtts"})


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """A shelf with VITS."""
    import tiny_voices

    folder = tmp_path_factory.mktemp("shelf")
    tiny_voices.vits(folder / "vits")
    return folder


def speak(engine, folder, out, params, **inputs):
    places = ModelShelf((folder,), folder / "identities", network=False)
    made = next(each for each in voice_engines(places) if each.name == engine)
    out.mkdir(parents=True)
    return made.run(Request(params.plain(), inputs, out, lambda done: None, None))


@pytest.mark.parametrize("engine", ["bark", "pocket", "coqui"])
def test_models_speak_the_same_twice(engine, tmp_path, recording):
    import tiny_voices

    getattr(tiny_voices, engine)(tmp_path / "models" / engine)
    write_wav(tmp_path / "eve.wav", recording, 24_000)
    inputs = {"reference": tmp_path / "eve.wav"} if engine == "pocket" else {}
    params = line("You kept it.", voice="amber", seed=3)
    takes = [
        speak(
            engine,
            tmp_path / "models",
            tmp_path / str(seed),
            params.replace(seed=seed % 10),
            **inputs,
        )
        for seed in (3, 13, 4)
    ]
    one, same, other = (take["sound"].read_bytes() for take in takes)
    assert one == same != other
    times = TakeTimes.from_json(takes[0]["times"].read_bytes())
    assert [word.text for word in times.words] == ["You", "kept", "it."]


def test_pocket_needs_a_recording(tmp_path):
    import tiny_voices

    tiny_voices.pocket(tmp_path / "models" / "pocket")
    with pytest.raises(EngineError, match="needs a recording") as raised:
        speak("pocket", tmp_path / "models", tmp_path / "out", line("Yes."))
    assert raised.value.code == "V0204"


LINE = line("You kept it.", Pause(seconds=0.6), "All of it. " * 4, voice="Ada", seed=5)


def test_the_same_seed_gives_the_same_take_and_another_another(shelf, tmp_path):
    takes = [
        speak("vits", shelf, tmp_path / str(n), LINE.replace(seed=seed))["sound"].read_bytes()
        for n, seed in enumerate((5, 5, 6))
    ]
    assert takes[0] == takes[1] != takes[2]


def test_another_speaker_is_another_voice_and_an_unknown_one_is_refused(shelf, tmp_path):
    ben = LINE.replace(voice=VoiceSpec(id="Ben"))
    one, other = (speak("vits", shelf, tmp_path / p.voice.id, p) for p in (LINE, ben))
    assert one["sound"].read_bytes() != other["sound"].read_bytes()
    with pytest.raises(EngineError, match="has no voice called Bob") as raised:
        speak("vits", shelf, tmp_path / "bob", LINE.replace(voice=VoiceSpec(id="Bob")))
    assert raised.value.code == "V0204"


def test_a_model_is_not_written_to_and_files_elsewhere_are_not_read(shelf, tmp_path):
    before = {file: file.stat().st_mtime_ns for file in shelf.rglob("vits/*")}
    speak("vits", shelf, tmp_path / "a", LINE)
    assert {file: file.stat().st_mtime_ns for file in shelf.rglob("vits/*")} == before


def test_a_pickle_that_would_run_something_is_refused(shelf, tmp_path):
    import torch

    class Trap:
        def __reduce__(self):
            return (open, (str(tmp_path / "sprung"), "w"))

    shutil.copytree(shelf / "vits", tmp_path / "models" / "vits")
    torch.save({"model": Trap()}, tmp_path / "models" / "vits" / "model.pth")
    with pytest.raises(EngineError) as raised:
        speak("vits", tmp_path / "models", tmp_path / "out", LINE)
    assert raised.value.code == "V0302"
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize(
    ("engine", "kind", "words"),
    [("xtts", "vits", "is a vits"), ("coqui", "bark", "from the network"), ("coqui", "", "can't be read")],
)  # fmt: skip
def test_a_folder_of_something_else_says_so(tmp_path, engine, kind, words):
    folder = tmp_path / "models" / engine
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps({"model": kind} if kind else {}))
    with pytest.raises(EngineError, match=words) as raised:
        speak(engine, tmp_path / "models", tmp_path / "out", LINE)
    assert raised.value.code == "V0302"


def test_a_language_that_an_engine_lacks_is_refused(tmp_path):
    folder = tmp_path / "models" / "xtts"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text('{"model": "xtts"}')
    params = LINE.replace(voice=VoiceSpec(id="amber", language="sw-KE"))
    with pytest.raises(EngineError, match="does not speak sw-KE") as raised:
        speak("xtts", tmp_path / "models", tmp_path / "out", params)
    assert raised.value.code == "V0202"


def test_the_stand_in_counts_as_torchaudio_does():
    from duocast.runtime.voices.spectra import MelSpectrogram, mel_filters, resample

    filters = mel_filters(16_000, 512, 40, 0.0, 8000.0, "slaney").numpy()
    assert filters.shape == (257, 40)
    areas = filters.sum(axis=0) * (8000 / 256)
    assert np.median(np.abs(areas - 1)) < 0.05
    import torch

    tone = torch.sin(torch.arange(16_000) * (2 * np.pi * 1000 / 16_000))[None]
    mel = MelSpectrogram(sample_rate=16_000, n_fft=512, hop_length=160, n_mels=40)(tone)
    assert mel.shape == (1, 40, 101)
    loudest = int(mel[0, :, 50].argmax())
    middles = 700 * (10 ** (np.linspace(0, 2595 * np.log10(1 + 8000 / 700), 42)[1:-1] / 2595) - 1)
    assert abs(middles[loudest] - 1000) < 80
    assert resample(tone, 16_000, 8_000).shape == (1, 8_000)
