"""How long a plan takes on the clock: the longest chain, or the work shared by the workers, whichever is longer."""

from collections.abc import Sequence
from math import sqrt

from duocast.compiler.graph import Node, Output
from duocast.compiler.plan.step import Estimate, State, Step


def clock(
    nodes: Sequence[Node], steps: Sequence[Step], jobs: int, states: tuple[State, ...]
) -> Estimate:
    """Seconds until the steps in these states are done.

    Steps vary on their own, so that what one takes longer another makes up for: the spread of a sum is the root of
    the sum of squares.
    """
    runs = {step.address: step.seconds for step in steps if step.state in states}
    if not runs:
        return Estimate()
    shared = _sum(list(runs.values()))
    chain = _longest(nodes, runs)
    half = max(chain.p50, shared.p50 / jobs)
    spread = max(chain.p90 - chain.p50, (shared.p90 - shared.p50) / jobs)
    return Estimate(p50=round(half, 2), p90=round(half + spread, 2))


def _sum(several: Sequence[Estimate]) -> Estimate:
    half = sum(one.p50 for one in several)
    spread = sqrt(sum((one.p90 - one.p50) ** 2 for one in several))
    return Estimate(p50=half, p90=half + spread)


def _longest(nodes: Sequence[Node], runs: dict[str, Estimate]) -> Estimate:
    """The longest chain, by its middle times; its spread is counted along it."""
    way: dict[str, tuple[float, float]] = {}
    nothing = (0.0, 0.0)
    for node in nodes:
        own = runs.get(node.address)
        before = max(
            (
                way.get(ref.address, nothing)
                for ref in node.inputs.values()
                if isinstance(ref, Output)
            ),
            default=nothing,
        )
        if own is None:
            way[node.address] = before
        else:
            way[node.address] = (before[0] + own.p50, before[1] + (own.p90 - own.p50) ** 2)
    half, spread = max(way.values(), default=nothing)
    return Estimate(p50=half, p90=half + sqrt(spread))
