"""Folding: one slip is one message, and it stands where the slip is."""

from duocast.compiler.film import compile_film
from duocast.compiler.reader import MemoryReader
from duocast.language import Source, apply

SCENE = "INT. KITCHEN - NIGHT\n\n"
CAST = "character MARA\n  voice: amber\n\ncharacter JONAS\n  voice: slate\n\n"
TALK = "MARA\nYou kept it.\n\nJONAS\nI did.\n\nMARA\nAll these years.\n"


def found(text):
    return compile_film(Source("film.scene", text), MemoryReader()).diagnostics


def marked(text, label):
    return text[label.span.start : label.span.end], text.count("\n", 0, label.span.start) + 1


def test_a_name_that_is_nobodys_is_said_once_and_mended_everywhere():
    text = CAST + SCENE + TALK.replace("MARA", "MRAA") + "\nMARA\nYes.\n\nMARA\nNo.\n"
    (one,) = found(text)
    assert [marked(text, label) for label in one.labels] == [("MRAA", 9), ("MARA", 1), ("MRAA", 15)]
    assert one.fix is not None
    assert found(apply(text, [one.fix])) == ()


def test_a_card_that_is_misspelt_is_told_at_the_card():
    text = CAST.replace("MARA", "MRAA") + SCENE + TALK
    (one,) = found(text)
    assert [marked(text, label) for label in one.labels] == [("MRAA", 1), ("MARA", 9)]
    assert one.fix is not None
    assert one.fix.safe
    assert found(apply(text, [one.fix])) == ()


def test_a_name_that_is_written_once_is_the_slip():
    text = CAST + SCENE + "MRAA\nYou kept it.\n\nJONAS\nI did.\n"
    (one,) = found(text)
    assert marked(text, one.labels[0]) == ("MRAA", 9)


def test_two_slips_are_two_messages():
    text = CAST + SCENE + TALK.replace("MARA", "MRAA", 1).replace("JONAS", "JONSA")
    assert [one.code for one in found(text)] == ["N0204", "N0204"]


def test_what_follows_from_an_error_is_not_said():
    long = "word " * 60
    text = CAST + SCENE + f"MARA\n{long.strip()}.\n\nJONAS\nI did.\n"
    assert [one.code for one in found(text)] == ["L0008"]
    assert [one.code for one in found(text.replace("JONAS\nI", "JONSA\nI"))] == ["N0204"]


def test_findings_come_in_the_order_of_the_text():
    text = CAST + "CUT TO:\n\n" + SCENE + "MRAA\nYou [baet] kept it.\n\nJONAS\nI did. []\n"
    assert [one.code for one in found(text)] == ["S0120", "N0204", "D0102", "D0107"]
