"""References: which pictures a painter is shown, in an order that never changes, and what is said of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from duocast.compiler.operations.compose import PaintParams
from duocast.runtime.delivery.encode.photograph import read_picture

LEAST = 64
"""The fewest pixels of a reference's side."""
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """A picture of somebody, or of the place (`role` is None), and the input that it is."""

    role: str | None
    input: str


def chosen(params: PaintParams, names: Sequence[str], most: int) -> tuple[Reference, ...]:
    """The pictures among the inputs `names` that a painter is shown: the place, then everybody from left to right.

    Everybody's portrait comes before the place, the place before further pictures of people, and those come in turn;
    what is more than `most` is left out.
    """
    roles = [one.role for one in sorted(params.people, key=lambda one: one.seat)]
    portraits = [Reference(role, f"person.{role}") for role in roles if f"person.{role}" in names]
    place = [Reference(None, "plate")] if "plate" in names else []
    others = list(_in_turn([_further(role, names) for role in roles]))
    kept = [*portraits, *place, *others][: max(1, most)]
    return (
        *(one for one in kept if one.role is None),
        *(one for role in roles for one in kept if one.role == role),
    )


def _further(role: str, names: Sequence[str]) -> list[Reference]:
    """Somebody's own pictures but the first, which the portrait was made from, as the card names them."""
    prefix = f"likeness.{role}."
    numbers = sorted(int(name.removeprefix(prefix)) for name in names if name.startswith(prefix))
    return [Reference(role, f"{prefix}{number}") for number in numbers if number > 0]


def _in_turn(lists: Sequence[Sequence[Reference]]) -> Iterator[Reference]:
    for number in range(max(map(len, lists), default=0)):
        yield from (those[number] for those in lists if number < len(those))


def pictures(
    shown: Sequence[Reference], inputs: Mapping[str, Path], pixels: int
) -> list[Image.Image]:
    """The references as pictures, people on grey; none larger than `pixels`."""
    return [within(_opened(inputs[one.input], one), pixels) for one in shown]


def _opened(file: Path, one: Reference) -> Image.Image:
    if one.role is None or not one.input.startswith("person."):
        return Image.fromarray(read_picture(file))
    with Image.open(file) as picture:
        cut = picture.convert("RGBA")
    ground = Image.new("RGBA", cut.size, (128, 128, 128, 255))
    return Image.alpha_composite(ground, cut).convert("RGB")


def within(picture: Image.Image, pixels: int) -> Image.Image:
    """The picture on at most `pixels`, but no side under `LEAST`, which models refuse; one that fits as it is."""
    scale = min(1.0, (pixels / (picture.width * picture.height)) ** 0.5)
    scale = max(scale, LEAST / min(picture.size))
    if scale == 1:
        return picture
    wide, tall = (max(LEAST, int(side * scale)) for side in picture.size)
    return picture.resize((wide, tall), Image.Resampling.LANCZOS)


def words(params: PaintParams, shown: Sequence[Reference]) -> str:
    """The prompt with which picture shows what; people are told apart by where they stand."""
    people = [one.role for one in shown if one.role is not None]
    told = [f"The {ORDINALS[0]} picture shows the place."] if len(people) < len(shown) else []
    names = ORDINALS[len(told) :]
    if len(set(people)) == len(people):
        told += _once(names[: len(people)])
    else:
        told += _often(names, [role for role in people if role is not None])
    return " ".join([params.picture, *told, *(["Keep their faces and clothes."] if people else [])])


def _once(names: Sequence[str]) -> list[str]:
    """One picture of everybody."""
    if len(names) < 2:
        return [f"The {name} picture shows the person." for name in names]
    return [f"The {_listed(names)} pictures show the people from left to right."]


def _often(names: Sequence[str], people: Sequence[str]) -> list[str]:
    """Several pictures of somebody: each sentence names those of one person."""
    told, roles = [], list(dict.fromkeys(people))
    for number, role in enumerate(roles):
        own = [name for name, whose in zip(names, people, strict=False) if whose == role]
        who = "the person" if len(roles) == 1 else f"the {ORDINALS[number]} person from the left"
        verb = "pictures show" if len(own) > 1 else "picture shows"
        told.append(f"The {_listed(own)} {verb} {who}.")
    return told


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
