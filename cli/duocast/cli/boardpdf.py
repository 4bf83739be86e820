"""The storyboard on paper: six stills a page, A4 across, as a crew carries it to the set."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import skia

from duocast.cli.boardwords import Spoken, beats, camera, clock
from duocast.cli.storyboard import Frame
from duocast.compiler.screenplay import Role, Screenplay
from duocast.runtime.delivery.fonts import LABEL, NAME, TEXT, TITLE
from duocast.runtime.delivery.lettering import Style, measure, paragraph

WIDTH, HEIGHT = 842.0, 595.0
"""A4 across, in points."""
EDGE, GAP = 36.0, 18.0
COLUMNS, ROWS = 3, 2
HEAD = 40.0
"""Points at the top of a page for the title and the page's number."""
INK, SOFT, LINE = (28, 29, 31), (104, 107, 112), (214, 214, 210)
HEADLINE = Style(TITLE, 15, colour=INK)
NUMBER = Style(NAME, 8.5, colour=INK)
FACTS = Style(LABEL, 7.2, colour=SOFT)
WORDS = Style(TEXT, 8.2, colour=INK, leading=1.32)
ACTION = replace(WORDS, colour=SOFT)
RIGHT = replace(FACTS, align="right")


@dataclass(frozen=True, slots=True)
class _Box:
    """A place on the page, in points."""

    x: float
    y: float
    width: float
    height: float


def pdf(screenplay: Screenplay, shots: Sequence[Frame]) -> bytes:
    """The file: every shot in story order, with its camera, its probable length and what is said under it."""
    stream = skia.DynamicMemoryWStream()
    about = skia.PDF.Metadata()
    about.fTitle = screenplay.title or "Storyboard"
    about.fAuthor = screenplay.author
    about.fCreator = "duocast"
    document = skia.PDF.MakeDocument(stream, about)
    pages = [shots[at : at + COLUMNS * ROWS] for at in range(0, len(shots), COLUMNS * ROWS)]
    for number, page in enumerate(pages, 1):
        with document.page(WIDTH, HEIGHT) as canvas:
            _page(canvas, screenplay, page, f"{number} / {len(pages)}", number)
    document.close()
    return bytes(stream.detachAsData())


def _page(
    canvas: skia.Canvas, screenplay: Screenplay, shots: Sequence[Frame], folio: str, number: int
) -> None:
    _text(canvas, screenplay.title or "Storyboard", HEADLINE, EDGE, EDGE - 10, 500)
    _text(canvas, folio, RIGHT, WIDTH - EDGE - 200, EDGE - 4, 200)
    first = (number - 1) * COLUMNS * ROWS + 1
    roles = {role.id: role for role in screenplay.roles}
    aspect = screenplay.delivery.width / screenplay.delivery.height
    for place, frame in enumerate(shots):
        _shot(canvas, frame, first + place, roles, _box(place), aspect)


def _box(place: int) -> _Box:
    width = (WIDTH - 2 * EDGE - (COLUMNS - 1) * GAP) / COLUMNS
    height = (HEIGHT - 2 * EDGE - HEAD + 14 - (ROWS - 1) * GAP) / ROWS
    column, row = place % COLUMNS, place // COLUMNS
    return _Box(
        EDGE + column * (width + GAP), EDGE + HEAD - 20 + row * (height + GAP), width, height
    )


def _shot(
    canvas: skia.Canvas, frame: Frame, number: int, roles: dict[str, Role], box: _Box, aspect: float
) -> None:
    still = _Box(box.x, box.y, box.width, min(box.width / aspect, box.height * 0.62))
    _still(canvas, frame, still)
    y = still.y + still.height + 5
    _text(canvas, str(number), NUMBER, box.x, y, 30)
    length = f"{clock(frame.at)}   {frame.seconds:.1f} s"
    _text(canvas, length, RIGHT, box.x + box.width - 80, y + 1, 80)
    heading = frame.scene.heading
    facts = f"{heading}\n{camera(frame.shot)}" if heading else camera(frame.shot)
    y += 1 + _text(canvas, facts, FACTS, box.x + 22, y + 1, box.width - 100)
    canvas.drawLine(box.x, y + 4, box.x + box.width, y + 4, skia.Paint(Color=skia.Color(*LINE)))
    _beats(canvas, frame, roles, _Box(box.x, y + 8, box.width, box.y + box.height - y - 8))


def _still(canvas: skia.Canvas, frame: Frame, box: _Box) -> None:
    place = skia.Rect.MakeXYWH(box.x, box.y, box.width, box.height)
    if frame.still is None:
        canvas.drawRect(place, skia.Paint(Color=skia.Color(*INK)))
        words = frame.shot.overlays[0].text if frame.shot.overlays else ""
        white = Style(TITLE, 11, align="centre")
        height = measure(words, white).height
        _text(canvas, words, white, box.x, box.y + (box.height - height) / 2, box.width)
        return
    picture = skia.Image.MakeFromEncoded(skia.Data.MakeWithCopy(frame.still))
    inside = _fitted(picture, box)
    canvas.drawRect(place, skia.Paint(Color=skia.Color(*INK)))
    canvas.drawImageRect(picture, inside, skia.SamplingOptions(skia.FilterMode.kLinear))


def _fitted(picture: skia.Image, box: _Box) -> skia.Rect:
    """The whole picture in the middle of the box."""
    scale = min(box.width / picture.width(), box.height / picture.height())
    width, height = picture.width() * scale, picture.height() * scale
    return skia.Rect.MakeXYWH(
        box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height
    )


def _beats(canvas: skia.Canvas, frame: Frame, roles: dict[str, Role], box: _Box) -> None:
    """As many of the words as there is room for; the last ones give way to dots."""
    canvas.save()
    canvas.clipRect(skia.Rect.MakeXYWH(box.x, box.y, box.width, box.height + 2))
    y = box.y
    for text, style in _lines(frame, roles):
        room = box.y + box.height - y
        if room < style.size * style.leading:
            break
        y += _text(canvas, _shortened(text, style, box.width, room), style, box.x, y, box.width) + 2
    canvas.restore()


def _lines(frame: Frame, roles: dict[str, Role]) -> Iterator[tuple[str, Style]]:
    for beat in beats(frame, roles):
        if isinstance(beat, Spoken):
            yield f"{beat.role.name.upper()}  {beat.words}", WORDS
        else:
            yield beat.text, ACTION


def _shortened(text: str, style: Style, width: float, room: float) -> str:
    words = text.split(" ")
    while len(words) > 1 and _height(" ".join(words), style, width) > room:
        words = [*words[: max(1, len(words) * 9 // 10 - 1)], "…"]
        if words[-2:] == ["…", "…"]:
            words.pop()
    return " ".join(words)


def _height(text: str, style: Style, width: float) -> float:
    laid = paragraph(text, style)
    laid.layout(width)
    return float(laid.Height)


def _text(canvas: skia.Canvas, text: str, style: Style, x: float, y: float, width: float) -> float:
    """Text from a corner, broken at a width; the result is its height in points."""
    laid = paragraph(text, style)
    laid.layout(width)
    laid.paint(canvas, x, y)
    return float(laid.Height)
