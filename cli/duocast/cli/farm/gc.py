"""`duocast farm gc`: clear up a farm's store."""

import click

from duocast.cli.cache import human, size_value
from duocast.cli.farm.session import connected, json_option, print_data, says_faults
from duocast.cli.options import farm_options


@click.command(epilog="Example: duocast farm gc --keep 200GB")
@click.option(
    "--keep", required=True, callback=size_value, metavar="SIZE", help="So much may stay: 200GB."
)
@click.option(
    "--days",
    type=click.FloatRange(min=0),
    help="Ended jobs keep their outputs for so long; default: as the farm is set up.",
)
@farm_options
@json_option
@says_faults
def command(
    keep: int, days: float | None, url: str | None, token: str | None, as_data: bool
) -> None:
    """Clear up the farm's store: what is large and quickly made again goes first.

    What a running job needs, and what finished jobs still hold, stays.
    """
    with connected(url, token) as connection:
        found = connection.post("/gc", {"max_bytes": keep, "days": days}, again=True)
    if as_data:
        print_data(found)
    else:
        click.echo(f"freed {human(found['freed'])}, {human(found['size'])} left", err=True)
