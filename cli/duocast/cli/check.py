"""`duocast check`: say everything that is wrong with a script, and how to mend it."""

from pathlib import Path

import click

from duocast.cli.findings import FORMS, Form, show, verdict
from duocast.cli.project import EXIT_FINDINGS, Project, open_project
from duocast.cli.stamping import stamped
from duocast.compiler.film import compile_film
from duocast.compiler.reader import Reader
from duocast.language import has_errors


@click.command()
@click.argument("script", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="full", help="How findings are shown."
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option(
    "--lenient", is_flag=True, help="Give every unknown name a default, as for a .fountain file."
)
def command(script: Path, form: Form, lenient: bool) -> None:
    """Say everything that is wrong with SCRIPT, and how to mend it.

    Exits with 0 when the film can be made, 1 when an error stops it, 2 when the command line is wrong.
    """
    project = open_project(script)
    with stamped(project) as reader:
        _check(project, reader, form, lenient=lenient)


def _check(project: Project, reader: Reader, form: Form, *, lenient: bool) -> None:
    compiled = compile_film(project.source, reader, lenient=lenient)
    show(compiled, form)
    if form != "json":
        scenes = len(compiled.screenplay.scenes) if compiled.screenplay else 0
        tail = f", {scenes} scenes" if scenes else ""
        click.echo(f"{project.script}: {verdict(compiled)}{tail}", err=True)
    if has_errors(compiled.diagnostics):
        raise SystemExit(EXIT_FINDINGS)
