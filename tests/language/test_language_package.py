"""The package as a whole: what it offers, how light it is, Fountain pages, and a reference that tells the truth."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import duocast.language as language
from duocast.language import DirectionLine, Source, Speech, Unknown, parse, render
from duocast.language.vocabulary import CARD_KEYS, CUE_KEYWORDS, TITLE_KEYS, phrases

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs" / "language.md").read_text("utf-8")
SCENES = re.findall(r"```scene\n(.*?)```", REFERENCE, re.DOTALL)


def test_public_names():
    assert language.__all__ == sorted(language.__all__, key=lambda name: (name.islower(), name))
    for name in language.__all__:
        assert getattr(language, name) is not None
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = language.nothing_like_it


def test_importing_it_loads_nothing_heavy():
    code = (
        "import sys, duocast.language as l; l.Source('f', 'x'); "
        "print([m for m in ('lark', 'rich', 'pydantic', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


PAGE = """\
Title:
    **A Plain Page**
Author: Nobody
Draft date: today

FADE IN:

EXT. PIER - DAWN

Gulls [everywhere]. A MAN in a coat counts coins: *all* of them.

MAN
(under his breath)
Forty-one [sic] again.

WOMAN (O.S.) ^
(pause)
It is never forty-two.

SUPER: Ten years earlier

INTERCUT WITH:

INT HOLD OF THE SHIP

Mara
waits.

> THE END <
"""


@pytest.mark.parametrize(("path", "lenient"), [("page.fountain", False), ("page.scene", True)])
def test_a_fountain_page_is_read_without_complaint(path, lenient):
    parsed = parse(Source(path, PAGE), lenient=lenient)
    assert parsed.diagnostics == ()
    man, woman = (block for block in parsed.script.blocks if isinstance(block, Speech))
    assert (man.text, woman.text) == ("Forty-one again.", "It is never forty-two.")
    assert any(isinstance(part, Unknown) for part in man.content)
    assert not any(isinstance(block, DirectionLine) for block in parsed.script.blocks)
    assert "Gulls [everywhere]." in parsed.script.blocks[2].text
    assert [scene.heading.place.text for scene in parsed.script.scenes if scene.heading] == [
        "PIER",
        "HOLD OF THE SHIP",
    ]


@pytest.mark.parametrize("number", range(len(SCENES)))
def test_the_reference_compiles(number):
    source = Source("docs.scene", SCENES[number])
    assert render(parse(source).diagnostics, [source]) == ""


def test_the_reference_has_examples():
    assert len(SCENES) >= 10


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(TITLE_KEYS, id="title page"),
        *(pytest.param(keys, id=kind) for kind, keys in CARD_KEYS.items()),
        pytest.param(CUE_KEYWORDS, id="cues"),
        *(
            pytest.param(phrases(terminal), id=terminal)
            for terminal in [
                "SIZE",
                "FRAMING",
                "OTS",
                "ANGLE",
                "MOVE",
                "POLICY",
                "PAUSE",
                "VOCAL",
                "GESTURE",
                "LOOKS",
            ]
        ),
    ],
)
def test_the_reference_knows_every_word(words):
    plain = re.sub(r"[-\s]+", " ", REFERENCE).lower()
    assert [word for word in words if re.sub(r"[-\s]+", " ", word).lower() not in plain] == []
