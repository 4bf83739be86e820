"""Where the nodes of a shot graph stand: a row for each shot with its takes, a column for each kind of work."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from duocast.compiler.graph import Node, Operation, Output, ShotGraph

COLUMNS: tuple[tuple[str, tuple[Operation, ...], int], ...] = (
    ("cast and places", (Operation.PORTRAIT, Operation.PLATE), 150),
    ("takes", (Operation.SPEAK,), 190),
    ("time", (Operation.TIME,), 112),
    ("stills", (Operation.COMPOSE,), 112),
    ("performances", (Operation.ANIMATE,), 112),
    ("clips", (Operation.ENCODE,), 112),
    (
        "film",
        (Operation.CUT, Operation.CAPTION, Operation.MIX, Operation.MASTER, Operation.SIGN),
        130,
    ),
)
"""(name, operations, width of a box in pixels)."""
SOUNDS = (Operation.SCORE, Operation.EFFECT)
OF_A_SHOT = (Operation.TIME, Operation.COMPOSE, Operation.ANIMATE, Operation.ENCODE)
FINER = (Operation.INTERPOLATE, Operation.UPSCALE, Operation.RESTORE)
"""They stand under the performances, those of a card's picture with the cast and places."""
BOX, STEP, ROW_GAP = 22, 28, 20
"""Heights: of a box, from one to the next in a row, and between rows."""
GAP, LEFT, TOP = 56, 40, 118
HEADER = 34
FILM = len(COLUMNS) - 1
CLIPS = FILM - 1
PERFORMANCES = CLIPS - 1


@dataclass(frozen=True, slots=True)
class Box:
    """A node's place: its column, the left and the top of its box, its row's channels for lines that pass by."""

    node: Node
    column: int
    x: float
    y: float
    above: float
    below: float

    @property
    def width(self) -> int:
        """How wide the box is."""
        return COLUMNS[self.column][2]

    @property
    def middle(self) -> float:
        """Where lines come and go."""
        return self.y + BOX / 2


@dataclass(frozen=True, slots=True)
class Row:
    """A shot's row: its name in its scene, its top, and the file that it shows if it is B-roll."""

    name: str
    y: float
    footage: str | None


@dataclass(frozen=True, slots=True)
class Band:
    """A scene: its name, and from where to where its rows go."""

    name: str
    top: float
    bottom: float


@dataclass(slots=True)
class Layout:
    """Everything that has a place."""

    boxes: dict[str, Box] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    height: float = TOP

    @property
    def width(self) -> int:
        """Of the whole drawing."""
        return left(FILM) + COLUMNS[FILM][2] + LEFT


def left(column: int) -> int:
    """Where a column begins."""
    return LEFT + sum(width + GAP for _, _, width in COLUMNS[:column])


def lay_out(graph: ShotGraph) -> Layout:
    """Shots in story order with the takes that begin under them; what they need before them, the film after them."""
    layout = Layout()
    shots = _shots(graph)
    takes = _takes(graph, shots)
    scene = ""
    for name, nodes in shots.items():
        if name.rpartition("/")[0] != scene:
            scene = name.rpartition("/")[0]
            layout.height += HEADER
            layout.bands.append(Band(scene, layout.height - HEADER, layout.height))
        _row(layout, name, nodes, takes.get(name, []))
    _sounds(layout, [node for node in graph.nodes if node.operation in SOUNDS])
    _needed(layout, graph)
    _film(layout, [node for node in graph.nodes if node.operation in COLUMNS[FILM][1]])
    return layout


def sources(node: Node) -> list[str]:
    """The addresses of the nodes that a node is made from."""
    return sorted({ref.address for ref in node.inputs.values() if isinstance(ref, Output)})


def _shots(graph: ShotGraph) -> dict[str, list[Node]]:
    """The nodes of each shot. Shots of a scene stand together, as in the film."""
    shots: dict[str, list[Node]] = {}
    for node in graph.nodes:
        if node.operation in OF_A_SHOT or (node.operation in FINER and not _of_a_card(node)):
            shots.setdefault(node.address.rpartition("/")[0], []).append(node)
    return shots


def _takes(graph: ShotGraph, shots: dict[str, list[Node]]) -> dict[str, list[Node]]:
    """The takes that are first heard under each shot."""
    left_over = {node.address: node for node in graph.nodes if node.operation is Operation.SPEAK}
    found: dict[str, list[Node]] = {}
    for name, nodes in shots.items():
        wanted = [source for node in nodes for source in sources(node) if source in left_over]
        found[name] = [left_over.pop(address) for address in dict.fromkeys(wanted)]
    return found


def _row(layout: Layout, name: str, nodes: list[Node], takes: list[Node]) -> None:
    top = layout.height + ROW_GAP / 2
    finer = [node for node in nodes if node.operation in FINER]
    bottom = top + max(1, len(takes), len(finer) + 1 if finer else 0) * STEP - (STEP - BOX)
    for node in nodes:
        down = 1 + finer.index(node) if node in finer else 0
        _put(layout, node, _column(node), top + down * STEP, top - 5, bottom + 5)
    for index, take in enumerate(takes):
        _put(layout, take, _column(take), top + index * STEP, top - 5, bottom + 5)
    clip = next((node for node in nodes if node.operation is Operation.ENCODE), None)
    picture = clip.inputs.get("picture") if clip is not None else None
    path = getattr(picture, "path", None)
    layout.rows.append(Row(name.rpartition("/")[2], top, path))
    layout.height = bottom + ROW_GAP / 2
    band = layout.bands[-1]
    layout.bands[-1] = Band(band.name, band.top, layout.height)


def _sounds(layout: Layout, nodes: list[Node]) -> None:
    """Sounds stand under the clips: both go into the film."""
    if not nodes:
        return
    layout.bands.append(Band("sounds", layout.height, layout.height + HEADER))
    layout.height += HEADER
    for node in nodes:
        y = layout.height + ROW_GAP / 2 - 4
        _put(layout, node, CLIPS, y, y - 3, y + BOX + 3)
        layout.height += STEP
    layout.height += ROW_GAP / 2
    layout.bands[-1] = Band("sounds", layout.bands[-1].top, layout.height)


def _needed(layout: Layout, graph: ShotGraph) -> None:
    """Portraits and plates stand as near as they can to the middle of what they go into."""
    nodes = [n for n in graph.nodes if n.operation in COLUMNS[0][1] or _of_a_card(n)]
    middles = {node.address: _middle(layout, _made_from(graph, node)) for node in nodes}
    nodes.sort(key=lambda node: (middles[node.address], node.address))
    y = TOP + ROW_GAP / 2
    for index, node in enumerate(nodes):
        room = (len(nodes) - index) * (BOX + ROW_GAP)
        y = max(y, min(middles[node.address] - BOX / 2, max(y, layout.height - room)))
        _put(layout, node, 0, y, y - 5, y + BOX + 5)
        y += BOX + ROW_GAP


def _film(layout: Layout, nodes: list[Node]) -> None:
    """The film's own nodes, in the order of the work, about the middle of the drawing."""
    step = BOX + 44
    height = step * len(nodes) - 44
    y = max(TOP + ROW_GAP / 2, (TOP + layout.height - height) / 2)
    for node in nodes:
        _put(layout, node, FILM, y, y - 5, y + BOX + 5)
        y += step
    layout.height = max(layout.height, y - 44)


def _made_from(graph: ShotGraph, node: Node) -> Iterator[str]:
    return (other.address for other in graph.nodes if node.address in sources(other))


def _middle(layout: Layout, addresses: Iterable[str]) -> float:
    heights = [layout.boxes[a].middle for a in addresses if a in layout.boxes]
    return sum(heights) / len(heights) if heights else TOP


def _of_a_card(node: Node) -> bool:
    """Whether it makes the picture of a card finer."""
    return node.operation in FINER and node.address.startswith(("cast/", "place/"))


def _column(node: Node) -> int:
    if node.operation in FINER:
        return 0 if _of_a_card(node) else PERFORMANCES
    return next(i for i, (_, kinds, _) in enumerate(COLUMNS) if node.operation in kinds)


def _put(layout: Layout, node: Node, column: int, y: float, above: float, below: float) -> None:
    layout.boxes[node.address] = Box(node, column, left(column), y, above, below)
