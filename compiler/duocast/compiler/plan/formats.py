"""The graphs of a film's formats as one: what they share is there once, the rest under the format's name."""

from collections.abc import Sequence

from duocast.compiler.graph import Node, Output, Ref, ShotGraph
from duocast.compiler.keys import static_keys


def combined(graphs: Sequence[tuple[str, ShotGraph]]) -> ShotGraph:
    """One graph of all formats; the first has no name, and its nodes keep their addresses."""
    (_, first), *others = graphs
    if not others:
        return first
    nodes = list(first.nodes)
    known = static_keys(first)
    for name, graph in others:
        own = static_keys(graph)
        renamed = {
            node.address: node.address
            if known.get(node.address) == own[node.address]
            else in_format(name, node.address)
            for node in graph.nodes
        }
        nodes += [
            _renamed(node, renamed) for node in graph.nodes if renamed[node.address] != node.address
        ]
    return ShotGraph(tuple(nodes), first.target)


def in_format(name: str, address: str) -> str:
    """The address of a node in a further format of the film."""
    return f"{name}/{address}" if name else address


def _renamed(node: Node, names: dict[str, str]) -> Node:
    inputs: dict[str, Ref] = {
        put: Output(names[ref.address], ref.name) if isinstance(ref, Output) else ref
        for put, ref in node.inputs.items()
    }
    return Node(names[node.address], node.operation, node.engine, node.params, inputs)
