"""Engines see a file of the project under the name that the writer knows it by, and the key never holds that name."""

import hashlib

import pytest

from duocast.compiler.graph import Operation
from duocast.farm.assignment import Assignment, Ingredient, carry_out
from duocast.farm.core.events import Finished
from duocast.farm.workshop import Workshop
from duocast.runtime.registry import Registry
from duocast.runtime.store.disk import DiskStore


class Namer:
    operation, name, version = Operation.PORTRAIT, "namer", "1"

    def run(self, request):
        self.seen = request.inputs["picture"].name
        (request.folder / "rig.json").write_text("{}")
        return {"rig": request.folder / "rig.json"}


def test_an_asset_is_called_as_the_writer_calls_it(tmp_path):
    picture = tmp_path / "anna.png"
    picture.write_bytes(b"a face")
    digest = hashlib.sha256(b"a face").hexdigest()
    engine, reports = Namer(), []
    with DiskStore(tmp_path / "store") as store:
        store.asset(picture)
        given = Ingredient(digest, ".png", picture, "anna.png")
        at = (engine.operation, engine.name)
        work = Assignment(
            "cast/anna/portrait", 1, "k" * 64, *at, {}, 2, {"picture": given}, ("rig",)
        )
        carry_out(work, Workshop(Registry([engine]), None), store, tmp_path, reports.append)
    assert isinstance(reports[-1], Finished), reports
    assert engine.seen == "anna.png"


@pytest.mark.parametrize(
    ("called", "seen"),
    [("Anna Müller.png", "Anna Müller.png"), ("..", "asset.png"), ("a" * 240, "asset.png")],
)
def test_so_is_an_input_that_comes_from_the_store(tmp_path, called, seen):
    engine, reports = Namer(), []
    with DiskStore(tmp_path / "store") as store:
        (tmp_path / "upload").write_bytes(b"a face")
        digest = store.take(tmp_path / "upload").digest
        given = Ingredient(digest, ".png", None, called)
        at = (engine.operation, engine.name)
        work = Assignment("x/portrait", 1, "k" * 64, *at, {}, 2, {"picture": given}, ("rig",))
        carry_out(work, Workshop(Registry([engine]), None), store, tmp_path, reports.append)
    assert isinstance(reports[-1], Finished), reports
    assert engine.seen == seen
