"""`duocast cancel`, `pause`, `resume`, `retry` and `skip`: what is to become of a job, or of some of its tasks."""

from collections.abc import Sequence

import click

from duocast.cli.farm.session import (
    connected,
    count,
    job_argument,
    json_option,
    print_data,
    says_faults,
    which_job,
)
from duocast.cli.options import farm_options
from duocast.farm.client.connection import Connection, part
from duocast.farm.client.faults import FarmError
from duocast.farm.client.follow import tasks as all_tasks
from duocast.farm.core.task import Status

tasks_argument = click.argument("tasks", nargs=-1, metavar="[TASK]...")


@click.command(epilog="Example: duocast cancel last")
@job_argument
@tasks_argument
@farm_options
@json_option
@says_faults
def cancel(
    job: str, tasks: tuple[str, ...], url: str | None, token: str | None, as_data: bool
) -> None:
    """End JOB, or some of its tasks with what needs them. What is finished is kept; other jobs keep what they share."""
    with connected(url, token) as connection:
        found = which_job(connection, job)
        _act(connection, found, "cancel", tasks)
        _say(found, f"cancelled {_what(found, tasks)}", as_data)


@click.command(epilog="Example: duocast pause last")
@job_argument
@farm_options
@json_option
@says_faults
def pause(job: str, url: str | None, token: str | None, as_data: bool) -> None:
    """Start nothing more of JOB; what runs may end. `duocast resume` goes on."""
    with connected(url, token) as connection:
        found = which_job(connection, job)
        _act(connection, found, "pause", ())
        _say(found, f"paused {found}; go on with `duocast resume {found}`", as_data)


@click.command(epilog="Example: duocast resume last")
@job_argument
@farm_options
@json_option
@says_faults
def resume(job: str, url: str | None, token: str | None, as_data: bool) -> None:
    """Go on with a JOB that was paused."""
    with connected(url, token) as connection:
        found = which_job(connection, job)
        _act(connection, found, "resume", ())
        _say(found, f"{found} goes on", as_data)


@click.command(epilog="Example: duocast retry last kitchen-night/shot-3/clip")
@job_argument
@tasks_argument
@farm_options
@json_option
@says_faults
def retry(
    job: str, tasks: tuple[str, ...], url: str | None, token: str | None, as_data: bool
) -> None:
    """Try the named tasks of JOB once more, or all that failed, and then what waited for them."""
    with connected(url, token) as connection:
        found = which_job(connection, job)
        wanted = tasks or _failed(connection, found)
        _act(connection, found, "retry", wanted)
        _say(found, f"{count(len(wanted), 'task')} of {found} tried again", as_data)


@click.command(epilog="Example: duocast skip last kitchen-night/shot-3/clip")
@job_argument
@click.argument("tasks", nargs=-1, required=True, metavar="TASK...")
@farm_options
@json_option
@says_faults
def skip(
    job: str, tasks: tuple[str, ...], url: str | None, token: str | None, as_data: bool
) -> None:
    """Go on with JOB without these tasks, and without all that is made from them."""
    with connected(url, token) as connection:
        found = which_job(connection, job)
        _act(connection, found, "skip", tasks)
        _say(found, f"{count(len(tasks), 'task')} of {found} skipped", as_data)


def _act(connection: Connection, job: str, verb: str, tasks: Sequence[str]) -> None:
    if tasks:
        connection.post(f"/jobs/{part(job)}/tasks/{verb}", {"tasks": list(tasks)})
    else:
        connection.post(f"/jobs/{part(job)}/{verb}")


def _failed(connection: Connection, job: str) -> list[str]:
    """The tasks that failed themselves, or were cancelled."""
    dead = (Status.FAILED, Status.CANCELLED)
    found = [row["task"] for status in dead for row in all_tasks(connection, job, status=status)]
    if not found:
        hint = f"`duocast jobs {job}` shows how it stands"
        raise FarmError("nothing", f"no task of {job} has failed", hint)
    return found


def _what(job: str, tasks: Sequence[str]) -> str:
    return f"{count(len(tasks), 'task')} of {job}" if tasks else job


def _say(job: str, words: str, as_data: bool) -> None:
    if as_data:
        print_data({"ok": True, "job": job})
    else:
        click.echo(words, err=True)
