"""A rehearsed scene: its shots with their probable lengths, and the scene before, as film lint looks at them."""

from collections.abc import Mapping

from msgspec import Struct

from duocast.compiler.cover import Covered, Directed, Item, Spoken
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.screenplay import Role, Scene, Shot
from duocast.language import Span
from duocast.language import nodes as syntax


class Rehearsed(Struct, frozen=True, gc=False):
    """`lengths`: seconds of each shot. `before`: the scene before this one, with its cover."""

    scene: Scene
    block: syntax.Scene
    items: tuple[Item, ...]
    covered: Covered
    lengths: tuple[float, ...]
    roles: Mapping[str, Role]
    declared: Mapping[str, Span | None]
    """Where each card's name stands, by the key of the name."""
    findings: Findings
    before: tuple[Scene, Covered] | None
    spoken: tuple[Spoken, ...]
    """What is said, in order."""

    @property
    def shots(self) -> tuple[Shot, ...]:
        """The shots in order."""
        return self.scene.shots

    def name(self, role: str) -> str:
        """A role's name as the script writes it."""
        return self.roles[role].name.upper()

    def text(self, span: Span) -> str:
        """What stands at a place of the script."""
        source = self.findings.files.get(span.path)
        return source.text[span.start : span.end] if source else ""


def asked(covered: Covered) -> dict[int, Directed]:
    """The writer's directions by the number of the shot that they made."""
    return dict(covered.asked)
