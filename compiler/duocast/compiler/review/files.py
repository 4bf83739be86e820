"""Files whose names say that they are of another kind than what is wanted there."""

from duocast.compiler.reader import ending_of
from duocast.compiler.review.inventory import Inventory
from duocast.language import Label, Span

PICTURES = frozenset(
    {"png", "jpg", "jpeg", "webp", "bmp", "tif", "tiff", "gif", "svg", "heic", "avif"}
)
SOUNDS = frozenset({"wav", "mp3", "flac", "ogg", "m4a", "aac", "opus", "aif", "aiff"})
TEXTS = frozenset({"txt", "md", "scene", "fountain", "json", "pdf", "docx", "doc", "fdx", "html"})
VIDEOS = frozenset({"mp4", "mov", "mkv", "webm", "avi", "m4v"})
TABLES = frozenset({"cube"})
_KINDS = (
    ("a picture", PICTURES),
    ("a sound", SOUNDS),
    ("a text", TEXTS),
    ("a video", VIDEOS),
    ("a look-up table", TABLES),
)
WANTED = {
    ("character", "portrait"): ("A0008", "a picture", frozenset[str]()),
    ("place", "plate"): ("A0008", "a picture", frozenset[str]()),
    ("look", "lut"): ("A0009", "a look-up table", frozenset[str]()),
    ("voice", "reference"): ("A0010", "a sound", VIDEOS),
    ("place", "sound"): ("A0010", "a sound", VIDEOS),
}
"""By card and key: the code, the kind of file, and further endings that will do."""
_HEARD = ("music", "sfx", "ambience")


def kind_of(path: str) -> str:
    """What kind of file a name's ending stands for; nothing where that can't be told."""
    ending = ending_of(path)
    return next((name for name, endings in _KINDS if ending in endings), "")


def review_files(inventory: Inventory) -> None:
    """The files of all cards and cues of a stretch. What is missing has been found before."""
    for card in inventory.stretch.cards:
        for entry in card.entries:
            wanted = WANTED.get((card.kind, entry.name))
            if wanted is not None and entry.values:
                first = entry.values[0].text.partition(",")[0].strip()
                span = Span(
                    entry.values[0].span.start,
                    entry.values[0].span.start + len(first),
                    entry.span.path,
                )
                _check(inventory, first, span, *wanted)
    for cue in inventory.scene.cues:
        if cue.kind in _HEARD and cue.is_file:
            _check(inventory, cue.text, cue.texts[0].span, "A0010", "a sound", VIDEOS)


def _check(
    inventory: Inventory, path: str, span: Span, code: str, wanted: str, also: frozenset[str]
) -> None:
    kind = kind_of(path)
    ending = ending_of(path)
    if kind in ("", wanted) or ending in also or inventory.reader.state(path) != "file":
        return
    inventory.findings.error(
        code,
        f"{wanted} is wanted here, and {path} is {kind}",
        Label(span),
        hint=f"name {wanted}, as in {_EXAMPLES[wanted]}",
    )


_EXAMPLES = {
    "a picture": "faces/mara.png",
    "a look-up table": "looks/kodak.cube",
    "a sound": "rain.wav",
}
