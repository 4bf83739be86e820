"""Paying: before anything is made, whether every cloud that is asked has a key, and whether the budget holds it all."""

import click

from duocast.cli.studio import registry
from duocast.compiler.graph import Operation, ShotGraph
from duocast.compiler.plan import Ledger, Survey, decide
from duocast.compiler.plan.decide import needed
from duocast.runtime.clouds.faults import over_budget
from duocast.runtime.clouds.prices import micro_of
from duocast.runtime.rented import Rented


def check_money(
    graph: ShotGraph,
    known: Survey,
    ledger: Ledger,
    only: frozenset[str] | None,
    budget: int | None,
) -> None:
    """Refuse a render whose clouds have no key here, or that may cost more than `budget`.

    Raises `EngineError` R0701 that names the variable, R0709, or R0710. A film that no cloud works on costs nothing to
    check.
    """
    rented = {(one.operation, one.name): one for one in registry() if isinstance(one, Rented)}
    if not any((node.operation, node.engine) in rented for node in needed(graph, only)):
        return
    plan = decide(graph, known, ledger, only=only)
    for step in plan.steps:
        engine = rented.get((Operation(step.operation), step.engine))
        missing = engine.missing() if engine is not None else None
        if missing is not None:
            raise missing
    if budget is not None and plan.money > budget:
        raise over_budget(plan.money, 0, budget)


def amount(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """The millionths of `5.00`."""
    del ctx, param
    if value is None:
        return None
    try:
        return micro_of(value.strip().removeprefix("$"))
    except ValueError as problem:
        raise click.BadParameter(f"{problem}; write 5 or 5.00") from None
