"""`duocast graph`: draw the shot graph as SVG, or print it as JSON."""

import json
from pathlib import Path

import click

from duocast.cli.drawing import draw
from duocast.cli.engines import INSTALLED
from duocast.cli.findings import show
from duocast.cli.project import EXIT_FINDINGS, open_project, write_file
from duocast.cli.remembered import named
from duocast.cli.studio import crew, registry
from duocast.compiler.film import compile_film
from duocast.compiler.graph import Asset, Node, ShotGraph
from duocast.compiler.lower import lower


@click.command()
@click.argument("script", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the nodes as JSON instead of SVG.")
@click.option(
    "--out", "-o", type=click.Path(path_type=Path), help="Write to a file instead of printing."
)
def command(script: Path, as_json: bool, out: Path | None) -> None:
    """Draw the shot graph of SCRIPT: every piece of work, and what each is made from."""
    project = open_project(script)
    compiled = compile_film(project.source, project.reader, engines=INSTALLED)
    if compiled.screenplay is None:
        show(compiled, "full")
        raise SystemExit(EXIT_FINDINGS)
    graph = lower(
        named(project.build, script.name, compiled.screenplay), crew("standard", registry())
    )
    text = as_text(graph) if as_json else draw(graph, compiled.screenplay.title)
    if out is None:
        click.echo(text)
    else:
        write_file(out, text)
        click.echo(f"wrote {out}: {len(graph.nodes)} nodes", err=True)


def as_text(graph: ShotGraph) -> str:
    """The graph as JSON: a list of nodes in an order in which each stands after what it needs."""
    return json.dumps(
        {"target": graph.target, "nodes": [_row(node) for node in graph.nodes]}, indent=2
    )


def _row(node: Node) -> dict[str, object]:
    inputs = {
        name: {"asset": ref.path}
        if isinstance(ref, Asset)
        else {"address": ref.address, "name": ref.name}
        for name, ref in node.inputs.items()
    }
    return {
        "address": node.address,
        "operation": node.operation.value,
        "engine": node.engine,
        "params": dict(node.params),
        "inputs": inputs,
    }
