"""Settings: a farm that others can reach answers over TLS only; a folder has one farm."""

from pathlib import Path

import pytest
from house import settings

from duocast.farm.daemon.faults import Occupied
from duocast.farm.daemon.premises import Premises


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "farm.example"])
def test_off_loopback_it_refuses_without_tls(tmp_path: Path, host: str) -> None:
    wanted = settings(tmp_path, host=host)
    with pytest.raises(ValueError, match="--tls-cert"):
        Premises(wanted)
    settings(tmp_path, host=host, tls_cert=Path("c.pem"), tls_key=Path("k.pem")).check()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_on_loopback_it_needs_none(tmp_path: Path, host: str) -> None:
    settings(tmp_path, host=host).check()


def test_a_certificate_needs_its_key(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="key"):
        settings(tmp_path, tls_cert=Path("c.pem")).check()


def test_a_second_daemon_is_refused(tmp_path: Path) -> None:
    with Premises(settings(tmp_path)), pytest.raises(Occupied, match="runs in"):
        Premises(settings(tmp_path))
