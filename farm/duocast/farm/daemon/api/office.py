"""Routes of the office: users, tokens, licences, the audit, clearing out."""

import json
from typing import Annotated

from fastapi import APIRouter, Path, Query

from duocast.farm.core import events
from duocast.farm.core.state import State
from duocast.farm.daemon import views
from duocast.farm.daemon.api.answers import (
    AuditAnswer,
    AuditRow,
    CollectAnswer,
    LimitsAnswer,
    LimitView,
    TokenAnswer,
    TokensAnswer,
    TokenView,
    UsersAnswer,
    UserView,
)
from duocast.farm.daemon.api.door import Administrator, Operator, Submitter, named
from duocast.farm.daemon.api.wanted import CollectWanted, LimitWanted, TokenWanted, UserWanted
from duocast.farm.daemon.clearing import clear
from duocast.farm.daemon.errand import Decision, Errand, question
from duocast.farm.daemon.faults import not_found
from duocast.farm.daemon.telling import utc
from duocast.farm.daemon.tokens import Pass, mint, revoke, scope_named

router = APIRouter(tags=["office"])
_DAY = 86_400.0


@router.get("/users")
def show_users(caller: Submitter) -> UsersAnswer:
    """Users with their shares and credits; just oneself without the scope to operate."""
    found: list[UserView] = caller.farm.do(question(views.users))
    return UsersAnswer(users=[u for u in found if caller.operates or u.user == caller.user])


@router.put("/users")
def set_user(caller: Administrator, wanted: UserWanted) -> UsersAnswer:
    """Set a user's share, and the credits that are left."""
    user = named("user", wanted.user)
    credit = None if wanted.credits is None else round(wanted.credits * views.MILLION)

    def plan(_state: State, now: float) -> Decision:
        event = events.UserSet(user, now, wanted.weight, credit)
        deed = caller.noted("set user", user, weight=wanted.weight, credits=wanted.credits)
        return Decision(views.users, (event,), (deed,))

    return UsersAnswer(users=caller.farm.do(Errand(plan)))


@router.get("/tokens")
def show_tokens(caller: Submitter) -> TokensAnswer:
    """Tokens, but not what they open with; just one's own without the scope to administer."""
    everybody = caller.token.scope.word == "admin"
    passes = caller.farm.doorkeeper.passes()
    return TokensAnswer(tokens=[_token(p) for p in passes if everybody or p.user == caller.user])


@router.post("/tokens", status_code=201)
def make_token(caller: Administrator, wanted: TokenWanted) -> TokenAnswer:
    """Make a token for a user."""
    farm = caller.farm
    seconds = None if wanted.days is None else wanted.days * _DAY
    scope = scope_named(wanted.scope)
    user = named("user", wanted.user)
    token, given, deed = mint(user, scope, farm.clock.wall(), seconds)
    noted = caller.noted("make token", given.id, user=user, scope=scope.word)
    farm.do(Errand(lambda _state, _now: Decision(lambda _: None, deeds=(deed, noted))))
    farm.reload_tokens()
    return TokenAnswer(**_token(given).model_dump(), token=token)


@router.delete("/tokens/{token}")
def end_token(caller: Submitter, token: Annotated[str, Path(max_length=100)]) -> TokensAnswer:
    """Revoke a token: one's own, or any with the scope to administer."""
    farm = caller.farm
    known = {each.id: each for each in farm.doorkeeper.passes()}
    mine = token in known and known[token].user == caller.user
    if token not in known or not (mine or caller.token.scope.word == "admin"):
        raise not_found("token", token)
    deeds = (revoke(token, farm.clock.wall()), caller.noted("revoke token", token))
    farm.do(Errand(lambda _state, _now: Decision(lambda _: None, deeds=deeds)))
    farm.reload_tokens()
    return show_tokens(caller)


@router.get("/limits")
def show_limits(caller: Submitter) -> LimitsAnswer:
    """How many of each licence there are, and how many are held."""
    found: list[LimitView] = caller.farm.do(question(_limits))
    return LimitsAnswer(limits=found)


@router.put("/limits")
def set_limit(caller: Administrator, wanted: LimitWanted) -> LimitsAnswer:
    """Say how many of a licence there are."""
    licence = named("licence", wanted.licence)

    def plan(_state: State, now: float) -> Decision:
        deed = caller.noted("set limit", licence, count=wanted.count)
        return Decision(_limits, (events.LimitSet(licence, wanted.count, now),), (deed,))

    return LimitsAnswer(limits=caller.farm.do(Errand(plan)))


@router.get("/audit")
def show_audit(
    caller: Operator,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    before: Annotated[int | None, Query(ge=0, le=1 << 53)] = None,
) -> AuditAnswer:
    """Who changed what, newest first."""
    rows = caller.farm.ask(
        "SELECT id, wall, user, token, action, object, detail FROM audit"
        " WHERE id < ? ORDER BY id DESC LIMIT ?",
        (1 << 60 if before is None else before, limit),
    )
    found = [
        AuditRow(
            id=row[0],
            at=utc(row[1]),
            user=row[2],
            token=row[3],
            action=row[4],
            object=row[5],
            detail=json.loads(row[6]),
        )
        for row in rows
    ]
    return AuditAnswer(rows=found, next=rows[-1][0] if len(rows) == limit else None)


@router.post("/gc")
def collect(caller: Administrator, wanted: CollectWanted) -> CollectAnswer:
    """Delete what nobody needs: finished work beyond `max_bytes`, and outputs of jobs that ended long ago."""
    farm = caller.farm
    days = farm.settings.retention_days if wanted.days is None else wanted.days
    deed = caller.noted("gc", "store", max_bytes=wanted.max_bytes, days=days)
    farm.do(Errand(lambda _state, _now: Decision(lambda _: None, deeds=(deed,))))
    cleared = clear(farm, wanted.max_bytes, days)
    return CollectAnswer(
        freed=cleared.freed, size=cleared.size, jobs_forgotten=cleared.jobs_forgotten
    )


def _limits(state: State) -> list[LimitView]:
    names = sorted({*state.limits, *state.licences})
    return [
        LimitView(licence=n, count=state.limits.get(n), held=state.licences.get(n, 0))
        for n in names
    ]


def _token(given: Pass) -> TokenView:
    return TokenView(
        id=given.id,
        user=given.user,
        scope=given.scope.word,
        created=utc(given.created),
        expires=None if given.expires is None else utc(given.expires),
        revoked=None if given.revoked is None else utc(given.revoked),
    )
