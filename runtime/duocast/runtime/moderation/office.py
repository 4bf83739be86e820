"""The office that moderates: one policy and its models, asked about a film before any of it is made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from duocast.language import Diagnostic, Severity, Source
from duocast.runtime.engine import EngineError, Weights
from duocast.runtime.moderation.gathered import gathered
from duocast.runtime.moderation.judge import Judge
from duocast.runtime.moderation.models import OPEN_NSFW
from duocast.runtime.moderation.passage import Passage
from duocast.runtime.moderation.people import People
from duocast.runtime.moderation.policy import Action, Category, Pictured, Policy
from duocast.runtime.moderation.telling import PictureFinding, not_looked, of_given, of_words

if TYPE_CHECKING:
    from duocast.runtime.moderation.looks import Looks
    from duocast.runtime.moderation.profanity import Profanity


@dataclass
class Office:
    """Asked by whoever has a film; keeps its models loaded. `memory` is the folder where looks are remembered."""

    policy: Policy
    weights: Weights
    memory: Path
    problem: EngineError | None = field(default=None, init=False)
    """Why the profanity model can't be had, once it was needed."""

    @cached_property
    def judge(self) -> Judge:
        """Who judges texts."""
        return Judge(self.policy, self.score)

    @cached_property
    def looks(self) -> "Looks":
        """The scores of pictures."""
        from duocast.runtime.moderation.looks import Looks

        return Looks(self.weights, self.memory)

    def score(self, text: str) -> float | None:
        """The profanity model's score of a text; None where the model can't be had."""
        return None if self._profanity is None else self._profanity.score(text)

    @cached_property
    def _profanity(self) -> "Profanity | None":
        from duocast.runtime.moderation.profanity import load_profanity

        try:
            return load_profanity(self.weights)
        except EngineError as problem:
            self.problem = problem
            return None

    def words(
        self,
        passages: Sequence[Passage],
        people: People,
        *,
        drawn: bool,
        sources: Mapping[str, Source] | None = None,
    ) -> tuple[Diagnostic, ...]:
        """What there is to say about texts."""
        before = self.judge.unscored
        found = gathered(self.judge.findings(passages, people, drawn=drawn), passages)
        told = [of_words(one, self.policy, sources or {}) for one in found]
        gone = self.judge.unscored - before
        if gone and self.problem is not None:
            told.append(
                not_looked(
                    f"{_count(gone, 'passage')} could not be scored", self.problem, self.policy
                )
            )
        return tuple(told)

    def given(self, files: Mapping[str, Path]) -> tuple[Diagnostic, ...]:
        """What there is to say about pictures of the project, by the names that their writer knows them by."""
        told: list[Diagnostic] = []
        for name, file in sorted(files.items()):
            try:
                finding = self.look(name, file, "given")
            except EngineError as problem:
                gone = f"{_count(len(files), 'given picture')} could not be looked at"
                return (*told, not_looked(gone, problem, self.policy))
            if finding is not None:
                told.append(of_given(finding, self.policy))
        return tuple(told)

    def look(self, what: str, file: Path, where: Pictured) -> PictureFinding | None:
        """The gravest finding in one picture or video. Raises `EngineError` without the model."""
        score = self.looks.score(file, self.policy.frames) if self.policy.looks(where) else None
        if score is None:
            return None
        categories = self.policy.category.items()
        found = (_picture(what, name, one, score, where) for name, one in categories)
        return max(filter(None, found), key=lambda one: one.action.severity, default=None)

    def shown(self, file: Path) -> float | None:
        """The picture model's score of a file, for people to see; None where it can't be looked at."""
        try:
            return self.looks.score(file, self.policy.frames)
        except EngineError:
            return None

    def ready_for_made(self) -> tuple[Diagnostic, ...]:
        """Whether what is painted can be looked at: the model is fetched now, not by the first worker."""
        if not self.policy.looks("made"):
            return ()
        try:
            self.weights.path(OPEN_NSFW)
        except EngineError as problem:
            return (not_looked("what is painted can't be looked at", problem, self.policy),)
        return ()


def refusals(told: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Those that stop the film."""
    return tuple(one for one in told if one.severity is Severity.ERROR)


def _picture(
    what: str, name: str, category: Category, score: float, where: Pictured
) -> PictureFinding | None:
    limits = category.limits(where)
    action = limits.action(score)
    if action is Action.ALLOW:
        return None
    least = limits.refuse if action is Action.REFUSE else limits.warn
    return PictureFinding(what, name, category.title, action, score, least)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
