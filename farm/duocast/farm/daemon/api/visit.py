"""Routes of the page: its files, who somebody is, and tickets for what a browser loads by itself."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Security
from fastapi.responses import Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

from duocast.farm.daemon.api.door import Submitter, premises
from duocast.farm.daemon.faults import Refusal
from duocast.farm.daemon.premises import Premises
from duocast.farm.look.site import HEADERS, content_type, site

router = APIRouter(tags=["page"])
public = APIRouter(include_in_schema=False)
_BEARER = HTTPBearer(auto_error=False)
_FILES = site("duocast.farm.daemon")


class MeAnswer(BaseModel):
    """Whose token it is, and what it allows: `submit`, `operate` or `admin`."""

    user: str
    scope: str


class TicketAnswer(BaseModel):
    """Put it behind `?ticket=` of `/blobs/{digest}`; it holds for so many seconds and opens nothing else."""

    ticket: str
    seconds: float


@router.get("/me")
def me(caller: Submitter) -> MeAnswer:
    """Who the farm takes somebody for."""
    return MeAnswer(user=caller.user, scope=caller.token.scope.word)


@router.post("/tickets")
def make_ticket(caller: Submitter) -> TicketAnswer:
    """A ticket for pictures and clips, because a browser can't send a token with them."""
    ticket, seconds = caller.farm.doorkeeper.ticket(caller.token, caller.farm.clock.wall())
    return TicketAnswer(ticket=ticket, seconds=round(seconds, 3))


def viewed(
    farm: Annotated[Premises, Depends(premises)],
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)],
    ticket: Annotated[str, Query(max_length=200)] = "",
) -> Premises:
    """The farm, for whoever has a token or a ticket."""
    now, keeper = farm.clock.wall(), farm.doorkeeper
    given = keeper.admit(credentials.credentials, now) if credentials else None
    if given is None and (not ticket or keeper.admit_ticket(ticket, now) is None):
        hint = "send `Authorization: Bearer TOKEN`, or a fresh ticket"
        raise Refusal(401, "unauthorized", "this farm does not know the token", hint)
    return farm


Viewer = Annotated[Premises, Depends(viewed)]


def _open(name: str) -> Callable[[], Response]:
    kind = content_type(name)
    lasting = "max-age=86400" if kind.startswith("font") else "no-cache"
    headers = {**HEADERS, "Cache-Control": lasting}
    return lambda: Response(_FILES[name], headers=headers, media_type=kind)


# A route for each file: what is not a file of the page is nobody's, and no path that somebody sends is ever opened.
public.add_api_route("/", _open("index.html"))
for _name in _FILES:
    public.add_api_route(f"/{_name}", _open(_name))
