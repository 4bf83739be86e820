"""Prompts: a shot in the words that a picture model understands, written from the Screenplay.

Two texts: what is seen (the still) and what happens (the moving picture). Both are made from content alone: no name of
a scene, no number, nothing that says where in the film a shot stands. People are told by how they look; somebody
without a description is `a person`, for a name means nothing to a model.
"""

from collections.abc import Iterable, Mapping, Sequence

from duocast.compiler.operations.animate import Gesture
from duocast.compiler.operations.compose import CameraMove
from duocast.compiler.screenplay import Camera, Line, Look, Place, Role, Scene

SIZE_WORDS: Mapping[str, str] = {
    "ECU": "extreme close-up",
    "CU": "close-up",
    "MCU": "medium close-up",
    "MS": "medium shot",
    "MWS": "medium wide shot",
    "FS": "full shot",
    "WS": "wide shot",
    "EWS": "extreme wide shot",
}
FRAMING_WORDS: Mapping[str, str] = {
    "two-shot": "two-shot",
    "group": "group shot",
    "over-the-shoulder": "over-the-shoulder shot",
    "insert": "insert shot",
    "establishing": "establishing shot",
    "pov": "point-of-view shot",
}
ANGLE_WORDS: Mapping[str, str] = {
    "eye": "at eye level",
    "low": "from a low angle",
    "high": "from a high angle",
    "dutch": "with a tilted horizon",
    "overhead": "from straight above",
}
MOVE_WORDS: Mapping[str, str] = {
    "push in": "pushes in",
    "pull out": "pulls out",
    "zoom in": "zooms in",
    "zoom out": "zooms out",
    "handheld": "is held by hand and sways a little",
    "orbit": "moves around",
    "crane": "rises on a crane",
    "rack focus": "shifts its focus",
}
GESTURE_WORDS: Mapping[str, str] = {
    "nod": "nods",
    "shake": "shakes their head",
    "smile": "smiles",
    "frown": "frowns",
    "laugh": "laughs",
    "breath": "takes a breath",
    "sigh": "sighs",
    "shrug": "shrugs",
}
GESTURE_SEEN: Mapping[str, str] = {"smile": "smiling", "frown": "frowning", "laugh": "laughing"}
"""Gestures that a single picture can show."""
SIDES: Mapping[int, tuple[str, ...]] = {
    1: ("",),
    2: ("on the left", "on the right"),
    3: ("on the left", "in the middle", "on the right"),
}
SLOW, FAST = 0.75, 1.5
"""A move of less is slow, of more is fast."""


def picture_prompt(
    camera: Camera,
    scene: Scene,
    place: Place | None,
    cast: Sequence[tuple[Role, str]],
    look: Look,
    light: str | None = None,
    heard: Sequence[Line] | None = None,
) -> str:
    """What is seen: framing, lens, people in their clothes from left to right, place, light, look.

    `cast` are the people in frame with what they wear; `light` is the shot's own, None: the place's. How people
    act in the lines that are `heard` is told, unless that is None.
    """
    parts = [framing_words(camera), *people_words(cast, heard)]
    if camera.framing == "insert" and camera.thing:
        parts = [framing_words(camera), camera.thing]
    parts += [place_words(scene, place), light_words(place, light), look_words(look)]
    return _sentences(parts)


def motion_prompt(camera: Camera, scene: Scene, cast: Sequence[Role], lines: Sequence[Line]) -> str:
    """What happens: who speaks in which manner, what they do, what the place does, how the camera moves."""
    sides = SIDES.get(len(cast), ("",) * len(cast))
    parts = [
        acting_words(role, side, [line for line in lines if line.role == role.id])
        for role, side in zip(cast, sides, strict=True)
    ]
    return _sentences([*parts, scene.action, move_words(camera.move)])


def framing_words(camera: Camera) -> str:
    """`Cinematic film still, medium close-up at eye level, 50 mm lens`."""
    size = SIZE_WORDS[camera.size]
    framing = FRAMING_WORDS.get(camera.framing)
    seen = f"{framing}, {size}" if framing else size
    return f"Cinematic film still, {seen} {ANGLE_WORDS[camera.angle]}, {camera.lens_mm:g} mm lens"


def people_words(
    cast: Sequence[tuple[Role, str]], heard: Sequence[Line] | None = None
) -> list[str]:
    """A sentence for each person: how they look, what they wear, on which side they are, how they act."""
    sides = SIDES.get(len(cast), ("",) * len(cast))
    return [
        _comma(
            [
                *(_looks(role), side, f"wearing {_plain(clothes)}" if clothes else ""),
                *([] if heard is None else bearing_words(role, heard)),
            ]
        )
        for (role, clothes), side in zip(cast, sides, strict=True)
    ]


def bearing_words(role: Role, heard: Sequence[Line]) -> list[str]:
    """How somebody acts as one picture can show it: the notes of their own lines, and the mood on their card."""
    own = [line for line in heard if line.role == role.id]
    notes = [note for line in own for note in (*line.manner, *line.notes)]
    gestures = [gesture.kind for line in own for gesture in line.gestures]
    faces = [GESTURE_SEEN[kind] for kind in gestures if kind in GESTURE_SEEN]
    return list(dict.fromkeys([*notes, *faces, *([role.mood] if role.mood else [])]))


def place_words(scene: Scene, place: Place | None) -> str:
    """`Inside, kitchen at night, a table by the window, rain`."""
    if place is None:
        return "Black background"
    inside = "Inside" if scene.interior else "Outside"
    when = "" if scene.time_of_day in ("", "continuous") else f" at {scene.time_of_day}"
    named = f"{inside}, {_plain(place.name.lower())}{when}"
    return _comma([named, _plain(place.description), _plain(place.weather)])


def light_words(place: Place | None, light: str | None) -> str:
    """The light that the shot or the place asks for."""
    asked = light if light is not None else place.light if place is not None else ""
    return f"Lit by {_plain(asked)}" if asked else ""


def look_words(look: Look) -> str:
    """The film stock and the name of the look, where there are any."""
    return _comma([f"shot on {look.film}" if look.film else "", look.name])


def acting_words(role: Role, side: str, lines: Sequence[Line]) -> str:
    """`The woman in her sixties on the left speaks, quiet, looking down, smiles`."""
    who = " ".join(filter(None, (_who(role), side)))
    notes = list(dict.fromkeys(note for line in lines for note in (*line.manner, *line.notes)))
    doings = list(dict.fromkeys(_doings(gesture for line in lines for gesture in line.gestures)))
    mood = [role.mood] if role.mood else []
    if lines:
        return _comma([f"{who} speaks", *notes, *mood, *doings])
    return _comma([f"{who} listens and moves a little", *mood])


def move_words(move: CameraMove) -> str:
    """`The camera slowly pushes in`; a static one `does not move`."""
    if move.kind == "static":
        return "The camera does not move"
    pace = "slowly " if move.amount < SLOW else "quickly " if move.amount > FAST else ""
    verb, _, way = move.kind.partition(" ")
    steered = {"pan": "pans", "tilt": "tilts", "truck": "slides", "pedestal": "moves"}.get(verb, "")
    return f"The camera {pace}{MOVE_WORDS.get(move.kind) or f'{steered} {way}'}"


def _doings(gestures: Iterable[Gesture]) -> list[str]:
    return [word for gesture in gestures if (word := GESTURE_WORDS.get(gesture.kind))]


def _who(role: Role) -> str:
    """The shortest thing that tells somebody from others: the head of the description."""
    head = _plain(role.description).partition(",")[0]
    return f"The {head}" if head else "The person"


def _looks(role: Role) -> str:
    return _plain(role.description) or "a person"


def _plain(text: str) -> str:
    """Writer's words as a part of a sentence: one line, no full stop at the end."""
    return " ".join(text.split()).rstrip(".;, ")


def _comma(parts: Sequence[str]) -> str:
    return ", ".join(part for part in map(_plain, parts) if part)


def _sentences(parts: Sequence[str]) -> str:
    """Every part as a sentence; those that say nothing are left out."""
    said = [_plain(part) for part in parts]
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in said if part)
