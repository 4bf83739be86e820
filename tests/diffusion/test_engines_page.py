"""The page of the engines says of every film engine what its limits say."""

import re
from pathlib import Path

import pytest

from duocast.runtime.diffusion.limits import FILMERS

PAGE = (Path(__file__).parents[2] / "docs" / "engines.md").read_text()


@pytest.mark.parametrize("limits", FILMERS.values(), ids=FILMERS)
def test_a_row_of_the_table_is_the_data(limits):
    (line,) = [
        line for line in PAGE.splitlines() if line.startswith(f"| `{limits.engine}` | animate")
    ]
    _, _, frames, rate, area, ends, memory, weights, licence = (
        cell.strip() for cell in line.strip("|").split("|")
    )
    counted = f"{limits.step}k+{limits.offset}" if limits.step > 1 else "any"
    assert frames == f"{counted}, to {limits.most}"
    assert (rate, ends) == (str(limits.fps), "yes" if limits.last_frame else "no")
    wide, tall = (int(word) for word in re.findall(r"\d+", area)[:2])
    assert wide * tall == limits.pixels
    assert area.endswith("only") if limits.size else area.endswith(f"/{limits.multiple}")
    assert memory == f"{limits.gigabytes:g} GB"
    assert (weights, licence) == (limits.repository, limits.licence)
