"""`duocast import`: a script from another program becomes a `.scene`."""

import shlex
from pathlib import Path

import click

from duocast.cli.export import put
from duocast.cli.project import Project, open_project
from duocast.language import parse
from duocast.language.interchange.element import Manuscript
from duocast.language.interchange.fdxreader import NoFinalDraft, read_fdx
from duocast.language.interchange.page import manuscript
from duocast.language.interchange.scenewriter import write_scene


@click.command(name="import")
@click.argument("script", type=click.Path(path_type=Path))
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    help="The new script; default: the same name with the ending .scene.",
)
@click.option("--force", "-f", is_flag=True, help="Write over a file that is there.")
def command(script: Path, out: Path | None, force: bool) -> None:
    """Make a .scene of SCRIPT, a Final Draft file (.fdx) or a Fountain page.

    Everybody who speaks gets a card to fill in; shots that are understood become directions.
    """
    project = open_project(script)
    text = write_scene(_manuscript(project))
    path = out or script.with_suffix(".scene")
    put(path, text, force=force, script=script)
    click.echo(f"next: duocast check {shlex.quote(str(path))}", err=True)


def _manuscript(project: Project) -> Manuscript:
    source = project.source
    if project.script.suffix.lower() != ".fdx":
        return manuscript(parse(source, lenient=True).script, source)
    try:
        return read_fdx(source.text)
    except NoFinalDraft as problem:
        raise click.UsageError(
            f"{project.script} is no Final Draft file: {problem}; save it again as .fdx"
        ) from None
