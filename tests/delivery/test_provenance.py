"""Signing: a signed film verifies, one changed bit is found, the same film is signed with the same bytes."""

import stat
from pathlib import Path

import pytest
from studio import Production, decoded, request

from duocast.compiler.operations.delivery import Credit, SignParams
from duocast.runtime.delivery.provenance import Signatory, verify
from duocast.runtime.delivery.provenance.identity import identity
from duocast.runtime.delivery.provenance.jumbf import manifest_span
from duocast.runtime.delivery.provenance.manifest import source_type
from duocast.runtime.engine import EngineError

CREDITS = (
    Credit(operation="speak", engine="kokoro", version="1"),
    Credit(operation="animate", engine="performer", version="2"),
)
PARAMS = SignParams(
    title="The Letter",
    author="Ada",
    credits=CREDITS,
    shots=("scene/0", "scene/1"),
    disclosure="Made with AI by duocast",
)


@pytest.fixture(scope="module")
def unsigned(tmp_path_factory):
    production = Production(tmp_path_factory.mktemp("unsigned"), (20, 16), quality="draft")
    inputs = production.inputs()
    return {"film": production.master(inputs)["film"], "timeline": inputs["timeline"]}


@pytest.fixture(scope="module")
def signed(unsigned, tmp_path_factory):
    root = tmp_path_factory.mktemp("signed")
    return root / "keys", sign(unsigned, root / "keys", root / "out")


def sign(unsigned, keys, folder):
    return Signatory(keys).run(request(PARAMS, unsigned, folder))["film"]


def test_a_signed_film_verifies_and_says_how_it_was_made(signed):
    keys, film = signed
    report = verify(film, keys)
    assert (report.state, report.own, report.problems) == ("valid", True, ())
    assert report.signed_with.startswith("duocast ")
    assert report.title == "The Letter"
    assert report.shots == ("scene/0", "scene/1")
    assert ("speak", "kokoro", "1") in report.engines
    assert report.source_type == "compositeWithTrainedAlgorithmicMedia"
    assert report.training == "notAllowed"
    assert report.disclosure == "Made with AI by duocast"
    assert "duocast" in report.signer


def test_a_film_signed_elsewhere_is_valid_but_not_our_own(signed, tmp_path):
    _, film = signed
    identity(tmp_path / "keys")
    assert (verify(film, tmp_path / "keys").state, verify(film, tmp_path / "keys").own) == (
        "valid",
        False,
    )
    assert verify(film).state == "valid"


def test_pictures_are_untouched(unsigned, signed):
    assert len(decoded(signed[1])) == len(decoded(unsigned["film"])) == 36


@pytest.mark.parametrize("place", [0.05, 0.5, 0.99])
def test_one_changed_bit_is_found(signed, tmp_path, place):
    keys, film = signed
    content = bytearray(film.read_bytes())
    with film.open("rb") as file:
        _, end = manifest_span(file)
    content[end + int((len(content) - end) * place)] ^= 1
    changed = tmp_path / "changed.mp4"
    changed.write_bytes(content)
    report = verify(changed, keys)
    assert report.state == "tampered"
    assert report.problems
    assert not report.own


def test_a_changed_manifest_is_found(signed, tmp_path):
    keys, film = signed
    content = film.read_bytes().replace(b"kokoro", b"kokona", 1)
    changed = tmp_path / "changed.mp4"
    changed.write_bytes(content)
    assert verify(changed, keys).state == "tampered"


def test_unsigned_files_are_called_so(unsigned, tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("no film")
    assert verify(unsigned["film"]).state == "unsigned"
    assert verify(text).state == "unsigned"
    with pytest.raises(OSError, match="nowhere"):
        verify(Path("nowhere.mp4"))


def test_the_same_film_is_signed_with_the_same_bytes(unsigned, signed, tmp_path):
    keys, film = signed
    assert sign(unsigned, keys, tmp_path / "again").read_bytes() == film.read_bytes()


def test_the_key_is_private_and_stays(signed):
    keys, _ = signed
    key = keys / "signer" / "key.pem"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    identity(keys)
    assert key.read_bytes() == before
    assert not list(keys.glob(".signer-*"))


def test_a_broken_key_says_what_to_do(unsigned, tmp_path):
    folder = tmp_path / "keys" / "signer"
    folder.mkdir(parents=True)
    (folder / "key.pem").write_text("nothing")
    with pytest.raises(EngineError, match="can't be read") as caught:
        sign(unsigned, tmp_path / "keys", tmp_path / "out")
    assert caught.value.code == "R0411"
    assert "Move the folder away" in caught.value.hint


def test_something_that_is_no_film_is_not_signed(unsigned, tmp_path):
    text = tmp_path / "film.mp4"
    text.write_text("no film at all")
    with pytest.raises(EngineError) as caught:
        sign({**unsigned, "film": text}, tmp_path / "keys", tmp_path / "out")
    assert caught.value.code == "R0412"


def test_a_film_of_trained_pictures_only_is_called_so():
    assert source_type(PARAMS, ()).endswith("/compositeWithTrainedAlgorithmicMedia")
    assert source_type(PARAMS, {"performer"}).endswith("/trainedAlgorithmicMedia")
