"""The vocabulary: every key, phrase and keyword of the language, in one place.

The parser, the hints for near misses and the reference read these tables; nothing else knows a word.
"""

from collections.abc import Iterable

from duocast.language.cue import CueKind
from duocast.language.nodes import CardKind

TITLE_KEYS = (
    "title",
    "author",
    "credit",
    "source",
    "draft date",
    "contact",
    "copyright",
    "notes",
    "format",
    "language",
    "look",
    "use",
    "captions",
    "quality",
    "loudness",
    "disclosure",
    "transitions",
    "seed",
    "check",
    "engine",
    "revision",
    "episode",
)
TITLE_ALIASES = {
    "authors": "author",
    "written by": "author",
    "draft": "draft date",
    "date": "draft date",
    "contacts": "contact",
    "note": "notes",
    "formats": "format",
    "caption": "captions",
    "uses": "use",
    "engines": "engine",
    "languages": "language",
}

CARD_KEYS: dict[CardKind, tuple[str, ...]] = {
    "character": (
        "portrait",
        "lora",
        "description",
        "wardrobe",
        "voice",
        "persona",
        "title",
        "side",
        "language",
        "engine",
        "notes",
    ),
    "voice": (
        "engine",
        "id",
        "pace",
        "pitch",
        "warmth",
        "reference",
        "language",
        "description",
        "notes",
    ),
    "persona": (
        "pause",
        "emphasis",
        "speed",
        "motion",
        "brows",
        "blinks",
        "mood",
        "description",
        "notes",
    ),
    "place": ("plate", "description", "light", "sound", "weather", "engine", "notes"),
    "look": (
        "lut",
        "film",
        "grain",
        "vignette",
        "warmth",
        "saturation",
        "contrast",
        "fade",
        "match",
        "description",
        "notes",
    ),
    "camera": ("size", "lens", "angle", "move", "subjects", "description", "engine", "notes"),
    "lexicon": (),
}
CARD_ALIASES = {
    "portraits": "portrait",
    "like": "id",
    "position": "side",
    "seat": "side",
    "lower third": "title",
    "picture": "plate",
    "clothes": "wardrobe",
    "note": "notes",
}

TIMES_OF_DAY = (
    "DAY",
    "NIGHT",
    "MORNING",
    "AFTERNOON",
    "EVENING",
    "DAWN",
    "DUSK",
    "NOON",
    "MIDDAY",
    "MIDNIGHT",
    "SUNRISE",
    "SUNSET",
    "TWILIGHT",
    "LATER",
    "CONTINUOUS",
    "SAME",
    "MOMENTS LATER",
    "SAME TIME",
    "MAGIC HOUR",
    "GOLDEN HOUR",
)

CUE_KEYWORDS: dict[str, CueKind] = {
    "MUSIC": "music",
    "SFX": "sfx",
    "AMBIENCE": "ambience",
    "TITLE": "title",
    "LOWER THIRD": "lower third",
    "CHAPTER": "chapter",
    "LIGHT": "light",
    "GRADE": "grade",
    "B-ROLL": "b-roll",
}

_MEANINGS: dict[str, dict[str, str]] = {
    "SIZE": {
        "ECU": "ECU",
        "extreme close": "ECU",
        "extreme close up": "ECU",
        "CU": "CU",
        "close": "CU",
        "close up": "CU",
        "MCU": "MCU",
        "medium close": "MCU",
        "medium close up": "MCU",
        "MS": "MS",
        "medium": "MS",
        "medium shot": "MS",
        "MWS": "MWS",
        "medium wide": "MWS",
        "medium wide shot": "MWS",
        "cowboy shot": "MWS",
        "FS": "FS",
        "full shot": "FS",
        "WS": "WS",
        "wide": "WS",
        "wide shot": "WS",
        "EWS": "EWS",
        "extreme wide": "EWS",
        "extreme wide shot": "EWS",
    },
    "FRAMING": {
        "single": "single",
        "two shot": "two-shot",
        "2 shot": "two-shot",
        "group": "group",
        "group shot": "group",
        "POV": "pov",
        "point of view": "pov",
        "establishing": "establishing",
        "establishing shot": "establishing",
    },
    "OTS": {"OTS": "", "over the shoulder": ""},
    "INSERT": {"insert": ""},
    "ANGLE": {
        "eye level": "eye",
        "low angle": "low",
        "high angle": "high",
        "dutch": "dutch",
        "dutch angle": "dutch",
        "overhead": "overhead",
        "overhead shot": "overhead",
        "bird's eye": "overhead",
    },
    "MOVE": {
        "static": "static",
        "locked off": "static",
        "push in": "push in",
        "dolly in": "push in",
        "pull out": "pull out",
        "dolly out": "pull out",
        "pan left": "pan left",
        "pan right": "pan right",
        "tilt up": "tilt up",
        "tilt down": "tilt down",
        "truck left": "truck left",
        "truck right": "truck right",
        "pedestal up": "pedestal up",
        "pedestal down": "pedestal down",
        "crane": "crane",
        "orbit": "orbit",
        "handheld": "handheld",
        "zoom in": "zoom in",
        "zoom out": "zoom out",
        "rack focus": "rack focus",
    },
    "SPEED": {"slow": "slow", "slowly": "slow", "fast": "fast", "quick": "fast"},
    "DELIVERY": {
        "whisper": "whisper",
        "whispers": "whisper",
        "whispering": "whisper",
        "quiet": "quiet",
        "quietly": "quiet",
        "loud": "loud",
        "loudly": "loud",
        "shout": "shout",
        "shouts": "shout",
        "shouting": "shout",
        "high voice": "high",
        "low voice": "low",
        "normal": "normal",
        "normally": "normal",
    },
    "PACE": {"pace": ""},
    "PITCH": {"pitch": ""},
    "SAY": {"say": "", "says": ""},
    "AS": {"as": "", "like": ""},
    "WEARS": {"wears": "", "wearing": ""},
    "HOLD": {"hold": ""},
    "EXACTLY": {"exactly": ""},
    "UNTIL_END_OF_LINE": {"until end of line": "", "until the end of the line": ""},
    "COVERAGE": {"coverage": ""},
    "POLICY": {
        "conversation": "conversation",
        "podcast": "podcast",
        "interview": "interview",
        "monologue": "monologue",
    },
    "CUTTING": {
        "no reactions": "no reactions",
        "no reaction shots": "no reactions",
        "no wide shots": "no wides",
        "tight": "tight",
        "loose": "loose",
    },
    "PAUSE": {"beat": "0.4", "long beat": "0.8", "pause": "0.8", "long pause": "1.6"},
    "VOCAL": {
        "breath": "breath",
        "breathes": "breath",
        "takes a breath": "breath",
        "laugh": "laugh",
        "laughs": "laugh",
        "laughing": "laugh",
        "sigh": "sigh",
        "sighs": "sigh",
        "gasp": "gasp",
        "gasps": "gasp",
        "cough": "cough",
        "coughs": "cough",
    },
    "GESTURE": {
        "nod": "nod",
        "nods": "nod",
        "shakes head": "shake",
        "shakes her head": "shake",
        "shakes his head": "shake",
        "shakes their head": "shake",
        "smile": "smile",
        "smiles": "smile",
        "frown": "frown",
        "frowns": "frown",
        "shrug": "shrug",
        "shrugs": "shrug",
    },
    "LOOKS_AT": {"looks at": "", "look at": "", "looks to": ""},
    "LOOKS": {
        "looks away": "away",
        "looks down": "down",
        "looks at camera": "lens",
        "looks at the camera": "lens",
        "looks at lens": "lens",
        "looks at the lens": "lens",
    },
    "CAMERA": {"camera": ""},
    "LOOK": {"look": ""},
    "ENGINE": {"engine": ""},
    "FADE_IN": {"fade in": ""},
    "FADE_OUT": {"fade out": ""},
    "LOOP": {"loop": "", "looped": ""},
    "DUCK": {"duck": "", "ducked": ""},
    "NO_DUCK": {"no duck": "", "no ducking": "", "unducked": ""},
    "BY": {"by": ""},
    "PLACE": {
        "top left": "top left",
        "top right": "top right",
        "bottom left": "bottom left",
        "bottom right": "bottom right",
        "centre": "centre",
        "center": "centre",
    },
    "UNDER": {"under": ""},
    "DIALOGUE": {"dialogue": "", "the dialogue": "", "dialog": "", "speech": ""},
    "LEVEL": {"level": ""},
    "FROM": {"from": ""},
    "UNTIL": {"until": "", "till": ""},
    "SPEAKS": {"speaks": ""},
    "END_OF": {
        "end of scene": "end of scene",
        "the end of the scene": "end of scene",
        "end of film": "end of film",
        "the end of the film": "end of film",
    },
    "FOR": {"for": ""},
    "STOP": {"stop": "", "stops": ""},
    "ON": {"on": "", "of": ""},
    "AT": {"at": ""},
    "TO": {"to": ""},
    "AND": {"and": "", "&": ""},
    "OVER": {"over": ""},
    "ONTO": {"onto": "", "on to": ""},
    "LENS_WORD": {"lens": ""},
    "TRANSITION": {
        "cut to": "cut",
        "cut": "cut",
        "smash cut to": "smash cut",
        "smash cut": "smash cut",
        "match cut to": "match cut",
        "match cut": "match cut",
        "jump cut to": "jump cut",
        "jump cut": "jump cut",
        "dissolve to": "dissolve",
        "dissolve": "dissolve",
        "cross dissolve": "dissolve",
        "wipe to": "wipe",
        "wipe": "wipe",
        "fade": "fade",
        "fade to": "fade",
        "fade in": "fade in",
        "fade up": "fade in",
        "fade out": "fade out",
        "fade to black": "fade to black",
        "fade to white": "fade to white",
        "cut to black": "cut to black",
    },
}

PHRASES: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {}
"""The words of a phrase, in lower case, to its (terminal, meaning) pairs: `fade in` is two things."""
for _terminal, _phrases in _MEANINGS.items():
    for _phrase, _meaning in _phrases.items():
        _words = tuple(_phrase.lower().split())
        PHRASES[_words] = (*PHRASES.get(_words, ()), (_terminal, _meaning))

LONGEST_PHRASE = max(map(len, PHRASES))


def spellings(terminal: str) -> dict[str, tuple[str, ...]]:
    """What the phrases of a terminal mean, each with all its spellings; the first is the ordinary one."""
    found: dict[str, tuple[str, ...]] = {}
    for phrase, meaning in _MEANINGS[terminal].items():
        found[meaning] = (*found.get(meaning, ()), phrase)
    return found


def phrases(*terminals: str) -> tuple[str, ...]:
    """The spellings of some terminals, as they stand in the tables."""
    return tuple(phrase for terminal in terminals for phrase in _MEANINGS[terminal])


def offered(terminals: Iterable[str]) -> tuple[str, ...]:
    """What could stand where a grammar takes one of these terminals; numbers, names and quotes have no spelling."""
    return phrases(*(terminal for terminal in terminals if terminal in _MEANINGS))


OPENERS = phrases(
    "SIZE", "FRAMING", "OTS", "INSERT", "ANGLE", "MOVE", "HOLD", "EXACTLY", "COVERAGE", "POLICY",
    "PAUSE", "VOCAL", "GESTURE", "LOOKS_AT", "LOOKS", "CAMERA", "ENGINE", "SPEED", "DELIVERY",
    "PACE", "PITCH", "SAY", "CUTTING",
)  # fmt: skip
"""What a direction can begin with: the candidates for hints."""

CUE_OPTIONS = phrases(
    "FADE_IN", "FADE_OUT", "LOOP", "DUCK", "NO_DUCK", "UNDER", "FROM", "UNTIL", "STOP", "PLACE"
)
"""What an option of a cue line can begin with."""

TRANSITIONS = phrases("TRANSITION")

MANNERS = frozenset(
    {
        "softly",
        "angry",
        "angrily",
        "tired",
        "excited",
        "sarcastic",
        "sarcastically",
        "crying",
        "cries",
        "yelling",
        "yells",
        "faster",
        "slower",
    }
)
"""Ways of saying a line: they belong in parentheses, and earn a hint when they stand in brackets."""
