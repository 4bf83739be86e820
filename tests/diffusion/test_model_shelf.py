"""Where models are, and what tells one from another."""

import json

import pytest

from duocast.runtime.engine import EngineError
from duocast.runtime.engines import LTX, model_engines
from duocast.runtime.modelled import TOLD_IN_WORDS, ModelShelf
from duocast.runtime.registry import Registry

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def places(tmp_path):
    return ModelShelf((tmp_path / "mine", tmp_path / "cache"), tmp_path / "identities")


def put(folder, weights=b"weights"):
    folder.mkdir(parents=True)
    (folder / "model_index.json").write_text("{}")
    (folder / "weights.safetensors").write_bytes(weights)


def identity(places):
    return places.open().model("ltx").identity


def test_a_model_that_is_nowhere_says_where_it_was_looked_for(places):
    with pytest.raises(EngineError, match="'ltx' is not here") as raised:
        places.open().model("ltx")
    assert (raised.value.code, str(places.folders[0]) in raised.value.hint) == ("V0301", True)


def test_identity_is_content_and_nothing_else(places, tmp_path):
    put(tmp_path / "mine" / "ltx")
    first = identity(places)
    assert identity(places) == first
    (tmp_path / "mine" / "ltx" / "README.md").write_text("words")
    assert identity(places) == first
    (tmp_path / "mine" / "ltx").rename(tmp_path / "away")
    put(tmp_path / "cache" / "ltx")
    assert identity(places) == first
    (tmp_path / "cache" / "ltx" / "weights.safetensors").write_bytes(b"other weights")
    assert identity(places) != first


def test_a_file_that_did_not_change_is_not_read_again(places, tmp_path, monkeypatch):
    put(tmp_path / "mine" / "ltx")
    first = identity(places)

    def read(path):
        raise AssertionError(path)

    monkeypatch.setattr("duocast.runtime.models.shelf.digest_of", read)
    assert identity(places) == first


def test_a_pinned_commit_is_an_identity_and_a_branch_is_none(places, tmp_path):
    (tmp_path / "mine").mkdir()
    pin = tmp_path / "mine" / "ltx.json"
    pin.write_text(json.dumps({"repository": "someone/model", "revision": COMMIT, "steps": 8}))
    model = places.open().model("ltx")
    assert (model.identity, model.folder, model.sheet.steps) == (COMMIT, None, 8)
    for wrong in ({"repository": "someone/model", "revision": "main"}, {"revisoin": COMMIT}):
        pin.write_text(json.dumps(wrong))
        with pytest.raises(EngineError) as raised:
            places.open().model("ltx")
        assert raised.value.code == "V0302"


def test_the_models_identity_is_in_the_engines_version(places, tmp_path):
    assert LTX(places).version == "1"
    put(tmp_path / "mine" / "ltx")
    assert LTX(places).version == f"1+{identity(places)[:16]}"
    assert "model" not in LTX(places).lacks()


def test_what_a_pin_says_besides_is_in_the_engines_version(places, tmp_path):
    (tmp_path / "mine").mkdir()
    pin = tmp_path / "mine" / "ltx.json"
    versions = set()
    for more in ({}, {"steps": 8}, {"steps": 8, "retakes": 0}):
        pin.write_text(json.dumps({"repository": "someone/model", "revision": COMMIT, **more}))
        versions.add(LTX(places).version)
    assert f"1+{COMMIT[:16]}" in versions
    assert len(versions) == 3


def test_every_engine_that_needs_a_model_is_what_the_list_says(places):
    pytest.importorskip("numpy")
    for listed in Registry(model_engines(places)):
        engine = listed.load()
        assert (engine.operation, engine.name, engine.version) == (
            listed.operation,
            listed.name,
            listed.version,
        )
        assert listed.paints == (listed.operation in TOLD_IN_WORDS)
        assert "model" in listed.lacks()
        assert not listed.here


def test_a_pinned_model_is_not_asked_for_where_downloads_are_forbidden(tmp_path):
    from duocast.runtime.diffusion.loading import source

    (tmp_path / "ltx.json").write_text(json.dumps({"repository": "a/b", "revision": COMMIT}))
    for network in (True, False):
        model = ModelShelf((tmp_path,), tmp_path / "i", network=network).open().model("ltx")
        where, how = source(model)
        assert (where, how) == ("a/b", {"revision": COMMIT, "local_files_only": not network})
