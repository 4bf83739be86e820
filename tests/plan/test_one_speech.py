"""What one edited speech costs: its take, the shots in which it is heard, and the joining of the film."""

import pytest
from studio_set import Set, differences

from duocast.compiler.graph import Operation
from duocast.farm.core.task import Status

JOINING = {"film/cut", "film/captions", "film/mix", "film/master", "film/signed"}
LINE = (
    "I kept every letter that you sent me from the islands, and I read them all again each winter"
)
SPEECHES = tuple(f"{LINE}, number {number} and more." for number in range(12))


def script(speeches):
    parts = ["character MARA\n\ncharacter JONAS"]
    for number, speech in enumerate(speeches):
        if number % 4 == 0:
            parts.append(f"INT. ROOM {number} - DAY")
        parts.append(f"{('MARA', 'JONAS')[number % 2]}\n{speech}")
    return "\n\n".join(parts) + "\n"


@pytest.fixture
def film(tmp_path):
    made = Set(tmp_path)
    yield made
    made.store.close()


@pytest.mark.parametrize("number", [0, 5, 11])
def test_an_edited_speech_remakes_the_shots_that_it_is_heard_in_and_no_other(film, number):
    film.render(film.graph(script(SPEECHES)))
    edited = list(SPEECHES)
    edited[number] = SPEECHES[number].replace("winter", "single winter")
    graph = film.graph(script(edited))
    plan = film.plan(graph)
    outcome = film.render(graph)
    assert differences(plan, outcome) == []
    ran = [one for one in outcome.results.values() if one.status is Status.DONE]
    (take,) = [one.address for one in ran if one.operation is Operation.SPEAK]
    scene, line = take.split("/")[:2]
    heard = {
        node.address.removesuffix("/time")
        for node in graph.nodes
        if node.operation is Operation.TIME
        and node.address.startswith(f"{scene}/")
        and any(beat.get("line") == line for beat in node.params["beats"])
    }
    remade = {one.address.removesuffix("/clip") for one in ran if one.operation is Operation.ENCODE}
    assert remade == heard
    assert {one.address for one in ran} >= JOINING
    assert not any(
        one.operation in (Operation.COMPOSE, Operation.PLATE, Operation.PORTRAIT) for one in ran
    )
