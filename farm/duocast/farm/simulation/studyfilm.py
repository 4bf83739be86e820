"""The film of the scheduling study: many shots that go through five models, with drawn durations."""

from collections.abc import Iterator
from random import Random

from msgspec import Struct

from duocast.compiler.graph import Operation
from duocast.farm.core.task import From, Needs, Spec

GIB = 2**30


class Model(Struct, frozen=True):
    """A model: the operation that it does, seconds to load it, seconds of its work on a shot, bytes that it holds."""

    name: str
    operation: Operation
    load: float
    seconds: float
    memory: int


MODELS = (
    Model("voice", Operation.SPEAK, 10.0, 4.0, 4 * GIB),
    Model("still", Operation.COMPOSE, 30.0, 15.0, 18 * GIB),
    Model("motion", Operation.ANIMATE, 45.0, 85.0, 22 * GIB),
    Model("faces", Operation.ANIMATE, 15.0, 10.0, 8 * GIB),
    Model("upscaler", Operation.ENCODE, 20.0, 19.0, 10 * GIB),
)
"""Each shot passes through all of them, in this order: about 133 seconds of a card with 24 GiB."""
CARD = 24 * GIB


def studyfilm(shots: int, random: Random) -> tuple[Spec, ...]:
    """The tasks of a film with so many shots, and the film made of them, in an order that can be submitted.

    No two films have work in common.
    """
    title = random.getrandbits(64)
    specs = [spec for shot in range(shots) for spec in _shot(title, shot, random)]
    clips = {f"clip{shot}": From(f"shot-{shot}/upscaler", "out") for shot in range(shots)}
    last = Spec(
        "film",
        Operation.MASTER,
        "study",
        "1",
        {"film": title},
        clips,
        order=shots,
        inline=True,
        weight=0.0,
    )
    return (*specs, last)


def _shot(title: int, shot: int, random: Random) -> Iterator[Spec]:
    length = random.lognormvariate(0.0, 0.35)
    before: dict[str, From] = {}
    for model in MODELS:
        address = f"shot-{shot}/{model.name}"
        yield Spec(
            id=address,
            operation=model.operation,
            engine=model.name,
            version="1",
            params={"film": title, "shot": shot},
            inputs=before,
            expects=("out",),
            order=shot,
            weight=model.seconds * length,
            needs=Needs(gpu=1.0, memory=model.memory, model=model.name, load=model.load),
        )
        before = {"before": From(address, "out")}
