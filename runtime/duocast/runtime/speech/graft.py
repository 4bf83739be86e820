"""New doors into an ONNX graph: tensors inside it become inputs and outputs, with no ONNX library.

The voices' graphs decide durations and melody inside. A `Door` puts nodes behind such a tensor, which the caller
steers by a new input; an exposed tensor becomes an output. Only the few messages concerned are written anew; the
weights are copied as they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FLOAT, INT64 = 1, 7
_GRAPH, _NODE, _GRAPH_INPUT, _GRAPH_OUTPUT = 7, 1, 11, 12
_NODE_OUTPUT = 2


@dataclass(frozen=True, slots=True)
class Node:
    """An operator without attributes, from inputs to one output."""

    operator: str
    inputs: tuple[str, ...]
    output: str


@dataclass(frozen=True, slots=True)
class Door:
    """A new float input of shape `axes`, and the `nodes` that make `tensor` from its plain form and that input.

    The plain form is called `tensor` with `.plain` behind it.
    """

    tensor: str
    input: str
    axes: tuple[int | str, ...]
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Exposed:
    """An inner tensor that becomes an output; `element` is ONNX's type number."""

    tensor: str
    element: int


@dataclass(frozen=True, slots=True)
class Reshaped:
    """A float input of the graph with other axes: a name is an axis of any length."""

    input: str
    axes: tuple[int | str, ...]


def graft(
    model: bytes,
    *,
    doors: Sequence[Door] = (),
    exposed: Sequence[Exposed] = (),
    reshaped: Sequence[Reshaped] = (),
) -> bytes:
    """The model with doors, more outputs and freer inputs. Raises `ValueError` where a tensor is not in the graph."""
    pieces: list[bytes | memoryview] = []
    for field, whole, content in _fields(memoryview(model)):
        if field == _GRAPH:
            graph = b"".join(_graph(content, doors, exposed, reshaped))
            pieces += [_head(_GRAPH, len(graph)), graph]
        else:
            pieces.append(whole)
    return b"".join(pieces)


def _graph(
    graph: memoryview,
    doors: Sequence[Door],
    exposed: Sequence[Exposed],
    reshaped: Sequence[Reshaped],
) -> Iterator[bytes | memoryview]:
    waiting = {door.tensor: door for door in doors}
    axes = {change.input: change.axes for change in reshaped}
    for field, whole, content in _fields(graph):
        made = [name for name in _outputs(content) if name in waiting] if field == _NODE else []
        if made:
            door = waiting.pop(made[0])
            yield _message(_NODE, _renamed(content, door.tensor))
            for node in door.nodes:
                yield _message(_NODE, _encoded(node))
        elif field == _GRAPH_INPUT and (name := _name(content)) in axes:
            yield _message(_GRAPH_INPUT, _value(name, FLOAT, axes.pop(name)))
        else:
            yield whole
    if waiting or axes:
        raise ValueError(f"not in the graph: {', '.join([*waiting, *axes])}")
    for door in doors:
        yield _message(_GRAPH_INPUT, _value(door.input, FLOAT, door.axes))
    for tensor in exposed:
        yield _message(_GRAPH_OUTPUT, _value(tensor.tensor, tensor.element, None))


def _plain(tensor: str) -> str:
    return f"{tensor}.plain"


def _outputs(node: memoryview) -> list[str]:
    return [str(content, "utf-8") for field, _, content in _fields(node) if field == _NODE_OUTPUT]


def _name(value: memoryview) -> str:
    return next(str(content, "utf-8") for field, _, content in _fields(value) if field == 1)


def _renamed(node: memoryview, tensor: str) -> bytes:
    """The node with its output `tensor` under another name."""
    pieces: list[bytes | memoryview] = []
    for field, whole, content in _fields(node):
        ours = field == _NODE_OUTPUT and bytes(content) == tensor.encode()
        pieces.append(_message(_NODE_OUTPUT, _plain(tensor).encode()) if ours else whole)
    return b"".join(pieces)


def _encoded(node: Node) -> bytes:
    names = [*((1, name) for name in node.inputs), (2, node.output)]
    names += [(3, f"door.{node.output}"), (4, node.operator)]
    return b"".join(_message(field, text.encode()) for field, text in names)


def _value(name: str, element: int, axes: tuple[int | str, ...] | None) -> bytes:
    """ONNX's ValueInfoProto of a tensor; without axes its shape is left open."""
    tensor = _varint(1 << 3) + _varint(element)
    if axes is not None:
        tensor += _message(2, b"".join(_message(1, _axis(axis)) for axis in axes))
    return _message(1, name.encode()) + _message(2, _message(1, tensor))


def _axis(axis: int | str) -> bytes:
    if isinstance(axis, str):
        return _message(2, axis.encode())
    return _varint(1 << 3) + _varint(axis)


def _message(field: int, content: bytes) -> bytes:
    return _head(field, len(content)) + content


def _head(field: int, length: int) -> bytes:
    return _varint(field << 3 | 2) + _varint(length)


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview, memoryview]]:
    """The fields of a protobuf message: number, all its bytes, and the content of those with a length."""
    at = 0
    while at < len(message):
        start = at
        key, at = _read(message, at)
        kind, content = key & 7, message[:0]
        if kind == 0:
            _, at = _read(message, at)
        elif kind == 2:
            length, at = _read(message, at)
            content, at = message[at : at + length], at + length
        elif kind in (1, 5):
            at += 8 if kind == 1 else 4
        else:
            raise ValueError("this is no ONNX model")
        yield key >> 3, message[start:at], content


def _read(message: memoryview, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = message[at]
        number |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return number, at
