"""`duocast why`: why a piece of work would run, or when and from what it was made, down to the changed text."""

import json
from collections.abc import Mapping
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from duocast.cli.options import lenient_option, result_option
from duocast.cli.plan import known_plan, placed
from duocast.cli.planpage import MARKS
from duocast.cli.prepared import Prepared, Wishes, compile_project, prepare
from duocast.cli.project import BUILD_FOLDER, open_project
from duocast.compiler.graph import ShotGraph
from duocast.compiler.plan import Past, Plan, Step
from duocast.compiler.plan.step import describe
from duocast.compiler.select import Selectable, UnknownSelector, addresses
from duocast.runtime.engine import EngineError
from duocast.runtime.store.contents import Action
from duocast.runtime.store.disk import DiskStore

SHOWN = 6
"""Causes of one piece of work that are followed."""


@click.command()
@click.argument("address")
@click.argument("script", type=click.Path(path_type=Path), required=False)
@lenient_option
@result_option
def command(address: str, script: Path | None, lenient: bool, as_data: bool) -> None:
    """Say why ADDRESS would run, or why it need not.

    ADDRESS is a piece of work as duocast plan names it (kitchen-night/shot-3/clip), or a selector for one
    (shot:2B). SCRIPT may be left out where the folder has only one.
    """
    project = open_project(script or only_script())
    compiled = compile_project(project, lenient=lenient, quiet=True)
    prepared = prepare(project, compiled, Wishes(None, (), lenient))
    try:
        with DiskStore(project.build / "store") as store:
            graph, _, ledger, plan = known_plan(prepared, store, 1)
            found = _found(address, prepared, graph)
            past = ledger.by_address().get(found)
            action = store.peek(past.key) if past is not None else None
    except EngineError as problem:
        raise click.UsageError(f"{problem.message}: {problem.hint}") from None
    plan = placed(prepared, plan)
    if as_data:
        click.echo(json.dumps(_as_json(found, plan, past), indent=2))
        return
    step = plan.plain_step(found)
    if step is None:
        _tell_made(found, past, action, Console())
    else:
        steps = {one.address: one for one in plan.steps}
        Console().print(_tree(step, steps, set()))


def only_script() -> Path:
    """The one script of this folder, or the one that has been rendered."""
    found = sorted(Path().glob("*.scene"))
    if len(found) == 1:
        return found[0]
    if not found:
        raise click.UsageError("there is no .scene file here; name the script")
    known = [one for one in found if (Path(BUILD_FOLDER) / "ledger" / f"{one.name}.json").exists()]
    if len(known) == 1:
        return known[0]
    raise click.UsageError(f"name the script: {', '.join(map(str, found))}")


def _found(address: str, prepared: Prepared, graph: ShotGraph) -> str:
    """The address that is meant: of several that are selected the last, which is made from the others."""
    try:
        chosen = addresses((address,), Selectable(prepared.screenplay, graph))
    except UnknownSelector as problem:
        begun = [node.address for node in graph.nodes if node.address.startswith(f"{address}/")]
        if begun:
            return begun[-1]
        raise click.UsageError(str(problem)) from None
    ordered = [node.address for node in graph.nodes if node.address in chosen]
    if not ordered:
        raise click.UsageError(f"nothing is selected by {address}")
    return ordered[-1]


def _tree(step: Step, steps: Mapping[str, Step], told: set[str]) -> Tree:
    """A step, its own reasons with their place in the script, and under it what it waits for."""
    tree = Tree(f"{MARKS[step.state]} {escape(step.address)}", guide_style="dim")
    told.add(step.address)
    for reason in step.reasons:
        if reason.kind != "remade":
            tree.add(f"[cyan]{escape(describe(reason))}[/]")
    if step.twin_of is not None:
        tree.add(f"[dim]the same work as {escape(step.twin_of)}[/]")
    if step.where is not None and any(reason.kind != "remade" for reason in step.reasons):
        place = f"{step.where.path}:{step.where.line}:{step.where.column}"
        tree.add(f"[dim]{escape(place)}[/] {escape(step.where.words)}")
    causes = [steps[one] for one in step.causes if one in steps]
    for cause in [one for one in causes if one.address not in told][:SHOWN]:
        if cause.address not in told:
            tree.add(_tree(cause, steps, told))
    if len(causes) > SHOWN:
        tree.add(f"[dim]and {len(causes) - SHOWN} more[/]")
    return tree


def _tell_made(address: str, past: Past | None, action: Action | None, console: Console) -> None:
    """Why there is nothing to do."""
    console.print(
        f"[bold green]{escape(address)}[/] is finished: everything that it is made from is as it was"
    )
    if past is None:
        console.print("it was made for another film or in another command", highlight=False)
        return
    seconds = f" in {action.made.seconds:.1f} s" if action is not None else ""
    console.print(
        f"  made by {past.engine} {past.version}{seconds}; key {past.key[:16]}", highlight=False
    )
    for name, source in past.inputs.items():
        console.print(f"  [dim]{escape(name)}[/] {escape(source)}", highlight=False)


def _as_json(address: str, plan: Plan, past: Past | None) -> dict[str, object]:
    """The step with all the steps that it waits for, root causes last."""
    steps = {one.address: one for one in plan.steps}
    front, reached = [address], []
    while front:
        one = front.pop(0)
        if one in steps and one not in reached:
            reached.append(one)
            front += steps[one].causes
    return {
        "address": address,
        "runs": address in steps,
        "steps": [steps[one].plain() for one in reached],
        "key": past.key if past is not None else None,
    }
