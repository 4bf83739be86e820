"""What a plan says is what the render then does."""

import pytest
from studio_set import Set, differences

from duocast.compiler.plan.step import Changed, Lost, New, OtherEngine, OtherFile, Remade

HEAD = """\
Title: Test

character MARA
  voice: amber
  description: woman in her sixties

character JONAS
  voice: slate

"""
BODY = """\
INT. KITCHEN - NIGHT

Rain on the window.

MARA
You kept it all these years, every single page.

JONAS
I kept [close on MARA] everything you ever wrote to me.

MARA
Yes.

EXT. STATION - DAY

JONAS
You came back after all of this.

MARA
I know that I should have called before.

"""


@pytest.fixture
def film(tmp_path):
    made = Set(tmp_path)
    yield made
    made.store.close()


def shoot(film, text):
    """Plan, render, compare, and prove that nothing is left to do; gives the plan."""
    graph = film.graph(text)
    plan = film.plan(graph)
    outcome = film.render(graph)
    assert outcome.ok, outcome.failures
    assert differences(plan, outcome) == []
    again = film.plan(film.graph(text))
    assert again.current, again.steps
    return plan


def steps(plan, *operations):
    return {step.address for step in plan.steps if step.operation in operations}


def test_a_first_plan_has_everything_and_a_second_has_nothing(film):
    plan = shoot(film, HEAD + BODY)
    assert not plan.reused
    assert all(isinstance(step.reasons[0], New) for step in plan.steps)
    assert {step.state for step in plan.steps} == {"run", "maybe"}


def test_an_edited_line_runs_its_take_and_may_run_its_cone(film):
    shoot(film, HEAD + BODY)
    plan = shoot(film, HEAD + BODY.replace("every single page", "every single letter"))
    (take,) = plan.of("run")
    step = plan.plain_step(take)
    change = step.reasons[0]
    assert isinstance(change, Changed)
    assert (change.changes[0].field, change.changes[0].new) == (
        "segments[0].text",
        "You kept it all these years, every single letter.",
    )
    assert steps(plan, "portrait", "plate", "compose") == set()
    assert all(isinstance(plan.plain_step(a).reasons[-1], Remade) for a in plan.of("maybe"))
    assert not any(address.startswith("station-day/") for address in plan.of("maybe"))


def test_a_new_version_of_an_engine_is_the_reason(film):
    shoot(film, HEAD + BODY)
    film.versions["kokoro"] = "2"
    plan = shoot(film, HEAD + BODY)
    assert steps(plan, "speak") == set(plan.of("run"))
    assert all(
        plan.plain_step(a).reasons == (OtherEngine(old="kokoro 1", new="kokoro 2"),)
        for a in plan.of("run")
    )


def test_what_the_store_has_lost_is_made_again(film):
    shoot(film, HEAD + BODY)
    past = next(past for past in film.ledger.nodes if past.operation == "speak")
    film.store._objects.delete(past.outputs["sound"])
    plan = shoot(film, HEAD + BODY)
    assert plan.of("run") == (past.address,)
    assert plan.plain_step(past.address).reasons == (Lost(),)


def test_a_file_with_another_content_is_the_reason(film):
    film.files["door.wav"] = "a sound"
    text = HEAD + BODY + "SFX: door.wav\n"
    shoot(film, text)
    film.files["door.wav"] = "another sound"
    plan = shoot(film, text)
    reasons = [reason for a in plan.of("run") for reason in plan.plain_step(a).reasons]
    assert OtherFile(path="door.wav") in reasons


def test_the_same_words_twice_are_one_task_and_a_twin(film):
    plan = shoot(film, HEAD + BODY + "MARA\nYes.\n")
    takes = [step for step in plan.steps if step.operation == "speak"]
    assert [step.state for step in takes].count("twin") == 1


def test_a_plan_of_some_addresses_has_only_those_and_what_they_need(film):
    graph = film.graph(HEAD + BODY)
    only = frozenset({"station-day/shot-1/clip"})
    plan = film.plan(graph, only)
    assert differences(plan, film.render(graph, only)) == []
    assert not any(step.address.startswith(("kitchen-night/", "film/")) for step in plan.steps)


FREE = {
    "a note": lambda text: text.replace("MARA\nYes.", "[[hold here]]\n\nMARA\nYes."),
    "a synopsis": lambda text: text.replace("Rain on", "= They talk.\n\nRain on"),
    "a comment": lambda text: text.replace("Rain on", "/* taken out */\n\nRain on"),
    "a section": lambda text: text.replace("INT. KITCHEN", "# One\n\nINT. KITCHEN"),
    "a rename": lambda text: text.replace("MARA", "ODETTE"),
    "another scene order": lambda text: (
        text[: text.index("INT.")]
        + text[text.index("EXT.") :]
        + text[text.index("INT.") : text.index("EXT.")]
    ),
    "a bad layout": lambda text: text.replace("\n\n", "\n\n\n").replace("  voice", "\tvoice"),
}


@pytest.mark.parametrize("what", FREE)
def test_what_changes_no_picture_and_no_voice_plans_none(film, what):
    shoot(film, HEAD + BODY)
    plan = shoot(film, FREE[what](HEAD + BODY))
    work = steps(
        plan, "speak", "portrait", "plate", "compose", "animate", "time", "encode", "score"
    )
    assert {
        address for address in work if not address.startswith(("title-card/", "end-card/"))
    } == set()
