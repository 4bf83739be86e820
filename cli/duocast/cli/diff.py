"""`duocast diff`: which shots differ between two versions of a script, with their stills before and after."""

import json
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from duocast.cli.diffpage import Side, Stills, page
from duocast.cli.engines import INSTALLED
from duocast.cli.options import result_option
from duocast.cli.prepared import lowered
from duocast.cli.project import BUILD_FOLDER, EXIT_FINDINGS, open_project, write_file
from duocast.cli.remembered import Memory
from duocast.cli.revision import revision
from duocast.cli.studio import inlines, registry
from duocast.cli.why import only_script
from duocast.compiler.film import compile_film
from duocast.compiler.identity import Identity, Settled, settle
from duocast.compiler.plan import Ledger
from duocast.compiler.plan.decide import made
from duocast.compiler.plan.difference import Difference, ShotChange, Version, difference
from duocast.compiler.plan.step import told
from duocast.compiler.reader import Reader
from duocast.compiler.screenplay import Screenplay
from duocast.farm.planning import survey
from duocast.language import Source
from duocast.runtime.store.disk import DiskStore

MARKS = {"new": "[bold green]+[/]", "gone": "[bold red]-[/]", "changed": "[yellow]~[/]"}
FIELDS = 4
"""Fields of a shot that are named."""


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--script",
    type=click.Path(path_type=Path),
    help="The script, where OLD and NEW are revisions; default: the folder's one script.",
)
@click.option("--out", "-o", type=click.Path(path_type=Path), help="Write a page with the stills.")
@result_option
def command(
    old: str, new: str | None, script: Path | None, out: Path | None, as_data: bool
) -> None:
    """Say which shots differ between OLD and NEW.

    Each is a script, or a revision of Git (a commit, a tag, HEAD~2). Without NEW it is the script as it is now.
    Stills are shown as far as they have been made.
    """
    first = _source(old, script)
    second = _source(new, script) if new is not None else _now(old, script)
    before = _settled(first, Memory(second[2] / BUILD_FOLDER, Path(second[0].path).name))
    after = settle(_compiled(*second[:2]), before.identity)
    versions = [_version(one.screenplay) for one in (before, after)]
    found = difference(*versions)
    if out is not None:
        sides = (Side(old, before.screenplay), Side(new or "now", after.screenplay))
        write_file(out, page(found, sides, _stills(versions, second[2])))
    if as_data:
        click.echo(json.dumps(_as_json(found), indent=2, ensure_ascii=False))
    else:
        _tell(found, Console())
        if out is not None:
            click.echo(f"wrote {out}", err=True)


Origin = tuple[Source, Reader, Path]
"""A script, the files around it, and its folder."""


def _source(name: str, script: Path | None) -> Origin:
    """A script file, or a revision of one."""
    if Path(name).is_file():
        project = open_project(Path(name))
        return project.source, project.reader, project.folder
    path = script or only_script()
    source, reader = revision(path, name)
    return source, reader, path.resolve().parent


def _now(old: str, script: Path | None) -> Origin:
    path = script or only_script()
    if Path(old).is_file() and script is None and Path(old).resolve() == path.resolve():
        raise click.UsageError("name two scripts, or a revision of Git")
    project = open_project(path)
    return project.source, project.reader, project.folder


def _compiled(source: Source, reader: Reader) -> Screenplay:
    compiled = compile_film(source, reader, engines=INSTALLED)
    if compiled.screenplay is None:
        errors = [one for one in compiled.diagnostics if one.severity == "error"]
        click.echo(
            f"{source.path} has errors: {errors[0].title if errors else 'no scene'}", err=True
        )
        raise SystemExit(EXIT_FINDINGS)
    return compiled.screenplay


def _settled(origin: Origin, memory: Memory) -> Settled:
    """The old version by the names that the film has, so that its stills are found."""
    screenplay = _compiled(*origin[:2])
    return settle(screenplay, memory.identity(screenplay) if memory.build.is_dir() else Identity())


def _version(screenplay: Screenplay) -> Version:
    return Version(screenplay, lowered(screenplay, None)[0][1])


def _stills(versions: list[Version], folder: Path) -> tuple[Stills, Stills]:
    """The stills of both versions that the store has, by shot."""
    root = folder / BUILD_FOLDER / "store"
    if not root.is_dir():
        return {}, {}
    found: list[Stills] = []
    with DiskStore(root) as store:
        for version in versions:
            known = survey(
                version.graph,
                engines=registry(),
                inlines={(each.operation, each.name): each for each in inlines()},
                store=store,
                project=folder,
            )
            outputs = made(version.graph, known, Ledger())
            shots = [shot.id for scene in version.screenplay.scenes for shot in scene.shots]
            pictures = {
                shot: outputs.get(f"{shot}/clip", {}).get("thumb")
                or outputs.get(f"{shot}/still", {}).get("still")
                for shot in shots
            }
            found.append({s: store.read(digest) for s, digest in pictures.items() if digest})
    return found[0], found[1]


def _tell(found: Difference, console: Console) -> None:
    for change in found.shots:
        console.print(
            f"{MARKS[change.kind]} [bold]{change.name}[/] {escape(change.shot)}", highlight=False
        )
        for text in lines_of(change):
            console.print(f"    {text}", highlight=False)
    counts = [
        (kind, sum(one.kind == kind for one in found.shots)) for kind in ("changed", "new", "gone")
    ]
    told_ = ", ".join(f"{count} {kind}" for kind, count in counts if count)
    console.print(
        f"{told_ or 'no shot differs'}; {found.same} the same"
        + (f"; also other: {', '.join(found.others)}" if found.others else ""),
        highlight=False,
    )


def lines_of(change: ShotChange) -> list[str]:
    """What is different, a line each."""
    rows = []
    if change.before != change.after:
        rows += [f"[red]- {escape(text)}[/]" for text in change.before if text not in change.after]
        rows += [
            f"[green]+ {escape(text)}[/]" for text in change.after if text not in change.before
        ]
    fields = [f"{address.rpartition('/')[2]} {told(one)}" for address, one in change.fields]
    rows += [f"[dim]{escape(text)}[/]" for text in fields[:FIELDS]]
    return rows


def _as_json(found: Difference) -> dict[str, object]:
    return {
        "same": found.same,
        "others": list(found.others),
        "shots": [
            {
                "shot": one.shot,
                "name": one.name,
                "kind": one.kind,
                "before": list(one.before),
                "after": list(one.after),
                "fields": [
                    {"address": address, "field": c.field, "old": c.old, "new": c.new}
                    for address, c in one.fields
                ],
            }
            for one in found.shots
        ],
    }
