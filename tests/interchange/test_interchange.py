"""Interchange: what goes out to other programs comes back with the same words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from duocast.language import Boneyard, Note, Scene, SceneHeading, Source, Speech, parse
from duocast.language.interchange.element import Manuscript
from duocast.language.interchange.fdxreader import NoFinalDraft, read_fdx
from duocast.language.interchange.finaldraft import write_fdx
from duocast.language.interchange.fountain import write_fountain
from duocast.language.interchange.page import manuscript
from duocast.language.interchange.scenewriter import write_scene

EXAMPLES = sorted((Path(__file__).parents[2] / "examples/scripts").glob("*.[sf]*"))

PAGE = """\
Title: The Letter
Author: Ada
Format: 1280x720 @ 24

character MARA
  voice: amber

character JONAS

# Act One
= They talk.

INT. KITCHEN - NIGHT #3#

[two-shot, 35mm, slow push in]

Rain on the *window*. Two * cups.

MARA (V.O.)
(quiet)
-- You kept it. [beat] All these **years**.

JONAS ^
I [close on MARA] did. [laughs] Every word you --

SFX: phone.wav, at 2s

> dissolve 1.5s

.THE VOID

> THE END <
"""


def paged(text: str, path: str = "page.scene") -> Manuscript:
    source = Source(path, text)
    return manuscript(parse(source).script, source)


def speeches(text: str, path: str) -> Iterator[tuple[str, str, bool]]:
    for block in parse(Source(path, text)).script.blocks:
        if isinstance(block, Speech):
            yield block.name.key, block.text, block.together


def headings(text: str, path: str) -> list[str]:
    scenes: tuple[Scene, ...] = parse(Source(path, text)).script.scenes
    return [scene.heading.place.key for scene in scenes if scene.heading is not None]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("way", ["fountain", "fdx", "scene"])
def test_every_way_out_keeps_who_says_what_where(path: Path, way: str):
    text = path.read_text("utf-8")
    page = paged(text, path.name)
    if way == "fountain":
        written, name = write_fountain(page), "page.fountain"
    else:
        page = read_fdx(write_fdx(page)) if way == "fdx" else page
        written, name = write_scene(page), "page.scene"
    assert list(speeches(written, name)) == list(speeches(text, path.name))
    assert headings(written, name) == headings(text, path.name)


def test_a_fountain_page_has_parentheticals_and_notes_for_directions():
    written = write_fountain(paged(PAGE))
    assert "MARA (V.O.)\n(quiet)\n-- You kept it.\n(beat)\nAll these **years**.\n" in written
    assert "JONAS ^\nI [[duocast: close on MARA]] did.\n(laughs)\nEvery word you --\n" in written
    assert "\n[[duocast: two-shot, 35mm, slow push in]]\n" in written
    assert "\nDISSOLVE TO:\n\n[[duocast: 1.5s]]\n" in written
    assert "INT. KITCHEN - NIGHT #3#" in written
    assert "Two \\* cups." in written
    assert "/* duocast:\ncharacter MARA\n  voice: amber\n*/" in written
    assert "/* duocast:\nFormat: 1280x720 @ 24\n*/" in written


def test_a_page_that_goes_out_again_and_again_stays_what_it_is():
    once = write_fountain(paged(write_fountain(paged(PAGE)), "page.fountain"))
    assert write_fountain(paged(once, "page.fountain")) == once


def test_final_draft_has_its_own_kinds_of_paragraphs():
    written = write_fdx(paged(PAGE))
    assert '<Paragraph Type="Scene Heading" Number="3">' in written
    assert '<Paragraph Type="Shot">' in written
    assert "<DualDialogue>" in written
    assert '<Text Style="Bold">years</Text>' in written
    assert '<Paragraph Type="New Act">' in written


def test_an_imported_script_is_clean_and_has_shots_and_cards_again():
    written = write_scene(read_fdx(write_fdx(paged(PAGE))))
    parsed = parse(Source("page.scene", written))
    assert not parsed.diagnostics
    assert [card.name.text for card in parsed.script.cards] == ["MARA", "JONAS"]
    assert "[two-shot, 35mm, slow push in]" in written
    assert "JONAS ^\nI [close on MARA] did. [laughs] Every word you --" in written
    assert "> dissolve 1.5s" in written
    assert "Author: Ada" in written
    assert "Format: 1280x720 @ 24" in written
    assert "character MARA\n  voice: amber" in written
    assert ".THE VOID" in written


def test_a_foreign_file_is_read_for_its_styles_summaries_and_odd_paragraphs():
    page = read_fdx(
        """<?xml version="1.0"?><FinalDraft DocumentType="Script" Version="1"><Content>
        <Paragraph Type="Scene Heading"><SceneProperties><Summary><Paragraph><Text>Why.</Text>
        </Paragraph></Summary></SceneProperties><Text>int. bar - day</Text></Paragraph>
        <Paragraph Type="General"><Text AdornmentStyle="-1">[not a shot] </Text>
        <Text Style="Italic">odd</Text></Paragraph>
        <Paragraph Type="Character"><Text>Zoë (cont'd)</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text Style="AllCaps">stop</Text></Paragraph>
        <Paragraph Type="End of Act"><Text>END</Text></Paragraph>
        </Content></FinalDraft>"""
    )
    written = write_scene(page)
    assert written == (
        "character ZOË\n\nint. bar - day\n\n= Why.\n\n\\[not a shot\\] *odd*\n\nZOË (CONT'D)\nSTOP\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no xml",
        "<FinalDraft>",
        "<html><Content/></html>",
        "<FinalDraft/>",
        "<!DOCTYPE x><FinalDraft/>",
    ],
)
def test_what_is_no_final_draft_file_is_refused_in_words(text: str):
    with pytest.raises(NoFinalDraft):
        read_fdx(text)


@pytest.mark.parametrize("opening", ["[[", "/*"])
def test_in_fountain_a_remark_that_never_closes_is_text(opening: str):
    parsed = parse(
        Source("page.fountain", f"INT. A - DAY\n\nRain {opening} here.\n\nEXT. B - DAY\n\nSun.\n")
    )
    assert not parsed.diagnostics
    assert sum(isinstance(block, SceneHeading) for block in parsed.script.blocks) == 2


def there_and_back(text: str, way: str) -> str:
    """A script by way of another program's form."""
    page = paged(text)
    if way == "fountain":
        return write_scene(paged(write_fountain(page), "page.fountain"))
    return write_scene(read_fdx(write_fdx(page)))


REMARKED = """\
Title: The Letter
Author: Ada
Language: en-GB

character MARA
  voice: amber

place HALL
  light: lamp off

lexicon
  SQL: sequel

INT. HALL - NIGHT

[insert on "The Letter", 100mm, 2s]

Rain. [close on MARA] She [[how?]] turns.

[[Editor: hold. [close on MARA]]]

/* character OLD
voice: slate */

MARA
[sighs] You [#ring] kept [[softer]] it, [close on MARA, hold until end of line] [pause 1.2s] all of it.

> fade to black 2s

INT. HALL - DAY

MARA
(quiet)
Yes. [nods]
"""


@pytest.mark.parametrize("way", ["fountain", "fdx"])
def test_what_only_this_language_knows_comes_back_as_what_it_was(way: str):
    written = there_and_back(REMARKED, way)
    before, after = (parse(Source("page.scene", one)) for one in (REMARKED, written))
    assert not after.diagnostics
    assert after.script.cards == before.script.cards
    assert after.script.get("language").text == "en-GB"
    told = [block for block in before.script.blocks if not isinstance(block, Boneyard)]
    back = [block for block in after.script.blocks if not isinstance(block, Boneyard)]
    if way == "fdx":
        back = [
            block for block in back if block != Note("character OLD voice: slate", span=block.span)
        ]
    assert back == told


@pytest.mark.parametrize("way", ["fountain", "fdx"])
def test_other_programs_remarks_stay_remarks(way: str):
    text = "character MARA\n\nINT. HALL - DAY\n\n[[close on MARA]]\n\nMARA\nYes [[#bell]] [[nods]] I do.\n"
    script = parse(Source("page.scene", there_and_back(text, way))).script
    assert [one.text for one in script.blocks if isinstance(one, Note)] == ["close on MARA"]
    speech = script.blocks[-1]
    assert isinstance(speech, Speech)
    assert speech.text == "Yes I do."
    assert [one.text for one in speech.remarks] == ["#bell", "nods"]


def test_a_remark_keeps_its_distance_from_stars():
    written = write_fountain(
        paged("INT. HALL - DAY\n\n@MARA\nI kept [close on MARA] **it**, [looks away] so.\n")
    )
    assert "I kept [[duocast: close on MARA]] **it**,\n(looks away)\nso." in written


def test_an_exported_page_is_read_again_as_the_same_page():
    page = write_fountain(paged(REMARKED))
    assert write_fountain(paged(page, "page.fountain")) == page
