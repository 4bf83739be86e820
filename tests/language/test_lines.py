"""Lines outside speeches: headings, cue lines, transitions, cards, the title page, and what is only remarked."""

import pytest

from duocast.language import (
    Boneyard,
    Card,
    Centred,
    CueLine,
    Lyric,
    Note,
    PageBreak,
    SceneHeading,
    Section,
    Source,
    Synopsis,
    Text,
    Transition,
    parse,
    parse_options,
)


def block(text, kind):
    parsed = parse(Source("film.scene", f"# Act\n\n{text}\n"))
    assert parsed.diagnostics == ()
    (found,) = parsed.script.blocks[1:]
    assert isinstance(found, kind)
    return found


@pytest.mark.parametrize(
    ("line", "inside", "outside", "place", "time"),
    [
        ("INT. KITCHEN - NIGHT", True, False, "KITCHEN", "NIGHT"),
        ("EXT. HARBOUR – EARLY MORNING", False, True, "HARBOUR", "EARLY MORNING"),
        ("INT./EXT. CAR - DAY", True, True, "CAR", "DAY"),
        ("I/E. CAR - DAY", True, True, "CAR", "DAY"),
        ("int. kitchen - night", True, False, "kitchen", "night"),
        ("INT. HOUSE - KITCHEN - LATER", True, False, "HOUSE - KITCHEN", "LATER"),
        ("INT. HOUSE - KITCHEN", True, False, "HOUSE - KITCHEN", None),
        ("EST. CITY - DAWN", False, False, "CITY", "DAWN"),
        (".KITCHEN", False, False, "KITCHEN", None),
    ],
)
def test_headings(line, inside, outside, place, time):
    heading = block(line, SceneHeading)
    assert (heading.interior, heading.exterior, heading.place.text) == (inside, outside, place)
    assert (heading.time.text if heading.time else None) == time
    assert heading.establishing == line.startswith("EST")
    assert heading.forced == line.startswith(".")


def test_heading_number_and_rest():
    heading = block("INT. KITCHEN - NIGHT - FLASHBACK #12A#", SceneHeading)
    assert heading.number.text == "12A"
    assert [text.text for text in heading.rest] == ["FLASHBACK"]


@pytest.mark.parametrize(
    ("line", "kind", "seconds"),
    [
        ("CUT TO:", "cut", None),
        ("SMASH CUT TO:", "smash cut", None),
        ("DISSOLVE TO:", "dissolve", None),
        ("FADE IN:", "fade in", None),
        ("FADE OUT.", "fade out", None),
        ("FADE TO BLACK", "fade to black", None),
        ("CUT TO BLACK.", "fade to black", 0.0),
        ("WIPE TO:", "wipe", None),
        ("> dissolve 1.5s", "dissolve", 1.5),
        ("> fade 1s", "fade", 1.0),
        ("> fade to black over 800ms", "fade to black", 0.8),
        ("> Cut to:", "cut", None),
    ],
)
def test_transitions(line, kind, seconds):
    found = block(line, Transition)
    assert (found.kind, found.seconds) == (kind, seconds)


def cue(line):
    return block(line, CueLine).cue


def test_music():
    found = cue(
        "MUSIC: soft piano, hopeful, -18dB, fade in 2s, fade out 4s, loop, duck under MARA, until JONAS speaks"
    )
    assert [text.text for text in found.texts] == ["soft piano, hopeful"]
    assert not found.is_file
    assert (found.level_db, found.fade_in, found.fade_out, found.loop) == (-18, 2, 4, True)
    assert (found.duck, found.duck_under.text) == (True, "MARA")
    assert (found.until.kind, found.until.name.text) == ("speaks", "JONAS")


def test_other_cues():
    assert cue("MUSIC: stop, fade out 2s").stop
    effect = cue('SFX: "door, slammed", at #slam, from 1.5s, for 2s')
    assert (effect.text, effect.at.text, effect.start, effect.seconds) == (
        "door, slammed",
        "slam",
        1.5,
        2,
    )
    assert cue("AMBIENCE: rain.wav, until end of scene").until.kind == "end of scene"
    third = cue('LOWER THIRD: "Mara Lindt", "Editor", under MARA, 4s')
    assert [text.text for text in third.texts] == ["Mara Lindt", "Editor"]
    assert (third.under.text, third.seconds) == ("MARA", 4)
    assert cue("CHAPTER: Stop").text == "Stop"
    assert cue("TITLE: Ten years later, 3s").text == "Ten years later"
    assert cue("B-ROLL: harbour.mp4, under MARA").is_file
    assert [cue(f"{word}: warm").kind for word in ("LIGHT", "GRADE")] == ["light", "grade"]


def test_remarks():
    assert block("## Scene one", Section).level == 2
    assert block("= They meet.", Synopsis).text == "They meet."
    assert block("[[Editor: hold\nhere.]]", Note).text == "Editor: hold\nhere."
    assert block("/* gone\n\nMARA\nHello.\n*/", Boneyard).text == "gone\n\nMARA\nHello."
    assert block("===", PageBreak)
    assert block("> THE END <", Centred).text == "THE END"
    assert block("~ la la", Lyric).text == "la la"


def test_title_page():
    parsed = parse(
        Source(
            "film.scene",
            "Title:\n  _**The**_\n  Letter\nAuthors: A\nLook: K\n\nFormat: 1280x720 @ 24\n\nINT. X - DAY\n",
        )
    )
    assert parsed.diagnostics == ()
    script = parsed.script
    assert [(entry.name, entry.plain) for entry in script.title_page] == [
        ("title", "The\nLetter"),
        ("author", "A"),
        ("look", "K"),
        ("format", "1280x720 @ 24"),
    ]
    assert script.get("format").text == "1280x720 @ 24"
    assert script.get("use") is None


@pytest.mark.parametrize(
    "first", ["FADE IN:", "MUSIC: theme.wav", "He says: nothing.", "INT. X: Y - DAY"]
)
def test_no_title_page(first):
    parsed = parse(Source("film.scene", first + "\n\nRain.\n"))
    assert parsed.script.title_page == ()
    assert parsed.diagnostics == ()


def test_cards():
    text = (
        "character MARA\n  description: thirty,\n    dark hair\n  portrait: a.png\n"
        "character JONAS\nvoice: slate\n\n  wardrobe: grey coat\n\nlexicon\n  duocast: doo-oh-cast\n"
    )
    parsed = parse(Source("film.scene", text))
    assert parsed.diagnostics == ()
    mara, jonas, lexicon = parsed.script.blocks
    assert mara.get("description").text == "thirty,\ndark hair"
    assert [entry.name for entry in jonas.entries] == ["voice", "wardrobe"]
    assert isinstance(lexicon, Card)
    assert (lexicon.kind, lexicon.name.text, lexicon.entries[0].key.text) == (
        "lexicon",
        "",
        "duocast",
    )


def test_prose_that_begins_like_a_card():
    parsed = parse(Source("film.scene", "INT. X - DAY\n\nlook away\n\nplace your bets\nnow.\n"))
    assert [type(one).__name__ for one in parsed.script.blocks] == [
        "SceneHeading",
        "Action",
        "Action",
    ]


def test_comma_lists():
    source = Source(
        "film.scene",
        'character M\n  voice: amber, pace 0.95, "low, warm", pitch -1st, -24dB, 9 lives\n',
    )
    (card,) = parse(source).script.blocks
    value = card.get("voice").values[0]
    assert isinstance(value, Text)
    options = parse_options(value)
    assert [
        (one.words, one.quantity and (one.quantity.value, one.quantity.unit)) for one in options
    ] == [
        ("amber", None),
        ("pace", (0.95, "")),
        ("low, warm", None),
        ("pitch", (-1, "st")),
        ("", (-24, "dB")),
        ("9 lives", None),
    ]
    assert [source.slice(one.span) for one in options][1:3] == ["pace 0.95", '"low, warm"']


def test_scenes_leave_cards_and_loose_remarks_out():
    text = "character M\n  voice: x\n\n# Act\n\nINT. A - DAY\n\nRain.\n\nEXT. B - DAY\n\nSun.\n"
    scenes = parse(Source("film.scene", text)).script.scenes
    assert [scene.heading.place.text for scene in scenes] == ["A", "B"]
    loose = parse(Source("film.scene", "# Act\n\nRain.\n")).script.scenes
    assert [(scene.heading, len(scene.blocks)) for scene in loose] == [(None, 2)]
