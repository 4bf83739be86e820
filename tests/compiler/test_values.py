"""Values: frozen, closed, checked at the doors, told apart by their kind."""

import pickle

import pytest

from duocast.compiler.lower import Crew
from duocast.compiler.operations.time import HoldBeat, SpokenBeat, TimeParams
from duocast.compiler.screenplay import Camera, Rest, Said, Shot
from duocast.compiler.timeline import Rate
from duocast.compiler.value import Value, WrongValue

PARAMS = TimeParams(
    rate=Rate(numerator=24), beats=(SpokenBeat(line="L1", role="mara"), HoldBeat(seconds=1))
)


def kinds(value: type[Value] = Value) -> list[type[Value]]:
    return [value, *(kind for each in value.__subclasses__() for kind in kinds(each))]


def test_every_kind_of_value_is_frozen_closed_and_named():
    assert len(kinds()) > 60
    for kind in kinds():
        config = kind.__struct_config__
        assert config.frozen, kind
        assert config.forbid_unknown_fields, kind
        with pytest.raises(TypeError):
            kind("by position")


def test_a_value_comes_back_from_json_and_from_plain():
    assert TimeParams.from_json(PARAMS.to_json()) == PARAMS
    assert TimeParams.from_plain(PARAMS.plain()) == PARAMS
    assert pickle.loads(pickle.dumps(PARAMS)) == PARAMS
    assert hash(TimeParams.from_json(PARAMS.to_json())) == hash(PARAMS)


def test_plain_is_json_and_nothing_else():
    plain = PARAMS.plain()
    assert plain["beats"][1] == {
        "kind": "hold",
        "seconds": 1,
        "anchor": {"line": None, "edge": "end", "word": None, "mark": None, "offset": 0.0},
    }
    assert type(plain["beats"]) is list


def test_a_door_makes_whole_numbers_what_the_field_says():
    hold = HoldBeat.from_json(b'{"kind": "hold", "seconds": 2}')
    assert type(hold.seconds) is float


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b'{"kind": "rest", "seconds": 1, "secnds": 2}', "unknown field `secnds`"),
        (b'{"kind": "rest"}', "missing required field `seconds`"),
        (b'{"kind": "rest", "seconds": "1"}', "Expected `float`, got `str` - at `$.seconds`"),
        (b'{"kind": "rest", "seconds": 1', "truncated"),
        (b"\xff\x00", "malformed"),
    ],
)
def test_a_wrong_value_is_named(text, words):
    with pytest.raises(WrongValue, match=words.replace("$", r"\$")):
        Rest.from_json(text)


def test_members_of_a_union_are_told_apart_by_kind():
    camera = Camera(framing="single", size="MS", subjects=("mara",), lens_mm=50.0)
    shot = Shot(id="kitchen/shot-1", camera=camera, beats=(Rest(seconds=1.0), Said(line="L1")))
    again = Shot.from_json(shot.to_json())
    assert [beat.kind for beat in again.beats] == ["rest", "said"]
    with pytest.raises(WrongValue, match="'sung'"):
        Shot.from_plain({**shot.plain(), "beats": [{"kind": "sung", "line": "L1"}]})


def test_replace_changes_what_is_named_and_refuses_what_there_is_not():
    rest = Rest(seconds=1.0)
    assert rest.replace(seconds=2.0) == Rest(seconds=2.0)
    assert rest == Rest(seconds=1.0)
    with pytest.raises(TypeError):
        rest.replace(secnds=2.0)
    with pytest.raises(AttributeError):
        rest.seconds = 2.0


def test_crews_do_not_share_their_engines():
    one, other = Crew(), Crew()
    one.engines["speak"] = "another"
    assert other.engines["speak"] != "another"
