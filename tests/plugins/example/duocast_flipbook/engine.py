"""The engine `flipbook`: it animates a shot by nodding its still up and down, twelve pages a second."""

from collections.abc import Mapping
from pathlib import Path

from duocast.compiler.graph import Operation
from duocast.compiler.operations.animate import FilmParams
from duocast.compiler.operations.time import ShotTiming
from duocast.runtime.engine import Request

PAGES = 12


class Flipbook:
    """`paints` says that it makes whole pictures: it gets `FilmParams` and the still, and answers `clip`."""

    name = "flipbook"
    version = "1"
    operation = Operation.ANIMATE
    paints = True

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write clip.mp4."""
        import av
        import numpy as np
        from PIL import Image

        params = FilmParams.from_plain(request.params)
        timing = ShotTiming.from_json(request.inputs["timing"].read_bytes())
        with Image.open(request.inputs["still"]) as picture:
            still = np.asarray(picture.convert("RGB").resize((params.width, params.height)))
        clip = request.folder / "clip.mp4"
        with av.open(str(clip), "w") as film:
            stream = film.add_stream("libx264", rate=PAGES, options={"threads": "1"})
            stream.width, stream.height, stream.pix_fmt = params.width, params.height, "yuv420p"
            for page in range(
                -(-timing.frames * PAGES * timing.rate.denominator // timing.rate.numerator)
            ):
                turned = np.roll(still, 4 if page % 2 else 0, axis=0)
                film.mux(stream.encode(av.VideoFrame.from_ndarray(turned, format="rgb24")))
            film.mux(stream.encode(None))
        return {"clip": clip}
