"""A call to a portal goes to who proves by TLS to be that portal, whatever address its name has."""

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from namens.grants import outside
from namens.grants.outside import Unreachable, call


class Handler(BaseHTTPRequestHandler):
    """Says which host was asked for."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(self.headers["Host"]).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the standard library
        """Say nothing."""


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost, signed by itself, with its key. Real time: TLS knows no other."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "site.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    return file


@pytest.fixture
def port(pem: Path) -> Iterator[int]:
    """A site that answers by TLS."""
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(pem)
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = ours.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture
def believed(pem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Believe that certificate."""
    trust = ssl.create_default_context(cafile=str(pem))
    monkeypatch.setattr(outside, "_trust", lambda: trust)


@pytest.mark.usefixtures("believed")
def test_it_asks_the_name_and_not_the_number_for_its_certificate(port: int) -> None:
    answer = call("GET", f"https://localhost:{port}/jwks", most_bytes=100)
    assert (answer.status, answer.body) == (200, f"localhost:{port}".encode())


@pytest.mark.usefixtures("believed")
def test_it_refuses_the_certificate_of_another_name(port: int) -> None:
    with pytest.raises(Unreachable, match="ConnectError"):
        call("GET", f"https://127.0.0.1:{port}/jwks", most_bytes=100)


def test_it_refuses_a_certificate_that_nobody_gave(port: int) -> None:
    with pytest.raises(Unreachable, match="ConnectError"):
        call("GET", f"https://localhost:{port}/jwks", most_bytes=100)


@pytest.mark.usefixtures("believed")
def test_it_reads_no_more_than_it_was_told(port: int) -> None:
    with pytest.raises(Unreachable, match="too long"):
        call("GET", f"https://localhost:{port}/", most_bytes=5)
    assert call("GET", f"https://localhost:{port}/").body == b""
