"""Models of the user's on torch: small networks of the true architectures, from a folder, through the command line."""

import importlib
import json
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from duocast.compiler.operations.upscale import UpscaleParams
from duocast.compiler.timeline import Rate
from duocast.runtime.engine import EngineError
from duocast.runtime.modelled import ModelShelf
from measure.rendered import Rendered
from measure.terminal import duocast
from restore.clips import asked, passing, psnr, read_video, write_video

pytestmark = [
    pytest.mark.models,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
STANDIN = Path(__file__).parent / "standin"


@pytest.fixture(scope="module", autouse=True)
def torchvision():
    """The real one, or where torch has none of its kind what spandrel imports of it; the path that finds it."""
    import sys

    if find_spec("spandrel") is None:
        pytest.skip("needs the extra `restore`")
    if find_spec("torchvision") is not None:
        yield None
        return
    sys.path.insert(0, str(STANDIN))
    importlib.invalidate_caches()
    yield str(STANDIN)
    sys.path.remove(str(STANDIN))
    for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
        del sys.modules[name]


def small_esrgan(times=2):
    """Real-ESRGAN's network, four filters wide and one block deep; what it draws is nearly what it sees."""
    import torch
    from spandrel.architectures.ESRGAN import ESRGAN

    torch.manual_seed(1)
    net = ESRGAN(in_nc=3, out_nc=3, num_filters=4, num_blocks=1, scale=times)
    return {name: value.contiguous() for name, value in net.state_dict().items()}


def small_compact(times=4):
    """The network of Real-ESRGAN's video models, four filters wide; it begins as a plain enlargement."""
    import torch
    from spandrel.architectures.Compact import Compact

    torch.manual_seed(1)
    net = Compact(num_feat=4, num_conv=1, upscale=times)
    return {name: value.contiguous() * 0.02 for name, value in net.state_dict().items()}


def kept(folder, state, *, pickled=False, **sheet):
    """A model's folder as a user makes it."""
    folder.mkdir(parents=True)
    if pickled:
        import torch

        torch.save({"params_ema": state}, folder / "model.pth")
    else:
        from safetensors.torch import save_file

        save_file(state, folder / "model.safetensors")
    if sheet:
        (folder / "duocast.json").write_text(json.dumps(sheet))
    return folder


def engine_of(name, models, home):
    from duocast.runtime.finer import restore_engines, upscale_engines

    places = ModelShelf((models,), home / "identities")
    found = [*upscale_engines(places), *restore_engines(places)]
    return next(engine for engine in found if engine.name == name)


PARAMS = UpscaleParams(width=384, height=216, rate=Rate(numerator=24))


@pytest.fixture
def clip(tmp_path):
    return write_video(tmp_path / "clip.mp4", [passing(n / 24, 96, 54) for n in range(2)], 24)


def test_a_compact_network_enlarges_a_clip(tmp_path, clip):
    kept(tmp_path / "models" / "spandrel", small_compact())
    engine = engine_of("spandrel", tmp_path / "models", tmp_path)
    made = [engine.run(asked(tmp_path / str(n), PARAMS, clip, frames=2))["clip"] for n in range(2)]
    assert made[0].read_bytes() == made[1].read_bytes()
    frames = read_video(made[0])
    assert [picture.shape for picture, _ in frames] == [(216, 384, 3)] * 2
    for (large, _), (small, _) in zip(frames, read_video(clip), strict=True):
        again = large.reshape(54, 4, 96, 4, 3).mean(axis=(1, 3))
        assert psnr(again, small) > 28
        assert np.abs(large.mean(axis=(0, 1)) - small.mean(axis=(0, 1))).max() < 0.6


def test_a_pickled_model_is_read_only_if_its_digest_is_pinned(tmp_path, clip):
    folder = kept(tmp_path / "models" / "spandrel", small_esrgan(), pickled=True)
    engine = engine_of("spandrel", tmp_path / "models", tmp_path)
    with pytest.raises(EngineError) as refused:
        engine.run(asked(tmp_path / "one", PARAMS, clip, frames=2))
    digest = sha256((folder / "model.pth").read_bytes()).hexdigest()
    assert refused.value.code == "V0302"
    assert digest in refused.value.hint
    (folder / "duocast.json").write_text(json.dumps({"sha256": digest}))
    engine = engine_of("spandrel", tmp_path / "models", tmp_path)
    made = engine.run(asked(tmp_path / "two", PARAMS, clip, frames=2))
    assert read_video(made["clip"])[0][0].shape == (216, 384, 3)


def test_what_spandrel_does_not_know_is_refused(tmp_path, clip):
    import torch

    kept(tmp_path / "models" / "spandrel", {"layer.weight": torch.zeros(3, 3)})
    with pytest.raises(EngineError) as refused:
        engine_of("spandrel", tmp_path / "models", tmp_path).run(
            asked(tmp_path / "one", PARAMS, clip, frames=2)
        )
    assert refused.value.code == "V0302"


def test_another_model_has_another_version(tmp_path):
    versions = set()
    for number, state in enumerate((small_compact(), small_compact(2))):
        kept(tmp_path / str(number) / "spandrel", state)
        versions.add(engine_of("spandrel", tmp_path / str(number), tmp_path).version)
    assert len(versions) == 2


FILM = """\
Title: Finer
Format: 384x216 @ 24
Engine: speak draft, upscale spandrel

INT. KITCHEN - NIGHT

B-ROLL: harbour.mp4, 500ms

MARA
Stay.

character MARA
"""


@pytest.mark.slow
def test_a_film_is_made_with_it(tmp_path, torchvision):
    kept(tmp_path / "models" / "spandrel", small_compact())
    write_video(tmp_path / "harbour.mp4", [passing(n / 24, 96, 54) for n in range(12)], 24)
    head, _, cast = FILM.partition("INT.")
    scene, _, card = cast.partition("character")
    (tmp_path / "film.scene").write_text(f"{head}character{card}\nINT.{scene}")
    changes = {
        "DUOCAST_MODELS": str(tmp_path / "models"),
        "DUOCAST_CACHE": str(tmp_path / "cache"),
        "DUOCAST_OFFLINE": "1",
        **({"PYTHONPATH": torchvision} if torchvision else {}),
    }
    words = ("render", tmp_path / "film.scene", "--json", "--jobs", "1")
    done = duocast(*words, home=tmp_path, changes=changes, timeout=300)
    assert done.code == 0, done.out[-2000:] + done.err[-2000:]
    film = Rendered(tmp_path / "film.scene", "standard", done, done.data)
    (large,) = [t for t in film.report["tasks"] if t["operation"] == "upscale"]
    assert (large["engine"], large["status"]) == ("spandrel", "done")
    assert read_video(film.file(large["address"], "clip"))[0][0].shape == (216, 384, 3)
    again = duocast(*words, home=tmp_path, changes=changes, timeout=300)
    assert {t["status"] for t in again.data["tasks"]} == {"reused"}


@pytest.mark.slow
def test_a_restorer_of_true_size_makes_a_face_of_its_square(tmp_path):
    """GFPGAN as it is published, with weights that mean nothing: 87 million of them, about ten seconds a face."""
    import torch
    from spandrel.architectures.GFPGAN import GFPGAN

    from duocast.runtime.finer.restorer import _loaded, _restored
    from duocast.runtime.models.warm import WARM

    torch.manual_seed(0)
    net = GFPGAN(
        out_size=512,
        num_style_feat=512,
        channel_multiplier=2,
        decoder_load_path=None,
        fix_decoder=False,
        num_mlp=8,
        input_is_latent=True,
        different_w=True,
        narrow=1,
        sft_half=True,
    )
    state = {name: value.contiguous().clone() for name, value in net.state_dict().items()}
    kept(tmp_path / "models" / "gfpgan", state)
    shelf = ModelShelf((tmp_path / "models",), tmp_path / "identities").open()
    described = _loaded("gfpgan", shelf)
    square = np.random.default_rng(0).random((512, 512, 3), np.float32)
    made = _restored(described, square)
    assert made.shape == (512, 512, 3)
    assert 0 <= made.min() < made.max() <= 1
    assert np.array_equal(made, _restored(described, square)), (
        "its noise is the same in every frame"
    )
    del described
    WARM.release()
