"""Routes of the farm itself: health, figures for Prometheus, and the page's place."""

from fastapi import APIRouter, Depends
from fastapi.responses import PlainTextResponse
from msgspec.structs import asdict

from duocast.farm.core.job import FINAL
from duocast.farm.core.state import State
from duocast.farm.daemon.api.answers import HealthAnswer
from duocast.farm.daemon.api.door import Operator, premises
from duocast.farm.daemon.errand import question
from duocast.farm.daemon.health import health
from duocast.farm.daemon.metrics import Metric, as_text
from duocast.farm.daemon.premises import Premises

router = APIRouter(tags=["farm"])
public = APIRouter(include_in_schema=False)
_FARM = Depends(premises)


@router.get("/healthz")
def show_health(farm: Premises = _FARM) -> HealthAnswer:
    """Whether the farm takes work. It needs no token, and says nothing of anybody's work."""
    return HealthAnswer(**asdict(health(farm)))


public.add_api_route("/healthz", show_health)


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(caller: Operator) -> PlainTextResponse:
    """Figures in Prometheus' text format."""
    farm = caller.farm
    found: list[Metric] = farm.do(question(_counted))
    figures, shop = farm.shop.figures, farm.shop
    found += [
        Metric("events_total", "events in the journal since the start", figures.events),
        Metric("transactions_total", "transactions since the start", figures.transactions),
        Metric("journal_seconds_total", "seconds spent writing", figures.journal_seconds),
        Metric("core_seconds_total", "seconds spent deciding", figures.core_seconds),
        Metric("snapshots_total", "snapshots since the start", figures.snapshots),
        Metric("snapshot_seconds_total", "seconds spent on snapshots", figures.snapshot_seconds),
        Metric("journal_troubles_total", "transactions that failed", figures.troubles),
        Metric("errands_waiting", "requests that wait for the loop", shop.queued, gauge=True),
        Metric("lookups_waiting", "store questions open", farm.librarian.waiting, gauge=True),
        Metric("watchers", "clients that watch", farm.broadcast.watching, gauge=True),
        Metric(
            "damaged",
            "1 from a check that found the journal damaged to a good one",
            float(bool(shop.damage)),
            gauge=True,
        ),
        Metric("up", "1 while the farm takes work", float(not shop.trouble), gauge=True),
        Metric("epoch", "how often the farm has been started", farm.epoch, gauge=True),
    ]
    return PlainTextResponse(as_text(found), media_type="text/plain; version=0.0.4")


public.add_api_route("/metrics", metrics, response_class=PlainTextResponse)


def _counted(state: State) -> list[Metric]:
    tasks: dict[str, int] = {}
    for job in state.jobs.values():
        for status, count in job.counts.items():
            tasks[str(status)] = tasks.get(str(status), 0) + count
    busy = sum(bool(worker.running) for worker in state.workers.values())
    living = sum(job.status not in FINAL for job in state.jobs.values())
    return [
        Metric("tasks", "tasks by status", {"status": tasks}, gauge=True),
        Metric("workers", "workers", len(state.workers), gauge=True),
        Metric("workers_busy", "workers that run a task", busy, gauge=True),
        Metric("jobs", "jobs that the farm remembers", len(state.jobs), gauge=True),
        Metric("jobs_living", "jobs that have not ended", living, gauge=True),
        Metric(
            "user_seconds_total",
            "worker-seconds by user",
            {"user": {user.name: user.seconds for user in state.users.values()}},
        ),
    ]
