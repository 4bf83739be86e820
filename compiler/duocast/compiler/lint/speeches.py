"""Speeches: words without an end in which nobody can breathe."""

from itertools import pairwise

from duocast.compiler.cover import Spoken
from duocast.compiler.lint.rehearsed import Rehearsed
from duocast.compiler.operations.speak import WordTime
from duocast.language import Fix, Label, Span, insertion
from duocast.language.pattern import pattern

LONGEST_BREATH = 12.0
"""Seconds of speech between two places to breathe."""
SILENCE = 0.12
"""Seconds between two words in which there is time for it."""
_ENDS = tuple(".?!…:;—–")
_COMMA = pattern(r"\[[^\[\]]*\]|(,\s+)")
"""A comma between words; one in a bracket is passed over with it."""


def lint_speeches(rehearsed: Rehearsed) -> None:
    """L0008: the longest stretch of a speech without a pause or a stop."""
    for spoken in rehearsed.spoken:
        if spoken.estimate.seconds > LONGEST_BREATH and spoken.span is not None:
            stretch = _longest(spoken.estimate.words)
            if stretch > LONGEST_BREATH:
                _report(rehearsed, spoken, spoken.span, stretch)


def _longest(words: tuple[WordTime, ...]) -> float:
    start = words[0].start if words else 0.0
    longest = 0.0
    for word, following in pairwise((*words, None)):
        if word is None:
            continue
        longest = max(longest, word.end - start)
        if following is not None and _breathes(word, following):
            start = following.start
    return longest


def _breathes(word: WordTime, following: WordTime) -> bool:
    return word.text.rstrip("\"'”’)").endswith(_ENDS) or following.start - word.end > SILENCE


def _report(rehearsed: Rehearsed, spoken: Spoken, span: Span, stretch: float) -> None:
    who = rehearsed.name(spoken.line.role)
    rehearsed.findings.note(
        "L0008",
        f"{who} has to speak for {stretch:.0f} s in one breath",
        Label(span, "there is no stop and no pause in it"),
        hint="end a sentence, or write [breath] where one may be taken",
        fix=_breath(rehearsed, span),
    )


def _breath(rehearsed: Rehearsed, span: Span) -> Fix | None:
    """A breath at the comma that is nearest to the middle."""
    text = rehearsed.text(span)
    commas = [match.end() for match in _COMMA.finditer(text) if match.group(1)]
    if not commas:
        return None
    at = min(commas, key=lambda end: abs(end - len(text) / 2))
    return insertion(span.part(at, at), "[breath] ", "let them breathe at a comma", safe=False)
