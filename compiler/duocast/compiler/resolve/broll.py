"""B-roll: a cue that names a picture or video of the project becomes footage, with what is done to it."""

from collections.abc import Callable, Iterator
from typing import Any

from duocast.compiler.cover import Footage
from duocast.compiler.operations.encode import VIDEOS, FootageSpec
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.sources import check_file
from duocast.language import Span, Text, replacement
from duocast.language.cue import Cue
from duocast.language.pattern import pattern

BROLL_SECONDS = 3.0
"""How long footage is shown when nobody speaks and no length is given."""
PICTURES = ("png", "jpg", "jpeg", "webp", "bmp", "tif", "tiff", "gif")
EFFECTS: dict[str, dict[str, Any]] = {
    "slow": {"speed": 0.5},
    "slow motion": {"speed": 0.5},
    "fast": {"speed": 2.0},
    "mirror": {"mirror": True},
    "mirrored": {"mirror": True},
    "black and white": {"black_and_white": True},
}
SLOWEST, FASTEST = 0.05, 20.0
LONGEST = 600.0
"""Seconds of one piece of B-roll."""
_SPEED = pattern(r"(?:at )?speed (\d{1,5}(?:\.\d{1,3})?) ?%|(\d{1,5}(?:\.\d{1,3})?) ?% speed")
_NOT_FOLLOWED: tuple[tuple[str, Callable[[Cue], bool]], ...] = (
    ("a level", lambda cue: cue.level_db is not None or cue.duck is not None),
    ("`at` a mark", lambda cue: cue.at is not None),
    ("`until`", lambda cue: cue.until is not None),
    ("`stop`", lambda cue: cue.stop),
)


def read_footage(cue: Cue, reader: Reader, findings: Findings) -> Footage | None:
    """The footage of a B-roll cue; what is no file of the project is a finding."""
    parts = list(_parts(cue))
    if not parts or not _is_path(parts[0].text):
        title = (
            "B-roll is a picture or a video of the project; a description is kept, but not filmed"
        )
        findings.warning(
            "D0501", title, cue.span, hint="name a file, as in `B-ROLL: harbour.mp4, 3s`"
        )
        return None
    path, *effects = parts
    if not check_file(path, reader, findings) or not _is_picture(path, findings):
        return None
    if (cue.seconds or 0.0) > LONGEST:
        title = f"B-roll can last {LONGEST:.0f} s at most"
        findings.error("D0505", title, cue.span, hint=f"cut it, as in `for {LONGEST:.0f}s`")
    for name, said in _NOT_FOLLOWED:
        if said(cue):
            findings.warning("D0503", f"B-roll does not follow {name}", cue.span)
    return Footage(path.text, _spec(cue, path, effects, findings))


def _parts(cue: Cue) -> Iterator[Text]:
    """The texts of a cue, cut at commas outside quotes."""
    for text in cue.texts:
        start = text.span.start
        for piece in [text.text] if text.quoted else text.text.split(","):
            word = piece.strip()
            begin = start + piece.find(word)
            span = text.span if text.quoted else Span(begin, begin + len(word), text.span.path)
            if word:
                yield Text(word, text.quoted, span=span)
            start += len(piece) + 1


def _is_path(text: str) -> bool:
    head, dot, ending = text.rpartition(".")
    return bool(dot and head and 2 <= len(ending) <= 5 and ending.isalnum())


def _is_picture(path: Text, findings: Findings) -> bool:
    ending = path.text.rpartition(".")[2].lower()
    if ending in VIDEOS + PICTURES:
        return True
    hint = f"videos end in {_listed(VIDEOS)}; pictures in {_listed(PICTURES)}"
    findings.error("A0410", f"{path.text} is neither a picture nor a video", path.span, hint=hint)
    return False


def _listed(endings: tuple[str, ...]) -> str:
    return ", ".join(f".{ending}" for ending in endings[:4])


def _spec(cue: Cue, path: Text, effects: list[Text], findings: Findings) -> FootageSpec:
    spec = FootageSpec(
        start=cue.start or 0.0,
        loop=cue.loop,
        fade_in=cue.fade_in or 0.0,
        fade_out=cue.fade_out or 0.0,
    )
    for effect in effects:
        spec = spec.replace(**_effect(effect, findings))
    if path.text.rpartition(".")[2].lower() in PICTURES and (
        spec.speed != 1 or spec.loop or spec.start
    ):
        findings.warning(
            "D0503", f"{path.text} is a picture: it has no speed and no start", cue.span
        )
        spec = spec.replace(speed=1.0, loop=False, start=0.0)
    return spec


def _effect(effect: Text, findings: Findings) -> dict[str, Any]:
    word = " ".join(effect.text.lower().split())
    if word in EFFECTS:
        return EFFECTS[word]
    speed = _SPEED.fullmatch(word)
    if speed is not None:
        return _speed(float(speed.group(1) or speed.group(2)) / 100, effect, findings)
    known: dict[str, Span | None] = dict.fromkeys([*EFFECTS, "loop", "speed 50%"])
    hint = "there are: slow, fast, speed 50%, loop, mirror, black and white, fade in, fade out"
    findings.unknown("D0502", f"B-roll knows no “{word}”", effect.span, word, known, hint=hint)
    return {}


def _speed(factor: float, effect: Text, findings: Findings) -> dict[str, Any]:
    if SLOWEST <= factor <= FASTEST:
        return {"speed": factor}
    title = f"a speed must be from {SLOWEST:.0%} to {FASTEST:.0%}"
    nearest = f"speed {min(max(factor, SLOWEST), FASTEST):.0%}"
    fix = replacement(effect.span, nearest, safe=False)
    findings.error("D0502", title, effect.span, fix=fix)
    return {}
