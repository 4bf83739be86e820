"""Remarks inside paragraphs: notes and text taken out are in the tree, and say nothing."""

import pytest

from duocast.language import Boneyard, CueLine, Manuscript, Note, SceneHeading, Source, parse


def blocks(text, path="page.scene"):
    return parse(Source(path, text)).script.blocks


@pytest.mark.parametrize("path", ["page.scene", "page.fountain"])
def test_a_speech_keeps_its_remarks_and_does_not_say_them(path):
    text = (
        "INT. HALL - DAY\n\nMARA\nYou [[softer]] kept /* nearly\n\nall of */ it. [[two\nlines]]\n[[under]]\n\n"
        "[[alone]]\n"
    )
    _, speech, alone = blocks(text, path)
    assert speech.text == "You kept it."
    assert speech.remarks == (
        Note("softer", span=speech.span),
        Boneyard("nearly\n\nall of", span=speech.span),
        Note("two\nlines", span=speech.span),
        Note("under", span=speech.span),
    )
    assert [text[one.span.start : one.span.end][:4] for one in speech.remarks][:2] == [
        "[[so",
        "/* n",
    ]
    assert alone == Note("alone", span=speech.span)


def test_an_action_keeps_its_remarks_too():
    _, action = blocks("INT. HALL - DAY\n\nRain [[how much?]] falls.\n[[a lot]]\nStill.\n")
    assert action.text == "Rain falls. Still."
    assert [one.text for one in action.remarks] == ["how much?", "a lot"]


def test_remarks_in_other_lines_stand_among_the_blocks():
    found = blocks(
        "INT. HALL - DAY [[where?]]\n\nSFX: door, [[which?]] 2s\n\n[MARA nods] [[why?]] [MARA smiles]\n"
    )
    assert [type(one) for one in found[:4]] == [SceneHeading, Note, CueLine, Note]
    assert [one.text for one in found if isinstance(one, Note)] == ["where?", "which?", "why?"]
    assert [one.span.start for one in found] == sorted(one.span.start for one in found)


def test_a_remark_that_comes_in_an_edit_is_there_as_if_read_anew():
    text = "INT. HALL - DAY\n\nMARA\nYou kept it.\n\nJONAS\nI did. [[really]]\n"
    edited = text.replace("You kept", "You [[softer]] kept")
    updated = Manuscript.read(Source("page.scene", text)).update(edited)
    fresh = Manuscript.read(Source("page.scene", edited))
    assert updated.script == fresh.script
    spans = [one.remarks[0].span.start for one in updated.script.blocks[1:]]
    assert [edited[at : at + 5] for at in spans] == ["[[sof", "[[rea"]
