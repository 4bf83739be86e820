"""The outline: the same blocks at the same places as in the tree."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duocast.language import Card, SceneHeading, Source, Speech, parse
from duocast.language.outline import outline

HERE = Path(__file__).parent
LETTER = (HERE / "letter.scene").read_text("utf-8")
LINES = sorted({line for path in [HERE / "letter.scene", *(HERE / "goldens").glob("*.txt")]
                for line in path.read_text("utf-8").splitlines()})  # fmt: skip


def test_names_and_places():
    parts = outline(Source("film.scene", LETTER))
    assert [(part.kind, part.name) for part in parts[:5]] == [
        ("title entry", "Title"),
        ("title entry", "Format"),
        ("title entry", "Look"),
        ("card", "MARA"),
        ("card", "JONAS"),
    ]
    heading = next(part for part in parts if part.kind == "heading")
    assert heading.name == "KITCHEN - NIGHT"
    assert Source("film.scene", LETTER).slice(heading.span) == "INT. KITCHEN - NIGHT"
    speakers = [part.name for part in parts if part.kind == "speech"]
    assert speakers[0] == "MARA"
    assert all("^" not in name for name in speakers)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from((*LINES, "", "", "")), max_size=30).map("\n".join), st.booleans())
def test_blocks_stand_where_the_tree_has_them(text, lenient):
    source = Source("film.scene", text)
    parts = outline(source, lenient=lenient)
    script = parse(source, lenient=lenient).script
    for kind, node in (("speech", Speech), ("heading", SceneHeading), ("card", Card)):
        spans = [part.span for part in parts if part.kind == kind]
        assert spans == [block.span for block in script.blocks if isinstance(block, node)]
    speakers = [part.name for part in parts if part.kind == "speech"]
    assert speakers == [block.name.text for block in script.blocks if isinstance(block, Speech)]
    entries = [part.span for part in parts if part.kind == "title entry"]
    assert entries == [entry.span for entry in script.title_page]


@pytest.mark.parametrize("text", ["", "\n\n", "/* gone", "[[\n\n"])
def test_next_to_nothing(text):
    assert len(outline(Source("film.scene", text))) <= 1
