"""The walk through a scene: what has been found in it so far."""

from msgspec import Struct, field

from duocast.compiler.cover import Item, Spoken
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.cast import Cast
from duocast.compiler.resolve.cues import Heard
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.wishes import Library
from duocast.compiler.screenplay import Role
from duocast.language.cue import Cue
from duocast.language.nodes import Speech


class Known(Struct, frozen=True, gc=False):
    """A plain speech that was resolved before, the first of its words in its scene: of whom, and what came of it."""

    speech: Speech
    role: Role
    spoken: Spoken


class SceneWalk(Struct):
    """What happens, what is heard, and what waits for something to hang on."""

    library: Library
    reader: Reader
    known: dict[int, Known] | None = None
    """Speeches that were resolved before, by the ids of their objects; None where nobody will ask again."""
    items: list[Item] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)
    action: list[str] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)
    """Marks outside speeches: the number of the item that they stand before."""
    clothes: dict[str, str] = field(default_factory=dict)
    """What roles wear from this scene on."""
    lit: Cue | None = None
    """The first cue that lights the place anew."""
    waiting: list[Cue] = field(default_factory=list)
    """B-roll that will cover the next speech."""
    hung: list[Cue] = field(default_factory=list)
    """Words that stand at a mark of the scene."""
    introduced: list[tuple[str, Cue]] = field(default_factory=list)
    """Words that will stand under what a role says next."""

    @property
    def cast(self) -> Cast:
        """Whoever can be named."""
        return self.library.cast

    @property
    def findings(self) -> Findings:
        """Where to say what is wrong."""
        return self.library.findings
