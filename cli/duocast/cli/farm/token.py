"""`duocast farm token`: give people tokens, list them, take them back."""

from datetime import datetime

import click

from duocast.cli.farm.session import (
    connected,
    json_option,
    print_data,
    says_faults,
)
from duocast.cli.farm.table import show_table
from duocast.cli.options import farm_options
from duocast.farm.client.connection import part


@click.group(epilog="Example: duocast farm token new anna")
def command() -> None:
    """Give people tokens, list them, take them back."""


@command.command(epilog="Example: duocast farm token new anna --days 90")
@click.argument("user")
@click.option(
    "--scope",
    type=click.Choice(("submit", "operate", "admin")),
    default="submit",
    show_default=True,
    help="submit: own jobs; operate: everybody's jobs and the machines; admin: also users and tokens.",
)
@click.option("--days", type=click.FloatRange(min=0, min_open=True), help="It ends after so long.")
@farm_options
@json_option
@says_faults
def new(
    user: str, scope: str, days: float | None, url: str | None, token: str | None, as_data: bool
) -> None:
    """Make a token for USER. It is printed once and kept nowhere: hand it over on a safe way."""
    with connected(url, token) as connection:
        body = {"user": user, "scope": scope, "days": days}
        made = connection.post("/tokens", {k: v for k, v in body.items() if v is not None})
        if as_data:
            print_data(made)
            return
        click.echo(made["token"])
        click.echo(
            f"a token for {user} ({scope}), number {made['id']}. {user} sets it up with:\n"
            f"  export DUOCAST_FARM={connection.address.url} DUOCAST_FARM_TOKEN=...",
            err=True,
        )


@command.command("list")
@farm_options
@json_option
@says_faults
def list_tokens(url: str | None, token: str | None, as_data: bool) -> None:
    """List all tokens, without their secrets."""
    with connected(url, token) as connection:
        rows = connection.get("/tokens")["tokens"]
    if as_data:
        print_data(rows)
        return
    columns = ("number", "user", "scope", "made", "ends", "state")
    cells = [
        (
            row["id"],
            row["user"],
            row["scope"],
            day(row["created"]),
            day(row["expires"]) if row["expires"] else "never",
            "revoked" if row["revoked"] else "good",
        )
        for row in rows
    ]
    show_table(columns, cells)


@command.command(epilog="Example: duocast farm token revoke 4f1c22aa90d1")
@click.argument("number")
@farm_options
@json_option
@says_faults
def revoke(number: str, url: str | None, token: str | None, as_data: bool) -> None:
    """Take the token NUMBER back; it opens nothing from now on."""
    with connected(url, token) as connection:
        connection.delete(f"/tokens/{part(number)}")
    if as_data:
        print_data({"ok": True, "id": number})
    else:
        click.echo(f"the token {number} opens nothing any more", err=True)


def day(when: str) -> str:
    """A time of the farm as a date here."""
    return datetime.fromisoformat(when).astimezone().strftime("%Y-%m-%d")
