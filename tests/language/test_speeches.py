"""Speeches: who speaks, what is spoken, and what happens inside."""

import pytest

from duocast.language import (
    ActingNote,
    Action,
    Cue,
    DirectionLine,
    Pause,
    Source,
    Speech,
    Words,
    parse,
)


def speech(text):
    parsed = parse(Source("film.scene", f"INT. ROOM - DAY\n\n{text}\n"))
    assert parsed.diagnostics == ()
    (block,) = parsed.script.blocks[1:]
    assert isinstance(block, Speech)
    return block


def said(text):
    return speech(f"MARA\n{text}").text


@pytest.mark.parametrize(
    ("cue", "name", "extensions", "together", "forced"),
    [
        ("MARA", "MARA", [], False, False),
        ("MARA (V.O.)", "MARA", ["V.O."], False, False),
        ("MARA (O.S.) (CONT'D) ^", "MARA", ["O.S.", "CONT'D"], True, False),
        ("THE OLD MAN", "THE OLD MAN", [], False, False),
        ("R2-D2", "R2-D2", [], False, False),
        ("ÉLODIE", "ÉLODIE", [], False, False),
        ("МАША", "МАША", [], False, False),
        ("@McCLANE", "McCLANE", [], False, True),
        ("@voice on the phone ^", "voice on the phone", [], True, True),
    ],
)
def test_the_line_above(cue, name, extensions, together, forced):
    found = speech(f"{cue}\nHello.")
    assert found.name.text == name
    assert [extension.text for extension in found.extensions] == extensions
    assert (found.together, found.forced) == (together, forced)


def test_voices_out_of_the_picture():
    assert speech("MARA (V.O.)\nHi.").voice_over
    assert speech("MARA (o.s., quiet)\nHi.".replace(", quiet", "")).off_screen


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("You kept it. [beat] All of it.", "You kept it. All of it."),
        ("Every[#x]thing.", "Everything."),
        ("*All* **these** ***years*** _now_.", "All these years now."),
        ("2 * 3 and snake_case_name stay.", "2 * 3 and snake_case_name stay."),
        (r"A \*star\* and a \[bracket\].", "A *star* and a [bracket]."),
        ("I know (sighs) you.", "I know you."),
        ("Two [[a remark]] words.", "Two words."),
        ("Two /* cut */ words.", "Two words."),
        ("Years -- all of them.", "Years— all of them."),
        ("Years [beat] -- all of them.", "Years— all of them."),
        ("One\ntwo\n  three", "One two three"),
        ("Wait [close on MARA,\n85mm] here.", "Wait here."),
    ],
)
def test_what_is_spoken(written, spoken):
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken", "breaks_in", "cut_off"),
    [
        ("Every word you --", "Every word you", False, True),
        ("Every word you—", "Every word you", False, True),
        ("-- sent me.", "sent me.", True, False),
        ("[laughs] -- sent -- [#x] --", "sent", True, True),
        ("Trailing off...", "Trailing off...", False, False),
        ("--", "", False, True),
    ],
)
def test_interruptions(written, spoken, breaks_in, cut_off):
    found = speech(f"MARA\n{written}")
    assert (found.breaks_in, found.cut_off) == (breaks_in, cut_off)
    assert found.text.removesuffix("—") == spoken


def test_emphasis_levels():
    parts = speech("MARA\nA *b [beat] c* **d** _e_").content
    words = [(part.text.strip(), part.emphasis) for part in parts if isinstance(part, Words)]
    assert [pair for pair in words if pair[0]] == [("A", 0), ("b", 1), ("c", 1), ("d", 2), ("e", 1)]


def test_acting_notes():
    found = speech(
        "MARA\n(quiet,\nnot looking up)\nYou kept it.\n(louder)\nAll of it.\n(beat)\nWhy?"
    )
    assert [note.parts for note in found.notes] == [("quiet", "not looking up")]
    inside = [part for part in found.content if not isinstance(part, Words)]
    assert inside == [ActingNote("louder", span=None), Pause(0.4, span=None)]
    assert found.text == "You kept it. All of it. Why?"


def test_a_cue_happens_at_its_word():
    (cue,) = [
        part
        for part in speech('MARA\nIt takes [TITLE: "200 ms", 3s] so long.').content
        if isinstance(part, Cue)
    ]
    assert (cue.kind, cue.text, cue.seconds) == ("title", "200 ms", 3)


def test_a_removed_line_does_not_end_a_speech():
    assert said("One\n/* two\n\nthree */\nfour\n[[five]]\nsix") == "One four six"


def blocks(text):
    return parse(Source("film.scene", f"INT. ROOM - DAY\n\n{text}\n")).script.blocks[1:]


def test_capitals_without_a_line_under_them_are_action():
    assert [type(block) for block in blocks("BANG.\n\nWHAT WAS THAT?\nNobody knows.")] == [
        Action,
        Action,
    ]


def test_directions_part_a_paragraph_of_action():
    found = blocks("Rain.\n[close on MARA]\nShe [beat] turns.")
    assert [type(block) for block in found] == [Action, DirectionLine, Action]
    assert found[2].text == "She turns."


def test_forced_action_keeps_its_capitals():
    (action,) = blocks("!MARA\nis gone.")
    assert (action.forced, action.text) == (True, "MARA is gone.")
