"""What every command of a farm does the same way: its options, its connection, its errors, and which job is meant."""

import functools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

from duocast.cli.farm.settings import which_farm
from duocast.farm.client.connection import Connection
from duocast.farm.client.faults import FarmError

EXIT_REFUSED = 1
EXIT_INTERRUPTED = 130
LAST = "last"
SHORTEST = 3
"""Characters that a job's id may be shortened to, at least."""

Decorated = Callable[..., Any]
json_option = click.option("--json", "as_data", is_flag=True, help="Print one JSON value.")
job_argument = click.argument("job", metavar="JOB")


def says_faults(function: Decorated) -> Decorated:
    """A command whose refusals end it with one message, and as JSON where JSON was asked for."""

    @functools.wraps(function)
    def command(*given: Any, **named: Any) -> Any:  # noqa: ANN401 -- a click command's own
        try:
            return function(*given, **named)
        except FarmError as problem:
            tell(problem, as_data=bool(named.get("as_data")))
            raise SystemExit(EXIT_REFUSED) from None

    return command


def tell(problem: FarmError, *, as_data: bool = False) -> None:
    """Say what went wrong and what to do about it."""
    hint = f"\n  = {problem.hint}" if problem.hint else ""
    click.echo(f"error[{problem.code}]: {problem.message}{hint}", err=True)
    if as_data:
        error = {"code": problem.code, "message": problem.message, "hint": problem.hint}
        click.echo(json.dumps({"ok": False, "error": error}, indent=2))


@contextmanager
def connected(url: str | None, token: str | None) -> Iterator[Connection]:
    """A connection to the farm that is meant. Raises `FarmError`."""
    with Connection(which_farm(url, token)) as connection:
        yield connection


def count(number: int, what: str) -> str:
    """A number of things: `1 task`, `2 tasks`."""
    return f"{number} {what}{'s' * (number != 1)}"


def print_data(content: object) -> None:
    """One JSON value for programs."""
    click.echo(json.dumps(content, indent=2))


def which_job(connection: Connection, meant: str) -> str:
    """The id of a job that a person means by an id, the beginning of one, or `last`.

    Raises `FarmError` when there is none, or more than one.
    """
    if meant == LAST:
        jobs = connection.get("/jobs", mine="true", limit=1)["jobs"]
        if not jobs:
            raise FarmError(
                "no-job", "you have no job on this farm", "submit one: duocast submit film.scene"
            )
        return str(jobs[0]["id"])
    if len(meant) < SHORTEST:
        hint = f"give {SHORTEST} characters of it, or `{LAST}`; `duocast jobs` lists them"
        raise FarmError("no-job", f"{meant!r} is too short for a job's id", hint)
    return _matching(meant, connection.get("/jobs", prefix=meant)["jobs"])


def _matching(meant: str, jobs: Sequence[Mapping[str, Any]]) -> str:
    found = [str(job["id"]) for job in jobs if str(job["id"]).startswith(meant)]
    if meant in found or len(found) == 1:
        return meant if meant in found else found[0]
    if found:
        hint = f"it begins {', '.join(found[:5])}: give more of it"
        raise FarmError("no-job", f"{meant!r} means {len(found)} jobs", hint)
    raise FarmError("no-job", f"there is no job {meant!r}", "`duocast jobs` lists yours")
