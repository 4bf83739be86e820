"""A policy: what is looked for, from which score it counts, and what is done about it; TOML, laid over the default."""

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from duocast.runtime.engine import EngineError, FailureClass

LARGEST = 1 << 20
"""Characters of a policy file."""
DEFAULT = "the default policy"
KNOWN_NEAR = ("@age", "@minors", "@pictured")
"""What can stand near a term besides a list of words: an age, the name of a role under age, of one with a picture."""


class Action(StrEnum):
    """What is done about a finding, from the mildest."""

    ALLOW = "allow"
    WARN = "warn"
    REFUSE = "refuse"

    @property
    def severity(self) -> int:
        """0, 1 or 2."""
        return list(Action).index(self)

    def at_most(self, other: "Action") -> "Action":
        """The milder of two."""
        return min(self, other, key=lambda one: one.severity)


Pictured = Literal["given", "made"]
"""Pictures of the project, and pictures that an engine has painted."""
Scope = Literal["said", "seen", "prompt"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
"""Words that are spoken, words about what is seen, and words that an engine that paints is told."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(_Table):
    """The scores of the picture model, 0 to 1, from which a picture is warned about, and refused."""

    warn: float = Field(2.0, ge=0.0)
    refuse: float = Field(2.0, ge=0.0)

    def action(self, score: float) -> Action:
        """What is done about a picture."""
        if score >= self.refuse:
            return Action.REFUSE
        return Action.WARN if score >= self.warn else Action.ALLOW


class Category(_Table):
    """One thing that is looked for. `terms`, `doubtful` and `near` name lists of words.

    A passage is a finding with one of the terms, or with a doubtful one and the model's `score`, or with a score of
    `alone`; if `near` says something, one of that must stand in the passage as well. What `unless` names does not
    count.
    """

    title: str
    terms: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    score: float = Field(0.6, ge=0.0, le=1.0)
    alone: float | None = Field(None, ge=0.0, le=1.0)
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    said: Action = Action.ALLOW
    seen: Action = Action.ALLOW
    prompt: Action = Action.ALLOW
    drawn: Action | None = None
    """The most that it does to a film that is drawn; None: what the policy says for all."""
    given: Limits = Limits()
    made: Limits = Limits()

    def action(self, scope: Scope) -> Action:
        """What is done where it is found."""
        found: Action = getattr(self, scope)
        return found

    def limits(self, where: Pictured) -> Limits:
        """The scores that count in such a picture."""
        return self.given if where == "given" else self.made


class Policy(_Table):
    """The whole policy. `name` says where it is from: a file, or the default."""

    name: str = DEFAULT
    missing: Literal[Action.WARN, Action.REFUSE] = Action.WARN
    drawn: Action = Action.WARN
    frames: int = Field(8, ge=1, le=64)
    category: Mapping[str, Category] = Field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _lists_are_there(self) -> "Policy":
        for name, one in self.category.items():
            for asked in (*one.terms, *one.doubtful, *one.near):
                if asked not in self.words and not (asked in one.near and asked in KNOWN_NEAR):
                    raise ValueError(
                        f"category.{name} asks for the words {asked!r}, and there are none"
                    )
        return self

    def scores(self, scope: Scope) -> bool:
        """Whether every passage of this kind needs the profanity model's score."""
        scored = (one for one in self.category.values() if one.alone is not None)
        return any(one.action(scope) is not Action.ALLOW for one in scored)

    def looks(self, where: Pictured) -> bool:
        """Whether any score of such a picture counts."""
        limits = [one.limits(where) for one in self.category.values()]
        return any(min(one.warn, one.refuse) <= 1.0 for one in limits)

    def drawn_at_most(self, category: Category) -> Action:
        """The most that a category does to a film that is drawn."""
        return self.drawn if category.drawn is None else category.drawn


def read_policy(text: str, name: str) -> Policy:
    """The policy of a file's text, laid over the default. Raises `EngineError` M0301 for what is wrong with it."""
    if len(text) > LARGEST:
        raise _wrong(name, "it is larger than a megabyte")
    try:
        own = tomllib.loads(text)
        return Policy.model_validate(_laid_over(_default(), {**own, "name": name}))
    except tomllib.TOMLDecodeError as problem:
        raise _wrong(name, str(problem)) from None
    except ValidationError as problem:
        raise _wrong(name, _said(problem)) from None


@cache
def default_policy() -> Policy:
    """The policy that holds where nobody has written another."""
    return Policy.model_validate(_default())


@cache
def _default() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("default.toml").read_text("utf-8"))


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Tables are laid into tables; everything else takes the place of what was there."""
    laid = dict(below)
    for name, value in above.items():
        old = laid.get(name)
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        laid[name] = _laid_over(old, value) if both else value  # type: ignore[arg-type]
    return laid


def _said(problem: ValidationError) -> str:
    """The first thing that pydantic has found, with its place in the file."""
    first = problem.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"there is no setting {place}"
    message = first["msg"].removeprefix("Value error, ")
    message = re.sub(r"<\w+\.\w+: ('[^']*')>", r"\1", message)
    return f"{place}: {message}" if place else message


def _wrong(name: str, why: str) -> EngineError:
    hint = "mend it or take it away; docs/moderation.md has every setting"
    return EngineError(
        FailureClass.INVALID, "M0301", f"the policy {name} is not right: {why}", hint
    )
