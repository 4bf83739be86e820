"""What is kept of a film's identity between two compiles: roles, scenes, lines and shots by their lasting names."""

from duocast.compiler.operations.speak import VoiceSpec
from duocast.compiler.value import Value

VERSION = 1


class KeptRole(Value):
    """A role. `id` and `name` are those that it was born with; `fresh` is the id that its name of today would give it.

    `voice` is what it was dealt without anybody's choice (None: the writer chose), for this `description`.
    """

    id: str
    name: str
    fresh: str
    description: str = ""
    voice: VoiceSpec | None = None


class KeptLine(Value):
    """A line. `fresh` is the id that its words of today would give it, `words` are those words.

    `seed` is its take's; None: that of its words.
    """

    id: str
    fresh: str
    role: str
    words: str
    seed: int | None = None


class KeptShot(Value):
    """A shot of a scene: its name there (`shot-3`), the lines heard under it, and what is seen."""

    name: str
    heard: tuple[str, ...]
    seen: str


class KeptScene(Value):
    """A scene. `id` is its lasting name, `fresh` what the last compile called it."""

    id: str
    fresh: str
    lines: tuple[KeptLine, ...] = ()
    shots: tuple[KeptShot, ...] = ()


class Identity(Value):
    """The whole film's identity; an empty one has seen nothing yet."""

    version: int = VERSION
    roles: tuple[KeptRole, ...] = ()
    scenes: tuple[KeptScene, ...] = ()
