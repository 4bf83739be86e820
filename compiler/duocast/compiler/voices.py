"""The voices a film can cast, as plain data, and the choice of one for a character that names none."""

import hashlib
import re
from collections.abc import Collection
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from duocast.compiler.names import Gender, presumed

Accent = Literal["US", "UK"]
Age = Literal["young", "adult", "older"]


class Voice(Struct, frozen=True, gc=False):
    """One voice. `name` is what a script calls it, `id` the model's own name; both are understood.

    `hertz` is the median pitch of its speech. `tempo` is how quick it is by itself beside ordinary dialogue (15.4
    characters a second while it speaks, pauses left out), measured on the longer lines of the examples. `quality`
    goes from 1 to 5; only 3 and more are cast by default.
    """

    name: str
    id: str
    gender: Gender
    accent: Accent
    age: Age
    hertz: int
    tempo: float
    quality: int
    description: str


VOICES: tuple[Voice, ...] = (
    Voice(
        "amber",
        "af_heart",
        "woman",
        "US",
        "adult",
        190,
        1.21,
        5,
        "warm and close, the finest of all",
    ),
    Voice(
        "coral",
        "af_bella",
        "woman",
        "US",
        "young",
        188,
        1.15,
        5,
        "bright, lively, close to the microphone",
    ),
    Voice("hazel", "af_kore", "woman", "US", "adult", 146, 1.14, 4, "low, level and sure"),
    Voice("pearl", "af_sarah", "woman", "US", "adult", 184, 1.16, 4, "crisp and businesslike"),
    Voice("ruby", "af_aoede", "woman", "US", "adult", 172, 1.18, 4, "clear and musical"),
    Voice("dawn", "af_nova", "woman", "US", "adult", 150, 1.20, 3, "calm, a newsreader"),
    Voice("iron", "af_alloy", "woman", "US", "adult", 130, 1.16, 3, "low, dry and cool"),
    Voice("sky", "af_sky", "woman", "US", "young", 147, 1.22, 3, "light and a little husky"),
    Voice(
        "willow",
        "af_nicole",
        "woman",
        "US",
        "adult",
        135,
        0.79,
        3,
        "a hushed voice, nearly a whisper, unhurried",
    ),
    Voice("poppy", "af_jessica", "woman", "US", "young", 195, 1.35, 2, "high, quick and eager"),
    Voice("river", "af_river", "woman", "US", "adult", 172, 1.33, 2, "soft-edged and even"),
    Voice(
        "slate", "am_michael", "man", "US", "adult", 106, 1.07, 5, "steady, warm, a little tired"
    ),
    Voice("flint", "am_fenrir", "man", "US", "adult", 128, 1.18, 4, "rough-edged and energetic"),
    Voice("ash", "am_puck", "man", "US", "young", 110, 1.21, 4, "quick and sly"),
    Voice("cedar", "am_onyx", "man", "US", "older", 83, 1.19, 3, "very deep and slow"),
    Voice("harbour", "am_echo", "man", "US", "adult", 100, 1.16, 3, "deep and smooth"),
    Voice("copper", "am_eric", "man", "US", "adult", 145, 1.34, 3, "light, friendly, much melody"),
    Voice("birch", "am_liam", "man", "US", "young", 115, 1.28, 3, "plain and youthful"),
    Voice(
        "winter",
        "am_santa",
        "man",
        "US",
        "older",
        151,
        1.10,
        2,
        "an old man who laughs as he speaks",
    ),
    Voice("oak", "am_adam", "man", "US", "adult", 111, 1.20, 1, "low and flat"),
    Voice("linen", "bf_emma", "woman", "UK", "adult", 180, 1.19, 5, "composed and clear"),
    Voice("rose", "bf_isabella", "woman", "UK", "adult", 201, 1.20, 4, "high, full and polite"),
    Voice("daisy", "bf_alice", "woman", "UK", "young", 191, 1.18, 2, "young and neat"),
    Voice("violet", "bf_lily", "woman", "UK", "young", 174, 1.20, 2, "gentle and a little shy"),
    Voice("granite", "bm_george", "man", "UK", "older", 136, 1.06, 4, "firm and grave"),
    Voice(
        "moss", "bm_fable", "man", "UK", "adult", 109, 1.19, 4, "a storyteller, breathy and light"
    ),
    Voice("tweed", "bm_lewis", "man", "UK", "older", 95, 1.10, 3, "deep and dry"),
    Voice("pewter", "bm_daniel", "man", "UK", "adult", 118, 1.24, 2, "even, a presenter"),
)

_AGES: tuple[Age, ...] = ("young", "adult", "older")
_BY_NAME = {key: voice for voice in VOICES for key in (voice.name, voice.id)}
_WOMAN = {
    "actress",
    "aunt",
    "daughter",
    "duchess",
    "female",
    "girl",
    "girlfriend",
    "grandma",
    "grandmother",
    "her",
    "herself",
    "lady",
    "mother",
    "mum",
    "nun",
    "princess",
    "queen",
    "she",
    "sister",
    "waitress",
    "wife",
    "witch",
    "woman",
}
_MAN = {
    "boy",
    "boyfriend",
    "brother",
    "dad",
    "duke",
    "father",
    "gentleman",
    "grandfather",
    "grandpa",
    "guy",
    "he",
    "him",
    "himself",
    "his",
    "husband",
    "king",
    "male",
    "man",
    "monk",
    "prince",
    "son",
    "uncle",
    "waiter",
    "wizard",
}
_UK = {
    "britain",
    "british",
    "cambridge",
    "england",
    "english",
    "irish",
    "london",
    "londoner",
    "oxford",
    "scottish",
    "uk",
    "victorian",
    "welsh",
}
_US = {"american", "boston", "california", "chicago", "texan", "texas", "us", "usa"}
_YOUNG = {
    "boy",
    "child",
    "girl",
    "kid",
    "student",
    "teen",
    "teenage",
    "teenager",
    "young",
    "youngest",
}
_OLDER = {
    "aged",
    "ageing",
    "ancient",
    "elder",
    "elderly",
    "grandfather",
    "grandma",
    "grandmother",
    "grandpa",
    "grey",
    "old",
    "older",
    "pensioner",
    "retired",
    "veteran",
    "wrinkled",
}
_DEEP = {
    "bass",
    "big",
    "burly",
    "commanding",
    "dark",
    "deep",
    "giant",
    "gruff",
    "heavy",
    "huge",
    "low",
    "menacing",
}
_HIGH = {
    "bright",
    "bubbly",
    "cheerful",
    "eager",
    "high",
    "lively",
    "petite",
    "shrill",
    "small",
    "tiny",
}


def find_voice(name: str) -> Voice | None:
    """The voice that a script means by `name`: a film name, or a model's id."""
    return _BY_NAME.get(name.strip().lower())


def tempo_of(name: str) -> float:
    """How quick a voice is by itself; 1, as quick as dialogue, for a voice that is not known here."""
    voice = find_voice(name)
    return 1.0 if voice is None else voice.tempo


def nearest_voices(name: str, count: int = 3) -> tuple[str, ...]:
    """Names of voices that are spelt nearly like `name`; the best voices where none is near."""
    from difflib import get_close_matches  # only for a slip

    near = get_close_matches(name.strip().lower(), list(_BY_NAME), n=count, cutoff=0.55)
    best = [voice.name for voice in VOICES if voice.quality == 5]
    return tuple(near or best[:count])


def default_voice(name: str, description: str = "", taken: Collection[str] = ()) -> str:
    """The voice for a character that names none: by what its card says, another one for each role.

    `taken` holds the voices (names or ids) that other roles have. The same arguments give the same voice.
    """
    return _dealt(name, description, tuple(taken))


@lru_cache(maxsize=256)
def _dealt(name: str, description: str, taken: tuple[str, ...]) -> str:
    words = _words(f"{name} {description}")
    gender = _gender(name, words)
    used = {voice.name for voice in map(find_voice, taken) if voice is not None}
    fitting = [voice for voice in VOICES if voice.gender == gender and voice.quality >= 3]
    free = [voice for voice in fitting if voice.name not in used] or fitting
    return min(free, key=lambda voice: (_distance(voice, words), _lot(name, voice))).name


def _distance(voice: Voice, words: set[str]) -> float:
    """How badly a voice fits a description; a better voice is a little nearer."""
    distance = (5 - voice.quality) * 0.4
    accent = "UK" if words & _UK else "US"
    distance += (3.0 if words & (_UK | _US) else 0.25) * (voice.accent != accent)
    age = _age(words)
    if age is not None:
        distance += 1.5 * abs(_AGES.index(voice.age) - age)
    middle = 165 if voice.gender == "woman" else 112
    depth = (middle - voice.hertz) / 30
    distance -= 0.8 * max(-1.5, min(1.5, depth)) * (bool(words & _DEEP) - bool(words & _HIGH))
    return distance


def _age(words: set[str]) -> int | None:
    years = [int(word[:2]) for word in words if re.fullmatch(r"\d\d(s|yo)?", word)]
    if years:
        return 0 if years[0] < 27 else 1 if years[0] < 58 else 2
    if words & _OLDER:
        return 2
    return 0 if words & _YOUNG else None


def _gender(name: str, words: set[str]) -> Gender:
    women, men = len(words & _WOMAN), len(words & _MAN)
    if women != men:
        return "woman" if women > men else "man"
    return presumed(name)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower()))


def _lot(name: str, voice: Voice) -> int:
    """A fixed order among equals, different for each character."""
    text = f"{name.strip().lower()}\0{voice.id}".encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:6], "big")


def voice_ids() -> tuple[str, ...]:
    """Everything a script may call a voice: all film names, then all ids of the model."""
    return (*(voice.name for voice in VOICES), *(voice.id for voice in VOICES))
