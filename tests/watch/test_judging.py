"""Verdicts: what is said of a save, and which shots it changes."""

import pytest
from scripts_for_watch import FILM, write_film

from duocast.cli.studio import crew, registry
from duocast.cli.watch.interest import glance
from duocast.cli.watch.judging import Judge


@pytest.fixture
def judged(tmp_path):
    """Save a text, and get the verdict on it."""
    judge = Judge(tmp_path / "film.scene", crew("draft", registry()), lenient=False)

    def save(text):
        write_film(tmp_path, text)
        found = judge.judge(lambda interest: {f: glance(f) for f in interest.files})
        if found is not None:
            judge.accept(found)
        return found

    save.judge = judge
    return save


def test_the_first_verdict_tells_of_the_film(judged):
    found = judged(FILM)
    assert found.good
    assert found.words.startswith("ok: 6 shots, ")
    assert found.words.endswith(" s film")


def test_an_edited_line_changes_its_shot_and_no_other(judged):
    judged(FILM)
    found = judged(FILM.replace("I never opened it.", "I burnt it."))
    assert len(found.changed) == 1
    assert found.words.startswith("ok: 1 shot changed, ")


def test_moving_a_scene_changes_no_picture(judged):
    judged(FILM)
    first, second = FILM.index("INT. KITCHEN"), FILM.index("EXT. BRIDGE")
    moved = FILM[:first] + FILM[second:] + "\n" + FILM[first:second]
    found = judged(moved)
    assert not [shot for shot in found.changed if not shot.startswith(("title", "end"))]
    assert found.different


def test_what_was_judged_is_not_judged_again(judged):
    judged(FILM)
    assert judged(FILM) is None


def test_a_remark_makes_nothing_again(judged):
    judged(FILM)
    found = judged(FILM.replace("Rain at", "[[too sad?]]\n\nRain at"))
    assert found.changed == ()
    assert found.view.clips


def test_an_error_keeps_the_last_good_film(judged):
    judged(FILM)
    wrong = judged(FILM.replace("JONAS\n(quiet)", "JONES\n(quiet)"))
    assert not wrong.good
    assert wrong.words == "1 error; the last good picture stays"
    assert wrong.view.clips
    again = judged(FILM)
    assert again.good
    assert again.changed == ()


def test_a_script_that_is_gone_or_no_text_is_said_and_waited_for(judged, tmp_path):
    judged(FILM)
    (tmp_path / "film.scene").unlink()
    gone = judged.judge.judge(lambda interest: {})
    assert "there is no file" in gone.words
    assert gone.words.endswith("still watching")
    assert judged(FILM).good


def test_files_that_are_used_or_missing_are_of_interest(judged, tmp_path):
    (tmp_path / "cards.scene").write_text("character ADA\n  description: old woman\n")
    text = FILM.replace("Title:", "Use: cards.scene\nTitle:").replace(
        "short beard", "short beard\n  portrait: faces/jonas.png"
    )
    assert not judged(text).good
    names = {file.relative_to(tmp_path).as_posix() for file in judged.judge.interest.files}
    assert names >= {"film.scene", "cards.scene", "faces/jonas.png"}


def test_another_picture_in_the_same_file_changes_the_shots_that_show_it(judged, tmp_path):
    (tmp_path / "sea.png").write_bytes(b"one picture")
    text = FILM.replace("Rain at the window.", "Rain at the window.\n\nB-ROLL: sea.png, 2s")
    first = judged(text)
    assert first.good, first.compiled.diagnostics
    (tmp_path / "sea.png").write_bytes(b"another")
    found = judged(text)
    assert len(found.changed) == 1
