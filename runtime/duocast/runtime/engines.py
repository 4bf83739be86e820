"""Every engine that comes with duocast: operation, name and version on one screen; importing this loads none of them.

A version changes whenever the same request would give other bytes: it enters the key of all that the engine makes.
"""

from pathlib import Path

from duocast.compiler.graph import Operation
from duocast.runtime.engine import Engine
from duocast.runtime.listed import Listed

_SPEECH = "duocast.runtime.speech:speech_engines"
KOKORO = Listed(Operation.SPEAK, "kokoro", "1", _SPEECH)
DRAFT = Listed(Operation.SPEAK, "draft", "1", _SPEECH)

_PICTURE = "duocast.runtime.picture:picture_engines"
DRAWN = Listed(Operation.PORTRAIT, "drawn", "6", _PICTURE)
PHOTO = Listed(Operation.PORTRAIT, "photo", "1", _PICTURE)

PERFORMER = Listed(
    Operation.ANIMATE, "performer", "2", "duocast.runtime.performance:performance_engines"
)

_STAGE = "duocast.runtime.stage:stage_engines"
DRAWN_PLACE = Listed(Operation.PLATE, "drawn-place", "2", _STAGE)
PICTURE_PLACE = Listed(Operation.PLATE, "picture-place", "1", _STAGE)
STAGE = Listed(Operation.COMPOSE, "stage", "4", _STAGE)

_SOUND = "duocast.runtime.sound:sound_engines"
COMPOSER = Listed(Operation.SCORE, "composer", "1", _SOUND)
FOLEY = Listed(Operation.EFFECT, "foley", "1", _SOUND)
CONSOLE = Listed(Operation.MIX, "console", "1", _SOUND)

_DELIVERY = "duocast.runtime.delivery:delivery_engines"
X264 = Listed(Operation.ENCODE, "x264", "2", _DELIVERY)
CAPTIONS = Listed(Operation.CAPTION, "captions", "3", _DELIVERY)
JOINER = Listed(Operation.MASTER, "joiner", "2", _DELIVERY)
C2PA = Listed(Operation.SIGN, "c2pa", "1", _DELIVERY)


def offline_engines(keys: Path) -> tuple[Engine, ...]:
    """All of them; `keys` is the folder for the installation's signing key."""
    return (
        *(KOKORO, DRAFT, DRAWN, PHOTO, PERFORMER, DRAWN_PLACE, PICTURE_PLACE, STAGE),
        *(COMPOSER, FOLEY, CONSOLE),
        *(each(keys) for each in (X264, CAPTIONS, JOINER, C2PA)),
    )
