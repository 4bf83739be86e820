"""`duocast generate`: from an idea, and the portraits of who is in it, to a script that compiles."""

import json
import re
import shlex
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import click

from duocast.cli.engines import INSTALLED
from duocast.cli.moderating import moderate_idea
from duocast.cli.options import result_option
from duocast.cli.paying import amount
from duocast.cli.project import DiskReader
from duocast.cli.studio import office_of
from duocast.compiler.film import compile_film
from duocast.language import Severity, Source, render
from duocast.runtime.clouds.terms import WRITERS
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.writing import (
    MOST_TRIES,
    SCHEMA,
    Given,
    Idea,
    NeverRight,
    Script,
    as_scene,
    author,
    from_template,
)

EXIT_FAILED = 1
TEMPLATES = "templates"
FACES = "faces"
_PICTURES = (".png", ".jpg", ".jpeg", ".webp")


@click.command()
@click.argument("idea")
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("film.scene"),
    show_default=True,
    help="The script; one that is there is never written over.",
)
@click.option(
    "--portrait",
    "portraits",
    multiple=True,
    metavar="[NAME=]FILE",
    help="Somebody who is in it, by a picture; copied beside the script. Repeat it for each.",
)
@click.option(
    "--writer",
    type=click.Choice((TEMPLATES, *sorted(WRITERS))),
    default=TEMPLATES,
    show_default=True,
    help="Who writes: rules on this machine, or a model of a cloud (docs/clouds.md).",
)
@click.option("--seconds", type=click.FloatRange(5, 600), default=40.0, show_default=True)
@click.option("--language", default="en-US", show_default=True, help="What is spoken.")
@click.option("--seed", type=int, default=0, help="Another number, another script.")
@click.option(
    "--tries",
    type=click.IntRange(1, 10),
    default=MOST_TRIES,
    show_default=True,
    help="How often a model is asked until its script compiles.",
)
@click.option("--budget", metavar="DOLLARS", callback=amount, help="What the model may take.")
@result_option
def command(
    idea: str,
    out: Path,
    portraits: tuple[str, ...],
    writer: str,
    seconds: float,
    language: str,
    seed: int,
    tries: int,
    budget: int | None,
    as_data: bool,
) -> None:
    """Write a script for IDEA that renders as it is, ready to be changed.

    Nothing leaves this machine unless a writer of a cloud is named. Then the idea and the names go out, no picture;
    each answer is compiled here, and what is wrong with it is sent back.
    """
    if out.exists():
        raise click.UsageError(f"{out} is there already; name another file with -o")
    if writer == TEMPLATES and not language.lower().startswith("en"):
        raise click.UsageError(f"the templates speak English; name a --writer for {language}")
    pictures = _pictures(portraits)
    given = tuple(Given(name, f"{FACES}/{_file(name, file)}") for name, file in pictures)
    wanted = Idea(idea, given, seconds, language, seed)
    _laid_out(out, pictures)
    try:
        script = _written(wanted, out, writer, tries, budget)
    except EngineError as problem:
        _tell(problem, as_data=as_data)
        raise SystemExit(EXIT_FAILED) from None
    out.write_text(script.text, encoding="utf-8")
    if as_data:
        click.echo(json.dumps({"ok": True, "script": str(out), "tries": script.tries}, indent=2))
        return
    click.echo(f"wrote {out}\nnext: duocast render {shlex.quote(str(out))}")


def _written(idea: Idea, out: Path, writer: str, tries: int, budget: int | None) -> Script:
    def findings(text: str) -> tuple[str, ...]:
        return wrong(text, out)

    if writer == TEMPLATES:
        text = as_scene(from_template(idea), idea)
        if found := findings(text):
            raise _unfilmable(NeverRight(1, found))
        return Script(text, 0)
    from duocast.runtime.clouds.wording import CloudWriter

    moderate_idea(idea.text)
    office = office_of(str(out.resolve()), f"generate {time.time_ns()}", budget)
    model = CloudWriter(writer, office, SCHEMA, idea.seed)
    try:
        return author(idea, model.ask, findings, tries)
    except NeverRight as problem:
        raise _unfilmable(problem) from None


def wrong(text: str, script: Path) -> tuple[str, ...]:
    """What keeps a script from being a film, a line each, as the compiler says it."""
    source = Source(script.name, text)
    compiled = compile_film(source, DiskReader(script.resolve().parent), engines=INSTALLED)
    errors = [one for one in compiled.diagnostics if one.severity is Severity.ERROR]
    found = render(errors, [source], form="concise").splitlines()
    if not found and compiled.screenplay is None:
        return ("there is no scene in it",)
    return tuple(found)


def _unfilmable(problem: NeverRight) -> EngineError:
    message = f"{problem}: {'; '.join(problem.found[:3])}"
    hint = "say the idea in other words, or leave --writer out; duocast credits shows what was paid"
    return EngineError(FailureClass.INVALID, "R0711", message, hint)


def _pictures(portraits: Sequence[str]) -> list[tuple[str, Path]]:
    """Names and files; a name that is not given is the file's."""
    found: list[tuple[str, Path]] = []
    for each in portraits:
        before, sign, after = each.partition("=")
        file = Path(after if sign else each)
        name = " ".join(re.findall(r"[A-Z0-9]+", (before if sign else file.stem).upper()))
        if not file.is_file() or file.suffix.lower() not in _PICTURES:
            raise click.BadParameter(f"{file} is no picture ({', '.join(_PICTURES)})")
        if not name or name in (known for known, _ in found):
            raise click.BadParameter(f"give a name of its own, as in --portrait MARA={file}")
        found.append((name, file))
    return found


def _laid_out(out: Path, pictures: Sequence[tuple[str, Path]]) -> None:
    """The folder, and the portraits beside the script."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        for name, file in pictures:
            place = out.parent / FACES / _file(name, file)
            place.parent.mkdir(exist_ok=True)
            if not (place.exists() and place.samefile(file)):
                shutil.copyfile(file, place)
    except OSError as problem:
        raise click.UsageError(f"{out.parent} can't be written: {problem.strerror}") from None


def _file(name: str, file: Path) -> str:
    return f"{name.lower().replace(' ', '-')}{file.suffix.lower()}"


def _tell(problem: EngineError, *, as_data: bool) -> None:
    click.echo(f"error[{problem.code}]: {problem.message}\n  = {problem.hint}", err=True)
    if as_data:
        error = {"code": problem.code, "message": problem.message, "hint": problem.hint}
        click.echo(json.dumps({"ok": False, "errors": [error]}, indent=2))
