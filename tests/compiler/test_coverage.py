"""Coverage: which shot shows what, when the writer says so and when not."""

from scripts import CAST, scenes

from duocast.compiler.screenplay import Said

LONG = (
    "I was on the wrong train, going the wrong way, and I thought there would be time for all of it, "
    "for the house and the garden and the dog that we never had."
)


def shots(body, **options):
    return [shot for scene in scenes(body, **options) for shot in scene.shots]


def heading(body):
    return f"INT. KITCHEN - NIGHT\n\n{body}"


def test_a_conversation_opens_together_and_cuts_on_its_speakers():
    body = heading("MARA\nYou kept it.\n\nJONAS\nI kept everything.\n\nMARA\nDid you?\n")
    found = shots(body)
    assert found[0].camera.framing == "two-shot"
    assert [s.camera.subjects[0] for s in found[1:]] == ["jonas", "mara"]


def test_a_long_line_shows_the_listener_and_comes_back():
    body = heading(f"MARA\nYou kept it.\n\nJONAS\n{LONG}\n\nMARA\nYes.\n")
    found = [
        s
        for s in shots(body)
        if any(b.kind == "said" and b.line.startswith("jonas") for b in s.beats)
    ]
    assert [s.camera.subjects[0] for s in found] == ["jonas", "mara", "jonas"]
    parts = [b for s in found for b in s.beats if isinstance(b, Said)]
    assert parts[0].first == 0
    assert parts[1].first == parts[0].last + 1
    assert parts[2].first == parts[1].last + 1
    assert parts[2].last is None


def test_a_written_shot_stays_while_it_fits_and_no_longer():
    body = heading("[close on JONAS, 85mm]\n\nJONAS\nYes.\n\nJONAS\nNo.\n\nMARA\nWhat now?\n")
    found = shots(body)
    assert (found[0].camera.size, found[0].camera.lens_mm) == ("CU", 85)
    assert len(found[0].beats) == 2
    assert found[1].camera.subjects[0] == "mara"


def test_a_cut_inside_a_line_falls_on_its_word():
    body = heading("JONAS\nI kept [close on MARA] everything you wrote.\n\nMARA\nOh.\n")
    first, second = shots(body)[:2]
    assert first.beats[0].last == 1
    assert (second.beats[0].first, second.camera.subjects) == (2, ("mara",))


def test_an_insert_with_a_length_stands_alone():
    body = heading('MARA\nListen.\n\n[insert on "phone", 100mm, 2s]\n\nJONAS\nLet it ring.\n')
    insert = next(s for s in shots(body) if s.camera.framing == "insert")
    assert insert.camera.thing == "phone"
    assert [b.kind for b in insert.beats] == ["rest"]
    assert insert.beats[0].seconds == 2.0


def test_an_interruption_overlaps_and_the_cut_comes_with_the_voice():
    body = heading("MARA\nYou kept it.\n\nJONAS\nEvery word you --\n\nMARA\nDon't.\n")
    found = shots(body)
    assert found[1].tail < 0
    assert found[2].head == 0


def test_lines_spoken_together_share_a_shot():
    body = heading(
        "MARA\nYou kept it.\n\nJONAS\nLet it ring for me.\n\nMARA ^\nI have to take it.\n"
    )
    last = shots(body)[-1]
    said = [beat for beat in last.beats if isinstance(beat, Said)]
    assert len(said) == 2
    assert said[1].with_line == said[0].line
    assert last.camera.framing == "two-shot"


def test_a_dissolve_gives_both_shots_the_time_that_it_eats():
    cut = heading("MARA\nYes.\n\nEXT. STATION - DAY\n\nJONAS\nNo.\n")
    dissolved = cut.replace("EXT.", "> dissolve 1.5s\n\nEXT.")
    before, after = shots(cut), shots(dissolved)
    assert after[0].tail == before[0].tail + 0.75
    assert after[1].head == before[1].head + 0.75
    assert (after[0].tail_handle, after[1].head_handle) == (1.5, 1.5)


def test_people_keep_their_seats_over_every_shot_of_a_scene():
    body = heading("MARA\nYou kept it.\n\nJONAS\nI did.\n")
    people = scenes(body)[0].people
    assert [(p.role, p.seat, p.faces) for p in people] == [("mara", 0, 1), ("jonas", 1, 0)]


def test_a_monologue_changes_its_size_between_sentences():
    head = CAST.replace("character JONAS", "character TOM")
    sentence = "I walked along the river until the lights of the town were gone, and nobody called after me. "
    found = shots(heading(f"MARA\n{sentence * 4}\n"), head=head)
    assert len(found) >= 2
    assert len({s.camera.size for s in found}) >= 2
