"""A farm looks at submissions by its own policy; nothing that a user sends says another."""

from pathlib import Path

import pytest
from house import order, running, settings, spec, submit

from duocast.compiler.graph import Operation
from duocast.farm.daemon.faults import Refusal
from duocast.farm.daemon.moderation import Moderator
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.moderation import Office, read_policy

POLICY = '[category.profanity]\nprompt = "allow"\n'


class Nowhere:
    def path(self, name: str) -> Path:
        raise EngineError(FailureClass.UNAVAILABLE, "V0102", f"{name} can't be had", "get it")


def moderator(folder: Path, policy: str = POLICY) -> Moderator:
    office = Office(read_policy(policy, "/etc/studio.toml"), Nowhere(), folder)
    return Moderator(office, "the farm's policy")


def said(text: str):
    return spec("kitchen/mara/take", params={"segments": [{"kind": "words", "text": text}]})


def painted(text: str):
    params = {"picture": text, "faces": ["mara"]}
    return spec("kitchen/shot-1/still", op=Operation.COMPOSE, params=params)


def test_a_submission_is_refused_with_its_reasons(tmp_path):
    film = (painted("Two people having sex."),)
    with (
        running(settings(tmp_path, moderator=moderator(tmp_path))) as house,
        house.client("bob") as bob,
    ):
        answer = bob.post("/jobs", content=order(film, "bob's", targets=[]))
        assert answer.status_code == 422
        error = answer.json()["error"]
        assert error["code"] == "M0101"
        assert "the prompt of kitchen/shot-1/still" in error["message"]
        assert "the farm's policy says so ([category.sexual] prompt)" in error["hint"]
        assert "/etc" not in answer.text
        assert submit(bob, order((said("We are having sex."),), "another", targets=[]))


def test_what_is_fine_passes_and_what_is_only_said_is_a_matter_of_the_policy(tmp_path):
    words = "All of you, kill yourself."
    moderator(tmp_path).check([said(words), painted("A kitchen at night.")])
    strict = 'drawn = "refuse"\n' + POLICY + '[category.self-harm]\nsaid = "refuse"\n'
    with pytest.raises(Refusal) as refused:
        moderator(tmp_path, strict).check([said(words)])
    assert refused.value.more["findings"][0]["code"] == "M0101"


def test_a_role_with_a_picture_is_known_by_its_portrait(tmp_path):
    portrait = spec("cast/mara/portrait", {"picture": "0" * 64}, op=Operation.PORTRAIT)
    with pytest.raises(Refusal, match="whose picture is given"):
        moderator(tmp_path).check([portrait, painted("A person, naked.")])
    moderator(tmp_path).check([painted("A person, naked.")])
