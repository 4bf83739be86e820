"""The script and the files that it uses: parsed, with all their cards in one place."""

from itertools import chain
from operator import attrgetter
from typing import Literal, Protocol

from msgspec import Struct

from duocast.compiler.memory import Forgetful, Memory
from duocast.compiler.reader import Reader, name_of
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.stretches import Stretch, stretches
from duocast.language import (
    Card,
    Diagnostic,
    Entry,
    Label,
    Script,
    Source,
    Span,
    Text,
    parse,
    replacement,
)

_CARDS = attrgetter("cards")
MOST_USED_FILES = 64
STATES: dict[str, tuple[str, str, str]] = {
    "missing": ("A0001", "there is no file {path}", "paths start at the script's folder"),
    "empty": ("A0004", "the file {path} is empty", "export it again, or take the line out"),
    "folder": ("A0003", "{path} is a folder", "name a file in it"),
    "outside": (
        "A0002",
        "{path} leads out of the project",
        "copy the file into the script's folder and name it from there",
    ),
}


class Sources(Struct, frozen=True, gc=False):
    """The main script, every source by its path, and the cards of all of them in order."""

    script: Script
    files: dict[str, Source]
    cards: tuple[Card, ...]
    lenient: bool
    stretches: tuple[Stretch, ...]
    """Of the main script."""
    own: tuple[Card, ...]
    """Cards of the main script."""

    def of(
        self, kind: Literal["character", "voice", "persona", "place", "look", "camera", "lexicon"]
    ) -> list[Card]:
        """The cards of a kind."""
        return [card for card in self.cards if card.kind == kind]


class Page(Protocol):
    """A script that has been read, and what was found while reading it."""

    @property
    def script(self) -> Script:
        """Its tree."""
        ...

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """In the order of the text."""
        ...


class Read(Protocol):
    """Reads a script, as `parse` does."""

    def __call__(self, source: Source, *, lenient: bool = False) -> Page:
        """The script of a text."""
        ...


def gather(
    source: Source,
    reader: Reader,
    findings: Findings,
    *,
    lenient: bool,
    read: Read = parse,
    memory: Memory | None = None,
) -> Sources:
    """Parse the script and whatever it uses; a file that cannot be had is a finding."""
    memory = memory or Forgetful()
    parsed = read(source, lenient=lenient)
    findings.add(*parsed.diagnostics)
    files = {source.path: source}
    findings.files = files
    cut = stretches(parsed.script, memory)
    own = memory.same("own cards", tuple(chain.from_iterable(map(_CARDS, cut))))
    used = _used_cards(parsed.script, files, reader, findings, lenient, read)
    cards = memory.same("cards", (*used, *own))
    return Sources(parsed.script, files, cards, lenient, cut, own)


def _used_cards(
    script: Script,
    files: dict[str, Source],
    reader: Reader,
    findings: Findings,
    lenient: bool,
    read: Read,
) -> list[Card]:
    cards: list[Card] = []
    seen: dict[str, Span] = {}
    for entry in script.title_page:
        for value in entry.values if entry.name == "use" else ():
            for path in _paths(value):
                first = seen.setdefault(path.text, path.span)
                if first is path.span:
                    cards += _cards_of(path, files, reader, findings, lenient, read)
                else:
                    _report_twice(path, first, findings)
    return cards


def _report_twice(path: Text, first: Span, findings: Findings) -> None:
    findings.warning(
        "N0117",
        f"{path.text} is used twice",
        Label(path.span, "its cards are there already"),
        Label(first, "first named here"),
        fix=findings.without(path.span, "leave the second one out", safe=True),
    )


def _report_circle(path: Text, findings: Findings) -> None:
    findings.error(
        "N0118",
        f"{path.text} is used in a circle",
        Label(path.span, "it is being read already"),
        hint="put the cards that both need into a file of their own",
        fix=findings.without(path.span, "leave it out", safe=True),
    )


def _paths(value: Text) -> list[Text]:
    """The comma-separated paths of a value, each with its own span."""
    paths, start = [], 0
    for piece in value.text.split(","):
        text = piece.strip()
        begin = value.span.start + start + piece.find(text)
        if text:
            span = Span(begin, begin + len(text), value.span.path)
            paths.append(Text(text, span=span))
        start += len(piece) + 1
    return paths


def _cards_of(
    path: Text,
    files: dict[str, Source],
    reader: Reader,
    findings: Findings,
    lenient: bool,
    read: Read,
) -> list[Card]:
    main = next(iter(files))
    if path.text == name_of(main) or path.text == path.span.path:
        _report_circle(path, findings)
        return []
    if path.text in files or len(files) > MOST_USED_FILES:
        return []
    if not check_file(path, reader, findings):
        return []
    source = Source(path.text, reader.text(path.text))
    files[path.text] = source
    parsed = read(source, lenient=lenient)
    findings.add(*parsed.diagnostics)
    return [
        *_used_cards(parsed.script, files, reader, findings, lenient, read),
        *parsed.script.cards,
    ]


def check_file(path: Text, reader: Reader, findings: Findings) -> bool:
    """Whether a file that the script names is there to be read."""
    state = reader.state(path.text)
    if state == "file":
        return True
    if state in ("missing", "outside") and _is_misspelt(path, reader, findings):
        return False
    code, title, hint = STATES[state]
    inside = name_of(path.text)
    leads = state == "outside" and inside not in ("", "..")
    fix = replacement(path.span, inside, safe=False) if leads else None
    findings.error(code, title.format(path=path.text), path.span, hint=hint, fix=fix)
    return False


def _is_misspelt(path: Text, reader: Reader, findings: Findings) -> bool:
    """Whether a path is the address of a page, or one with the slashes of Windows; both are said."""
    if "://" in path.text:
        findings.error(
            "A0007",
            "a film is made from files, and this is an address in the web",
            path.span,
            hint="save the file in the script's folder and name it from there",
        )
        return True
    turned = path.text.replace("\\", "/")
    if turned == path.text or reader.state(turned) != "file":
        return False
    findings.error(
        "A0011",
        "the folders of a path are parted by /",
        path.span,
        fix=replacement(path.span, turned),
    )
    return True


def asset(entry: Entry | None, reader: Reader, findings: Findings) -> str | None:
    """The path that an entry names, if it is there."""
    if entry is None or not entry.values:
        return None
    first = _paths(entry.values[0])[:1]
    return first[0].text if first and check_file(first[0], reader, findings) else None


def assets(entry: Entry, reader: Reader, findings: Findings) -> tuple[str, ...]:
    """All paths that an entry names and that are there."""
    paths = [path for value in entry.values for path in _paths(value)]
    return tuple(path.text for path in paths if check_file(path, reader, findings))
