"""Final Draft's files read: an .fdx file becomes a manuscript."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element as Tag
from xml.etree.ElementTree import ParseError, fromstring

from duocast.language.interchange.element import Element, Kind, Manuscript, Run, plain
from duocast.language.interchange.finaldraft import CREDIT
from duocast.language.interchange.kept import aside, held, is_direction, restored

KINDS: dict[str, Kind] = {
    "Scene Heading": "heading",
    "Action": "action",
    "Character": "character",
    "Parenthetical": "parenthetical",
    "Dialogue": "dialogue",
    "Transition": "transition",
    "Shot": "shot",
    "New Act": "section",
    "Singing": "lyric",
}
"""What Final Draft's paragraphs are here. Others (`General`, `Cast List`, ...) are read as action."""
ENDS = ("End of Act",)


class NoFinalDraft(ValueError):
    """A file is no Final Draft script; its words say why."""


def read_fdx(text: str) -> Manuscript:
    """The manuscript in the text of an .fdx file. Raises `NoFinalDraft`.

    A file with a document type is refused: only those can make entities that grow without end.
    """
    if "<!DOCTYPE" in text:
        raise NoFinalDraft("it declares a document type, which no Final Draft file does")
    try:
        root = fromstring(text)
    except ParseError as problem:
        line, column = problem.position
        raise NoFinalDraft(f"its XML breaks off at line {line}, column {column + 1}") from None
    content = root.find("Content")
    if root.tag != "FinalDraft" or content is None:
        raise NoFinalDraft("its XML is not that of Final Draft")
    return Manuscript(tuple(_title_page(root)), tuple(restored(_elements(content))))


def _elements(content: Tag) -> Iterator[Element]:
    for paragraph in content.iterfind("Paragraph"):
        both = paragraph.find("DualDialogue")
        if both is not None:
            yield from _together(both)
        else:
            yield from _paragraph(paragraph)


def _together(both: Tag) -> Iterator[Element]:
    characters = 0
    for paragraph in both.iterfind("Paragraph"):
        for element in _paragraph(paragraph):
            characters += element.kind == "character"
            second = element.kind == "character" and characters > 1
            yield Element(element.kind, element.runs, together=True) if second else element


def _paragraph(paragraph: Tag) -> Iterator[Element]:
    if paragraph.get("Type") in ENDS:
        return
    kind = KINDS.get(paragraph.get("Type", ""), "action")
    if kind == "action" and paragraph.get("Alignment") == "Center":
        kind = "centred"
    before, runs, behind = _parted(kind, tuple(_runs(paragraph)))
    yield from (plain("note", run.text) for run in before)
    if any(run.text.strip() for run in runs):
        yield _element(kind, runs, paragraph.get("Number") or "")
    yield from (plain("note", run.text) for run in behind)
    for summary in paragraph.iterfind("SceneProperties/Summary"):
        if words := _words(summary):
            yield plain("synopsis", words)


def _parted(kind: Kind, runs: tuple[Run, ...]) -> tuple[tuple[Run, ...], ...]:
    """The notes before a paragraph, what is in it, and the notes behind it.

    A note among words stays there as an aside, and a direction anywhere in an action or a line. A shot that was a
    direction of duocast's has its own words in a note.
    """
    first = next(
        (n for n, run in enumerate(runs) if not run.remark and run.text.strip()), len(runs)
    )
    before, rest = [run for run in runs[:first] if run.remark], runs[first:]
    if kind in ("dialogue", "action"):
        inside = tuple(aside(run.text) for run in before if kind == "dialogue" or _is_ours(run))
        own = tuple(aside(run.text) if run.remark else run for run in rest)
        outside = tuple(run for run in before if kind != "dialogue" and not _is_ours(run))
        return outside, (*inside, *own), ()
    remarks = tuple(run for run in rest if run.remark)
    if kind == "shot" and before and _is_ours(before[-1]):
        return tuple(before), (), remarks
    return tuple(before), tuple(run for run in rest if not run.remark), remarks


def _is_ours(run: Run) -> bool:
    """Whether a remark keeps a direction."""
    return is_direction(held(run.text))


def _element(kind: Kind, runs: tuple[Run, ...], number: str) -> Element:
    text = "".join(run.text for run in runs)
    if kind == "parenthetical":
        return plain(kind, text.strip().removeprefix("(").removesuffix(")").strip())
    if kind in ("heading", "character", "transition", "shot", "section"):
        return Element(kind, (Run(" ".join(text.split())),), number=number)
    return Element(kind, runs)


def _runs(paragraph: Tag) -> Iterator[Run]:
    for text in paragraph:
        if text.tag == "ScriptNote":
            yield Run(_lines(text), remark="note")
        if text.tag != "Text":
            continue
        styles = (text.get("Style") or "").split("+")
        emphasis = ("Italic" in styles or "Underline" in styles) + 2 * ("Bold" in styles)
        content = text.text or ""
        capital = "AllCaps" in styles
        yield Run(content.upper() if capital else content, emphasis)


def _lines(note: Tag) -> str:
    """A note's text, a line for each of its paragraphs."""
    written = ["".join(t.text or "" for t in line.iter("Text")) for line in note.iter("Paragraph")]
    return "\n".join(line.rstrip() for line in written).strip() or _words(note)


def _words(tag: Tag) -> str:
    return " ".join("".join(text.text or "" for text in tag.iter("Text")).split())


def _title_page(root: Tag) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The title stands first; a name follows `by`."""
    lines = [_words(line) for line in root.iterfind("TitlePage/Content/Paragraph")]
    lines = [line for line in lines if line]
    if not lines:
        return
    yield "Title", (lines[0],)
    for index, line in enumerate(lines[1:], start=1):
        if line.lower().rstrip(":").endswith("by") and index + 1 < len(lines):
            if line != CREDIT:
                yield "Credit", (line,)
            yield "Author", (lines[index + 1],)
            return
