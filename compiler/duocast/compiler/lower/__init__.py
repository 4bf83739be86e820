"""Lowering: a Screenplay becomes the shot graph.

Every name inside a node's params is local to its scene or made from content, so that no key holds a position in
the film: moving a scene makes nothing again but the assembly.
"""

from collections.abc import Iterable

from duocast.compiler.graph import Node, Output, ShotGraph
from duocast.compiler.lower.cast import lower_cast, lower_takes
from duocast.compiler.lower.crew import Crew
from duocast.compiler.lower.film import lower_film
from duocast.compiler.lower.hiring import with_hired
from duocast.compiler.lower.identity import reseeded
from duocast.compiler.lower.places import lower_places
from duocast.compiler.lower.shots import lower_shots
from duocast.compiler.lower.sounds import lower_sounds
from duocast.compiler.screenplay import Screenplay

__all__ = ["Crew", "lower"]

FINISHED = "film/signed"
PASSES = (lower_cast, lower_takes, lower_places, lower_sounds, lower_shots)


def lower(screenplay: Screenplay, crew: Crew) -> ShotGraph:
    """The graph of the whole film; its target is the signed master."""
    crew = with_hired(screenplay, crew)
    nodes: dict[str, Node] = {}
    number = screenplay.seed
    for step in PASSES:
        for node in step(screenplay, crew):
            nodes[node.address] = reseeded(node, number) if number else node
    for node in lower_film(screenplay, crew, tuple(nodes.values())):
        nodes[node.address] = node
    ordered: Iterable[Node] = nodes.values()
    if screenplay.delivery.captions == "burnt in":
        ordered = _in_order(nodes)
    return ShotGraph(nodes=tuple(ordered), target=FINISHED)


def _in_order(nodes: dict[str, Node]) -> list[Node]:
    """The nodes in story order, but each after what it needs: burnt-in captions need the whole cut."""
    done: set[str] = set()
    ordered: list[Node] = []

    def put(node: Node) -> None:
        done.add(node.address)
        for ref in node.inputs.values():
            if type(ref) is Output and ref.address not in done:
                put(nodes[ref.address])
        ordered.append(node)

    for address, node in nodes.items():
        if address not in done:
            put(node)
    return ordered
