"""`duocast watch`: follow a job on a farm."""

import click
from rich.console import Console

from duocast.cli.ending import terminated
from duocast.cli.farm.filming import watch
from duocast.cli.farm.jobs import ended
from duocast.cli.farm.session import (
    connected,
    job_argument,
    json_option,
    says_faults,
    which_job,
)
from duocast.cli.options import farm_options


@click.command(epilog="Example: duocast watch last")
@job_argument
@farm_options
@json_option
@says_faults
def command(job: str, url: str | None, token: str | None, as_data: bool) -> None:
    """Show what happens in JOB until it has ended; Ctrl-C only stops looking.

    Exits with 0 when the film is made, 1 when it is not.
    """
    with connected(url, token) as connection, terminated():
        view = watch(connection, which_job(connection, job), Console(stderr=True))
    ended(view, view if as_data else None)
