"""The shot graph as a picture: a column for each kind of work, a curve from each node to what is made from it."""

from collections.abc import Iterator
from html import escape

from duocast.compiler.graph import Node, Operation, Output, ShotGraph

COLUMNS: tuple[tuple[str, tuple[Operation, ...]], ...] = (
    (
        "cast, places, sounds",
        (Operation.PORTRAIT, Operation.PLATE, Operation.SCORE, Operation.EFFECT),
    ),
    ("takes", (Operation.SPEAK,)),
    ("time", (Operation.TIME,)),
    ("stills", (Operation.COMPOSE,)),
    ("performances", (Operation.ANIMATE,)),
    ("clips", (Operation.ENCODE,)),
    ("film", (Operation.CUT, Operation.CAPTION, Operation.MIX, Operation.MASTER, Operation.SIGN)),
)
COLOURS = ("#c9a227", "#3f8f8b", "#7a7f87", "#8a6fb0", "#b0607a", "#4a76b8", "#c0563b")
BOX_WIDTH, BOX_HEIGHT = 190, 22
STEP_X, STEP_Y = 250, 30
TOP, LEFT = 86, 30

Place = tuple[float, float]


def draw(graph: ShotGraph, title: str) -> str:
    """An SVG document."""
    places = dict(_places(graph))
    height = TOP + STEP_Y * max(_tallest(graph), 1) + 30
    width = LEFT * 2 + STEP_X * (len(COLUMNS) - 1) + BOX_WIDTH
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="system-ui, sans-serif" font-size="11">',
        f'<rect width="{width}" height="{height}" fill="#fbfaf7"/>',
        f'<text x="{LEFT}" y="36" font-size="20" font-weight="600">{escape(title or "film")}</text>',
        f'<text x="{LEFT}" y="54" fill="#666">{len(graph.nodes)} nodes</text>',
        *_edges(graph, places),
        *_headings(),
        *(box for node in graph.nodes for box in _box(node, places[node.address])),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _column(node: Node) -> int:
    return next(i for i, (_, operations) in enumerate(COLUMNS) if node.operation in operations)


def _tallest(graph: ShotGraph) -> int:
    columns = [_column(node) for node in graph.nodes]
    return max((columns.count(column) for column in set(columns)), default=0)


def _places(graph: ShotGraph) -> Iterator[tuple[str, Place]]:
    """Each column is spread over the height of the tallest."""
    tallest = _tallest(graph) * STEP_Y
    for column in range(len(COLUMNS)):
        nodes = [node for node in graph.nodes if _column(node) == column]
        step = min(tallest / max(1, len(nodes)), STEP_Y * 6)
        for row, node in enumerate(nodes):
            yield node.address, (LEFT + column * STEP_X, TOP + row * step + (step - STEP_Y) / 2)


def _headings() -> Iterator[str]:
    for column, (name, _) in enumerate(COLUMNS):
        x = LEFT + column * STEP_X
        yield f'<text x="{x}" y="{TOP - 10}" fill="{COLOURS[column]}" font-weight="600">{name}</text>'


def _edges(graph: ShotGraph, places: dict[str, Place]) -> Iterator[str]:
    for node in graph.nodes:
        x, y = places[node.address]
        sources = {ref.address for ref in node.inputs.values() if isinstance(ref, Output)}
        for source in sorted(sources & places.keys()):
            from_x, from_y = places[source]
            yield _curve(from_x + BOX_WIDTH, from_y + BOX_HEIGHT / 2, x, y + BOX_HEIGHT / 2)


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    bend = max(30.0, abs(to_x - x) / 2)
    path = f"M{x:.0f} {y:.1f} C{x + bend:.0f} {y:.1f} {to_x - bend:.0f} {to_y:.1f} {to_x:.0f} {to_y:.1f}"
    return f'<path d="{path}" fill="none" stroke="#999" stroke-opacity="0.35"/>'


def _box(node: Node, place: Place) -> Iterator[str]:
    x, y = place
    colour = COLOURS[_column(node)]
    name = node.address if len(node.address) < 32 else f"…{node.address[-30:]}"
    yield (
        f"<g><title>{escape(node.address)}: {node.operation.value} by {escape(node.engine)}</title>"
        f'<rect x="{x}" y="{y:.1f}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="5" fill="#fff" '
        f'stroke="{colour}"/>'
        f'<text x="{x + 8}" y="{y + 15:.1f}">{escape(name)}</text></g>'
    )
