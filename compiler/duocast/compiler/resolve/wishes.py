"""Wishes: a shot's direction with its names looked up, filled in from its camera card."""

from msgspec import Struct
from msgspec.structs import replace

from duocast.compiler.cover import CameraWish
from duocast.compiler.operations.compose import CameraMove
from duocast.compiler.resolve.cameras import Cameras
from duocast.compiler.resolve.cast import Cast
from duocast.compiler.resolve.engines import Hiring
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.looks import Looks
from duocast.language.direction import Move, Shot

FACELESS = ("insert", "establishing")
"""Framings that show nobody's face."""
SPEEDS = {"slow": 0.5, "ordinary": 1.0, "fast": 2.0}


class Library(Struct, frozen=True, gc=False):
    """Whoever and whatever a direction can name."""

    cast: Cast
    cameras: Cameras
    looks: Looks
    hiring: Hiring
    lenient: bool = False

    @property
    def findings(self) -> Findings:
        """Where to say what is wrong."""
        return self.hiring.findings


def wish(shot: Shot, library: Library) -> CameraWish:
    """The shot that the writer asks for. What it does not say its camera card does."""
    found = _said(shot, library)
    card = library.cameras.find(shot.camera) if shot.camera is not None else None
    if card is not None:
        for other in card.shots:
            found = _filled(found, _said(other, library))
        found = replace(found, engine=found.engine or card.engine)
    asked = shot.engine or shot.camera
    if found.engine is not None and asked is not None and found.framing not in FACELESS:
        library.hiring.keep_faces(found.engine, asked.span)
    return found


def _filled(wished: CameraWish, card: CameraWish) -> CameraWish:
    """The wish with what only the card says; a shot of somebody else keeps their own framing."""
    return replace(
        wished,
        size=wished.size or card.size,
        framing=wished.framing or (None if wished.subjects else card.framing),
        subjects=wished.subjects or card.subjects,
        lens_mm=wished.lens_mm or card.lens_mm,
        angle=wished.angle or card.angle,
        move=wished.move or card.move,
    )


def _said(shot: Shot, library: Library) -> CameraWish:
    roles = [library.cast.mentioned(name, library.findings) for name in shot.subjects]
    choice = None
    if shot.engine is not None:
        name = shot.engine
        choice = library.hiring.for_shot(name.text, name.span)
    wished = CameraWish(
        size=shot.size,
        framing=shot.framing,
        subjects=tuple(role.id for role in roles if role is not None),
        lens_mm=shot.lens_mm,
        angle=shot.angle,
        move=_move(shot.move, library) if shot.move is not None else None,
        thing=shot.thing.text if shot.thing is not None else "",
        look=library.looks.find(shot.look) if shot.look is not None else None,
        engine=choice,
    )
    return _focused(wished)


def _move(move: Move, library: Library) -> CameraMove:
    role = library.cast.mentioned(move.target, library.findings) if move.target else None
    return CameraMove(
        kind=move.kind,
        amount=SPEEDS[move.speed],
        seconds=move.seconds,
        target=role.id if role is not None else None,
    )


def _focused(wished: CameraWish) -> CameraWish:
    """Focus that travels from one person to another sees the first over the shoulder or beside the second."""
    move = wished.move
    if move is None or move.kind != "rack focus" or move.target is None:
        return wished
    if move.target in wished.subjects or len(wished.subjects) != 1:
        return wished
    both = (move.target, wished.subjects[0])
    return replace(wished, framing="over-the-shoulder", subjects=both)
