"""The look: neutral when nothing is asked, as strong as asked, grain the same each time, cubes read with care."""

import numpy as np
import pytest

from duocast.compiler.operations.encode import LookSpec
from duocast.runtime.delivery.colour import planes, rgb
from duocast.runtime.delivery.finish import Finisher, read_cube
from duocast.runtime.engine import EngineError

PICTURE = np.random.default_rng(1).integers(0, 256, (72, 128, 3), dtype=np.uint8)


def cube(path, change=lambda r, g, b: (r, g, b), size=9, head=""):
    steps = np.linspace(0, 1, size)
    rows = [
        f"{r:.6f} {g:.6f} {b:.6f}"
        for r, g, b in (change(r, g, b) for b in steps for g in steps for r in steps)
    ]
    path.write_text(
        f'TITLE "test"\n# a comment\nLUT_3D_SIZE {size}\n{head}' + "\n".join(rows) + "\n"
    )
    return path


def finished(look, index=0, **more):
    return Finisher(look, 128, 72, **more).finish(PICTURE, index)


def test_nothing_asked_changes_nothing():
    plain = planes(PICTURE)
    done = finished(LookSpec())
    assert np.array_equal(done.y, plain.y)
    assert np.array_equal(done.u, plain.u)


def test_an_identity_cube_changes_nothing(tmp_path):
    table = read_cube(cube(tmp_path / "id.cube"))
    done, plain = finished(LookSpec(), cube=table), planes(PICTURE)
    assert np.abs(done.y.astype(int) - plain.y).max() <= 1
    assert np.abs(done.u.astype(int) - plain.u).max() <= 2


def test_a_cube_is_read_with_red_fastest(tmp_path):
    swap = read_cube(cube(tmp_path / "swap.cube", lambda r, g, b: (b, g, r)))
    done = rgb(finished(LookSpec(), cube=swap)).astype(int)
    expected = rgb(planes(np.ascontiguousarray(PICTURE[..., ::-1]))).astype(int)
    assert np.abs(done - expected).mean() < 1.5


def test_look_and_cube_work_together(tmp_path):
    table = read_cube(cube(tmp_path / "id.cube"))
    look = LookSpec(contrast=1.2, warmth=0.4, saturation=0.7, fade=0.3)
    with_cube, without = finished(look, cube=table), finished(look)
    assert np.abs(with_cube.y.astype(int) - without.y).mean() < 0.7


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("hello", "A0401"),
        ("", "A0401"),
        ("LUT_3D_SIZE 2\n0 0 0\n1 1 1\n", "A0403"),
        ("LUT_3D_SIZE 900\n0 0 0\n", "A0402"),
        ("LUT_3D_SIZE -2\n", "A0401"),
        ("LUT_3D_SIZE 2\n" + "0 0 x\n" * 8, "A0404"),
        ("LUT_3D_SIZE 2\n" + "0 0\n" * 8, "A0404"),
        ("LUT_3D_SIZE 2\n" + "0 0 nan\n" * 8, "A0404"),
        ("LUT_3D_SIZE 2\nDOMAIN_MAX 0 0 0\n" + "0 0 0\n" * 8, "A0404"),
    ],
)
def test_bad_cubes_are_named(tmp_path, content, code):
    path = tmp_path / "teal.cube"
    path.write_text(content)
    with pytest.raises(EngineError, match=r"teal\.cube") as caught:
        read_cube(path)
    assert caught.value.code == code


def test_bytes_that_are_no_text_are_no_cube(tmp_path):
    path = tmp_path / "teal.cube"
    path.write_bytes(bytes(range(128, 256)))
    with pytest.raises(EngineError) as caught:
        read_cube(path)
    assert caught.value.code == "A0401"


def test_each_control_does_what_it_says():
    plain = finished(LookSpec())
    grey = finished(LookSpec(saturation=0.0))
    assert np.ptp(grey.u) <= 1
    warm, cold = rgb(finished(LookSpec(warmth=1.0))), rgb(finished(LookSpec(warmth=-1.0)))
    assert warm[..., 0].mean() > cold[..., 0].mean() + 15
    assert warm[..., 2].mean() < cold[..., 2].mean() - 15
    assert finished(LookSpec(contrast=1.5)).y.std() > plain.y.std() * 1.1
    assert finished(LookSpec(contrast=0.7)).y.std() < plain.y.std() * 0.8
    assert finished(LookSpec(fade=1.0)).y.min() > plain.y.min() + 12
    dark = finished(LookSpec(vignette=1.0)).y.astype(float) - 16
    light = plain.y.astype(float) - 16
    assert dark[:6, :6].sum() < 0.55 * light[:6, :6].sum()
    assert dark[32:40, 60:68].sum() > 0.97 * light[32:40, 60:68].sum()


def test_grain_is_as_strong_as_asked_moves_and_repeats():
    soft, strong = LookSpec(grain=0.3), LookSpec(grain=1.0)
    grey = np.full((72, 128, 3), 120, np.uint8)

    def grain(look, index, seed=5):
        return Finisher(look, 128, 72, seed=seed).finish(grey, index).y.astype(float)

    assert 1.2 < grain(soft, 0).std() < 3
    assert 5 < grain(strong, 0).std() < 9
    assert abs(grain(strong, 0).mean() - planes(grey).y.mean()) < 1
    assert np.array_equal(grain(strong, 3), grain(strong, 3))
    assert not np.array_equal(grain(strong, 3), grain(strong, 4))
    assert not np.array_equal(grain(strong, 3), grain(strong, 3, seed=6))
