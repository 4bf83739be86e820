"""The route that providers of clouds call when a job of theirs has ended; its address is its own token."""

import os
import time
from pathlib import Path

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from duocast.farm.daemon.api.door import premises
from duocast.farm.daemon.faults import not_found
from duocast.farm.daemon.premises import Premises
from duocast.runtime.clouds import news
from duocast.runtime.clouds.account import Office
from duocast.runtime.engine import EngineError

router = APIRouter(include_in_schema=False)
_FARM = Depends(premises)


@router.post("/hooks/{provider}/{order}/{token}", status_code=204)
async def hear(
    provider: str, order: str, token: str, request: Request, farm: Premises = _FARM
) -> Response:
    """Have whoever waits for the job ask for it now. What is wrong is answered as if the place were not there."""
    body = await request.body()
    headers = {name.lower(): value for name, value in request.headers.items()}
    right = await run_in_threadpool(_told, farm, (provider, order, token), headers, body)
    if not right:
        raise not_found("hook", order[:12])
    return Response(status_code=204)


def _told(farm: Premises, at: tuple[str, str, str], headers: dict[str, str], body: bytes) -> bool:
    """Whether it is an address of ours, signed if it must be; then the news is put up."""
    provider, order, token = at
    settings = farm.settings.factory.settings
    if "money" not in settings:
        return False
    folder = Path(settings["money"])
    if not news.is_ours(folder, provider, order, token):
        return False
    try:
        office = Office(folder, Path(settings["clouds"]), os.environ.get)
        key = office.webhook_key(office.account(provider, "", ""))
    except EngineError:
        return False
    if key is not None and not news.is_signed(provider, key, headers, body, time.time()):
        return False
    news.tell(folder, provider, order)
    return True
