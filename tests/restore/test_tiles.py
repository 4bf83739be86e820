"""Tiles laid together are the whole: no seam, nothing counted twice, whatever the size."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duocast.runtime.finer.tiles import OVERLAP, TILE, enlarged, spans, weights


@given(st.integers(1, 3000), st.integers(96, 500), st.integers(8, 40))
def test_pieces_cover_the_line_and_are_no_longer_than_asked_for(length, tile, overlap):
    line = spans(length, tile, overlap)
    assert (line[0].start, line[-1].stop) == (0, length)
    assert all(span.stop - span.start <= tile for span in line)
    for one, other in pairwise(line):
        assert overlap - 1 <= one.stop - other.start
    for one, third in zip(line, line[2:], strict=False):
        assert one.stop <= third.start


@given(st.integers(1, 1500), st.integers(96, 300), st.sampled_from([1, 2, 4]))
def test_every_pixel_counts_once(length, tile, scale):
    line = spans(length, tile, 32)
    total = np.zeros(length * scale, np.float32)
    for number, span in enumerate(line):
        total[span.start * scale : span.stop * scale] += weights(number, line, scale)
    assert np.allclose(total, 1, atol=1e-5)


def blurring(scale):
    """A network whose every pixel sees 9 x 9 of the source, and that knows nothing beyond its piece."""
    kernel = np.ones(9, np.float32) / 9

    def network(piece):
        rows = np.apply_along_axis(
            np.convolve, 1, np.pad(piece, ((0, 0), (4, 4), (4, 4))), kernel, "valid"
        )
        both = np.apply_along_axis(np.convolve, 2, rows, kernel, "valid")
        return both.repeat(scale, axis=1).repeat(scale, axis=2).astype(np.float32)

    return network


@pytest.mark.parametrize("size", [(150, 210), (97, 96), (96, 300)])
def test_tiles_of_a_network_that_sees_around_itself_have_no_seams(size):
    picture = np.random.default_rng(5).random((3, *size), np.float32)
    whole = enlarged(picture, 2, blurring(2), tile=1000)
    tiled = enlarged(picture, 2, blurring(2), tile=96)
    assert tiled.shape == (3, size[0] * 2, size[1] * 2)
    assert np.abs(tiled - whole).max() < 1e-5


def test_what_is_made_at_once_stays_within_bounds():
    seen = []

    def network(piece):
        seen.append(piece.shape[1:])
        return piece

    enlarged(np.zeros((3, 1080, 1920), np.float32), 1, network)
    assert max(max(shape) for shape in seen) <= TILE
    assert len(seen) <= 24
    assert OVERLAP < TILE / 4
