"""Takes made by hand: words spelt in phonemes, with a synthetic voice to measure against."""

import numpy as np

from duocast.compiler.operations.compose import Framed, Layout, Placed
from duocast.compiler.operations.speak import PhoneTime, TakeTimes, VocalTime, WordTime
from duocast.compiler.operations.time import ShotTiming, SpokenSpan
from duocast.compiler.timeline import Rate

VOWELS = "ɑaæʌəɐɛeɜɪiᵻɔoʊuAIWYOQ"
LENGTHS = {"stress": 0.025, "vowel": 0.12, "stop": 0.075, "other": 0.085}
LINE = (
    ("Maybe", "mˈAbi"),
    ("people", "pˈipəl"),
    ("want", "wˈɑnt"),
    ("music,", "mjˈuzɪk"),
    ("", "_"),
    ("but", "bʌt"),
    ("I", "I"),
    ("found", "fˈWnd"),
    ("*silence*", "sˈIləns"),
    ("there.", "ðˈɛɹ"),
)


def take(line=LINE, vocals=()):
    """A take of (word, phonemes) pairs; `_` is a pause of 0.45 s, a word in stars is emphasised."""
    at, words, phones = 0.02, [], []
    for text, spelt in line:
        start = at
        for symbol in spelt:
            length = 0.45 if symbol == "_" else LENGTHS[kind(symbol)]
            phones.append(
                PhoneTime(symbol="rest" if symbol == "_" else symbol, start=at, end=at + length)
            )
            at += length
        if text:
            emphasis = 1 if text.startswith("*") else 0
            words.append(
                WordTime(text=text.replace("*", ""), start=start, end=at, emphasis=emphasis)
            )
    seconds = at + 0.03
    envelope = loudness(phones, seconds)
    return TakeTimes(
        seconds=seconds,
        words=tuple(words),
        phones=tuple(phones),
        vocals=tuple(VocalTime(sound=s, start=a, end=b) for s, a, b in vocals),
        envelope=tuple(np.round(envelope, 4)),
    )


def kind(symbol):
    return (
        "stress"
        if symbol in "ˈˌ"
        else "vowel"
        if symbol in VOWELS
        else "stop"
        if symbol in "pbtdkɡ"
        else "other"
    )


def loudness(phones, seconds):
    """A voice's envelope: loud in vowels, soft in consonants, nothing in stops and rests."""
    time = (np.arange(round(seconds / 0.01)) + 0.5) * 0.01
    level = np.zeros_like(time)
    for phone in phones:
        inside = (time >= phone.start) & (time < phone.end)
        size = (
            {"vowel": 0.9, "stress": 0.6, "stop": 0.1, "other": 0.35}[kind(phone.symbol)]
            if phone.symbol != "rest"
            else 0
        )
        level[inside] = size
    kernel = np.hanning(7)
    return np.convolve(level, kernel / kernel.sum(), mode="same")


def timing(spans, frames, fps=24):
    """A shot: spans of (line, role, at, take) or with more fields of SpokenSpan as a dict at the end."""
    spoken = []
    for line, role, at, spoken_take, *more in spans:
        values = {
            "line": line,
            "role": role,
            "at": at,
            "offset": 0.0,
            "seconds": spoken_take.seconds,
        }
        spoken.append(SpokenSpan(**{**values, **(more[0] if more else {})}))
    return ShotTiming(rate=Rate(numerator=fps), frames=frames, spoken=tuple(spoken))


def layout(*people):
    """A stage with people as (role, centre x, yaw)."""
    placed = tuple(
        Placed(
            role=role,
            matrix=(200.0, 0, 0, 200.0, x, 300.0),
            yaw=yaw,
            depth=1.0,
            face=(x - 75, 220.0, 150.0, 200.0),
        )
        for role, x, yaw in people
    )
    frame = Framed(x=640, y=360, zoom=1.0)
    return Layout(width=1280, height=720, people=placed, start=frame, end=frame)
