"""Talking heads by a program of the user's: files of coefficients, settings, limits, and a film through the CLI."""

import io
import json
import pickle
import shutil
import struct
import sys
import time
from pathlib import Path

import av
import cv2
import matwriter
import numpy as np
import pytest
from click.testing import CliRunner
from headprogram import write

from duocast.cli.engines import INSTALLED
from duocast.cli.prepared import Wishes, compile_project, prepare
from duocast.cli.program import group
from duocast.cli.project import open_project
from duocast.compiler.graph import Operation
from duocast.compiler.operations.animate import Actor, FilmParams
from duocast.compiler.operations.compose import Framed, Layout, Placed
from duocast.compiler.operations.speak import TakeTimes, WordTime
from duocast.compiler.operations.time import ShotTiming, SpokenSpan
from duocast.compiler.timeline import Rate
from duocast.runtime.engine import EngineError, Request
from duocast.runtime.sound.file import write_wav
from duocast.runtime.talked import talking_engines
from duocast.runtime.talking.coefficients import BadCoefficients, read_coefficients
from duocast.runtime.talking.program import programs
from duocast.runtime.talking.running import run

HERE = Path(__file__).parent
TRACK = np.random.default_rng(3).normal(size=(5, 70))


# -- coefficients --------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["npy", "safetensors", "mat"])
def test_a_track_is_read_and_replaced_in_its_file(tmp_path, suffix):
    file = tmp_path / f"x.{suffix}"
    write(str(file), TRACK, "coeff_3dmm")
    before = read_coefficients(file)
    np.testing.assert_allclose(before.track, TRACK, atol=1e-6)
    file.write_bytes(before.with_track(before.track * 2))
    np.testing.assert_allclose(
        read_coefficients(file, "coeff_3dmm" if suffix != "npy" else "").track, TRACK * 2, atol=1e-6
    )


@pytest.mark.parametrize("packed", [False, True])
def test_what_else_is_in_a_mat_file_stays(tmp_path, packed):
    file = tmp_path / "x.mat"
    matwriter.save(file, {"coeff_3dmm": TRACK, "full": np.ones((2, 3), np.float32)}, packed)
    found = read_coefficients(file)
    np.testing.assert_array_equal(found.track, TRACK)
    file.write_bytes(found.with_track(found.track + 1))
    np.testing.assert_array_equal(read_coefficients(file).track, TRACK + 1)
    np.testing.assert_array_equal(read_coefficients(file, "full").track, np.ones((2, 3)))
    assert b"text" in file.read_bytes()


def evil():
    out = io.BytesIO()
    np.save(out, np.array([Path("/")], dtype=object), allow_pickle=True)
    return out.getvalue()


BAD = [
    ("x.npy", evil()),
    ("x.npy", b""),
    ("x.npy", pickle.dumps([1])),
    ("x.mat", b"x" * 300),
    ("x.mat", matwriter.content({"coeff": TRACK})[:-40]),
    ("x.mat", matwriter.content({"a": TRACK, "b": TRACK})),
    ("x.mat", matwriter.content({"coeff": TRACK}, packed=True)[:-9] + b"123456789"),
    ("x.safetensors", b"\xff" * 8),
    ("x.safetensors", struct.pack("<Q", 2) + b"[]"),
    ("x.safetensors", struct.pack("<Q", 2) + b"{}"),
    ("x.pkl", pickle.dumps(TRACK)),
]


@pytest.mark.parametrize(("name", "content"), BAD)
def test_what_is_no_track_is_refused_and_nothing_runs(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(BadCoefficients):
        read_coefficients(file)


def test_every_cut_of_a_file_is_refused_or_read(tmp_path):
    for suffix in ("npy", "safetensors", "mat"):
        file = tmp_path / f"x.{suffix}"
        write(str(file), TRACK[:2], "coeff")
        whole = file.read_bytes()
        for end in range(0, len(whole), 13):
            file.write_bytes(whole[:end])
            with pytest.raises(BadCoefficients):
                read_coefficients(file)
    file.write_bytes(whole.replace(struct.pack("<d", TRACK[0, 0]), struct.pack("<d", np.nan)))
    with pytest.raises(BadCoefficients, match="none"):
        read_coefficients(file)


# -- settings ------------------------------------------------------------------------------------


def settings(tmp_path, kind="npy", **more):
    program = [sys.executable, str(HERE / "headprogram.py")]
    table = {
        "coefficients": [
            *program,
            "coefficients",
            "{audio}",
            "{coefficients}",
            "{fps}",
            "{frames}",
        ],
        "render": [*program, "render", "{coefficients}", "{picture}", "{video}", "{fps}"],
        "format": kind,
        "environment": ["PYTHONPATH"],
        **more,
    }
    file = tmp_path / "talking.toml"
    lines = [f"{name} = {json.dumps(one)}" for name, one in table.items()]
    file.write_text("\n".join(["[sad]", *lines]) + "\n")
    return file


def test_a_settings_file_names_engines(tmp_path):
    found = talking_engines(settings(tmp_path), ())
    (engine,) = found.engines
    assert (engine.name, engine.operation, engine.shown) == ("sad", Operation.ANIMATE, "talk")
    other = talking_engines(settings(tmp_path, version="2"), ()).engines[0]
    assert engine.version != other.version
    assert talking_engines(tmp_path / "none.toml", ()).engines == ()
    (gone,) = talking_engines(settings(tmp_path), found.engines).absent
    assert "another engine has its name" in gone.reason


WRONG = [
    "[sad]\nrender = []\n",
    '[sad]\nrender = "rm -rf /"\n',
    '[sad]\nrender = ["x", "{secret}"]\n',
    '[sad]\nrender = ["x", "{audio.__class__}"]\n',
    '[sad]\nrender = ["x"]\nformat = "pickle"\n',
    '[sad]\nrender = ["x"]\nrendr = 1\n',
    '[../sad]\nrender = ["x"]\n',
    '["SAD"]\nrender = ["x"]\n',
    "sad = 3\n",
    "[sad\n",
]


@pytest.mark.parametrize("text", WRONG)
def test_settings_that_are_not_right_give_no_engine_and_a_reason(tmp_path, text):
    file = tmp_path / "talking.toml"
    file.write_text(text)
    with pytest.raises(EngineError) as raised:
        programs(file)
    assert raised.value.code == "R0720"
    found = talking_engines(file, ())
    assert (found.engines, len(found.absent)) == ((), 1)


# -- running -------------------------------------------------------------------------------------


def python(code, tmp_path, told=None, **more):
    progress = (lambda one: told.append(one)) if told is not None else (lambda _: None)
    run(
        [sys.executable, "-c", code],
        tmp_path,
        patience=more.pop("patience", 20.0),
        progress=progress,
        **more,
    )


def test_a_program_has_a_folder_and_none_of_our_keys(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_API_KEY", "very secret")
    monkeypatch.setenv("MINE", "yes")
    code = "import os, json; json.dump([os.getcwd(), dict(os.environ)], open('out', 'w'))"
    python(code, tmp_path, passed=("MINE",))
    where, seen = json.loads((tmp_path / "out").read_text())
    assert Path(where) == tmp_path.resolve()
    assert "SECRET_API_KEY" not in seen
    assert (seen["MINE"], seen["TMPDIR"]) == ("yes", str(tmp_path))


def test_progress_is_heard_and_a_failure_is_quoted(tmp_path):
    told = []
    python("import time; print('step 40%', flush=True); time.sleep(1.3)", tmp_path, told)
    assert max(told) == pytest.approx(0.4)
    with pytest.raises(EngineError, match="ended with 3: no card") as raised:
        python("import sys; print('no card'); sys.exit(3)", tmp_path)
    assert raised.value.code == "R0723"
    with pytest.raises(EngineError) as raised:
        run(["/no/such/program"], tmp_path, patience=1.0, progress=lambda _: None)
    assert raised.value.code == "R0721"


def test_a_program_that_takes_too_long_is_ended_with_its_children(tmp_path):
    child = "import time, pathlib\\nwhile True: pathlib.Path('alive').write_text(str(time.time())); time.sleep(0.05)"
    code = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', '''{child}''']); time.sleep(60)"
    with pytest.raises(EngineError, match="took longer") as raised:
        python(code, tmp_path, patience=1.5)
    assert (raised.value.code, raised.value.failure) == ("R0722", "transient")
    time.sleep(0.2)
    before = (tmp_path / "alive").read_text()
    time.sleep(0.3)
    assert (tmp_path / "alive").read_text() == before


# -- a film --------------------------------------------------------------------------------------

SCRIPT = """\
Title: Heads
Format: 320x180 @ 12
Engine: animate sad
Quality: draft

character ANNA
  description: woman in her thirties, dark bob
  voice: amber

INT. ROOM - DAY

[close on ANNA]

ANNA
My map moved. Maybe people are here.
"""


@pytest.fixture(autouse=True)
def _no_engine_is_remembered():
    """The engines that a script can ask for are looked up once for a process; here they differ from test to test."""
    INSTALLED.__dict__.pop("_engines", None)
    yield
    INSTALLED.__dict__.pop("_engines", None)


def film(tmp_path, monkeypatch, kind, **more):
    monkeypatch.setenv("DUOCAST_TALKING", str(settings(tmp_path, kind, **more)))
    monkeypatch.setenv("PYTHONPATH", str(HERE))
    script = tmp_path / "film" / "film.scene"
    script.parent.mkdir()
    script.write_text(SCRIPT)
    return script


def called(*arguments):
    return CliRunner().invoke(group, [str(one) for one in arguments])


def pictures(file):
    with av.open(str(file)) as container:
        return np.stack([frame.to_ndarray(format="gray") for frame in container.decode(video=0)])


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["npy", "safetensors", "mat"])
def test_a_film_with_a_head_that_a_program_draws(tmp_path, monkeypatch, kind):
    script = film(tmp_path, monkeypatch, kind)
    done = called("render", script, "--jobs", "1", "--json")
    assert done.exit_code == 0, done.output
    (made,) = script.parent.glob("out/film/film*.mp4")
    frames = pictures(made)[40:72].astype(float)  # the shot, without its cards and their fades
    moved = np.abs(np.diff(frames, axis=0)).max(axis=0)
    middle = moved[:, 53:107].mean()
    assert middle > 3 * (moved[:, :20].mean() + 0.5), (
        "the head moves, and what stands around it does not"
    )
    again = json.loads(called("render", script, "--jobs", "1", "--json").stdout)
    assert {row["status"] for row in again["tasks"]} == {"reused"}


@pytest.mark.slow
def test_a_film_whose_program_fails_says_so(tmp_path, monkeypatch):
    script = film(
        tmp_path,
        monkeypatch,
        "npy",
        render=[sys.executable, "-c", "import sys; sys.exit('no card')"],
    )
    done = called("render", script, "--jobs", "1")
    assert done.exit_code == 1
    assert "R0723" in done.output
    assert "no card" in done.output


def test_a_script_names_the_engine_and_never_a_command(tmp_path, monkeypatch):
    script = film(tmp_path, monkeypatch, "npy")
    project = open_project(script)
    graph = prepare(project, compile_project(project, lenient=False, quiet=True), Wishes()).graph
    (node,) = [one for one in graph.nodes if one.operation == "animate"]
    assert node.engine == "sad"
    assert {"still", "layout", "timing"} < set(node.inputs)
    lines = {name.partition(".")[2] for name in node.inputs if name.startswith("sound.")}
    assert lines == {name.partition(".")[2] for name in node.inputs if name.startswith("times.")}
    assert len(lines) == 1
    assert sys.executable not in str(graph)


# -- a shot --------------------------------------------------------------------------------------


def shot(tmp_path, *, frames=24):
    """Two people of whom one speaks, as the graph gives them to an engine."""
    still = np.full((90, 160, 3), 90, np.uint8)
    still[:, 80:] = (120, 110, 100)
    cv2.imwrite(str(tmp_path / "still.png"), still)
    at = {"matrix": (1, 0, 0, 1, 0, 0), "yaw": 0.0, "depth": 1.0}
    people = (
        Placed(role="ANNA", face=(20, 20, 26, 30), **at),
        Placed(role="BEN", face=(110, 20, 26, 30), **at),
    )
    place = Framed(x=80, y=45, zoom=1.0)
    layout = Layout(width=160, height=90, people=people, start=place, end=place)
    span = SpokenSpan(line="L1", role="ANNA", at=0.5, offset=0.0, seconds=1.0)
    timing = ShotTiming(rate=Rate(numerator=12), frames=frames, spoken=(span,))
    words = (
        WordTime(text="One", start=0.0, end=0.5),
        WordTime(text="two.", start=0.5, end=1.0, emphasis=1),
    )
    times = TakeTimes(seconds=1.0, words=words, phones=())
    tone = 0.3 * np.sin(2 * np.pi * 200 * np.arange(48_000) / 48_000)
    write_wav(tmp_path / "take.wav", tone, 48_000)
    plain = {"layout": layout.to_json(), "timing": timing.to_json(), "times.L1": times.to_json()}
    inputs = {"still": tmp_path / "still.png", "sound.L1": tmp_path / "take.wav"}
    for name, content in plain.items():
        inputs[name] = tmp_path / f"{name}.json"
        inputs[name].write_bytes(content)
    actors = (Actor(role="ANNA"), Actor(role="BEN"))
    params = FilmParams(actors=actors, width=160, height=90, picture="", motion="", seed=3)
    (tmp_path / "out").mkdir()
    return Request(params.plain(), inputs, tmp_path / "out", lambda _: None, None)


def test_coefficients_are_governed_between_the_two_stages(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(HERE))
    program = [sys.executable, str(HERE / "headprogram.py")]
    seen = tmp_path / "seen.npy"
    both = f"{sys.executable} {HERE}/headprogram.py coefficients {{audio}} {{coefficients}} {{fps}} {{frames}}"
    keep = [
        sys.executable,
        "-c",
        KEEP,
        str(seen),
        *program,
        "render",
        "{coefficients}",
        "{picture}",
        "{video}",
        "{fps}",
    ]
    raw = [sys.executable, "-c", KEEP_AFTER, str(tmp_path / "raw.npy"), *both.split()]
    named = settings(tmp_path, "npy", render=keep, coefficients=raw)
    engine = talking_engines(named, ()).engines[0]
    made = engine.run(shot(tmp_path))
    frames = pictures(made["clip"]).astype(float)
    assert frames.shape == (50, 90, 160)
    moved = np.abs(np.diff(frames, axis=0)).max(axis=0)
    assert moved[:, :70].max() > 40
    assert moved[:, 90:].max() < 6, "who says nothing stays as they were"
    before, after = np.load(tmp_path / "raw.npy"), np.load(seen)
    loud = before[:, 0] > 0.1
    assert loud[:12].sum() == 0
    assert loud[14:36].all()
    share = after[loud, 0] / before[loud, 0]
    assert 0.7 <= share.min() < 0.85 < share.max() <= 0.95 + 1e-6
    np.testing.assert_array_equal(after[:, 64:], before[:, 64:])
    steps = np.abs(np.diff(share))
    assert steps.max() < 0.1


CALL = "import shutil, subprocess, sys; "
KEEP = CALL + "shutil.copy(sys.argv[5], sys.argv[1]); subprocess.check_call(sys.argv[2:])"
KEEP_AFTER = CALL + "subprocess.check_call(sys.argv[2:]); shutil.copy(sys.argv[6], sys.argv[1])"


@pytest.mark.slow
def test_a_head_that_ends_early_is_no_head(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(HERE))
    engine = talking_engines(settings(tmp_path, "npy", fps=25), ()).engines[0]
    short = [*engine.program.coefficients[:-1], "10"]
    engine = talking_engines(settings(tmp_path, "npy", coefficients=short), ()).engines[0]
    with pytest.raises(EngineError, match="made 10 of 50 pictures") as raised:
        engine.run(shot(tmp_path))
    assert raised.value.code == "R0724"
    wide = [
        sys.executable,
        "-c",
        "import sys, numpy as np; np.save(sys.argv[1], np.zeros((5, 210)))",
        "{coefficients}",
    ]
    engine = talking_engines(settings(tmp_path, "npy", coefficients=wide), ()).engines[0]
    shutil.rmtree(tmp_path / "out")
    with pytest.raises(EngineError, match="neither under 200") as raised:
        engine.run(shot(tmp_path))
    assert raised.value.code == "R0724"
