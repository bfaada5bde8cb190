"""A stand-in for Namens that speaks real HTTP, checks what a portal proves, and says what a test wants it to say."""

import json
import secrets
import threading
import time
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT = "mijn-portaal"
PROBLEM = "application/problem+json"
Json = Any


@dataclass(frozen=True)
class Said:
    """What is answered. `content` is JSON, or bytes that go as they are."""

    status: int = 200
    content: Json = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    after: float = 0
    breaks: bool = False
    drips: bool = False


@dataclass(frozen=True)
class Heard:
    """What was asked."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    content: Json


def problem(status: int, code: str, **headers: str) -> Said:
    """Give a problem document as Namens writes it."""
    document = {"type": "x", "title": "x", "status": status, "detail": "Dit kan niet.", "code": code, "requestId": "r"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Said(status, document, {"Content-Type": PROBLEM, **named})


@dataclass
class Place:
    """What it knows and how it behaves. `script` has what is said next at a path; the last word is said again."""

    keys: list[RSAKey | ECKey] = field(default_factory=list)
    script: defaultdict[str, deque[Said]] = field(default_factory=lambda: defaultdict(deque))
    heard: list[Heard] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    asked_tokens: list[dict[str, str]] = field(default_factory=list)
    proofs: list[dict[str, Any]] = field(default_factory=list)
    looked_up: int = 0
    token_seconds: int = 300
    token_said: Said | None = None
    token_after: float = 0
    token_path: str = "/token"
    named: str = ""
    connections: set[tuple[str, int]] = field(default_factory=set)
    server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        """Where it listens."""
        assert self.server is not None
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def start(self) -> None:
        """Begin to listen."""
        handler = type("OfPlace", (Handler,), {"place": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        """Stop listening."""
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()

    def says(self, path: str, *said: Said) -> None:
        """Say this at a path, one after the other."""
        self.script[path] = deque(said)

    def heard_at(self, path: str) -> list[Heard]:
        """Give what was asked there."""
        return [one for one in self.heard if one.path == path]

    def token(self, form: dict[str, str]) -> Said:
        """Give a token to a portal that proves who it is (RFC 7523)."""
        time.sleep(self.token_after)
        self.asked_tokens.append(form)
        if self.token_said is not None:
            return self.token_said
        read = jwt.decode(form["client_assertion"], self.keys[0], algorithms=["RS256", "PS256", "ES256"])
        self.proofs.append({**read.header, **read.claims})
        assert (read.claims["iss"], read.claims["sub"], read.claims["aud"]) == (CLIENT, CLIENT, self.address)
        assert 0 < read.claims["exp"] - time.time() <= 60
        self.tokens[form["scope"]] = secrets.token_urlsafe(16)
        given = {"access_token": self.tokens[form["scope"]], "token_type": "Bearer", "expires_in": self.token_seconds}
        return Said(200, given)

    def answer(self, asked: Heard) -> Said:
        """Answer what a machine asks that shows the last token of the scope."""
        self.heard.append(asked)
        scope = "decisions" if asked.path.startswith("/access/") else "portals"
        token = self.tokens.get(f"urn:namens:1.0:scope:{scope}")
        if token is None or asked.headers.get("authorization") != f"Bearer {token}":
            return problem(401, "token-niet-aanvaard")
        waiting = self.script[asked.path]
        if not waiting:
            return Said(404, {})
        return waiting.popleft() if len(waiting) > 1 else waiting[0]

    def configuration(self) -> Said:
        """Say where tokens are given."""
        self.looked_up += 1
        endpoint = f"{self.address}{self.token_path}"
        return Said(200, {"issuer": self.named or self.address, "token_endpoint": endpoint})


class Handler(BaseHTTPRequestHandler):
    """Answers for one place."""

    place: Place
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer what is read."""
        self.place.connections.add(self.client_address)
        if self.path == "/.well-known/openid-configuration":
            return self._send(self.place.configuration())
        return self._send(self.place.answer(self._asked(None)))

    def do_POST(self) -> None:
        """Answer what is sent."""
        self.place.connections.add(self.client_address)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == self.place.token_path:
            return self._send(self.place.token({name: values[0] for name, values in parse_qs(body).items()}))
        if not self.path.startswith(("/access/", "/v1/")):
            return self._send(Said(404))
        return self._send(self.place.answer(self._asked(json.loads(body))))

    def _asked(self, content: Json) -> Heard:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return Heard(self.command, parts.path, query, headers, content)

    def _send(self, said: Said) -> None:
        time.sleep(said.after)
        if said.breaks:
            self.close_connection = True
            return
        body = said.content if isinstance(said.content, bytes) else json.dumps(said.content).encode()
        self.send_response(said.status)
        headers = {"Content-Type": "application/json", "X-Request-ID": "number-of-namens", **said.headers}
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        for part in [bytes([one]) for one in body] if said.drips else [body]:
            time.sleep(0.1 if said.drips else 0)
            try:
                self.wfile.write(part)
            except OSError:
                return

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Say nothing."""
