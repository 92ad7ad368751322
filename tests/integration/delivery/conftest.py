"""A message, an endpoint, and servers that misbehave on real sockets."""

import base64
import contextlib
import datetime as dt
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from huixiang.delivery.endpoint import ResolvedEndpoint, resolve_endpoint
from huixiang.delivery.platforms.webhook import (
    CONTENT_TYPE,
    GenericWebhook,
    WebhookEndpoint,
)
from huixiang.domain.items.outbox import EventType, OutboxMessage, Rendered

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
Handle = Callable[[socket.socket], None]


@dataclass
class RawServer:
    """A listening socket whose behaviour a test wrote; counts who came."""

    listener: socket.socket
    handle: Handle
    n_visits: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def start(self) -> None:
        self._spawn(self._listen)

    def stop(self) -> None:
        self.stopping.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for thread in self.threads:
            thread.join()

    def _listen(self) -> None:
        while not self.stopping.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.n_visits += 1
            self._spawn(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            self.handle(connection)

    def _spawn(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self.threads.append(thread)
        thread.start()


@pytest.fixture
def serve() -> Iterator[Callable[[Handle], RawServer]]:
    """Start raw servers; all end with the test."""
    servers: list[RawServer] = []

    def start(handle: Handle) -> RawServer:
        server = RawServer(socket.create_server(("127.0.0.1", 0), backlog=64), handle)
        server.start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def take_request() -> Callable[[socket.socket], bytes]:
    """Read one HTTP request whole."""

    def take(connection: socket.socket) -> bytes:
        data = b""
        while b"\r\n\r\n" not in data:
            data += connection.recv(65536) or b"\r\n\r\n"
        head, _, body = data.partition(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        while len(body) < length:
            body += connection.recv(65536)
        return head + b"\r\n\r\n" + body

    return take


@pytest.fixture
def answer(take_request) -> Callable[[bytes], Handle]:
    """Behave like a server that takes the request and sends exactly these bytes."""

    def behave(reply: bytes) -> Handle:
        def handle(connection: socket.socket) -> None:
            take_request(connection)
            connection.sendall(reply)

        return handle

    return behave


@pytest.fixture
def endpoint_at() -> Callable[..., ResolvedEndpoint]:
    """Resolve an endpoint at a URL of this machine."""

    def make(url: str, **changes: Any) -> ResolvedEndpoint:
        fields: dict[str, Any] = {
            "networks": ("127.0.0.0/8",),
            "timeout_seconds": 20.0,
        } | changes
        endpoint = WebhookEndpoint(name="oa", url="${URL}", secret="SECRET", **fields)
        variables = {"URL": url, "SECRET": SECRET}
        return resolve_endpoint(endpoint, GenericWebhook(), variables)

    return make


@pytest.fixture
def secret() -> str:
    """The secret of the endpoints above."""
    return SECRET


def rendered(body: bytes) -> Rendered:
    """Return bytes as the generic webhook sends them."""
    return Rendered(body=body, content_type=CONTENT_TYPE)


@pytest.fixture
def message() -> OutboxMessage:
    """A small message."""
    return OutboxMessage(
        message_id="msg_1",
        endpoint="oa",
        event=EventType.OPENED,
        item_id="it_1",
        content=None,
        rendered=rendered('{"data":{"why":"排队太久"}}'.encode()),
    )


@dataclass(frozen=True)
class Certificates:
    """A private authority and a certificate of it for one name."""

    ca_file: str
    chain_file: str
    key_file: str


@pytest.fixture
def certificates(tmp_path) -> Callable[[str], Certificates]:
    """Issue a certificate for a host name."""

    def issue(host: str) -> Certificates:
        ca_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        ca = _certificate("Test authority", ca_key, "Test authority", ca_key, host=None)
        leaf = _certificate(host, key, "Test authority", ca_key, host=host)
        files = {
            "ca.pem": ca.public_bytes(serialization.Encoding.PEM),
            "chain.pem": leaf.public_bytes(serialization.Encoding.PEM),
            "key.pem": key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ),
        }
        folder = tmp_path / host
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return Certificates(*(str(folder / name) for name in files))

    return issue


def _certificate(name, key, issuer, issuer_key, *, host):
    start = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=30))
        .add_extension(
            x509.BasicConstraints(ca=host is None, path_length=None), critical=True
        )
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
    )
    if host is not None:
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        builder = builder.add_extension(names, critical=False)
    else:
        usage = x509.KeyUsage(
            digital_signature=True, key_cert_sign=True, crl_sign=True,
            content_commitment=False, key_encipherment=False, data_encipherment=False,
            key_agreement=False, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


def _named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
