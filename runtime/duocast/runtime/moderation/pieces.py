"""The passages of pieces of work: what engines are told, whether by a graph at home or by a submission to a farm."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from duocast.compiler.graph import Asset, Operation, ShotGraph
from duocast.runtime.moderation.passage import Passage
from duocast.runtime.moderation.people import Piece

TOLD = (
    *(
        "picture",
        "motion",
        "thing",
        "name",
        "description",
        "wardrobe",
        "light",
        "weather",
        "action",
    ),
    *("look", "what", "prompt", "text", "title"),
)
"""The params that are a writer's words."""
TAKES_PICTURES = ("picture", "footage")
"""How inputs begin that are pictures of the user's."""


def pieces_of(graph: ShotGraph) -> Iterator[Piece]:
    """The work of a graph."""
    for node in graph.nodes:
        given = (name for name, ref in node.inputs.items() if isinstance(ref, Asset))
        yield Piece(
            node.address, node.operation, node.engine, node.params, frozenset(pictures(given))
        )


def pictures(inputs: Iterable[str]) -> Iterator[str]:
    """Those of a task's inputs that are pictures of the user's, by their names."""
    return (name for name in inputs if name.startswith(TAKES_PICTURES))


def prompts(pieces: Iterable[Piece], paints: Callable[[Piece], bool]) -> Iterator[Passage]:
    """What engines that paint, or that a cloud runs, are told."""
    for piece in pieces:
        if paints(piece) and (words := told(piece.params)):
            scope = "said" if piece.operation is Operation.SPEAK else "prompt"
            label = f"the prompt of {piece.address}"
            yield Passage(words, scope, label, None, shown(piece.params))  # type: ignore[arg-type]


def all_passages(pieces: Iterable[Piece], paints: Callable[[Piece], bool]) -> Iterator[Passage]:
    """Everything that any engine is told: for whoever has no script."""
    for piece in pieces:
        if not (words := told(piece.params)):
            continue
        if piece.operation is Operation.SPEAK:
            yield Passage(words, "said", f"what is said in {piece.address}")
        elif paints(piece):
            yield Passage(
                words, "prompt", f"the prompt of {piece.address}", None, shown(piece.params)
            )
        else:
            yield Passage(words, "seen", f"the words of {piece.address}", None, _whom(piece))


def told(params: Mapping[str, Any]) -> str:
    """The writer's words among params: those of prompts and descriptions, and spoken segments."""
    words = [said for name in TOLD if isinstance(said := params.get(name), str)]
    segments = params.get("segments", ())
    words += [one["text"] for one in segments if one.get("kind") == "words"]
    words += [one["text"] for one in params.get("overlays", ()) if isinstance(one.get("text"), str)]
    return ". ".join(filter(None, words))


def shown(params: Mapping[str, Any]) -> frozenset[str]:
    """The roles that a picture shows."""
    roles = [*params.get("faces", ()), *params.get("subjects", ())]
    roles += [one["role"] for one in params.get("actors", ()) if "role" in one]
    return frozenset(roles)


def _whom(piece: Piece) -> frozenset[str]:
    portrait = piece.operation is Operation.PORTRAIT and piece.address.count("/")
    return frozenset({piece.address.split("/")[1]}) if portrait else frozenset()
