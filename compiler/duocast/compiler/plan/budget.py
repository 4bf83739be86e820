"""A budget: which shots to make when there is not the time to make all of them."""

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from duocast.compiler.graph import Node, Output, ShotGraph
from duocast.compiler.plan.step import Plan
from duocast.compiler.rehearsal import rehearse

COMMON = 4
"""Shots from which what they share changes their prices enough to look at all of them again."""


class Chosen(Struct, frozen=True, gc=False):
    """The shots that fit into a budget, in story order, with the seconds of film that they show.

    `work` are the addresses to make; `cost` the seconds of work, `all_seconds` the film's length.
    """

    shots: tuple[str, ...]
    work: frozenset[str]
    seconds: float
    cost: float
    all_shots: int
    all_seconds: float


def best(graph: ShotGraph, plan: Plan, seconds: float) -> Chosen:
    """The shots that show most of the film within so many seconds of the clock.

    Shots that are finished already cost nothing. The others are taken by film seconds for work seconds, and what
    several of them need (a face, a place, a take) is counted when the first of them is taken.
    """
    lengths = shot_seconds(graph)
    costs = {step.address: step.seconds.p50 for step in plan.steps if step.state != "twin"}
    nodes = {node.address: node for node in graph.nodes}
    needs = {shot: _cone(nodes, f"{shot}/clip") for shot in lengths}
    room = seconds * plan.jobs
    uses = Counter(a for cone in needs.values() for a in cone)
    shared = {address for address, count in uses.items() if count > COMMON and address in costs}
    paid: set[str] = set()
    taken: list[str] = []
    spent = 0.0
    left = [shot for shot, cone in needs.items() if not _refused(plan, cone)]
    again = True
    while again:
        again = False
        prices = {shot: sum(costs.get(a, 0.0) for a in needs[shot] - paid) for shot in left}
        for shot in sorted(left, key=lambda one: -lengths[one] / max(prices[one], 1e-6)):
            price = sum(costs.get(a, 0.0) for a in needs[shot] - paid)
            if spent + price <= room:
                again = True
                spent += price
                taken.append(shot)
                left.remove(shot)
                if not needs[shot] & shared <= paid:
                    paid |= needs[shot]
                    break
                paid |= needs[shot]
    order = {shot: number for number, shot in enumerate(lengths)}
    return Chosen(
        shots=tuple(sorted(taken, key=order.__getitem__)),
        work=frozenset(f"{shot}/clip" for shot in taken),
        seconds=sum(lengths[shot] for shot in taken),
        cost=spent / plan.jobs,
        all_shots=len(lengths),
        all_seconds=sum(lengths.values()),
    )


def shot_seconds(graph: ShotGraph) -> dict[str, float]:
    """How long every shot will probably be, in story order."""
    timeline = rehearse(graph).timeline
    fps = float(timeline.rate.fps)
    return {clip.shot: clip.frames / fps for clip in timeline.picture}


def _cone(nodes: Mapping[str, Node], address: str) -> frozenset[str]:
    """An address and everything that it is made from."""
    reached: set[str] = set()
    front: list[str] = [address] if address in nodes else []
    while front:
        one = front.pop()
        if one not in reached:
            reached.add(one)
            front += [r.address for r in nodes[one].inputs.values() if isinstance(r, Output)]
    return frozenset(reached)


def _refused(plan: Plan, cone: frozenset[str]) -> bool:
    return any(step.state == "refused" and step.address in cone for step in plan.steps)
