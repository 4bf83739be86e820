"""A page: what a code means, as it is written in a markdown file.

    # N0204: there is nobody of that name in the cast

    error · fix: safe
    files: faces/mara.png picture

    What it means and why it matters.

    ## Bad
    ```scene
    a small script that gives exactly this finding
    ```
    ## Good
    ```scene
    the same, mended
    ```

The third line is for examples that need files of the project (kinds: `picture`, `text`, `sound`, `video`, `empty`,
`folder`); a file with words of its own is a section `## cast.scene` with a fenced block, and `## good cast.scene` where
it is another one for the good example. A `␍` in an example is a carriage return.
`render: true` there says that the code is found while the film is made, so no
example can show it.
"""

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from duocast.language.diagnostic import Severity

FixClass = Literal["safe", "unsafe", "none"]
FileKind = Literal["picture", "text", "sound", "video", "empty", "folder"]

RETURN = "␍"
"""In an example: a carriage return, which no markdown file keeps."""
_TITLE = re.compile(r"# ([A-Z]\d{4}): (\S.*)")
_KIND = re.compile(r"(error|warning|note) · fix: (safe|unsafe|none)")
_SECTION = re.compile(r"^## (\S[^\n]*)\n+```\w*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)


class PageError(ValueError):
    """A page that does not have the form of a page: somebody wrote it wrong."""

    def __init__(self, code: str, problem: str) -> None:
        super().__init__(f"the page of {code} {problem}")


@dataclass(frozen=True, slots=True)
class Page:
    """One code. `bad` and `good` are whole scripts; both are empty where `render` is set."""

    code: str
    title: str
    """The finding in general: what is said about a script may be more exact."""
    severity: Severity
    fix: FixClass
    """What the best fix of this finding is: `none` where no edit can be named."""
    text: str
    bad: str = ""
    good: str = ""
    files: tuple[tuple[str, FileKind], ...] = ()
    """Files of the project that the examples need, with their kinds."""
    scripts: tuple[tuple[str, str], ...] = ()
    """Other script files that the examples need, with their text."""
    render: bool = False
    """Found only while the film is made."""


def read_page(code: str, written: str) -> Page:
    """The page of `code` from its markdown. Raises PageError where the form is not kept."""
    head, *_ = written.partition("\n## ")
    lines = head.split("\n")
    title = _TITLE.fullmatch(lines[0])
    kind = _KIND.fullmatch(lines[2]) if len(lines) > 2 else None
    if title is None or title.group(1) != code:
        raise PageError(code, f"must begin with `# {code}: ` and a plain sentence")
    if kind is None or lines[1]:
        raise PageError(code, "must say `error · fix: safe` (or so) on its third line")
    settings = [line for line in lines[3:5] if line.startswith(("files:", "render:"))]
    text = "\n".join(lines[3 + len(settings) :]).strip()
    examples = {
        match.group(1).strip(): match.group(2).replace(RETURN, "\r")
        for match in _SECTION.finditer(written)
    }
    found = Page(
        code,
        title.group(2).strip(),
        Severity(kind.group(1)),
        cast(FixClass, kind.group(2)),
        text,
        examples.pop("Bad", ""),
        examples.pop("Good", ""),
        _files(code, settings),
        tuple(examples.items()),
        any(line.split(":")[1].strip() == "true" for line in settings if line[0] == "r"),
    )
    _check(found)
    return found


def _files(code: str, settings: list[str]) -> tuple[tuple[str, FileKind], ...]:
    found: list[tuple[str, FileKind]] = []
    for line in settings:
        for entry in line.removeprefix("files:").split(",") if line[0] == "f" else ():
            path, _, kind = entry.strip().rpartition(" ")
            if kind not in get_args(FileKind) or not path:
                raise PageError(code, f"must say a path and a kind of file, not “{entry.strip()}”")
            found.append((path.strip(), cast(FileKind, kind)))
    return tuple(found)


def _check(found: Page) -> None:
    if not found.text:
        raise PageError(found.code, "says nothing")
    if found.render == bool(found.bad or found.good) or bool(found.bad) != bool(found.good):
        raise PageError(found.code, "needs a bad and a good example, or `render: true` and neither")
    if found.title.endswith("."):
        raise PageError(found.code, "has a full stop at the end of its title")
