"""`duocast cache`: what is kept of the films in a folder: its size, whether it is sound, clearing up, and what for."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from duocast.cli.project import BUILD_FOLDER
from duocast.cli.remembered import LEDGERS
from duocast.compiler.plan import Ledger, Past
from duocast.compiler.value import WrongValue
from duocast.runtime.engine import EngineError
from duocast.runtime.store.contents import Action
from duocast.runtime.store.disk import DiskStore

EXIT_DAMAGED = 1
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kMGT]?)i?B?", re.IGNORECASE)
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}
folder_option = click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    help="The folder of the script; default: this one.",
)
data_option = click.option("--json", "as_data", is_flag=True, help="Print one JSON object.")


@click.group(invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Look after what is kept of the films of a folder (in .duocast)."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(size)


@contextmanager
def _store(folder: Path) -> Iterator[DiskStore]:
    root = folder / BUILD_FOLDER / "store"
    if not root.is_dir():
        raise click.UsageError(f"nothing is kept in {folder.resolve()}: no film was made there yet")
    try:
        with DiskStore(root) as store:
            yield store
    except EngineError as problem:
        raise click.UsageError(f"{problem.message}: {problem.hint}") from None


@command.command()
@folder_option
@data_option
def size(folder: Path, as_data: bool) -> None:
    """Say how much is kept, by the work that made it."""
    with _store(folder) as store:
        rows = _sizes(store.actions())
        total = store.size()
    if as_data:
        click.echo(json.dumps({"bytes": total, "work": rows}, indent=2))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("work")
    for column in ("pieces", "size", "seconds to make"):
        table.add_column(column, justify="right")
    for name, row in sorted(rows.items(), key=lambda item: -item[1]["bytes"]):
        table.add_row(name, str(row["pieces"]), human(int(row["bytes"])), f"{row['seconds']:.1f}")
    console = Console()
    console.print(table)
    console.print(f"[bold]{human(total)}[/] in all", highlight=False)


def _sizes(actions: list[Action]) -> dict[str, dict[str, float]]:
    rows: dict[str, dict[str, float]] = defaultdict(lambda: {"pieces": 0, "bytes": 0, "seconds": 0})
    for action in actions:
        row = rows[str(action.made.operation)]
        row["pieces"] += 1
        row["bytes"] += sum(blob.size for blob in action.outputs.values())
        row["seconds"] = round(row["seconds"] + action.made.seconds, 3)
    return dict(rows)


@command.command()
@folder_option
@data_option
def verify(folder: Path, as_data: bool) -> None:
    """Prove that everything that is kept is sound; what is damaged is set aside and made again when it is needed."""
    with _store(folder) as store:
        audit = store.verify()
    if as_data:
        found = {
            "objects": audit.objects,
            "damaged": list(audit.damaged),
            "incomplete": list(audit.incomplete),
        }
        click.echo(json.dumps(found, indent=2))
    else:
        click.echo(
            f"{audit.objects} files looked at, {len(audit.damaged)} damaged, "
            f"{len(audit.incomplete)} pieces of work to be made again"
        )
    if audit.damaged or audit.incomplete:
        raise SystemExit(EXIT_DAMAGED)


def size_value(ctx: click.Context, param: click.Parameter, value: str) -> int:
    """A size as people write it, in bytes: `500MB`, `2GB`."""
    del ctx, param
    found = _SIZE.fullmatch(value.strip())
    if found is None:
        raise click.BadParameter(f"{value} is no size; write 500MB or 2GB")
    return int(float(found[1]) * 1000 ** _POWERS[found[2].lower()])


@command.command()
@click.option(
    "--keep",
    required=True,
    callback=size_value,
    metavar="SIZE",
    help="So much may stay: 500MB, 2GB.",
)
@folder_option
@data_option
def gc(keep: int, folder: Path, as_data: bool) -> None:
    """Clear up: what is large and quickly made again goes first, what the last films are made of never."""
    with _store(folder) as store:
        freed = store.gc(keep)
        left = store.size()
    if as_data:
        click.echo(json.dumps({"freed": freed, "bytes": left}))
        return
    click.echo(f"freed {human(freed)}, {human(left)} left")
    if left > keep:
        click.echo("the rest belongs to the last films made here", err=True)


@command.command()
@click.argument("key")
@folder_option
@data_option
def why(key: str, folder: Path, as_data: bool) -> None:
    """Say what KEY is and why it is kept: a key or digest, or the first eight characters of one."""
    if len(key) < 8 or not re.fullmatch(r"[0-9a-f]+", key):
        raise click.UsageError("give at least the first eight characters of a key or digest")
    with _store(folder) as store:
        actions, roots = store.actions(), store.roots()
    found = [
        action
        for action in actions
        if action.key.startswith(key)
        or any(b.digest.startswith(key) for b in action.outputs.values())
    ]
    if not found:
        raise click.UsageError(f"nothing of the name {key} is kept here")
    used = _used(folder)
    rows = [_kept(action, roots, used.get(action.key, [])) for action in found]
    if as_data:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        _tell(row)


def _used(folder: Path) -> dict[str, list[tuple[str, Past]]]:
    """Who was made with each key, by the ledgers: (script, node)."""
    found: dict[str, list[tuple[str, Past]]] = {}
    for path in sorted((folder / BUILD_FOLDER / LEDGERS).glob("*.json")):
        try:
            ledger = Ledger.from_json(path.read_bytes())
        except (OSError, WrongValue):
            continue
        for past in ledger.nodes:
            found.setdefault(past.key, []).append((path.stem, past))
    return found


def _kept(
    action: Action, roots: dict[str, frozenset[str]], used: list[tuple[str, Past]]
) -> dict[str, object]:
    digests = {blob.digest for blob in action.outputs.values()}
    return {
        "key": action.key,
        "made": f"{action.made.operation} by {action.made.engine} {action.made.version}",
        "seconds": action.made.seconds,
        "outputs": {
            name: {"digest": blob.digest, "bytes": blob.size}
            for name, blob in action.outputs.items()
        },
        "used_by": [f"{script}: {past.address}" for script, past in used],
        "kept_for": sorted(name for name, held in roots.items() if held & digests),
    }


def _tell(row: dict[str, object]) -> None:
    console = Console()
    console.print(f"[bold]{row['key']}[/]", highlight=False)
    console.print(f"  {row['made']}, {row['seconds']:.1f} s", highlight=False)
    outputs = row["outputs"]
    if isinstance(outputs, dict):
        for name, blob in outputs.items():
            console.print(
                f"  {name}: {human(blob['bytes'])}, {blob['digest'][:16]}", highlight=False
            )
    users, roots = row["used_by"], row["kept_for"]
    if isinstance(users, list) and users:
        console.print(f"  for {', '.join(users)}", highlight=False, markup=False)
    if isinstance(roots, list) and roots:
        console.print(f"  stays as long as {', '.join(roots)} does", highlight=False, markup=False)
    else:
        console.print(
            "  no finished film needs it: duocast cache gc may clear it up", highlight=False
        )


def human(count: int) -> str:
    """`1.4 MB`."""
    size = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
