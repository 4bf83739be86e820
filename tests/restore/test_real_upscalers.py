"""Real-ESRGAN and SPAN with the published weights: sharper than a plain enlargement, no seams, colours kept."""

import time

import cv2
import numpy as np
import pytest
from PIL import Image

from duocast.compiler.operations.upscale import UpscaleParams
from duocast.compiler.timeline import Rate
from duocast.runtime import engines
from duocast.runtime.engine import EngineError
from duocast.runtime.finer import upscale_engines
from duocast.runtime.finer.tiles import enlarged
from duocast.runtime.finer.upscaler import loaded
from photo.sitter import ASTRONAUT, weights
from restore.clips import asked, psnr, read_video, write_video

pytestmark = [pytest.mark.slow, pytest.mark.network]
SPAN, REALESRGAN = upscale_engines()


@pytest.fixture(scope="module")
def kept():
    found = weights()
    for name in ("span/spanx4_ch48.bin", "realesrgan/realesrgan-x4plus.bin", ASTRONAUT):
        try:
            found.path(name)
        except EngineError as problem:
            pytest.skip(problem.message)
    return found


@pytest.fixture(scope="module")
def photograph(kept):
    return np.asarray(Image.open(kept.path(ASTRONAUT)).convert("RGB"))[:288]


def small(picture, times=4):
    size = (picture.shape[1] // times, picture.shape[0] // times)
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


@pytest.mark.parametrize(("engine", "better"), [(SPAN, -0.3), (REALESRGAN, -4.0)])
def test_a_clip_is_enlarged_four_times(engine, better, kept, photograph, tmp_path, record_property):
    """What is drawn looks sharper; SPAN's is as near to the truth as a smooth enlargement, ESRGAN's is less so."""
    source = write_video(tmp_path / "clip.mp4", [small(photograph)] * 2, 24, crf=4)
    params = UpscaleParams(width=512, height=288, rate=Rate(numerator=24))
    made = []
    for number in range(2):
        began = time.process_time()
        made.append(
            engine.run(asked(tmp_path / str(number), params, source, 2, weights=kept))["clip"]
        )
        record_property("processor seconds", time.process_time() - began)
    assert made[0].read_bytes() == made[1].read_bytes()
    ((large, _), _), ((seen, _), _) = read_video(made[0]), read_video(source)
    plain = cv2.resize(seen, (512, 288), interpolation=cv2.INTER_CUBIC)
    assert psnr(large, photograph) > psnr(plain, photograph) + better
    assert sharpness(large) > 1.5 * sharpness(plain)
    assert np.abs(large.mean(axis=(0, 1)) - seen.mean(axis=(0, 1))).max() < 0.5


def sharpness(picture):
    return float(cv2.Laplacian(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.CV_64F).std())


def test_a_still_is_enlarged_by_the_large_network(kept, photograph, tmp_path):
    cut = small(photograph)[8:56, 30:94]
    cv2.imwrite(str(tmp_path / "tin.png"), cv2.cvtColor(cut, cv2.COLOR_RGB2BGR))
    params = UpscaleParams(width=256, height=192)
    made = REALESRGAN.run(asked(tmp_path / "out", params, tmp_path / "tin.png", weights=kept))
    large = cv2.cvtColor(cv2.imread(str(made["picture"])), cv2.COLOR_BGR2RGB)
    assert large.shape == (192, 256, 3)
    assert np.abs(large.mean(axis=(0, 1)) - cut.mean(axis=(0, 1))).max() < 0.5
    plain = cv2.resize(cut, (256, 192), interpolation=cv2.INTER_CUBIC)
    assert sharpness(large) > 1.5 * sharpness(plain)


@pytest.mark.parametrize(
    "files", ["span/spanx4_ch48", "span/spanx2_ch48", "realesrgan/realesr-animevideov3-x4"]
)
def test_tiles_have_no_seams(files, kept, photograph):
    times = 2 if "x2" in files else 4
    network = loaded(files, kept)
    planes = np.ascontiguousarray(small(photograph).transpose(2, 0, 1)).astype(np.float32) / 255
    whole = network(planes)
    tiled = enlarged(planes, times, network, tile=72, overlap=32)
    assert np.abs(tiled - whole).max() * 255 < 2
    assert np.abs(tiled - whole).mean() * 255 < 0.05


def test_the_versions_name_the_weights(kept):
    marks = {
        name: kept.catalogue.find(name).sha256[:8]
        for name in kept.catalogue.group("finer")
        if name.endswith((".bin", ".pkl"))
    }
    for engine in engines.FINER:
        own = {mark for name, mark in marks.items() if name.startswith(f"{engine.name}/")}
        assert own == set(engine.marks), engine.name
