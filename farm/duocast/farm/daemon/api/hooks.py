"""Routes of webhooks: who is told when a job ends."""

import json
import secrets

from fastapi import APIRouter

from duocast.farm.daemon.api.answers import HooksAnswer, HookView
from duocast.farm.daemon.api.door import Caller, Submitter
from duocast.farm.daemon.api.wanted import HooksWanted, HookWanted
from duocast.farm.daemon.errand import Decision, Errand
from duocast.farm.daemon.journal import Database
from duocast.farm.daemon.webhooks import check_url

router = APIRouter(tags=["webhooks"])


@router.get("/webhooks")
def show_hooks(caller: Submitter) -> HooksAnswer:
    """One's own webhooks, and whether they fail."""
    rows = caller.farm.ask(
        "SELECT url, events, (SELECT ended FROM delivery WHERE hook = id AND ended != ''"
        " AND ended != 'delivered' ORDER BY seq DESC LIMIT 1) FROM webhook"
        " WHERE user = ? ORDER BY rowid",
        (caller.user,),
    )
    found = [HookView(url=u, events=json.loads(e), failing=failing or "") for u, e, failing in rows]
    return HooksAnswer(webhooks=found)


@router.put("/webhooks")
def set_hooks(caller: Submitter, wanted: HooksWanted) -> HooksAnswer:
    """Replace one's own webhooks."""
    farm = caller.farm
    for hook in wanted.webhooks:
        check_url(hook.url, private=farm.settings.private_webhooks)
    deed = caller.noted("set webhooks", caller.user, urls=[hook.url for hook in wanted.webhooks])
    rows = [_row(caller, hook) for hook in wanted.webhooks]

    def write(db: Database) -> None:
        db.execute("DELETE FROM webhook WHERE user = ?", (caller.user,))
        db.executemany("INSERT INTO webhook VALUES (?, ?, ?, ?, ?)", rows)

    farm.do(Errand(lambda _state, _now: Decision(lambda _: None, deeds=(write, deed))))
    return show_hooks(caller)


def _row(caller: Caller, hook: HookWanted) -> tuple[str, str, str, str, str]:
    kinds = json.dumps(sorted(set(hook.events)))
    return (secrets.token_hex(8), caller.user, hook.url, hook.secret, kinds)
