"""The one photograph that tests animate: scikit-image's astronaut (NASA, public domain), drawn from its wheel."""

import os
from pathlib import Path

from duocast.runtime.weights import WeightCache
from duocast.runtime.weights.catalogue import Catalogue, Part, Weight, WheelSource, load_catalogue

ASTRONAUT = "test/astronaut.png"


def weights():
    """The models, the picture among them, in the user's own cache."""
    base = os.environ.get("DUOCAST_CACHE") or Path.home() / ".cache" / "duocast"
    local = [Path(folder) for folder in (os.environ.get("DUOCAST_MODELS"),) if folder]
    picture = Weight(
        name=ASTRONAUT,
        sha256="88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
        size=791_555,
        licence="public domain",
        origin="scikit-image's data, from NASA",
        use="tests",
        group="check",
        source=(
            WheelSource(
                parts=(
                    Part(
                        package="scikit-image", version="0.26.0", path="skimage/data/astronaut.png"
                    ),
                ),
                platform="manylinux_2_28_x86_64",
                python="3.11",
                download=13_711_217,
            ),
        ),
    )
    return WeightCache(
        Path(base) / "models",
        local=local,
        catalogue=Catalogue(weight=(*load_catalogue().weight, picture)),
    )
