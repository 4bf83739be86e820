"""Audio tags: acting notes and sounds of the voice as words in brackets, for models that act on them ([laughs])."""

from collections.abc import Iterator, Mapping
from typing import Any

from duocast.compiler.operations.speak import Delivery, SpeakParams, Vocal, Words
from duocast.runtime.speech.manner import MANNERS

_READERS = ("eleven_v3",)
_SOUNDS = {
    "breath": "inhales",
    "laugh": "laughs",
    "sigh": "sighs",
    "gasp": "gasps",
    "cough": "coughs",
}
_NOTES = {
    **dict.fromkeys(("whisper", "whispered", "whispering", "hushed"), "whispers"),
    **dict.fromkeys(("shouting", "yelling", "furious", "loud", "loudly"), "shouts"),
}
"""Notes that have a tag of another name; every other known note is its own."""


def reads_tags(model: str) -> bool:
    """Whether a model acts on tags; every other would say them."""
    return model.startswith(_READERS)


def worded(params: SpeakParams) -> str:
    """The words of a line, one space between them."""
    return " ".join(
        word for each in params.segments if isinstance(each, Words) for word in each.text.split()
    )


def tagged(params: SpeakParams) -> str:
    """The line with its tags before the words that they are for. Pauses are put in afterwards, to the millisecond."""
    return " ".join([*_noted(params.manner), *_marked(params)])


def untagged(params: SpeakParams) -> SpeakParams:
    """The line without the sounds that tags have asked for."""
    kept = tuple(each for each in params.segments if not isinstance(each, Vocal))
    return params.replace(segments=kept)


def words_only(alignment: Mapping[str, Any]) -> dict[str, Any]:
    """The times of an alignment's characters without those of tags, whose letters are no word's."""
    names = ("characters", "character_start_times_seconds", "character_end_times_seconds")
    columns = [list(alignment.get(name, ())) for name in names]
    inside, kept = False, []
    for number, character in enumerate(columns[0]):
        inside = inside or character == "["
        if not inside:
            kept.append(number)
        inside = inside and character != "]"
    if len({len(column) for column in columns}) != 1:
        return dict(alignment)
    return {name: [column[at] for at in kept] for name, column in zip(names, columns, strict=True)}


def _marked(params: SpeakParams) -> Iterator[str]:
    for each in params.segments:
        match each:
            case Words(text=text):
                yield from text.split()
            case Vocal(sound=sound):
                yield f"[{_SOUNDS[sound]}]"
            case Delivery(manner=manner):
                yield from _noted(manner)
            case _:
                pass


def _noted(words: tuple[str, ...]) -> list[str]:
    """Known notes only: a writer's own words in brackets might be read out."""
    known = (word.lower() for word in words)
    return [f"[{_NOTES.get(word, word)}]" for word in dict.fromkeys(known) if word in MANNERS]
