"""People: which roles are under age, and of which a picture is given. What is shown of them is looked at closer."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duocast.compiler.graph import Operation
from duocast.runtime.moderation.words import fold

_YOUNG = (
    "(?:1[0-7]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen)"
)
_AGE = re.compile(
    rf"(?<!\w)(?:{_YOUNG} (?:years?|yrs?) old|{_YOUNG} year olds?|(?:1[0-7]|[1-9])(?:yo|yrs?)"
    rf"|aged? {_YOUNG}|(?:girls?|boys?|daughter|son) of {_YOUNG}|(?:girl|boy) {_YOUNG})(?!\w)"
)
_YOUNG_PART = re.compile(rf"(?:age |about |around )?{_YOUNG}(?: years?)?")
_GROWN = re.compile(
    r"(?<!\w)(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|twenty|thirty|adults?|grown|old|elderly"
    r"|woman|man|1[89]|[2-9]\d|20s|30s)(?!\w)"
)
_YOUTH = re.compile(
    r"(?:an? |the )?(?:\w+ ){0,2}?(?:girl|boy|child|kid|toddler|teen\w*|schoolgirl|schoolboy|infant|baby|preteen)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class People:
    """Role ids, which are their names as addresses have them: `john-smith`."""

    young: frozenset[str] = frozenset()
    pictured: frozenset[str] = frozenset()

    def joined(self, other: "People") -> "People":
        """Those of both."""
        return People(self.young | other.young, self.pictured | other.pictured)


@dataclass(frozen=True, slots=True)
class Piece:
    """One task of a film, of a graph or of a farm's submission. `given`: its inputs that are the user's files."""

    address: str
    operation: Operation
    engine: str
    params: Mapping[str, object]
    given: frozenset[str] = frozenset()


def role_id(name: str) -> str:
    """The id of somebody as a script writes the name."""
    return fold(name).replace(" ", "-")


def age_in(folded: str) -> str | None:
    """Words of a folded text that tell of an age under 18."""
    found = _AGE.search(folded)
    return found.group() if found else None


def under_age(description: str) -> bool:
    """Whether a description is that of a child or a youth: its age, or what it calls the person first of all."""
    parts = [fold(part) for part in re.split(r"[,;.()\n]", description)]
    if any(age_in(part) or _YOUNG_PART.fullmatch(part) for part in parts):
        return True
    first = next(filter(None, parts), "")
    return bool(_YOUTH.match(first)) and not _GROWN.search(" ".join(parts))


def named_in(ids: Iterable[str], folded: str) -> str | None:
    """The first of these people whose name stands in a folded text."""
    around = f" {folded} "
    names = (one.replace("-", " ") for one in sorted(ids))
    return next((name for name in names if f" {name} " in around), None)


def people_of(pieces: Iterable[Piece]) -> People:
    """What the portraits of a film tell of its people."""
    young: set[str] = set()
    pictured: set[str] = set()
    for piece in pieces:
        if piece.operation is not Operation.PORTRAIT:
            continue
        role = piece.address.split("/")[1] if piece.address.count("/") else piece.address
        if piece.given:
            pictured.add(role)
        if under_age(str(piece.params.get("description", ""))):
            young.add(role)
    return People(frozenset(young), frozenset(pictured))
