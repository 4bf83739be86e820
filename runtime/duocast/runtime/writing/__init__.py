"""Writing: from an idea to the text of a script, by rules on this machine or by a model that makes an outline."""

from duocast.runtime.writing.author import MOST_TRIES, NeverRight, Script, author
from duocast.runtime.writing.idea import Given, Idea
from duocast.runtime.writing.outline import SCHEMA, NotAnOutline, Outline, read_outline
from duocast.runtime.writing.page import as_scene
from duocast.runtime.writing.template import from_template

__all__ = [
    "MOST_TRIES",
    "SCHEMA",
    "Given",
    "Idea",
    "NeverRight",
    "NotAnOutline",
    "Outline",
    "Script",
    "as_scene",
    "author",
    "from_template",
    "read_outline",
]
