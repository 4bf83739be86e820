"""Small films for the tests of identity, and the keys of their work."""

from duocast.compiler.film import compile_film
from duocast.compiler.keys import static_keys
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


def made(body, head=CAST):
    found = compile_film(Source("film.scene", head + body), MemoryReader({}))
    assert found.screenplay is not None, [d.title for d in found.diagnostics]
    return found.screenplay


def keys_of(graph, *operations):
    keys = static_keys(graph)
    return sorted(keys[node.address] for node in graph.nodes if str(node.operation) in operations)
