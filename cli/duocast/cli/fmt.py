"""`duocast fmt`: lay out scripts in one way, without touching what they say."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from duocast.cli.difference import show_difference
from duocast.cli.project import EXIT_FINDINGS, EXIT_USAGE, LARGEST_SCRIPT
from duocast.cli.scriptfile import (
    ScriptFile,
    Unusable,
    decoded,
    read_script,
    replace_text,
    scripts,
)
from duocast.language import Source
from duocast.language.format import formatted

STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class Layout:
    """A script as it is and as it should be."""

    file: ScriptFile
    tidy: str

    @property
    def changes(self) -> bool:
        """Whether anything in the file would change."""
        return self.file.text != self.tidy or not self.file.plain


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the files of one call."""

    changed: tuple[Path, ...]
    total: int
    problems: dict[Path, str]
    """Files that could not be read or written, each with the reason."""
    written: bool


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Change nothing; show what would change.")
@click.option("--lenient", is_flag=True, help="Read every file as a Fountain page.")
@click.option("--json", "as_json", is_flag=True, help="Say in JSON which files change.")
def command(paths: Sequence[Path], check: bool, diff: bool, lenient: bool, as_json: bool) -> None:
    """Lay out scripts in one way, without touching what they say.

    PATHS are scripts, folders (every .scene file in them), or - for standard input to standard output.

    Exits with 0 when all is well, 1 when --check finds a file that would change, 2 when a file can't be read or
    written.
    """
    if STDIN in paths:
        _stream(paths, check=check, diff=diff, lenient=lenient)
        return
    layouts: list[Layout] = []
    problems: dict[Path, str] = {}
    for path in scripts(paths):
        try:
            layout = _laid_out(read_script(path), lenient=lenient)
            if layout.changes and not (check or diff):
                replace_text(layout.file.target, layout.tidy)
        except Unusable as problem:
            problems[path] = str(problem)
        else:
            layouts.append(layout)
            if diff and not as_json:
                show_difference(layout.file.path, layout.file.text, layout.tidy)
    changed = tuple(layout.file.path for layout in layouts if layout.changes)
    outcome = Outcome(changed, len(layouts), problems, written=not (check or diff))
    (_say_json if as_json else _say)(outcome)
    if problems:
        raise SystemExit(EXIT_USAGE)
    if check and changed:
        raise SystemExit(EXIT_FINDINGS)


def _laid_out(file: ScriptFile, *, lenient: bool) -> Layout:
    return Layout(file, formatted(Source(str(file.path), file.text), lenient=lenient))


def _stream(paths: Sequence[Path], *, check: bool, diff: bool, lenient: bool) -> None:
    """Standard input to standard output."""
    if len(paths) > 1:
        raise click.UsageError("- stands alone: name files, or read standard input")
    content = sys.stdin.buffer.read(LARGEST_SCRIPT + 1)
    try:
        text = decoded(content)
    except Unusable as problem:
        raise click.UsageError(f"standard input {problem}") from None
    layout = _laid_out(ScriptFile(STDIN, STDIN, text, text.encode() == content), lenient=lenient)
    if diff:
        show_difference(layout.file.path, layout.file.text, layout.tidy)
    elif not check:
        sys.stdout.buffer.write(layout.tidy.encode())
    if check and layout.changes:
        raise SystemExit(EXIT_FINDINGS)


def _say(outcome: Outcome) -> None:
    what = "laid out" if outcome.written else "would change"
    for path in outcome.changed:
        click.echo(f"{path}: {what}", err=True)
    for path, problem in outcome.problems.items():
        click.echo(f"Error: {path} {problem}", err=True)
    if outcome.total:
        files = f"{len(outcome.changed)} of {outcome.total} file{'s' * (outcome.total > 1)}"
        click.echo(f"{files} {'changed' if outcome.written else 'would change'}", err=True)
    elif not outcome.problems:
        click.echo("there is no .scene file there", err=True)


def _say_json(outcome: Outcome) -> None:
    problems = [{"path": str(path), "problem": said} for path, said in outcome.problems.items()]
    said = {
        "changed": [str(path) for path in outcome.changed],
        "written": outcome.written,
        "files": outcome.total,
        "problems": problems,
    }
    click.echo(json.dumps(said, ensure_ascii=False, indent=2))
