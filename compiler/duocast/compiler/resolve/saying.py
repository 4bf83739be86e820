"""Saying: `[say "GIF" as "jif"]` tells how a word of its speech is said from there on."""

from msgspec import Struct, field

from duocast.compiler.resolve.edits import without_direction
from duocast.compiler.resolve.findings import Findings
from duocast.language import Label, SayAs, nearest, replacement
from duocast.language.pattern import pattern

_WORD = pattern(r"[^\W_]+(?:['’.\-][^\W_]+)*")


class Saying(Struct):
    """The directions of one speech, and the words that have come after each."""

    findings: Findings
    said: list[SayAs] = field(default_factory=list)
    after: dict[int, set[str]] = field(default_factory=dict)
    """Number of a direction to the words after it."""

    def say(self, direction: SayAs) -> None:
        """A direction has come."""
        self.after[len(self.said)] = set()
        self.said.append(direction)

    def hear(self, text: str) -> None:
        """Words have come."""
        for words in self.after.values():
            words.update(_WORD.findall(text))

    @property
    def lexicon(self) -> tuple[tuple[str, str], ...]:
        """(word, how to say it) pairs; the last of a word wins."""
        return tuple({one.word.text: one.how.text for one in self.said}.items())

    def finish(self) -> None:
        """The speech is over: a word that never came is a slip."""
        for number, direction in enumerate(self.said):
            word = direction.word.text
            later = self.after[number]
            if word.lower() in {one.lower() for one in later}:
                continue
            if len(word.split()) > 1 and all(_said(part, later) for part in word.split()):
                self.findings.carry("how several words are said together", direction.span)
                continue
            near = nearest(word, sorted(later))
            label = f"did you mean “{near}”?" if near else "it tells how a word after it is said"
            self.findings.warning(
                "D0205",
                f"“{word}” is not said in the rest of this line",
                Label(direction.word.span, label),
                hint="put it before the word; for the whole film, use a lexicon card",
                fix=replacement(direction.word.span, f'"{near}"', safe=False)
                if near
                else without_direction(self.findings, direction.span, "remove it"),
            )


def _said(word: str, later: set[str]) -> bool:
    return word.lower() in {one.lower() for one in later}
