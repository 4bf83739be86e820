"""`duocast farm users`: who works on a farm, with what share of it and what credits."""

import click

from duocast.cli.farm.session import connected, json_option, print_data, says_faults
from duocast.cli.farm.table import show_table
from duocast.cli.options import farm_options
from duocast.farm.client.faults import FarmError


@click.command(epilog="Example: duocast farm users anna --weight 2 --credits 50")
@click.argument("user", required=False)
@click.option("--weight", type=click.FloatRange(min=0, min_open=True), help="Share beside others.")
@click.option("--credits", "budget", type=click.FloatRange(min=0), help="What is left to spend.")
@click.option("--unlimited", is_flag=True, help="As many credits as it takes.")
@farm_options
@json_option
@says_faults
def command(
    user: str | None,
    weight: float | None,
    budget: float | None,
    unlimited: bool,
    url: str | None,
    token: str | None,
    as_data: bool,
) -> None:
    """List the users of the farm, or set the share and the credits of USER.

    Between users who want more than there is, the workers' time is shared in proportion to their weights.
    """
    changes: dict[str, object] = {} if weight is None else {"weight": weight}
    changes |= {"credits": budget} if budget is not None else {}
    changes |= {"credits": None} if unlimited else {}
    if changes and user is None:
        raise FarmError("usage", "whose share?", "name a USER: duocast farm users anna --weight 2")
    with connected(url, token) as connection:
        rows = connection.get("/users")["users"]
        if changes:
            known = [row for row in rows if row["user"] == user]
            kept = {name: row[name] for row in known for name in ("weight", "credits")}
            connection.put("/users", {"user": user, **kept, **changes})
            rows = connection.get("/users")["users"]
    chosen = [row for row in rows if user in (None, row["user"])]
    if as_data:
        print_data(chosen)
        return
    cells = [
        (
            row["user"],
            f"{row['weight']:g}",
            "unlimited" if row["credits"] is None else f"{row['credits']:.2f}",
            f"{row['spent']:.2f}",
            f"{row['seconds'] / 3600:.2f}",
            str(row["jobs"]),
        )
        for row in chosen
    ]
    show_table(("user", ">weight", ">credits left", ">spent", ">worker hours", ">jobs"), cells)
