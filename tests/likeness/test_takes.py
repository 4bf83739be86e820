"""Takes that show somebody else are made again, as often as allowed; the best is kept, and it is said why."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from duocast.compiler.graph import Operation
from duocast.runtime.engine import EngineError, FailureClass, Request
from duocast.runtime.likeness.report import Figure, LikenessReport, Take
from duocast.runtime.likeness.retaking import Retaking, references
from duocast.runtime.likeness.takes import Made, Policy, best, judged, seeds, taken


def figures(**likeness):
    return tuple(Figure(role=role, likeness=value) for role, value in likeness.items())


def lost():
    return EngineError(FailureClass.INVALID, "A0601", "0 of 1 faces are found again")


class Scripted:
    """A painter whose takes are as alike as a script says; `None` in it is a take without a face."""

    name, version, operation = "scripted", "7", Operation.COMPOSE

    def __init__(self, *script):
        self.script = script
        self.seeds = []

    def run(self, request):
        number = len(self.seeds)
        self.seeds.append(request.params["seed"])
        if self.script[number] is None:
            raise lost()
        request.progress(0.5)
        Image.new("RGB", (8, 8), (number, 0, 0)).save(request.folder / "still.png")
        return {"still": request.folder / "still.png"}

    def measure(self, request, made, known):
        with Image.open(made["still"]) as picture:
            number = picture.getpixel((0, 0))[0]
        found = self.script[number]
        if isinstance(found, EngineError):
            raise found
        return figures(**found)


@pytest.fixture
def render(tmp_path):
    def run(painter, retakes=2, alike=0.4, known=True, seed=5):
        folder = tmp_path / f"out-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        seen = []
        inputs = {"likeness.mara.0": folder, "likeness.jonas.0": folder} if known else {}
        request = Request({"seed": seed}, inputs, folder, seen.append, None)
        made = Retaking(painter, lambda: Policy(retakes, alike), painter.measure).run(request)
        report = made.get("likeness")
        left = sorted(one.name for one in folder.iterdir() if one.is_dir())
        return made, report and LikenessReport.from_json(report.read_bytes()), left, seen

    return run


def test_a_take_in_which_everybody_is_alike_is_the_only_one(render):
    painter = Scripted({"mara": 0.7, "jonas": 0.41})
    _, report, left, seen = render(painter)
    assert painter.seeds == [5]
    assert (report.kept, report.best.reason, report.needed) == (0, "alike", 0.4)
    assert left == ["take-0"]
    assert seen == pytest.approx([0.5 / 3, 1.0])


def test_a_take_that_drifts_is_made_again_until_one_does_not(render):
    painter = Scripted({"mara": 0.2}, {"mara": 0.39}, {"mara": 0.5})
    made, report, left, _ = render(painter)
    assert [take.reason for take in report.takes] == ["drifted", "drifted", "alike"]
    assert report.kept == 2
    assert left == ["take-2"]
    assert made["still"].parent.name == "take-2"
    assert [take.seed for take in report.takes] == painter.seeds


def test_where_none_is_alike_the_best_of_a_limited_number_is_kept(render):
    painter = Scripted({"mara": 0.2, "jonas": 0.9}, {"mara": 0.3, "jonas": 0.31}, {"mara": 0.1})
    _, report, _, _ = render(painter)
    assert (len(painter.seeds), report.kept, report.best.worst) == (3, 1, 0.3)


def test_the_limit_is_the_policys(render):
    painter = Scripted({"mara": 0.2}, {"mara": 0.3})
    _, report, _, _ = render(painter, retakes=0)
    assert (painter.seeds, report.kept, report.best.reason) == ([5], 0, "drifted")


def test_a_take_without_a_face_that_is_to_speak_is_made_again(render):
    painter = Scripted(None, {"mara": 0.6})
    _, report, _, _ = render(painter)
    assert ([take.reason for take in report.takes], report.kept) == (["no face", "alike"], 1)


def test_if_no_take_has_the_face_the_first_failure_stands(render):
    painter = Scripted(None, None, None)
    with pytest.raises(EngineError) as raised:
        render(painter)
    assert (raised.value.code, len(painter.seeds)) == ("A0601", 3)


def test_a_take_whose_faces_are_turned_away_is_nobody_elses(render):
    painter = Scripted({"mara": None, "jonas": None})
    _, report, _, _ = render(painter)
    assert (len(painter.seeds), report.best.reason) == (1, "nobody seen")


def test_without_the_model_nothing_is_made_again_and_it_is_said(render):
    gone = EngineError(FailureClass.UNAVAILABLE, "V0102", "likeness/sface.onnx can't be had")
    painter = Scripted(gone)
    _, report, _, _ = render(painter)
    assert painter.seeds == [5]
    assert (report.best.reason, report.problem) == (
        "not measured",
        "likeness/sface.onnx can't be had",
    )


def test_people_without_a_picture_are_not_looked_over(render):
    painter = Scripted({})
    made, report, _, _ = render(painter, known=False)
    assert (report, "likeness" in made) == (None, False)


def test_another_failure_is_the_tasks_own(render):
    class Broken(Scripted):
        def run(self, request):
            raise EngineError(FailureClass.RESOURCE, "R0004", "no memory")

    with pytest.raises(EngineError, match="no memory"):
        render(Broken())


@given(st.integers(0, 2**31 - 1), st.integers(0, 6))
def test_seeds_follow_from_the_tasks_own(first, retakes):
    those = list(seeds(first, Policy(retakes)))
    assert those == list(seeds(first, Policy(retakes)))
    assert (those[0], len(set(those))) == (first, retakes + 1)
    assert those[: retakes + 1] == list(seeds(first, Policy(9)))[: retakes + 1]
    assert all(0 <= seed < 2**31 for seed in those)


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=4), st.floats(-1, 1))
def test_the_kept_take_is_never_worse_than_another(worst, alike):
    policy = Policy(len(worst) - 1, alike)
    shown = [figures(mara=value) for value in worst]
    made = taken(1, policy, lambda number, seed: {"n": number}, lambda files: shown[files["n"]])
    kept = made[best(made)].take
    assert all(kept.worst >= one.take.worst for one in made)
    assert len(made) == len(worst) or judged(shown[len(made) - 1], policy) == "alike"


def test_of_two_takes_that_are_as_alike_the_first_is_kept():
    take = Take(seed=1, reason="drifted", figures=figures(mara=0.2))
    assert best([Made(take, {}), Made(take, {})]) == 0


def test_references_are_told_by_their_inputs_in_the_cards_order(tmp_path):
    names = ("likeness.old-jo.10", "likeness.old-jo.2", "likeness.mara.0", "person.mara", "plate")
    found = references({name: tmp_path / name for name in names})
    assert {role: [file.name for file in files] for role, files in found.items()} == {
        "mara": ["likeness.mara.0"],
        "old-jo": ["likeness.old-jo.2", "likeness.old-jo.10"],
    }


def test_the_report_is_plain_json(render):
    _, report, _, _ = render(Scripted({"mara": float(np.float32(0.7))}))
    plain = json.loads(report.to_json())
    assert set(plain) == {"needed", "kept", "takes", "problem"}
