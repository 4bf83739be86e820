"""The judgement of texts: passages in, findings out. The profanity model is asked only where its score counts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from duocast.runtime.moderation.passage import Passage
from duocast.runtime.moderation.people import People, age_in, named_in
from duocast.runtime.moderation.policy import SCOPES, Action, Category, Policy
from duocast.runtime.moderation.words import Lexicon, Terms, fold

AT_ONCE = 50
"""Texts that are looked through in one go: others of the process wait for no longer."""
Score = Callable[[str], float | None]
"""The profanity model's score of a text; None where the model can't be had."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage that a category counts. `found` are the words, `near` what stands near them; scores if they counted."""

    category: str
    title: str
    action: Action
    passage: Passage
    found: str = ""
    near: str = ""
    score: float | None = None
    least: float | None = None
    """The score from which it counts."""


@dataclass(slots=True)
class Judge:
    """One policy, ready to judge texts. `score` is asked for doubtful words, and for all where the policy wants it."""

    policy: Policy
    score: Score
    unscored: int = field(default=0, init=False)
    """Passages that the model was needed for and could not be asked about."""

    def __post_init__(self) -> None:
        self._lexicon = Lexicon(self.policy.words)
        self._unless = {
            name: Terms(one.unless) for name, one in self.policy.category.items() if one.unless
        }
        asked = [(*one.terms, *one.doubtful) for one in self.policy.category.values()]
        self._lists = tuple(dict.fromkeys(name for names in asked for name in names))

    _lexicon: Lexicon = field(init=False)
    _unless: dict[str, Terms] = field(init=False)
    _lists: tuple[str, ...] = field(init=False)

    def quiet(self, texts: Iterable[str], *, drawn: bool) -> bool:
        """Whether nothing can be found in a film that has only these words. Quick."""
        return next(self.suspicious(texts, drawn=drawn), None) is None

    def suspicious(self, texts: Iterable[str], *, drawn: bool) -> Iterator[str]:
        """The texts in which something may be found, each once, and some beside them. Quick."""
        said = list(dict.fromkeys(texts))
        scored = any(self.policy.scores(one) for one in SCOPES if one != "prompt" or not drawn)
        for at in range(0, len(said), AT_ONCE):
            part = said[at : at + AT_ONCE]
            if scored or not self._nothing_in("\n".join(part)):
                yield from part

    def _nothing_in(self, text: str) -> bool:
        folded = f" {fold(text)}"
        return not any(f" {one}" in folded for one in self._lexicon.perhaps(self._lists, folded))

    def findings(
        self, passages: Sequence[Passage], people: People, *, drawn: bool
    ) -> tuple[Finding, ...]:
        """Everything that the policy does not simply allow, in the order of the passages."""
        found = (
            finding for passage in passages for finding in self._of(passage, people, drawn=drawn)
        )
        return tuple(found)

    def _of(self, passage: Passage, people: People, *, drawn: bool) -> Iterator[Finding]:
        folded = fold(passage.text)
        if not self.policy.scores(passage.scope) and not self._lexicon.perhaps(self._lists, folded):
            return
        for name, category in self.policy.category.items():
            action = category.action(passage.scope)
            if drawn:
                action = action.at_most(self.policy.drawn_at_most(category))
            if action is Action.ALLOW:
                continue
            finding = self._met(name, category, action, passage, folded, people)
            if finding is not None:
                yield finding

    def _met(
        self,
        name: str,
        category: Category,
        action: Action,
        passage: Passage,
        folded: str,
        people: People,
    ) -> Finding | None:
        """The finding of one category in a passage, if there is one."""
        text = self._unless[name].without(folded) if name in self._unless else folded
        term, score, least = self._lexicon.find(category.terms, text), None, None
        if term is None:
            term = self._lexicon.find(category.doubtful, text)
            least = category.score if term is not None else category.alone
            if least is None:
                return None
            score = self._scored(passage)
            if score is None or score < least:
                return None
        near = self._near(category, passage, text, people) if category.near else ""
        if near is None:
            return None
        return Finding(name, category.title, action, passage, term or "", near, score, least)

    def _near(self, category: Category, passage: Passage, text: str, people: People) -> str | None:
        """What stands near: a word, an age, or somebody."""
        lists = [name for name in category.near if not name.startswith("@")]
        if word := self._lexicon.find(lists, text):
            return word
        if "@age" in category.near and (age := age_in(text)):
            return age
        whom = frozenset[str]()
        whom |= people.young if "@minors" in category.near else frozenset()
        whom |= people.pictured if "@pictured" in category.near else frozenset()
        shown = sorted(whom & passage.people) if passage.scope != "said" else []
        return shown[0].replace("-", " ") if shown else named_in(whom, text)

    def _scored(self, passage: Passage) -> float | None:
        score = self.score(passage.text)
        self.unscored += score is None
        return score
