"""Framing: from a wish, or from nothing, to a camera with every value set."""

from functools import lru_cache

from msgspec.structs import replace

from duocast.compiler.cover.items import CameraWish
from duocast.compiler.operations.compose import CameraMove, Framing
from duocast.compiler.screenplay import Camera
from duocast.language.direction import Size

LENS: dict[Size, float] = {
    "ECU": 100, "CU": 85, "MCU": 65, "MS": 50, "MWS": 40, "FS": 35, "WS": 28, "EWS": 24,
}  # fmt: skip
SIZE: dict[Framing, Size] = {
    "single": "MCU",
    "two-shot": "MS",
    "group": "MWS",
    "over-the-shoulder": "MCU",
    "insert": "CU",
    "establishing": "WS",
    "card": "MS",
    "pov": "MS",
}
TOGETHER: tuple[Framing, ...] = ("two-shot", "group", "establishing")
"""Framings that show everybody."""
WIDE: tuple[Size, ...] = ("FS", "WS", "EWS")
_REMEMBERED = 1024
"""Cameras; a scene goes back and forth between few."""


@lru_cache(maxsize=_REMEMBERED)
def camera(wish: CameraWish, seen: tuple[str, ...], speaker: str | None) -> Camera:
    """The camera that a wish means among the people `seen`, when `speaker` is the next to speak."""
    viewer = _viewer(wish, seen)
    wish = _with_subjects(wish, seen, speaker)
    framing = wish.framing or _framing(wish, seen)
    size = wish.size or SIZE[framing]
    return Camera(
        framing=framing,
        size=size,
        subjects=_everybody(framing, wish.subjects, seen),
        lens_mm=wish.lens_mm or (35 if framing == "two-shot" else LENS[size]),
        angle=wish.angle or "eye",
        move=wish.move or CameraMove(),
        thing=wish.thing,
        look=wish.look,
        engine=wish.engine,
        viewer=viewer,
    )


def fits(shot: Camera, speaker: str) -> bool:
    """Whether a shot can stay while `speaker` speaks on screen."""
    return speaker in shot.subjects


def _viewer(wish: CameraWish, seen: tuple[str, ...]) -> str | None:
    """The one whose point of view it is, if there is anybody else to be seen."""
    if wish.framing != "pov" or len(wish.subjects) != 1:
        return None
    viewer = wish.subjects[0]
    return viewer if any(role != viewer for role in seen) else None


def _with_subjects(wish: CameraWish, seen: tuple[str, ...], speaker: str | None) -> CameraWish:
    """A close or an over-the-shoulder shot of nobody in particular is of the one who speaks next."""
    viewer = _viewer(wish, seen)
    if viewer is not None:
        others = [role for role in seen if role != viewer]
        return replace(wish, subjects=(speaker if speaker in others else others[0],))
    first = speaker if speaker in seen else (seen[0] if seen else None)
    if first is None:
        return wish
    if wish.framing == "over-the-shoulder":
        front = wish.subjects[0] if wish.subjects else first
        behind = wish.subjects[1:2] or tuple(role for role in seen if role != front)[:1]
        return replace(wish, subjects=(front, *behind))
    alone = wish.framing in ("single", "pov") or (
        wish.framing is None and wish.size in ("ECU", "CU", "MCU", "MS")
    )
    return replace(wish, subjects=(first,)) if alone and not wish.subjects else wish


def _framing(wish: CameraWish, seen: tuple[str, ...]) -> Framing:
    if wish.thing:
        return "insert"
    if len(wish.subjects) == 1:
        return "single"
    if wish.subjects:
        return "two-shot" if len(wish.subjects) == 2 else "group"
    return _wide_framing(seen)


def _wide_framing(seen: tuple[str, ...]) -> Framing:
    return {0: "establishing", 1: "single", 2: "two-shot"}.get(len(seen), "group")  # type: ignore[return-value]


def _everybody(
    framing: Framing, subjects: tuple[str, ...], seen: tuple[str, ...]
) -> tuple[str, ...]:
    if framing in ("insert", "card"):
        return ()
    if framing == "over-the-shoulder" and len(subjects) < 2:
        return subjects or seen
    return subjects or seen
