"""Notes where a writer may think that they count: inside a cue."""

from itertools import pairwise

from duocast.language.diagnostic import Edit, Fix, Label
from duocast.language.nodes import CueLine, Note, Script
from duocast.language.reading import Reading
from duocast.language.source import Span


def check_notes_in_cues(reading: Reading, script: Script) -> None:
    """A note with a part of the cue behind it: what stands in it is neither played nor an option."""
    if reading.lenient or reading.text is reading.source.text:
        return
    for cue, note in pairwise(script.blocks):
        if not isinstance(cue, CueLine) or not isinstance(note, Note):
            continue
        if reading.begin <= note.span.start < cue.span.end <= reading.end:
            reading.note(
                "S0141",
                "this note is no part of the cue that it stands in",
                Label(note.span, "not heard"),
                hint="take the double brackets off if it is meant to be heard",
                fix=_behind(reading, cue.span, note.span),
            )


def _behind(reading: Reading, cue: Span, note: Span) -> Fix:
    """The note behind the cue, and single spaces where it was."""
    text = reading.source.text
    after = note.end + (text[note.end : note.end + 1] == " ")
    end = reading.span(cue.end, cue.end)
    written = text[note.start : note.end]
    edits = (Edit(reading.span(note.start, after), ""), Edit(end, f" {written}"))
    return Fix("put the note behind the cue", edits)
