"""A passage: a stretch of text that is looked at as one, with what it is for and whom it is about."""

from dataclasses import dataclass

from duocast.language import Span
from duocast.runtime.moderation.policy import Scope


@dataclass(frozen=True, slots=True)
class Passage:
    """`label` says to people what it is: `what MARA says`. `people` are the ids of those whom it shows or lets speak.

    `span` is None for what stands in no file: a prompt.
    """

    text: str
    scope: Scope
    label: str
    span: Span | None = None
    people: frozenset[str] = frozenset()
