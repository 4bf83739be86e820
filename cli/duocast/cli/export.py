"""`duocast export`: the script for other people's programs."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import click

from duocast.cli.engines import INSTALLED
from duocast.cli.findings import show
from duocast.cli.project import EXIT_FINDINGS, Project, open_project, write_file
from duocast.compiler.film import Compiled, compile_film
from duocast.compiler.screenplay import Screenplay
from duocast.language import parse


@dataclass(frozen=True, slots=True)
class Wish:
    """What is exported: the script, and what compiling it gave."""

    project: Project
    compiled: Compiled
    lenient: bool


def _fountain(wish: Wish) -> str:
    from duocast.language.interchange.fountain import write_fountain
    from duocast.language.interchange.page import manuscript

    parsed = parse(wish.project.source, lenient=wish.lenient)
    return write_fountain(manuscript(parsed.script, wish.project.source))


def _fdx(wish: Wish) -> str:
    from duocast.language.interchange.finaldraft import write_fdx
    from duocast.language.interchange.page import manuscript

    parsed = parse(wish.project.source, lenient=wish.lenient)
    return write_fdx(manuscript(parsed.script, wish.project.source))


def _srt(wish: Wish) -> str:
    from duocast.cli.rehearsing import rehearsed
    from duocast.compiler.operations.delivery import CaptionParams
    from duocast.runtime.delivery.captions.cues import cues_of
    from duocast.runtime.delivery.captions.files import srt

    rehearsal = rehearsed(_screenplay(wish))
    cues = cues_of(rehearsal.timeline, rehearsal.times, CaptionParams())
    return srt(cues, rehearsal.timeline.rate)


def _shot_list(wish: Wish) -> str:
    from duocast.cli.rehearsing import rehearsed
    from duocast.compiler.shotlist import shot_list

    screenplay = _screenplay(wish)
    return shot_list(screenplay, rehearsed(screenplay))


def _json(wish: Wish) -> str:
    from duocast.cli.rehearsing import rehearsed

    screenplay = _screenplay(wish)
    timeline = rehearsed(screenplay).timeline.plain()
    content = {"screenplay": screenplay.plain(), "timeline_about": timeline}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class Target:
    """A form to export to: the file's ending, who writes it, and whether the script must be without errors."""

    suffix: str
    write: Callable[[Wish], str]
    compiled: bool = True


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "fountain": Target(".fountain", _fountain, compiled=False),
        "fdx": Target(".fdx", _fdx, compiled=False),
        "srt": Target(".srt", _srt),
        "shotlist": Target(".shots.csv", _shot_list),
        "json": Target(".json", _json),
    }
)


@click.command()
@click.argument("script", type=click.Path(path_type=Path))
@click.option("--to", "target", type=click.Choice(list(TARGETS)), required=True, help="The form.")
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path, allow_dash=True),
    help="The file, or - for standard output; default: beside the script, with the form's ending.",
)
@click.option("--force", "-f", is_flag=True, help="Write over a file that is there.")
@click.option(
    "--lenient", is_flag=True, help="Give every unknown name a default, as for a .fountain file."
)
def command(script: Path, target: str, out: Path | None, force: bool, lenient: bool) -> None:
    """Export SCRIPT for other people's programs.

    \b
    fountain  plain Fountain; directions become notes, cards go into a boneyard
    fdx       Final Draft
    srt       captions, at the times that the film will probably have
    shotlist  a row for every shot, as CSV
    json      the whole screenplay with every decision, and its probable timeline

    The captions of a finished film, with measured times, are beside the film.
    """
    project = open_project(script)
    chosen = TARGETS[target]
    lenient = lenient or script.suffix.lower() == ".fountain"
    compiled = compile_film(project.source, project.reader, lenient=lenient, engines=INSTALLED)
    show(compiled, "full")
    if chosen.compiled and compiled.screenplay is None:
        click.echo(f"{script}: mend the errors first; nothing was written", err=True)
        raise SystemExit(EXIT_FINDINGS)
    text = chosen.write(Wish(project, compiled, lenient))
    if out is not None and str(out) == "-":
        sys.stdout.write(text)
        return
    path = out or script.with_name(script.stem + chosen.suffix)
    put(path, text, force=force, script=script)


def put(path: Path, text: str, *, force: bool, script: Path) -> None:
    """Write a new file and say so; one that is there is kept unless `force`, and the script always."""
    if path.exists() and path.resolve() == script.resolve():
        raise click.UsageError(f"{path} is the script itself: name another file with --out")
    if path.exists() and not force:
        raise click.UsageError(f"{path} is there already: add --force, or name another --out")
    write_file(path, text)
    click.echo(f"wrote {path}", err=True)


def _screenplay(wish: Wish) -> Screenplay:
    if wish.compiled.screenplay is None:
        raise click.UsageError("the script has errors")
    return wish.compiled.screenplay
