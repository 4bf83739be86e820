"""The door: who asks, and whether they may."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from duocast.farm.core.job import Job
from duocast.farm.core.state import State
from duocast.farm.daemon.books import audited
from duocast.farm.daemon.faults import Refusal, forbidden, invalid, not_found
from duocast.farm.daemon.journal import Deed
from duocast.farm.daemon.premises import Premises
from duocast.farm.daemon.tokens import Pass, Scope

_BEARER = HTTPBearer(auto_error=False, description="A token of `duocast farm token`.")
_NAME = re.compile(r"[^\x00-\x1f\x7f/\ud800-\udfff]{1,200}")


def premises(request: Request) -> Premises:
    """The farm that this application serves."""
    farm: Premises = request.app.state.premises
    return farm


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: a valid token, and the farm."""

    farm: Premises
    token: Pass

    @property
    def user(self) -> str:
        """The user's name."""
        return self.token.user

    @property
    def operates(self) -> bool:
        """Whether all users' jobs are theirs to see and act on."""
        return self.token.scope >= Scope.OPERATE

    def job(self, state: State, job: str) -> Job:
        """A job that they may see. Raises `Refusal`: others' jobs are not even said to be there."""
        found = state.jobs.get(job)
        if found is None or not (self.operates or found.user == self.user):
            raise not_found("job", job)
        return found

    def noted(self, action: str, about: str, **detail: object) -> Deed:
        """The audit row of a change that they make."""
        return audited(self.farm.clock.wall(), self.user, self.token.id, action, about, detail)


def _caller(scope: Scope) -> Callable[..., Caller]:
    def enter(
        farm: Annotated[Premises, Depends(premises)],
        credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)],
    ) -> Caller:
        token = None
        if credentials is not None:
            token = farm.doorkeeper.admit(credentials.credentials, farm.clock.wall())
        if token is None:
            hint = "send `Authorization: Bearer TOKEN`; `duocast farm token` makes one"
            raise Refusal(401, "unauthorized", "this farm does not know the token", hint)
        if token.scope < scope:
            raise forbidden(scope.word)
        return Caller(farm, token)

    return enter


Submitter = Annotated[Caller, Depends(_caller(Scope.SUBMIT))]
Operator = Annotated[Caller, Depends(_caller(Scope.OPERATE))]
Administrator = Annotated[Caller, Depends(_caller(Scope.ADMIN))]


def named(what: str, name: str) -> str:
    """A name that people give to things: short, and nothing unprintable in it. Raises `Refusal`."""
    if not _NAME.fullmatch(name):
        raise invalid(f"a {what}'s name has 1 to 200 characters, and no / or control character")
    return name
