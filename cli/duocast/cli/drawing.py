"""The shot graph as a picture: a row for each shot, a column for each kind of work, lines to what is made from it."""

from collections.abc import Iterator
from html import escape

from duocast.cli.layout import (
    BOX,
    COLUMNS,
    FILM,
    GAP,
    LEFT,
    OF_A_SHOT,
    SOUNDS,
    TOP,
    Band,
    Box,
    Layout,
    Row,
    lay_out,
    left,
    sources,
)
from duocast.compiler.graph import Node, Operation, ShotGraph

COLOURS = ("#9a7616", "#2c6e74", "#686b70", "#6a4fa3", "#98405f", "#33609f", "#a3482c")
SOUND_COLOUR = "#3f6b35"
PAPER, BAND, INK, SOFT, LINE = "#fbf9f4", "#f1ede3", "#1c1d1f", "#77746c", "#cbc4b4"
LETTER = 6.1
"""Pixels of a letter, about, to know what fits into a box."""
STYLE = (
    "text{font:11px ui-sans-serif,system-ui,'Segoe UI',Roboto,sans-serif;fill:#1c1d1f}"
    ".title{font:600 24px ui-serif,Georgia,serif}.soft{fill:#77746c}.scene{font-weight:600;font-size:12px}"
    ".column{font-weight:600;font-size:12px}g.node:hover rect{stroke-width:2.5}"
)


def draw(graph: ShotGraph, title: str) -> str:
    """An SVG document. Every box tells its address, its operation and its engine."""
    layout = lay_out(graph)
    width, height = layout.width, round(layout.height + 30)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="ui-sans-serif,system-ui,sans-serif" font-size="11">',
        f"<style>{STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
        f'<text class="title" x="{LEFT}" y="50" font-size="24" font-weight="600">{escape(title or "Film")}</text>',
        f'<text class="soft" x="{LEFT}" y="72" fill="{SOFT}">{_summary(graph, layout)}</text>',
        *(part for band in layout.bands for part in _band(band)),
        *_headings(),
        *_edges(layout),
        *(part for row in layout.rows for part in _row(row)),
        *(part for box in layout.boxes.values() for part in _box(box)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _summary(graph: ShotGraph, layout: Layout) -> str:
    takes = sum(node.operation is Operation.SPEAK for node in graph.nodes)
    counts = ((len(layout.rows), "shot"), (takes, "take"), (len(graph.nodes), "node"))
    return ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts)


def _headings() -> Iterator[str]:
    for column, (name, _, _) in enumerate(COLUMNS):
        yield (
            f'<text class="column" x="{left(column)}" y="{TOP - 14}" fill="{COLOURS[column]}" '
            f'style="fill:{COLOURS[column]}" font-weight="600">{name}</text>'
        )


def _band(band: Band) -> Iterator[str]:
    """A scene's ground, from the takes to the clips."""
    x, right = left(1) - 16, left(FILM) - GAP + 16
    yield (
        f'<rect x="{x}" y="{band.top + 4:.1f}" width="{right - x}" height="{band.bottom - band.top - 4:.1f}" '
        f'rx="8" fill="{BAND}"/>'
    )
    name = escape(band.name.replace("-", " "))
    yield (
        f'<text class="scene" x="{x + 16}" y="{band.top + 24:.1f}" fill="{INK}" '
        f'font-weight="600">{name}</text>'
    )


def _row(row: Row) -> Iterator[str]:
    """The shot's name before its time, and the file that it shows instead of a still."""
    number = escape(row.name.replace("shot-", ""))
    yield (
        f'<text class="soft" x="{left(2) - 8}" y="{row.y + 15:.1f}" text-anchor="end" '
        f'fill="{SOFT}" stroke="{BAND}" stroke-width="4" paint-order="stroke">{number}</text>'
    )
    if row.footage is not None:
        x, width = left(3), COLUMNS[3][2]
        yield (
            f'<g class="node"><title>{escape(row.footage)}</title><rect x="{x}" y="{row.y:.1f}" width="{width}" '
            f'height="{BOX}" rx="5" fill="none" stroke="{SOFT}" stroke-dasharray="4 3"/>'
            f'<text x="{x + 8}" y="{row.y + 15:.1f}" fill="{INK}">{escape(_fitting(row.footage, width))}</text></g>'
        )
        y = row.y + BOX / 2
        yield f'<path d="M{x + width} {y:.1f} H{left(5)}" fill="none" stroke="{LINE}" stroke-width="1.2"/>'


def _edges(layout: Layout) -> Iterator[str]:
    drawn: set[str] = set()
    for box in layout.boxes.values():
        for source in sources(box.node):
            if source in layout.boxes:
                path = _path(layout.boxes[source], box)
                if path not in drawn:
                    drawn.add(path)
                    yield f'<path d="{path}" fill="none" stroke="{LINE}" stroke-width="1.2"/>'


def _path(start: Box, end: Box) -> str:
    """From box to box; a line that has columns to pass goes along the channel above or below the row's boxes."""
    if start.column == end.column:
        return _beside(start, end)
    if end.column < start.column:
        back = end.x + end.width
        return (
            f"M{start.x:.0f} {start.middle:.1f} {_curve(start.x, start.middle, back, end.middle)}"
        )
    x, to_x = start.x + start.width, end.x
    if end.column == start.column + 1:
        return f"M{x:.0f} {start.middle:.1f} {_curve(x, start.middle, to_x, end.middle)}"
    channel = start.below if end.column == FILM else end.above
    turn, leave = x + GAP, to_x - GAP
    return (
        f"M{x:.0f} {start.middle:.1f} {_curve(x, start.middle, turn, channel)} H{leave:.0f} "
        f"{_curve(leave, channel, to_x, end.middle)}"
    )


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    half = (to_x - x) / 2
    return f"C{x + half:.0f} {y:.1f} {to_x - half:.0f} {to_y:.1f} {to_x:.0f} {to_y:.1f}"


def _beside(start: Box, end: Box) -> str:
    """Straight down from box to the next; round those between, where there are some."""
    x = start.x + start.width / 2
    near = 0 < end.y - start.y - BOX < 90
    if near and start.column != FILM:
        return f"M{x:.0f} {start.y + BOX:.1f} V{end.y:.1f}"
    out = 12 + min(30.0, abs(end.y - start.y) / 10)
    right = start.x + start.width
    return (
        f"M{right:.0f} {start.middle:.1f} C{right + out:.0f} {start.middle:.1f} "
        f"{right + out:.0f} {end.middle:.1f} {right:.0f} {end.middle:.1f}"
    )


def _box(box: Box) -> Iterator[str]:
    node = box.node
    colour = SOUND_COLOUR if node.operation in SOUNDS else COLOURS[box.column]
    yield (
        f'<g class="node"><title>{escape(node.address)}: {node.operation.value} by {escape(node.engine)}</title>'
        f'<rect x="{box.x}" y="{box.y:.1f}" width="{box.width}" height="{BOX}" rx="5" fill="#fffefb" '
        f'stroke="{colour}" stroke-width="1.3"/>'
        f'<text x="{box.x + 8}" y="{box.y + 15:.1f}" fill="{INK}">{escape(_name(node, box.width))}</text></g>'
    )


def _name(node: Node, width: int) -> str:
    """What stands in the box: in a shot's row the kind of work, elsewhere the address's last part."""
    last = node.address.rpartition("/")[2]
    if node.operation in (*OF_A_SHOT, *COLUMNS[FILM][1]):
        return last
    if node.operation in SOUNDS:
        return _fitting(str(node.params.get("mood") or node.params.get("name") or last), width)
    if node.operation is Operation.SPEAK:
        return _fitting(_spoken(node), width)
    return _fitting(node.address.split("/")[1].replace("-", " "), width)


def _spoken(node: Node) -> str:
    """The first words of a take."""
    segments = node.params["segments"]
    words = " ".join(" ".join(s["text"] for s in segments if s["kind"] == "words").split())
    return words or node.address


def _fitting(text: str, width: int) -> str:
    most = int((width - 14) / LETTER)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
