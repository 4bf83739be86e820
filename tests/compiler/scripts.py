"""Compiling small scripts in tests, and naming nodes by everything that they are made from."""

from hashlib import sha256

from duocast.compiler.film import compile_film
from duocast.compiler.graph import Asset
from duocast.compiler.keys import canonical
from duocast.compiler.lower import Crew, lower
from duocast.compiler.reader import MemoryReader
from duocast.language import Source

CAST = """\
Title: Test

character MARA
  description: woman in her sixties
  voice: amber

character JONAS
  description: man of seventy
  voice: slate

"""


def compiled(body, *, head=CAST, files=None, lenient=False, path="film.scene"):
    return compile_film(Source(path, head + body), MemoryReader(files or {}), lenient=lenient)


def screenplay(body, **options):
    found = compiled(body, **options)
    assert found.screenplay is not None, [d.title for d in found.diagnostics]
    return found.screenplay


def scenes(body, **options):
    """The scenes without the title card and the end card."""
    return [s for s in screenplay(body, **options).scenes if not s.id.endswith("-card")]


def graph(body, **options):
    return lower(screenplay(body, **options), Crew())


def symbolic_keys(shot_graph):
    """Address to a digest of the operation, the engine, the params and, recursively, the inputs."""
    keys = {}
    for node in shot_graph.nodes:
        inputs = {
            name: f"asset {ref.path}"
            if isinstance(ref, Asset)
            else f"{keys[ref.address]} {ref.name}"
            for name, ref in node.inputs.items()
        }
        content = canonical([str(node.operation), node.engine, dict(node.params), inputs])
        keys[node.address] = sha256(content).hexdigest()
    return keys


def keys_of(shot_graph, *operations):
    keys = symbolic_keys(shot_graph)
    return sorted(keys[n.address] for n in shot_graph.nodes if str(n.operation) in operations)
