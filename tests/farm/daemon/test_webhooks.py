"""Webhooks: a signed request to who may be asked, again until it is taken."""

import http.server
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from house import Scripted, film, order, running, settings, submit, until

from duocast.farm.daemon import webhooks
from duocast.farm.daemon.faults import Refusal
from duocast.farm.daemon.webhooks import Delivery, check_url, deliver, signature


@contextmanager
def listener(answers: list[int]) -> Iterator[tuple[str, list[tuple[dict, bytes]]]]:
    """An address that answers with these, the last one for ever; and what it was told."""
    heard: list[tuple[dict, bytes]] = []

    class Ear(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((dict(self.headers), body))
            self.send_response(answers.pop(0) if len(answers) > 1 else answers[0])
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", heard
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_end_of_a_job_is_told_and_told_again_until_it_is_taken(
    tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(webhooks, "PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setattr(webhooks, "_LOOK", 0.05)
    wanted = settings(tmp_path, Scripted, private_webhooks=True)
    with listener([500, 302, 204]) as (url, heard), running(wanted) as house:
        with house.client("bob") as bob:
            hook = {"url": url, "secret": "s3cret", "events": ["done"]}
            shown = bob.put("/webhooks", json={"webhooks": [hook]})
            assert shown.status_code == 200
            assert "s3cret" not in shown.text
            job = submit(bob, order(film(1)))
            until(bob, job)
            end = time.monotonic() + 10
            while len(heard) < 3 and time.monotonic() < end:
                time.sleep(0.02)
            time.sleep(0.2)
        assert len(heard) == 3, "a refusal and a redirect are no success, and a success is the end"
        headers, body = heard[-1]
        assert json.loads(body)["job"] == job
        assert headers["X-Duocast-Signature"] == signature("s3cret", body)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/x",
        "http://127.0.0.1/x",
        "http://localhost/x",
        "http://[::1]/x",
        "http://169.254.169.254/latest",
        "http://10.0.0.1/",
        "http://user@example.org/",
        "file:///etc/passwd",
        "http:///x",
        "http://[bad/",
    ],
)
def test_addresses_that_are_not_public_are_refused(url: str) -> None:
    with pytest.raises(Refusal):
        check_url(url, private=False)


def test_a_name_that_leads_to_a_private_address_is_not_asked(monkeypatch) -> None:
    found = [(2, 1, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(webhooks.socket, "getaddrinfo", lambda *_, **__: found)
    delivery = Delivery("h", 1, "done", b"{}", 0, "http://public.example/", "")
    with httpx.Client() as client, pytest.raises(OSError, match="no public address"):
        deliver(delivery, client, private=False)
