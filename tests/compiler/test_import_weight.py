"""The import weight: compiling a film loads nothing that it does not need."""

import re
import subprocess
import sys

from duocast.language.pattern import pattern

HEAVY = {
    "ast", "asyncio", "click", "cv2", "dataclasses", "difflib", "email", "fractions", "importlib.metadata",
    "importlib.resources", "inspect", "json", "lark", "logging", "numpy", "pathlib", "pydantic", "ray", "rich",
    "shutil", "socket", "subprocess", "tempfile", "typing_extensions",
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


def test_typing_extensions_can_still_be_imported():
    code = "import sys, duocast.language; print(sys.modules.get('typing_extensions', 'unknown'))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["unknown"]


def test_a_pattern_that_comes_later_is_the_same_pattern():
    plain, later = re.compile(r"(\d+) ms", re.IGNORECASE), pattern(r"(\d+) ms", re.IGNORECASE)
    assert later.sub(r"\1 s", "5 MS") == plain.sub(r"\1 s", "5 MS")
    assert (later.pattern, later.flags, later.groups) == (plain.pattern, plain.flags, plain.groups)
    assert [match.span() for match in later.finditer("1 ms 2 ms")] == [(0, 4), (5, 9)]
