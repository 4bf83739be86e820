"""`duocast farm limits`: how many of each licence may be in use at once."""

import click

from duocast.cli.farm.session import connected, json_option, print_data, says_faults
from duocast.cli.farm.table import show_table
from duocast.cli.options import farm_options
from duocast.farm.client.faults import FarmError


@click.command(epilog="Example: duocast farm limits cloud-voices 4")
@click.argument("licence", required=False)
@click.argument("count", required=False, metavar="[COUNT|none]")
@farm_options
@json_option
@says_faults
def command(
    licence: str | None, count: str | None, url: str | None, token: str | None, as_data: bool
) -> None:
    """List the limits, or let at most COUNT tasks at once use LICENCE (`none`: any number)."""
    with connected(url, token) as connection:
        if licence is not None and count is not None:
            connection.put("/limits", {"licence": licence, "count": _number(count)})
        rows = connection.get("/limits")["limits"]
    chosen = [row for row in rows if licence in (None, row["licence"])]
    if as_data:
        print_data(chosen)
        return
    cells = [
        (row["licence"], "none" if row["count"] is None else str(row["count"]), str(row["held"]))
        for row in chosen
    ]
    show_table(("licence", ">limit", ">in use"), cells, "no licence is limited")


def _number(count: str) -> int | None:
    if count == "none":
        return None
    if not count.isdigit():
        raise FarmError("usage", f"{count!r} is no number", "write 4, or none for no limit")
    return int(count)
