"""`duocast credits`: what clouds have taken and may still take, by provider and by film; and what a person decides."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from duocast.cli.options import result_option
from duocast.cli.studio import money_folder, office_of
from duocast.runtime.clouds.books import OPEN, Books, Entry, Row
from duocast.runtime.clouds.prices import dollars
from duocast.runtime.engine import EngineError

_SHORTEST = 6


@click.command()
@click.option("--again", metavar="KEY", help="A held call was not paid: it may be sent once more.")
@click.option("--paid", metavar="KEY", help="A held call was paid: it is booked as spent.")
@click.option("--end", metavar="KEY", help="A call that is under way: have the provider end it.")
@result_option
def command(again: str | None, paid: str | None, end: str | None, as_data: bool) -> None:
    """Say what clouds have taken, what is reserved for calls under way, and what is held.

    A held call may have been paid, and nobody could say: look into your account there, and decide. KEY is the
    beginning of its key, 6 characters or more. A call under way that nobody waits for any more can be ended, where its
    provider can end one; what it has taken until then is booked. Amounts are in dollars and exact.
    """
    if sum(map(bool, (again, paid, end))) > 1:
        raise click.UsageError("one at a time: give one of --again, --paid and --end")
    folder = money_folder()
    if not (folder / "money.sqlite").is_file():
        if again or paid or end:
            raise click.UsageError("there are no books yet: nothing was ever paid here")
        rows: tuple[Row, ...] = ()
    else:
        with Books(folder) as books:
            _decide(books, again, paid)
            if end:
                _end(books, end)
            rows = books.rows()
    if as_data:
        click.echo(json.dumps(as_json(rows), indent=2))
    else:
        _show(rows, Console(highlight=False))


def as_json(rows: Sequence[Row]) -> dict[str, object]:
    """Amounts in millionths of a dollar, so that they are exact."""
    return {
        "unit": "millionths of a dollar",
        "spent": _spent(rows),
        "reserved": _reserved(rows),
        "providers": _grouped(rows, lambda row: row.provider),
        "films": _grouped(rows, lambda row: row.film),
        "held": [
            {
                "key": row.key,
                "provider": row.provider,
                "engine": row.engine,
                "model": row.model,
                "film": row.film,
                "price": row.price,
                "why": row.why,
                "job": row.ticket.id if row.ticket else None,
            }
            for row in rows
            if row.state is Entry.HELD
        ],
    }


def _decide(books: Books, again: str | None, paid: str | None) -> None:
    given = again or paid
    if given is None:
        return
    row = _one(books.rows(), given, Entry.HELD)
    if again:
        books.release(row.key, "a person says that it was not paid")
    else:
        books.settle(row.key, row.price, row.ticket.id if row.ticket else "")


def _end(books: Books, given: str) -> None:
    """Have a provider end a call."""
    from duocast.runtime.clouds.driver import Cloud
    from duocast.runtime.clouds.houses import ADAPTERS

    row = _one(books.rows(), given, Entry.SUBMITTED)
    office, adapter = office_of(row.film, row.run, None), ADAPTERS[row.provider]
    try:
        account = office.account(adapter.name, adapter.base, adapter.key)
        with Cloud(adapter, account, office.key(account), books, lambda _: None) as cloud:
            ended = cloud.end(row.key)
    except EngineError as problem:
        raise click.ClickException(f"{problem.message}: {problem.hint}") from None
    if not ended:
        raise click.ClickException(f"{row.provider} has not ended it: it goes on, and may be paid")


def _one(rows: Sequence[Row], given: str, state: Entry) -> Row:
    found = [row for row in rows if row.key.startswith(given) and row.state is state]
    kind = "held call" if state is Entry.HELD else "call under way"
    if len(given) < _SHORTEST or len(found) != 1:
        many = f"no {kind} has" if not found else f"{len(found)} of them have"
        raise click.UsageError(f"{many} a key that begins with {given}; duocast credits lists them")
    return found[0]


def _spent(rows: Sequence[Row]) -> int:
    return sum(row.cost for row in rows if row.state is Entry.SETTLED)


def _reserved(rows: Sequence[Row]) -> int:
    return sum(row.price for row in rows if row.state in OPEN)


def _grouped(rows: Sequence[Row], name: Callable[[Row], str]) -> dict[str, dict[str, int]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(name(row), []).append(row)
    return {
        group: {
            "spent": _spent(those),
            "reserved": _reserved(those),
            "calls": sum(row.state is Entry.SETTLED for row in those),
        }
        for group, those in sorted(groups.items())
    }


def _show(rows: Sequence[Row], console: Console) -> None:
    if not rows:
        console.print("nothing was paid yet")
        return
    for title, name in (("provider", _provider), ("film", _film)):
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
        table.add_column(title)
        for column in ("calls", "spent", "reserved"):
            table.add_column(column, justify="right")
        for group, sums in _grouped(rows, name).items():
            amounts = (dollars(sums["spent"]), dollars(sums["reserved"]))
            table.add_row(escape(group), str(sums["calls"]), *amounts)
        console.print(table)
    console.print(
        f"spent [bold]{dollars(_spent(rows))}[/] dollars, {dollars(_reserved(rows))} reserved"
    )
    for row in rows:
        if row.state in (Entry.HELD, Entry.SUBMITTED):
            what = f"{row.key[:12]}  {row.engine}  {dollars(row.price)}  {row.why}".rstrip()
            word = "[yellow]held[/]" if row.state is Entry.HELD else "under way"
            console.print(f"{word}  {escape(what)}", soft_wrap=True)


def _provider(row: Row) -> str:
    return row.provider


def _film(row: Row) -> str:
    return Path(row.film).name or "a farm's"
