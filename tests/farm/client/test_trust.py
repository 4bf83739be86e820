"""Trust: a farm's own certificate is enough where it is named, and nothing is sent to a farm that can't show one."""

import datetime
import http.server
import ipaddress
import ssl
import threading
from typing import ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from duocast.cli.farm.wanted import first_name
from duocast.farm.client.address import address
from duocast.farm.client.connection import Connection
from duocast.farm.client.faults import FarmError


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 and farm.example that nobody but itself vouches for, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "farm")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("farm.example")]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "farm.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    secret = key.private_bytes(serialization.Encoding.PEM, form, plain)
    (folder / "farm.key").write_bytes(secret)
    return file


class Answering(http.server.BaseHTTPRequestHandler):
    heard: ClassVar[list[str]] = []

    def do_GET(self):
        self.heard.append(self.headers["Authorization"])
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


@pytest.fixture
def port(certificate):
    Answering.heard.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_farms_own_certificate_will_do(certificate, port):
    with Connection(address(f"https://127.0.0.1:{port}", "secret", certificate)) as connection:
        assert connection.get("/jobs") == {}
    assert Answering.heard == ["Bearer secret"]


def test_a_farm_that_nobody_vouches_for_hears_nothing(port):
    with (
        Connection(address(f"https://127.0.0.1:{port}", "secret")) as connection,
        pytest.raises(FarmError, match="certificate is not trusted"),
    ):
        connection.get("/jobs")
    assert Answering.heard == []


def test_a_file_that_is_no_certificate_is_named(tmp_path):
    (tmp_path / "no.pem").write_text("no")
    with pytest.raises(FarmError, match=r"no\.pem is no certificate"):
        Connection(address("https://127.0.0.1:1", "secret", tmp_path / "no.pem"))


def test_a_farm_that_listens_everywhere_is_called_by_its_certificate(certificate, tmp_path):
    assert first_name(certificate) == "farm.example"
    assert first_name(tmp_path / "none.pem") == ""
