"""Lines are judged as a careful reader would: drama passes, what must not be shown is refused."""

from pathlib import Path

import pytest
from moderated_lines import (
    BENIGN,
    HARMFUL,
    SECOND_BENIGN,
    SECOND_HARMFUL,
    THIRD_BENIGN,
    THIRD_HARMFUL,
)
from moderating import laid, office

from duocast.compiler.graph import Operation
from duocast.language import Source
from duocast.language.explain import pages
from duocast.runtime.moderation import Action
from duocast.runtime.moderation.judge import Judge
from duocast.runtime.moderation.passage import Passage
from duocast.runtime.moderation.people import People, Piece, people_of
from duocast.runtime.moderation.pieces import prompts
from duocast.runtime.moderation.script import script_passages, script_people

EXAMPLES = Path(__file__).parents[2] / "examples" / "scripts"
ALL_BENIGN = (*BENIGN, *SECOND_BENIGN, *THIRD_BENIGN)
ALL_HARMFUL = (*HARMFUL, *SECOND_HARMFUL, *THIRD_HARMFUL)


@pytest.fixture(scope="module")
def judge() -> Judge:
    """Without the model: a doubtful word is no finding."""
    return Judge(laid(""), lambda _: None)


def gravest(judge: Judge, scope, text, *, drawn=False) -> Action:
    found = judge.findings([Passage(text, scope, "a line")], People(), drawn=drawn)
    return max((one.action for one in found), key=lambda one: one.severity, default=Action.ALLOW)


def test_drama_is_never_refused_and_hardly_ever_warned_about(judge):
    actions = [gravest(judge, *line) for line in ALL_BENIGN]
    assert Action.REFUSE not in actions
    assert actions.count(Action.WARN) <= 1


def test_what_must_not_be_shown_is_refused(judge):
    wanted = [(scope, text) for scope, text, action in ALL_HARMFUL if action == "refuse"]
    missed = [line for line in wanted if gravest(judge, *line) is not Action.REFUSE]
    assert len(missed) <= len(wanted) // 10, missed
    assert not {*missed} & {(scope, text) for scope, text, _ in HARMFUL}


def test_a_film_that_is_drawn_is_refused_for_acts_with_minors_and_for_nothing_else(judge):
    refused = {
        text
        for scope, text, _ in HARMFUL
        if gravest(judge, scope, text, drawn=True) is Action.REFUSE
    }
    assert "He molests the kid behind the church." in refused
    assert all("abuse" in categories(judge, text) for text in refused)


def categories(judge, text):
    found = judge.findings([Passage(text, "seen", "a line")], People(), drawn=True)
    return {one.category for one in found}


def scripts() -> list[Source]:
    shown = [
        Source(f"{one.code}.scene", text) for one in pages() for text in (one.bad, one.good) if text
    ]
    files = sorted(EXAMPLES.glob("*.[sf]*"))
    return [*shown, *(Source(str(file), file.read_text("utf-8")) for file in files)]


def test_no_example_is_refused_or_warned_about(judge):
    for source in scripts():
        passages = script_passages(source)
        assert judge.findings(passages, script_people([source]), drawn=False) == (), source.path
        for one in passages:
            assert gravest(judge, "prompt", one.text) is Action.ALLOW, one.text


def test_examples_are_quiet_so_that_nothing_of_them_is_parsed_again(judge):
    assert all(judge.quiet([source.text], drawn=True) for source in scripts()[-5:])
    assert not judge.quiet(["INT. ROOM - DAY\n\nThey undress.\n"], drawn=True)
    assert not judge.quiet(["Nothing."], drawn=False), "prompts are scored"


SCRIPT = """\
Title: A test

character LENA
  description: girl, 13, red hair

character TOM
  description: a man in his forties

INT. KITCHEN - NIGHT

[[LENA undresses: a note is not made into film]]

Lena walks in. Tom is naked.

LENA
Stay, Tom.
"""


def test_somebody_under_age_is_known_by_the_card_and_found_by_the_name(judge):
    source = Source("film.scene", SCRIPT)
    people = script_people([source])
    assert people.young == {"lena"}
    (found,) = [
        one
        for one in judge.findings(script_passages(source), people, drawn=False)
        if one.category == "minors"
    ]
    assert (found.found, found.near, found.action) == ("naked", "lena", Action.REFUSE)
    span = found.passage.span
    assert span is not None
    assert source.text[span.start :].startswith("Lena walks in.")


def test_a_prompt_shows_who_is_in_it_without_a_name(judge):
    portrait = Piece(
        "cast/lena/portrait",
        Operation.PORTRAIT,
        "photo",
        {"description": "a woman"},
        frozenset({"picture"}),
    )
    still = Piece(
        "kitchen/shot-1/still",
        Operation.COMPOSE,
        "flux",
        {"picture": "A person, naked.", "faces": ["lena"]},
    )
    people = people_of([portrait, still])
    assert people.pictured == {"lena"}
    (passage,) = prompts([portrait, still], lambda piece: piece.engine == "flux")
    found = judge.findings([passage], people, drawn=False)
    assert ("likeness", Action.REFUSE) in [(one.category, one.action) for one in found]


def test_doubtful_words_need_the_model_and_say_where_it_is_gone(tmp_path):
    here = office(tmp_path, "")
    line = [Passage("Go back to your country, you fool.", "said", "what TOM says")]
    (told,) = here.words(line, People(), drawn=True)
    assert told.code == "M0204"
    assert "1 passage could not be scored" in told.title
    strict = office(tmp_path, 'missing = "refuse"')
    assert [one.code for one in strict.words(line, People(), drawn=True)] == ["M0205"]


def test_a_doubtful_word_counts_with_its_score():
    sure = Judge(laid(""), lambda _: 0.9)
    (found,) = sure.findings([Passage("All immigrants out.", "said", "x")], People(), drawn=True)
    assert (found.category, found.score, found.least) == ("hate", 0.9, 0.6)
    mild = Judge(laid(""), lambda _: 0.5)
    assert gravest(mild, "said", "All immigrants out.") is Action.ALLOW


def test_the_same_words_in_many_prompts_are_told_once_where_they_were_written(tmp_path):
    text = "INT. ROOM - DAY\n\nThey have sex.\n"
    source = Source("film.scene", text)
    told = [
        Passage("Two people. They have sex", "prompt", f"the prompt of shot-{n}") for n in range(3)
    ]
    passages = [*script_passages(source), *told]
    here = office(tmp_path, '[category.profanity]\nprompt = "allow"')
    (found,) = here.words(passages, People(), drawn=False, sources={"film.scene": source})
    assert found.code == "M0101"
    assert "the prompt of shot-0 and 2 more" in found.title
    assert found.span is not None
    assert text[found.span.start : found.span.end] == "sex"
