"""What is said of findings: diagnostics for people and programs, one place for every code.

M0101 words refused · M0102 words warned about · M0201 a given picture refused · M0202 warned about · M0203 a painted
picture refused · M0204 something was not looked at · M0205 and so nothing is made · M0301 a policy that is not right
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duocast.language import Diagnostic, Label, Severity, Source, Span
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.moderation.judge import Finding
from duocast.runtime.moderation.policy import DEFAULT, Action, Policy

MOST_WORDS = 60
"""Characters of found words that are quoted."""


@dataclass(frozen=True, slots=True)
class PictureFinding:
    """A picture that counts: `what` says which one, `category` by which category, `least` the score that it passed."""

    what: str
    category: str
    title: str
    action: Action
    score: float
    least: float

    @property
    def said(self) -> str:
        """`faces/mara.png: an explicit picture (score 0.91, refused from 0.85)`."""
        verb = "refused" if self.action is Action.REFUSE else "warned about"
        return f"{self.what}: {self.title} (score {self.score:.2f}, {verb} from {self.least:.2f})"


def of_words(finding: Finding, policy: Policy, sources: Mapping[str, Source]) -> Diagnostic:
    """A finding in a text, at the words that were found where they stand in a file as they are."""
    refused = finding.action is Action.REFUSE
    near = f" with “{finding.near}”" if finding.near else ""
    what = f"“{finding.found[:MOST_WORDS]}”{near}" if finding.found else "its words"
    scored = ""
    if finding.score is not None and finding.least is not None:
        scored = f" (score {finding.score:.2f}, counts from {finding.least:.2f})"
    title = f"{finding.title}: {what} in {finding.passage.label}{scored}"
    span = _narrowed(finding, sources)
    return Diagnostic(
        "M0101" if refused else "M0102",
        Severity.ERROR if refused else Severity.WARNING,
        title,
        () if span is None else (Label(span),),
        _hint(policy, f"[category.{finding.category}] {finding.passage.scope}", refused=refused),
    )


def of_given(finding: PictureFinding, policy: Policy) -> Diagnostic:
    """A finding in a picture of the project."""
    refused = finding.action is Action.REFUSE
    hint = _hint(policy, f"[category.{finding.category}] given", refused=refused, picture=True)
    if refused:
        return Diagnostic("M0201", Severity.ERROR, finding.said, hint=hint)
    return Diagnostic("M0202", Severity.WARNING, finding.said, hint=hint)


def not_looked(what: str, problem: EngineError, policy: Policy) -> Diagnostic:
    """A model can't be had; the policy says what follows."""
    refused = policy.missing is Action.REFUSE
    title = f"{what}, because {problem.message}"
    hint = f"{problem.hint}; what follows is said by `missing` of {policy.name}"
    if refused:
        return Diagnostic("M0205", Severity.ERROR, title, hint=hint)
    return Diagnostic("M0204", Severity.WARNING, title, hint=hint)


def made_refused(finding: PictureFinding, policy: Policy) -> EngineError:
    """The failure of a task that painted what is refused; it is not tried again."""
    hint = "say it in another way, or with another seed; the same work is refused again: "
    hint += _policy_says(policy, f"[category.{finding.category}] made")
    return EngineError(FailureClass.MODERATED, "M0203", finding.said, hint)


def given_refused(finding: PictureFinding, policy: Policy) -> EngineError:
    """The failure of a task that was given such a picture: on a farm, nobody has looked before."""
    hint = f"use another picture; {_policy_says(policy, f'[category.{finding.category}] given')}"
    return EngineError(FailureClass.MODERATED, "M0201", finding.said, hint)


def not_looked_at_work(problem: EngineError, policy: Policy) -> EngineError:
    """A worker can't look at a picture that its policy wants looked at."""
    message = f"its pictures can't be looked at, because {problem.message}"
    hint = f"{problem.hint}; `missing` of {policy.name} refuses it"
    return EngineError(FailureClass.UNAVAILABLE, "M0205", message, hint)


def as_failure(refused: Sequence[Diagnostic]) -> EngineError:
    """Refusals as one failure: the first, and how many more there are."""
    first = refused[0]
    more = f", and {len(refused) - 1} more" if len(refused) > 1 else ""
    return EngineError(FailureClass.MODERATED, first.code, first.title + more, first.hint)


def _narrowed(finding: Finding, sources: Mapping[str, Source]) -> Span | None:
    """The place of the found words, or else of the whole passage."""
    span = finding.passage.span
    source = sources.get(span.path) if span is not None else None
    if span is None or source is None or not finding.found:
        return span
    at = source.text[span.start : span.end].lower().find(finding.found)
    return span if at < 0 else span.part(at, at + len(finding.found))


def _hint(policy: Policy, setting: str, *, refused: bool, picture: bool = False) -> str:
    if not refused:
        return _policy_says(policy, setting)
    mend = "use another picture" if picture else "say it in another way"
    return f"{mend}; {_policy_says(policy, setting)}"


def _policy_says(policy: Policy, setting: str) -> str:
    if policy.name == DEFAULT:
        return f"the default policy says so ({setting}); a policy.toml of yours may say otherwise"
    return f"{policy.name} says so ({setting})"
