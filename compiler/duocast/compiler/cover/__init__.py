"""Coverage: from what happens in a scene to the shots that show it."""

from duocast.compiler.cover.items import (
    Acted,
    CameraWish,
    Cutaway,
    Directed,
    Footage,
    Graded,
    InlineCut,
    InlineCutaway,
    Item,
    Joined,
    Lit,
    Overlaid,
    Played,
    Policed,
    Spoken,
)
from duocast.compiler.cover.shots import Covered, cover

__all__ = [
    "Acted",
    "CameraWish",
    "Covered",
    "Cutaway",
    "Directed",
    "Footage",
    "Graded",
    "InlineCut",
    "InlineCutaway",
    "Item",
    "Joined",
    "Lit",
    "Overlaid",
    "Played",
    "Policed",
    "Spoken",
    "cover",
]
