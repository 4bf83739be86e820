"""What a recording says: words with their times by Whisper, and how far they are from a reference."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Heard:
    """A word that was heard, in seconds from the start of the recording."""

    text: str
    start: float
    end: float


@lru_cache(maxsize=2)
def _model(folder: Path) -> Any:
    from faster_whisper import WhisperModel

    return WhisperModel(
        str(folder), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True
    )


def transcribe(path: Path, model_folder: Path) -> list[Heard]:
    """The words of a sound or film file. `model_folder` holds a CTranslate2 Whisper model."""
    segments, _ = _model(model_folder).transcribe(
        str(path),
        language="en",
        beam_size=1,
        temperature=0.0,
        word_timestamps=True,
        condition_on_previous_text=False,
    )
    heard: list[Heard] = []
    for word in (word for segment in segments for word in segment.words):
        if heard and not word.word.startswith(" "):  # `9` `.30` is one word
            heard[-1] = Heard(heard[-1].text + word.word, heard[-1].start, float(word.end))
        else:
            heard.append(Heard(word.word.strip(), float(word.start), float(word.end)))
    return heard


def word_error_rate(reference: str, hypothesis: str) -> float:
    """Substitutions, insertions and deletions over the reference's words, both normalised."""
    wanted, heard = normalised(reference), normalised(hypothesis)
    if not wanted:
        return float(len(heard) > 0)
    row = list(range(len(heard) + 1))
    for i, word in enumerate(wanted, 1):
        previous, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            cost = previous + (word != other)
            previous, row[j] = row[j], min(cost, row[j] + 1, row[j - 1] + 1)
    return row[-1] / len(wanted)


def normalised(text: str) -> list[str]:
    """Lower-case words without punctuation; numbers, money, times and percentages spelt out."""
    text = text.lower().replace("’", "'").replace("—", " ").replace("–", " ")
    text = re.sub(r"(\d)\s+\.(?=\d)", r"\1.", text)
    text = re.sub(r"\b(\d{1,2})\.(\d\d)(?=\s*[ap]\.?m)", r"\1:\2", text)
    text = re.sub(
        rf"\b({_MONTHS})\.? (\d{{1,2}})\b", lambda m: f"{m[1]} {_ordinal(int(m[2]))}", text
    )
    text = re.sub(r"\b(\d{1,2}):(\d\d)\s*(?=[ap]\.?m)", r"\1:\2 ", text)
    text = re.sub(r"\b(\d{1,2}):(\d\d)\b", lambda m: _clock(int(m[1]), int(m[2])), text)
    text = re.sub(r"\$(\d[\d,]*)\.(\d\d)\b", r"\1 dollars and \2 cents", text)
    text = re.sub(r"\$(\d[\d,]*(?:\.\d+)?)( million| billion)?", r"\1\2 dollars", text)
    text = re.sub(r"(\d)%", r"\1 percent", text)
    text = re.sub(r"(\d)x\b", r"\1 x", text)
    text = re.sub(r"(\d)\s*([ap])\.?m\b\.?", r"\1 \2m", text)
    text = re.sub(r"\b([a-z])\.(?=[a-z]\.)", r"\1", text)
    text = re.sub(r"\bjan\b\.?", "january", text)
    text = re.sub(r"\b(m)(\d)", r"\1 \2", text)
    text = re.sub(r"(\d+)(?:st|nd|rd|th)\b", lambda m: _ordinal(int(m[1])), text)
    text = re.sub(r"(\d+),(?=\d{3}\b)", r"\1", text)
    text = re.sub(r"(\d+)\.(\d+)", lambda m: f"{m[1]} point {' '.join(m[2])}", text)
    text = re.sub(r"\d+", lambda m: _number(m[0]), text)
    return [_SAME.get(word, word) for word in re.findall(r"[a-z]+(?:'[a-z]+)*", text)]


_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_SAME = {"okay": "ok", "mr": "mister", "grey": "gray", "alright": "all right"}
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = (
    *("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
)
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def _clock(hour: int, minute: int) -> str:
    if minute == 0:
        return _number(str(hour))
    tail = f"o {_cardinal(minute)}" if minute < 10 else _cardinal(minute)
    return f"{_number(str(hour))} {tail}"


def _ordinal(number: int) -> str:
    head, _, last = _cardinal(number).rpartition(" ")
    tail = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return f"{head} {tail}".strip()


def _number(digits: str) -> str:
    value = int(digits)
    if len(digits) == 4 and 1100 <= value <= 2099 and value % 1000 > 9:  # a year, probably
        rest = value % 100
        tail = "hundred" if rest == 0 else _cardinal(rest) if rest > 9 else f"o {_cardinal(rest)}"
        return f"{_cardinal(value // 100)} {tail}"
    return _cardinal(value)


def _cardinal(value: int) -> str:
    if value < 20:
        return _ONES[value]
    if value < 100:
        return _TENS[value // 10] + (f" {_ONES[value % 10]}" if value % 10 else "")
    for size, name in (
        (10**9, "billion"),
        (10**6, "million"),
        (1000, "thousand"),
        (100, "hundred"),
    ):
        if value >= size:
            rest = value % size
            return f"{_cardinal(value // size)} {name}" + (f" {_cardinal(rest)}" if rest else "")
    return _ONES[0]
