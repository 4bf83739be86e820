"""What a render says of takes that were made again."""

from duocast.cli.likenesses import likenesses, told
from duocast.compiler.graph import Operation
from duocast.farm.core.task import Status
from duocast.farm.outcome import Outcome, Result
from duocast.runtime.likeness.report import Figure, LikenessReport, Take
from duocast.runtime.store.disk import DiskStore


def take(reason, **likeness):
    seen = tuple(Figure(role=role, likeness=value) for role, value in likeness.items())
    return Take(seed=1, reason=reason, figures=seen)


def report(*takes, kept=0, problem=""):
    return LikenessReport(needed=0.42, kept=kept, takes=takes, problem=problem)


def test_a_shot_that_was_made_again_is_told_with_its_reasons_and_figures():
    made = report(take("drifted", mara=0.214, jonas=None), take("alike", mara=0.61), kept=1)
    assert list(told({"kitchen/shot-2/still": made})) == [
        "kitchen/shot-2/still: made 2 times (mara 0.21, jonas not seen, then mara 0.61); take 2 is kept"
    ]


def test_somebody_who_is_still_not_alike_is_told():
    lines = list(told({"a": report(take("no face"), take("drifted", mara=0.3), kept=1)}))
    assert lines == [
        "a: made 2 times (no face, then mara 0.30); take 2 is kept, under the 0.42 that are needed"
    ]


def test_what_went_well_is_not_told_and_what_was_not_measured_is_told_once():
    fine, unknown = (
        report(take("alike", mara=0.7)),
        report(take("not measured"), problem="no model"),
    )
    assert list(told({"a": fine, "b": unknown, "c": unknown})) == [
        "whether people look like themselves was not measured: no model"
    ]


def test_reports_are_found_in_the_store_by_task(tmp_path):
    file = tmp_path / "likeness.json"
    file.write_bytes(report(take("alike", mara=0.7)).to_json())
    with DiskStore(tmp_path / "store") as store:
        blob = store.take(file)
        found = likenesses(Outcome({"a": result(blob), "b": result(None)}, 0.0, None), store)
    assert found["a"].best.worst == 0.7
    assert set(found) == {"a"}


def result(blob):
    outputs = {} if blob is None else {"likeness": blob}
    at = ("a", Operation.COMPOSE, "flux", "1", Status.DONE, "", "")
    return Result(*at, outputs, 0.0, None)
