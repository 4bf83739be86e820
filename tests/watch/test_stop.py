"""However a watch is ended, nothing of it is left: no process, no half file, no port."""

import signal
import socket
import time
from urllib.parse import urlsplit

import pytest
from scripts_for_watch import FILM, write_film

from measure.terminal import ended, left_of, start


class Watch:
    """A running `duocast compile --watch`, and what it says."""

    def __init__(self, home, *options):
        self.home = home
        self.script = write_film(home / "film")
        self.process = start("compile", self.script, "--watch", *options, home=home)

    def line(self):
        return self.process.stdout.readline().rstrip("\n")

    def until(self, word):
        """The next line with this word; a watch that ends before is a failure."""
        while word not in (line := self.line()):
            assert self.process.poll() is None, self.process.stderr.read()
        return line

    def end(self, how):
        self.process.send_signal(how)
        found = ended(self.process, 30)
        assert not found.crashed, found.err
        assert left_of(self.home) == []
        return found


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_watch_that_is_told_to_end_says_so_and_goes(tmp_path, how):
    watch = Watch(tmp_path, "--on-change", "check")
    assert watch.until("ok").startswith("ok: 6 shots")
    address = urlsplit(watch.until("page").removeprefix("page: "))
    with socket.create_connection(("127.0.0.1", address.port), 5):
        pass
    found = watch.end(how)
    assert (found.code, found.out) == (0, "stopped; what is finished is kept\n")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", address.port), 5)
    assert sorted(p.name for p in watch.script.parent.iterdir()) == ["film.scene"]


def test_a_pipe_that_is_closed_ends_the_watch(tmp_path):
    watch = Watch(tmp_path, "--on-change", "check", "--no-page")
    watch.until("ok")
    watch.process.stdout.close()
    watch.script.write_text(FILM.replace("letter", "ring"))
    assert watch.process.wait(30) == 0
    assert left_of(tmp_path) == []
    assert "Traceback" not in watch.process.stderr.read()
    watch.process.stderr.close()


def test_verdicts_in_a_pipe_are_plain_lines_and_errors_do_not_stop_the_watch(tmp_path):
    watch = Watch(tmp_path, "--on-change", "check", "--no-page")
    watch.until("ok")
    watch.script.write_text(FILM.replace("JONAS\n(quiet)", "JONES\n(quiet)"))
    assert watch.until("N0204").startswith("error[N0204]: there is no JONES in the cast")
    assert watch.until("stays") == "1 error; the last good picture stays"
    watch.script.write_text(FILM.replace("I never", "We never"))
    assert watch.until("ok").startswith("ok: 1 shot changed, ")
    assert "\x1b" not in watch.end(signal.SIGINT).out


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGHUP])
def test_a_watch_that_is_making_shots_leaves_nothing_half_made(tmp_path, how):
    watch = Watch(tmp_path)
    store = watch.script.parent / ".duocast" / "store"
    watch.until("page")
    until = time.monotonic() + 60
    while not list((store / "scratch").glob("*/*")) and time.monotonic() < until:
        time.sleep(0.1)
    watch.end(how)
    assert list((store / "scratch").iterdir()) == []
    assert list((store / "incoming").iterdir()) == []
    assert not list((tmp_path / "temporary").glob("duocast-*"))
