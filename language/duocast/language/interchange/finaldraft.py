"""Final Draft: a manuscript as an .fdx file (XML), which studios' programs read."""

from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element as Tag
from xml.etree.ElementTree import SubElement, indent, tostring

from duocast.language.interchange.element import Element, Kind, Manuscript, Run
from duocast.language.interchange.kept import kept

TYPES: dict[Kind, str] = {
    "heading": "Scene Heading",
    "action": "Action",
    "character": "Character",
    "parenthetical": "Parenthetical",
    "dialogue": "Dialogue",
    "transition": "Transition",
    "shot": "Shot",
    "section": "New Act",
    "centred": "Action",
    "lyric": "Singing",
}
"""Final Draft's names for paragraphs; what is not here becomes a note or a page's start."""
STYLES = {0: "", 1: "Italic", 2: "Bold", 3: "Bold+Italic"}
_SPEECH = ("character", "parenthetical", "dialogue")
CREDIT = "written by"
"""What stands above an author who gives no credit line: without one, no program knows the author."""
_ON_TITLE_PAGE = ("title", "credit", "author", "authors", "source")
_REMARKS = ("note", "boneyard", "synopsis", "card", "setting")


def write_fdx(manuscript: Manuscript) -> str:
    """The text of the file, XML in UTF-8."""
    root = Tag("FinalDraft", DocumentType="Script", Template="No", Version="4")
    content = SubElement(root, "Content")
    notes: list[str] = []
    for group in _groups(manuscript.elements):
        _write_group(content, group, notes)
    if notes:
        _write(content, Element("action", ()), notes)
    _write_title_page(root, manuscript)
    indent(root)
    body = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n{_allowed(body)}\n'


def _groups(elements: tuple[Element, ...]) -> Iterator[list[list[Element]]]:
    """Speeches that are spoken together come in one group, everything else alone."""
    held: list[list[Element]] = []
    for speech in _speeches(elements):
        if held and not (speech[0].together and held[-1][0].kind == "character"):
            yield held
            held = []
        held.append(speech)
    if held:
        yield held


def _speeches(elements: tuple[Element, ...]) -> Iterator[list[Element]]:
    count = 0

    def place(element: Element) -> int:
        nonlocal count
        count += element.kind not in _SPEECH[1:]
        return count

    for _, group in groupby(elements, place):
        yield list(group)


def _write_group(content: Tag, group: list[list[Element]], notes: list[str]) -> None:
    parent = content
    if len(group) > 1:
        parent = SubElement(SubElement(content, "Paragraph"), "DualDialogue")
    for speech in group:
        for element in speech:
            _write(parent, element, notes)


def _write(parent: Tag, element: Element, notes: list[str]) -> None:
    """One paragraph. Remarks wait in `notes` for the next paragraph that can hold them."""
    if element.kind in _REMARKS:
        if element.kind == "synopsis" and (heading := _last_heading(parent)) is not None:
            _summary(heading, element.text)
        else:
            own = element.kind in ("card", "setting")
            notes.append(kept(element.text + "\n") if own else element.text)
        return
    if element.kind == "page break":
        return
    paragraph = SubElement(parent, "Paragraph", Type=TYPES[element.kind])
    if element.kind == "centred":
        paragraph.set("Alignment", "Center")
    if element.number:
        paragraph.set("Number", element.number)
    for text in notes:
        _note(paragraph, text)
    notes.clear()
    if element.kind == "shot":
        _note(paragraph, kept(element.text))
    for run in _printed(element):
        if run.remark:
            _note(paragraph, kept(run.text) if run.remark == "direction" else run.text)
        else:
            _text(paragraph, run)
    if element.length:
        _note(paragraph, kept(element.length))


def _note(paragraph: Tag, text: str) -> None:
    """A script note, where it stands among the texts of its paragraph."""
    note = SubElement(paragraph, "ScriptNote")
    for line in text.strip("\n").split("\n"):
        SubElement(SubElement(note, "Paragraph"), "Text").text = line


def _printed(element: Element) -> Iterator[Run]:
    """What stands on the page, with the remarks in it."""
    if element.kind == "parenthetical":
        yield Run(f"({element.text})")
    elif element.kind == "shot":
        yield Run(element.text.upper())
    else:
        yield from element.runs


def _text(paragraph: Tag, run: Run) -> None:
    text = SubElement(paragraph, "Text")
    if run.emphasis:
        text.set("Style", STYLES[run.emphasis])
    text.text = run.text


def _last_heading(parent: Tag) -> Tag | None:
    last = parent[-1] if len(parent) else None
    return last if last is not None and last.get("Type") == "Scene Heading" else None


def _summary(heading: Tag, text: str) -> None:
    properties = heading.find("SceneProperties")
    if properties is None:
        properties = SubElement(heading, "SceneProperties")
        SubElement(properties, "Summary")
    summary = properties[0]
    SubElement(SubElement(summary, "Paragraph"), "Text").text = text


def _write_title_page(root: Tag, manuscript: Manuscript) -> None:
    content = SubElement(SubElement(root, "TitlePage"), "Content")
    keys = {key.lower() for key, _ in manuscript.title_page}
    for key, values in manuscript.title_page:
        lines = values if key.lower() in _ON_TITLE_PAGE else ()
        if key.lower() in ("author", "authors") and "credit" not in keys:
            lines = (CREDIT, *values)
        for line in lines:
            paragraph = SubElement(content, "Paragraph", Type="General", Alignment="Center")
            SubElement(paragraph, "Text").text = line.replace("*", "").replace("_", "")


def _allowed(text: str) -> str:
    """XML 1.0 knows no control characters but tab and line ends."""
    return (
        "".join(c for c in text if c >= " " or c in "\t\n\r")
        .replace("\ufffe", "")
        .replace("\uffff", "")
    )
