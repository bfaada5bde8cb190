"""A small OpenID Provider that says what a test wants: wrong claims, wrong keys, garbage, silence."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from namens.lib import clock
from tests.people import BSNS

Claims = dict[str, Any]


@cache
def key(number: int = 0) -> ECKey:
    """Give a key pair, made once a run; another number is another pair."""
    assert number >= 0
    return ECKey.generate_key("P-256", auto_kid=True)


@dataclass
class LyingBroker:
    """A broker on a port of its own. Honest until a test changes one of these."""

    claims: Claims = field(default_factory=dict)
    metadata: Claims = field(default_factory=dict)
    raw: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    published: ECKey = field(default_factory=key)
    signed_with: ECKey | OctKey = field(default_factory=key)
    algorithm: str = "ES256"
    silent_for: float = 0
    nonce: str = ""
    person: str = "anna"
    asked: list[str] = field(default_factory=list)
    exchanged: list[dict[str, str]] = field(default_factory=list)

    def be_honest(self) -> None:
        """Forget every lie."""
        fresh = LyingBroker()
        for name in ("claims", "metadata", "raw", "published", "signed_with", "algorithm", "silent_for"):
            setattr(self, name, getattr(fresh, name))
        self.asked, self.exchanged = [], []

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self._server.server_port}"

    def __enter__(self) -> "LyingBroker":
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str) -> tuple[int, bytes]:
        """Give what is at this path."""
        self.asked.append(path)
        time.sleep(self.silent_for)
        return self.raw.get(path) or (200, json.dumps(self._pages()[path]()).encode())

    def _pages(self) -> dict[str, Callable[[], Claims]]:
        return {
            "/.well-known/openid-configuration": self._metadata,
            "/jwks": lambda: {"keys": [self.published.as_dict(private=False)]},
            "/token": lambda: {"access_token": "opens-nothing", "token_type": "Bearer", "id_token": self._id_token()},
        }

    def _metadata(self) -> Claims:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            **self.metadata,
        }

    def _id_token(self) -> str:
        now = int(clock.now().timestamp())
        honest = {
            "iss": self.issuer,
            "aud": "namens",
            "sub": "somebody",
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": self.nonce,
            "acr": "midden",
            "bsn": BSNS[self.person].digits,
        }
        said = {name: value for name, value in {**honest, **self.claims}.items() if value is not None}
        header = {"alg": self.algorithm, "kid": self.signed_with.kid}
        return jwt.encode(header, said, self.signed_with, algorithms=["ES256", "HS256"])


def _handler(broker: LyingBroker) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(*broker.answer(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            broker.exchanged.append({name: values[0] for name, values in parse_qs(body).items()})
            self._send(*broker.answer(self.path))

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    return Handler
