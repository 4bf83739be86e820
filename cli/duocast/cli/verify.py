"""`duocast verify`: check a film's signature and what it declares."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from duocast.cli.project import EXIT_FINDINGS
from duocast.cli.studio import keys_folder
from duocast.runtime.delivery.provenance import VerifyReport, verify

SAYS = {
    "valid": "valid: not a byte was changed since it was signed",
    "tampered": "tampered: the file was changed after it was signed",
    "unsigned": "unsigned: there is no manifest in this file",
}


@click.command()
@click.argument("film", type=click.Path(path_type=Path))
@click.option("--json", "as_data", is_flag=True, help="Print one JSON object.")
def command(film: Path, as_data: bool) -> None:
    """Check the signature of FILM and print what its manifest declares.

    Exits with 0 when it is valid, 1 when it was changed or never signed.
    """
    try:
        report = verify(film, keys_folder())
    except OSError as problem:
        raise click.UsageError(f"{film} can't be read: {problem.strerror}") from None
    if as_data:
        click.echo(json.dumps(asdict(report), indent=2))
    else:
        click.echo("\n".join(_lines(report)))
    if report.state != "valid":
        raise SystemExit(EXIT_FINDINGS)


def _lines(report: VerifyReport) -> list[str]:
    lines = [SAYS[report.state], *(f"  problem: {problem}" for problem in report.problems)]
    if report.state == "unsigned":
        return lines
    who = (
        f"{report.signer} (this installation)"
        if report.own
        else f"{report.signer} (not known here)"
    )
    facts = {
        "signed by": who,
        "made with": report.signed_with,
        "title": report.title,
        "source": report.source_type.rsplit("/", 1)[-1],
        "disclosure": report.disclosure,
        "training": report.training,
        "shots": f"{len(report.shots)}",
        "engines": ", ".join(f"{o} by {name} {version}" for o, name, version in report.engines),
    }
    return lines + [f"  {name}: {value}" for name, value in facts.items() if value]
