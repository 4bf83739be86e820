"""A mood: the writer's words for music, read as feeling, tempo, and who plays."""

import re
from dataclasses import dataclass, replace

_FEELINGS: dict[str, tuple[float, float, float]] = {
    # word: (dark -1 to bright 1, calm 0 to driven 1, easy 0 to tense 1)
    "hopeful": (0.6, 0.42, 0.1), "hope": (0.6, 0.42, 0.1), "uplifting": (0.8, 0.6, 0.1),
    "inspiring": (0.7, 0.6, 0.1), "optimistic": (0.7, 0.55, 0.1), "happy": (0.9, 0.7, 0.0),
    "joyful": (0.9, 0.75, 0.0), "cheerful": (0.9, 0.7, 0.0), "bright": (0.8, 0.6, 0.0),
    "playful": (0.8, 0.65, 0.1), "upbeat": (0.85, 0.8, 0.0), "energetic": (0.6, 0.9, 0.2),
    "fun": (0.8, 0.75, 0.0), "sunny": (0.9, 0.6, 0.0), "warm": (0.5, 0.35, 0.0),
    "tender": (0.4, 0.25, 0.0), "gentle": (0.4, 0.25, 0.0), "soft": (0.0, -0.1, 0.0),
    "quiet": (0.0, -0.15, 0.0), "calm": (0.35, 0.15, 0.0), "peaceful": (0.5, 0.15, 0.0),
    "serene": (0.5, 0.12, 0.0), "relaxed": (0.5, 0.3, 0.0), "dreamy": (0.3, 0.2, 0.0),
    "floating": (0.3, 0.15, 0.0), "romantic": (0.5, 0.35, 0.0), "love": (0.5, 0.35, 0.0),
    "intimate": (0.2, 0.22, 0.0), "nostalgic": (0.1, 0.28, 0.0), "bittersweet": (-0.05, 0.3, 0.1),
    "wistful": (-0.2, 0.28, 0.1), "reflective": (-0.05, 0.25, 0.0), "thoughtful": (0.0, 0.28, 0.0),
    "melancholic": (-0.6, 0.2, 0.1), "melancholy": (-0.6, 0.2, 0.1), "sad": (-0.8, 0.18, 0.1),
    "sombre": (-0.7, 0.2, 0.2), "somber": (-0.7, 0.2, 0.2), "lonely": (-0.6, 0.15, 0.1),
    "grief": (-0.9, 0.12, 0.2), "mournful": (-0.9, 0.12, 0.2), "tragic": (-0.8, 0.3, 0.3),
    "dark": (-0.6, 0.35, 0.5), "tense": (-0.6, 0.5, 0.9), "tension": (-0.6, 0.5, 0.9),
    "suspense": (-0.6, 0.5, 0.9), "suspenseful": (-0.6, 0.5, 0.9), "anxious": (-0.5, 0.6, 0.9),
    "nervous": (-0.4, 0.6, 0.8), "ominous": (-0.8, 0.3, 0.9), "eerie": (-0.6, 0.2, 0.8),
    "scary": (-0.9, 0.4, 1.0), "horror": (-0.9, 0.35, 1.0), "thriller": (-0.6, 0.6, 0.9),
    "urgent": (-0.3, 0.85, 0.7), "mysterious": (-0.3, 0.3, 0.5), "mystery": (-0.3, 0.3, 0.5),
    "noir": (-0.4, 0.3, 0.4), "curious": (0.2, 0.45, 0.3), "magical": (0.5, 0.35, 0.2),
    "wonder": (0.6, 0.35, 0.1), "dramatic": (-0.3, 0.65, 0.4), "epic": (-0.1, 0.85, 0.3),
    "heroic": (0.5, 0.85, 0.2), "triumphant": (0.8, 0.85, 0.1), "grand": (0.4, 0.7, 0.2),
    "powerful": (0.1, 0.85, 0.3), "action": (-0.2, 0.95, 0.6), "solemn": (-0.3, 0.2, 0.2),
    "sleepy": (0.4, 0.05, 0.0), "cosy": (0.5, 0.3, 0.0), "cozy": (0.5, 0.3, 0.0),
    "funny": (0.8, 0.7, 0.1), "comic": (0.8, 0.7, 0.1), "quirky": (0.7, 0.6, 0.2),
    "driving": (0.1, 0.85, 0.3), "slow": (0.0, -0.15, 0.0), "fast": (0.0, 0.2, 0.0),
    "minor": (-0.5, 0.0, 0.0), "major": (0.5, 0.0, 0.0), "cool": (0.2, 0.4, 0.0),
    "smooth": (0.3, 0.35, 0.0), "light": (0.5, 0.4, 0.0), "minimal": (0.0, -0.05, 0.0),
}  # fmt: skip

_TEXTURES: dict[str, str] = {
    "piano": "piano", "felt": "piano", "ballad": "piano", "classical": "piano",
    "ambient": "ambient", "pad": "ambient", "pads": "ambient", "drone": "ambient",
    "atmospheric": "ambient", "atmosphere": "ambient", "space": "ambient", "meditation": "ambient",
    "strings": "strings", "string": "strings", "violin": "strings", "cello": "strings",
    "orchestra": "strings", "orchestral": "strings", "quartet": "strings",
    "acoustic": "acoustic", "guitar": "acoustic", "folk": "acoustic", "country": "acoustic",
    "indie": "acoustic", "ukulele": "acoustic", "campfire": "acoustic",
    "jazz": "jazz", "swing": "jazz", "trio": "jazz", "bossa": "jazz", "noir": "jazz",
    "lounge": "jazz", "bar": "jazz",
    "epic": "epic", "trailer": "epic", "heroic": "epic", "battle": "epic", "cinematic": "epic",
    "triumphant": "epic", "action": "epic",
    "lullaby": "lullaby", "musicbox": "lullaby", "cradle": "lullaby", "celesta": "lullaby",
    "child": "lullaby", "sleepy": "lullaby", "magical": "lullaby", "harp": "lullaby",
    "electronic": "electronic", "synth": "electronic", "synthwave": "electronic",
    "techno": "electronic", "corporate": "electronic", "lofi": "electronic", "pop": "electronic",
    "technology": "electronic", "news": "electronic",
    "tense": "tension", "tension": "tension", "suspense": "tension", "suspenseful": "tension",
    "thriller": "tension", "horror": "tension", "scary": "tension", "ominous": "tension",
    "eerie": "tension", "anxious": "tension", "urgent": "tension", "nervous": "tension",
    "playful": "playful", "quirky": "playful", "comic": "playful", "funny": "playful",
    "pizzicato": "playful", "marimba": "playful", "waltz": "playful", "comedy": "playful",
}  # fmt: skip

_STRONG = ("tension", "lullaby", "jazz", "epic")
"""Textures that say more than an instrument does: `tense strings` is tension that strings play."""

_TEMPOS: dict[str, tuple[float, float]] = {
    # texture: beats a minute at rest, and what full drive adds
    "piano": (58, 40), "ambient": (48, 26), "strings": (54, 40), "acoustic": (76, 50),
    "jazz": (84, 70), "epic": (66, 50), "lullaby": (62, 30), "electronic": (72, 48),
    "tension": (60, 50), "playful": (92, 50),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mood:
    """What the words ask for.

    `bright` -1 to 1, `drive` 0 to 1, `tension` 0 to 1; `texture` names the players; `left_out` are
    instruments that the words forbid (`no drums`).
    """

    texture: str = "piano"
    bright: float = 0.2
    drive: float = 0.3
    tension: float = 0.0
    tempo: float = 72.0
    beats: int = 4
    left_out: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    """Instruments that the words name."""


_INSTRUMENTS = (
    "piano", "strings", "violin", "cello", "guitar", "bass", "drums", "choir", "bells", "harp",
    "celesta", "vibraphone", "marimba", "pads", "horns", "melody", "percussion",
)  # fmt: skip


def read_mood(words: str) -> Mood:
    """The mood that the words describe; words it doesn't know say nothing."""
    text = words.lower().replace("music box", "musicbox").replace("lo-fi", "lofi")
    forbidden = frozenset(re.findall(r"\b(?:no|without)\s+([a-z]+)", text))
    text = re.sub(r"\b(?:no|without)\s+[a-z]+", " ", text)
    tokens = re.findall(r"[a-z]+", text)
    mood = _felt(Mood(texture=_texture(tokens)), tokens)
    base, more = _TEMPOS[mood.texture]
    tempo = base + more * mood.drive
    said = re.search(r"(\d{2,3})\s*bpm", text)
    if said:
        tempo = min(190.0, max(40.0, float(said.group(1))))
    waltz = mood.texture == "lullaby" or "waltz" in tokens
    return replace(
        mood,
        tempo=tempo,
        beats=3 if waltz else 4,
        left_out=frozenset("drums" if word == "percussion" else word for word in forbidden),
        asked=frozenset(token for token in tokens if token in _INSTRUMENTS),
    )


def _texture(tokens: list[str]) -> str:
    named = [_TEXTURES[token] for token in tokens if token in _TEXTURES]
    for strong in _STRONG:
        if strong in named:
            return strong
    if named:
        return named[0]
    feelings = [_FEELINGS[token] for token in tokens if token in _FEELINGS]
    if any(tension >= 0.8 for _, _, tension in feelings):
        return "tension"
    if any(drive >= 0.8 for _, drive, _ in feelings):
        return "acoustic" if any(bright > 0.4 for bright, _, _ in feelings) else "epic"
    return "piano"


_CHARACTERS: dict[str, tuple[float, float, float]] = {
    "piano": (0.2, 0.3, 0.0), "ambient": (0.1, 0.15, 0.05), "strings": (-0.1, 0.3, 0.1),
    "acoustic": (0.7, 0.55, 0.0), "jazz": (0.3, 0.4, 0.0), "epic": (-0.2, 0.7, 0.3),
    "lullaby": (0.6, 0.15, 0.0), "electronic": (0.3, 0.55, 0.1), "tension": (-0.6, 0.4, 0.9),
    "playful": (0.8, 0.6, 0.1),
}  # fmt: skip


def _felt(mood: Mood, tokens: list[str]) -> Mood:
    """The mean of the feelings named; small ones (`soft`, `slow`) are added to it."""
    feelings = [_FEELINGS[token] for token in tokens if token in _FEELINGS]
    whole = [feeling for feeling in feelings if abs(feeling[0]) + abs(feeling[1]) > 0.25]
    whole = whole or [_CHARACTERS[mood.texture]]
    small = [feeling for feeling in feelings if feeling not in whole]
    means = [sum(values) / len(whole) for values in zip(*whole, strict=True)]
    for feeling in small:
        means = [mean + part for mean, part in zip(means, feeling, strict=True)]
    bright, drive, tension = means
    return replace(
        mood,
        bright=max(-1.0, min(1.0, bright)),
        drive=max(0.0, min(1.0, drive)),
        tension=max(0.0, min(1.0, tension)),
    )
