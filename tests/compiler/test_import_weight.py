"""The import weight: compiling a film loads nothing that it does not need."""

import subprocess
import sys

HEAVY = {
    "asyncio", "click", "cv2", "email", "importlib.metadata", "importlib.resources", "lark", "logging", "numpy",
    "pathlib", "pydantic", "ray", "rich", "shutil", "socket", "subprocess", "tempfile",
}  # fmt: skip
CODE = """
import sys
before = set(sys.modules)
from duocast.compiler.film import compile_film
from duocast.compiler.keys import static_keys
from duocast.compiler.lower import Crew, lower
from duocast.compiler.reader import MemoryReader
from duocast.language import Source
text = "character MARA\\n  voice: amber\\n\\nINT. ROOM - DAY\\n\\nMARA\\nHello.\\n"
compiled = compile_film(Source("film.scene", text), MemoryReader({}))
assert static_keys(lower(compiled.screenplay, Crew()))
print(*sorted(set(sys.modules) - before))
"""


def test_compiling_loads_nothing_heavy():
    found = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    imported = found.stdout.split()
    assert "duocast.compiler.film" in imported
    assert HEAVY.isdisjoint(imported)
