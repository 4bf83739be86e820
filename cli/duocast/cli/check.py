"""`duocast check`: say everything that is wrong with a script, how to mend it, and mend it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from duocast.cli.codes import Selection, code_list
from duocast.cli.difference import show_difference
from duocast.cli.engines import INSTALLED
from duocast.cli.findings import FORMS, Form, Report, show_all
from duocast.cli.mending import Mended, mend, write
from duocast.cli.options import lenient_option
from duocast.cli.project import EXIT_FINDINGS, Project, open_project
from duocast.cli.scriptfile import Unusable, scripts
from duocast.cli.stamping import Witness, stamped
from duocast.compiler.film import Compiled, compile_film
from duocast.language import Severity, summary


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be done with the findings."""

    selection: Selection
    form: Form
    lenient: bool
    fix: bool
    unsafe: bool
    diff: bool
    strict: bool


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="full", help="How findings are shown."
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option("--select", multiple=True, callback=code_list, help="Only these codes: N0204,L01.")
@click.option("--ignore", multiple=True, callback=code_list, help="Not these codes: N0204,L01.")
@click.option("--fix", is_flag=True, help="Make every fix that can't be wrong.")
@click.option("--unsafe-fixes", "unsafe", is_flag=True, help="Make the other fixes too.")
@click.option("--diff", is_flag=True, help="Show what the fixes would change, and change nothing.")
@click.option("--strict", is_flag=True, help="Exit with 1 for a warning too.")
@lenient_option
def command(
    paths: Sequence[Path],
    form: Form,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    unsafe: bool,
    diff: bool,
    strict: bool,
    lenient: bool,
) -> None:
    """Say everything that is wrong with a script, and how to mend it.

    PATHS are scripts, or folders: every .scene file in them. A script's own title page may ignore warnings and notes,
    as in Check: ignore L0003.

    Exits with 0 when there is no error (with --strict: no warning either), 1 when there is one, 2 when the command
    line is wrong.
    """
    wishes = Wishes(Selection(select, ignore), form, lenient, fix, unsafe, diff, strict)
    with stamped(paths, mending=fix or unsafe or diff) as witness:
        _say(paths, wishes, witness)


def _say(paths: Sequence[Path], wishes: Wishes, witness: Witness) -> None:
    form = wishes.form
    reports = _unused([_check(project, wishes, witness) for project in _projects(paths)], paths)
    show_all([one for one, _ in reports], form)
    if form in ("full", "concise"):
        for one, compiled in reports:
            click.echo(f"{one.script}: {_verdict(one, compiled)}", err=True)
    failing = {Severity.ERROR, Severity.WARNING} if wishes.strict else {Severity.ERROR}
    if any(one.severity in failing for report, _ in reports for one in report.diagnostics):
        raise SystemExit(EXIT_FINDINGS)


def _projects(paths: Sequence[Path]) -> Iterator[Project]:
    """The scripts that are named, and those in the folders that are."""
    found = list(scripts(paths))
    if not found:
        raise click.UsageError(f"there is no .scene file in {', '.join(map(str, paths))}")
    return (open_project(path) for path in found)


def _unused(
    reports: list[tuple[Report, Compiled]], named: Sequence[Path]
) -> list[tuple[Report, Compiled]]:
    """The reports without the scripts of a folder that others use: they have been checked with those."""
    used = {
        (one.script.parent / source.path).resolve()
        for one, _ in reports
        for source in one.sources[1:]
    }
    return [
        (one, compiled)
        for one, compiled in reports
        if one.script in named or one.script.resolve() not in used
    ]


def _check(project: Project, wishes: Wishes, witness: Witness) -> tuple[Report, Compiled]:
    """The findings of one script, after its fixes if they are to be made."""
    if wishes.fix or wishes.unsafe or wishes.diff:
        mended = mend(project, wishes.selection.of, lenient=wishes.lenient, unsafe=wishes.unsafe)
        _put(project, mended, wishes)
        if not wishes.diff:
            return _report(project, mended.compiled, wishes), mended.compiled
    compiled = compile_film(
        project.source, witness(project), lenient=wishes.lenient, engines=INSTALLED
    )
    return _report(project, compiled, wishes), compiled


def _report(project: Project, compiled: Compiled, wishes: Wishes) -> Report:
    wanted = wishes.selection.of(compiled.diagnostics)
    return Report(project.script, wanted, tuple(compiled.sources.values()))


def _put(project: Project, mended: Mended, wishes: Wishes) -> None:
    """Write what was mended, or only show it."""
    if wishes.diff:
        for path, text in mended.after.items():
            file = project.script if path == project.source.path else project.script.parent / path
            show_difference(file, mended.before[path], text)
        return
    try:
        for file in write(project, mended):
            if file != project.script:
                click.echo(f"{file}: mended", err=True)
    except Unusable as problem:
        raise click.UsageError(f"{project.script} {problem}") from None
    if mended.made:
        done = ", ".join(
            code if count == 1 else f"{code} ({count} times)"
            for code, count in sorted(mended.made.items())
        )
        click.echo(f"{project.script}: fixed {done}", err=True)


def _verdict(report: Report, compiled: Compiled) -> str:
    """`2 errors, 1 warning; --fix mends 1 of them`."""
    said = summary(report.diagnostics)
    if not said:
        told = compiled.screenplay.scenes if compiled.screenplay else ()
        scenes = sum(scene.place is not None for scene in told)
        counted = f"{scenes} scene" if scenes == 1 else f"{scenes} scenes"
        return f"no findings, {counted}" if scenes else "no findings"
    safe = sum(one.fix is not None and one.fix.safe for one in report.diagnostics)
    return f"{said}; --fix mends {safe} of them" if safe else said
