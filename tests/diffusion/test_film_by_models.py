"""Whole films through the ordinary command line, their pictures by tiny models: made, kept, and the same again."""

import av
import numpy as np
import pytest

from measure.rendered import Rendered
from measure.terminal import duocast

pytestmark = pytest.mark.models

SCRIPT = """\
Title: Tiny
Format: 256x144 @ 24
Engine: speak draft, animate {engine}

character MARA
  description: woman in her sixties, silver bob

INT. KITCHEN - NIGHT

[close on MARA, slow push in]

MARA (quiet)
Stay.
"""


@pytest.fixture(scope="module")
def studio(tmp_path_factory, shelf_folder):
    """Render a script whose engine has a tiny model; weights are never downloaded."""
    home = tmp_path_factory.mktemp("home")

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

    place = folder / name
    return place if place.is_dir() else tiny.save(getattr(tiny, name)(), place, **sheet)


def tasks(found):
    return {task["address"]: task for task in found["tasks"]}


@pytest.mark.parametrize("engine", ["ltx"])
def test_a_film_is_made_by_a_video_model(engine, studio, shelf_folder):
    built(engine, shelf_folder)
    file, done = studio(engine, SCRIPT.format(engine=engine))
    assert done.code == 0, done.out[-3000:] + done.err[-3000:]
    film = Rendered(file, "standard", done, done.data)
    (shot,) = [a.removesuffix("/picture") for a in film.keys if a.endswith("/picture")]
    timing = film.timing(shot)
    with av.open(str(film.file(f"{shot}/picture", "clip"))) as made:
        frames = [f.to_ndarray(format="rgb24") for f in made.decode(video=0)]
    with av.open(str(film.file(f"{shot}/clip", "clip"))) as conformed:
        stream = conformed.streams.video[0]
        assert (stream.width, stream.height, stream.average_rate) == (256, 144, 24)
        assert sum(1 for _ in conformed.decode(video=0)) == timing.frames
    assert np.ptp(np.asarray(frames)) > 20
    again, second = studio(engine, SCRIPT.format(engine=engine))
    assert again == file
    assert {t["status"] for t in second.data["tasks"]} == {"reused"}
