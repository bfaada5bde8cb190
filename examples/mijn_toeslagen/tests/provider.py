"""A small OpenID Provider that speaks real HTTP, and does on request what a wrong one would do."""

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, GuestProtocol, KeySet, RSAKey

from mijn_toeslagen.tests.portals_door import Claims, PortalsDoor

CLIENT = "mijn-toeslagen-portaal"
EVENT = "http://schemas.openid.net/event/backchannel-logout"
DECISIONS = "urn:namens:1.0:scope:decisions"
SCOPES = {DECISIONS, "urn:namens:1.0:scope:portals"}


def new_key(algorithm: str = "RS256") -> RSAKey:
    """Make a key to sign with."""
    return RSAKey.generate_key(2048, {"use": "sig", "alg": algorithm}, auto_kid=True)


@dataclass
class Provider(PortalsDoor):
    """What it knows and how it behaves. `identity` are the claims about people; `twist` spoils the ID token.

    With a `nonce` every request must bring a proof (DPoP) with that number in it. It is the decisions door as
    well: it answers `decision` with `door_status`, for `refused_actions` always no, for `silent_actions` nothing;
    with `door_hangs` it waits, and with `takes_seconds` everything takes so long for a machine.
    """

    portal_keys: Claims
    identity: Claims = field(default_factory=dict)
    twist: Claims = field(default_factory=dict)
    userinfo_status: int = 200
    key: RSAKey = field(default_factory=new_key)
    codes: dict[str, Claims] = field(default_factory=dict)
    pushed: dict[str, Claims] = field(default_factory=dict)
    proofs: list[Claims] = field(default_factory=list)
    machine_tokens: list[str] = field(default_factory=list)
    token_seconds: int = 300
    questions: list[Claims] = field(default_factory=list)
    connections: set[tuple[str, int]] = field(default_factory=set)
    decision: object = True
    refused_actions: set[str] = field(default_factory=set)
    silent_actions: set[str] = field(default_factory=set)
    door_status: int = 200
    door_hangs: threading.Event | None = None
    takes_seconds: float = 0
    looked_up: int = 0
    request_ids: list[str | None] = field(default_factory=list)
    nonce: str = ""
    problems: list[str] = field(default_factory=list)
    asked_userinfo: int = 0
    sid: str = "sid-1"
    server: ThreadingHTTPServer | None = None

    @property
    def algorithm(self) -> str:
        """With which it signs."""
        return str(self.key.alg)

    @property
    def issuer(self) -> str:
        """Where it listens."""
        assert self.server is not None
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def start(self) -> None:
        """Begin to listen."""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        """Stop listening; from then on nobody answers."""
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()

    def answer_login(self, address: str) -> str:
        """Do what the person and the provider do together: gives the path and query with which the browser returns."""
        shown = dict(parse_qsl(urlsplit(address).query))
        assert shown.keys() == {"client_id", "request_uri"}
        asked = self.pushed.pop(shown["request_uri"])
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.issuer})}"

    def push(self, form: dict[str, str]) -> tuple[int, Claims]:
        """Keep a question (RFC 9126)."""
        if not self._knows(form):
            self.problems.append("push refused")
            return 401, {"error": "invalid_client"}
        number = f"urn:ietf:params:oauth:request_uri:{secrets.token_urlsafe(16)}"
        self.pushed[number] = form
        return 201, {"request_uri": number, "expires_in": 60}

    def wants_proof(self, headers: Message, *, method: str, path: str) -> bool:
        """Say whether the proof of this request is missing or has another nonce; a good one is kept."""
        if not self.nonce:
            return False
        read = jwt.decode(headers["DPoP"], _key_inside, algorithms=["ES256"])
        assert (read.claims["htm"], read.claims["htu"]) == (method, f"{self.issuer}{path}")
        if read.claims.get("nonce") != self.nonce:
            return True
        self.proofs.append(read.claims)
        return False

    def token(self, form: dict[str, str]) -> tuple[int, Claims]:
        """Redeem a code, or give the portal's machine a token."""
        if form.get("grant_type") == "client_credentials":
            return self._machine_token(form)
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or not self._knows(form) or not _fits(asked, form):
            self.problems.append("token request refused")
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = self._dates(300) | {"nonce": asked["nonce"], "acr": "http://eidas.europa.eu/LoA/low", "auth_time": now}
        claims |= self.identity | self.twist
        id_token = self.signed(claims, typ="JWT")
        kind = "DPoP" if self.nonce else "Bearer"
        return 200, {"access_token": "access", "token_type": kind, "expires_in": 900, "id_token": id_token}

    def _machine_token(self, form: dict[str, str]) -> tuple[int, Claims]:
        time.sleep(self.takes_seconds)
        if not self._knows(form) or form["scope"] not in SCOPES:
            return 400, {"error": "invalid_scope"}
        given = secrets.token_urlsafe(16)
        if form["scope"] == DECISIONS:
            self.machine_tokens.append(given)
        token = {"access_token": given, "token_type": "Bearer", "expires_in": self.token_seconds}
        return 200, token

    def evaluate(self, question: Claims, *, shown: str) -> tuple[int, Claims]:
        """Answer a question of a machine that shows the last token."""
        self.questions.append(question)
        time.sleep(self.takes_seconds)
        if self.door_hangs is not None:
            self.door_hangs.wait(10)
        if not self.machine_tokens or shown != f"Bearer {self.machine_tokens[-1]}":
            return 401, {"title": "Not logged in"}
        if question["action"]["name"] in self.silent_actions:
            return 503, {}
        refused = question["action"]["name"] in self.refused_actions
        return self.door_status, {"decision": False if refused else self.decision}

    def evaluate_all(self, asked: Claims, *, shown: str) -> tuple[int, Claims]:
        """Answer many questions."""
        answers = [self.evaluate(question, shown=shown) for question in asked["evaluations"]]
        worst = max([200, *(status for status, _ in answers)])
        return worst, {"evaluations": [answer for _, answer in answers]}

    def logout_token(self, **changed: object) -> str:
        """Give a logout token; `changed` spoils it."""
        claims = self._dates(120) | {"sub": self.identity["sub"], "events": {EVENT: {}}}
        return self.signed(claims | changed, typ="logout+jwt")

    def signed(self, claims: Claims, *, typ: str) -> str:
        """Sign with our key."""
        header = {"alg": self.algorithm, "kid": self.key.kid, "typ": typ}
        return jwt.encode(header, claims, self.key, algorithms=[self.algorithm])

    def _dates(self, seconds: int) -> Claims:
        now = int(time.time())
        made = {"iat": now, "nbf": now, "exp": now + seconds, "jti": secrets.token_urlsafe(16)}
        return {"iss": self.issuer, "aud": CLIENT, "sid": self.sid, **made}

    def _knows(self, form: dict[str, str]) -> bool:
        """Check private_key_jwt."""
        keys = KeySet.import_key_set({"keys": self.portal_keys["keys"]})
        claims = jwt.decode(form["client_assertion"], keys.keys[0], algorithms=["RS256", "PS256"]).claims
        return (claims["iss"], claims["sub"], claims["aud"]) == (CLIENT, CLIENT, self.issuer)


def _key_inside(token: GuestProtocol) -> ECKey:
    return ECKey.import_key(token.headers()["jwk"])


def _fits(asked: Claims, form: dict[str, str]) -> bool:
    digest = hashlib.sha256(form["code_verifier"].encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return (challenge, form["redirect_uri"]) == (asked["code_challenge"], asked["redirect_uri"])


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    return type("Handler", (Handler,), {"provider": provider})


class Handler(BaseHTTPRequestHandler):
    """Answers for one provider."""

    provider: Provider
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer UserInfo and the documents."""
        if self.path == "/userinfo":
            return self._userinfo()
        if self.path.startswith("/.well-known"):
            self.provider.looked_up += 1
        if self.path.startswith("/v1/"):
            return self._send(*self.provider.exchange(self.path, {}))
        documents = {"/.well-known/openid-configuration": _configuration, "/jwks": _keys}
        return self._send(200, documents[self.path](self.provider))

    def do_POST(self) -> None:
        """Answer what a portal's server sends."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/access/v1/evaluation":
            self.provider.connections.add(self.client_address)
            self.provider.request_ids.append(self.headers["X-Request-ID"])
            return self._send(*self.provider.evaluate(json.loads(body), shown=self.headers["Authorization"]))
        if self.path == "/access/v1/evaluations":
            return self._send(*self.provider.evaluate_all(json.loads(body), shown=self.headers["Authorization"]))
        if self.path.startswith("/v1/"):
            return self._send(*self.provider.exchange(self.path, json.loads(body)))
        if self.provider.wants_proof(self.headers, method="POST", path=self.path):
            return self._send(400, {"error": "use_dpop_nonce"})
        answer = {"/par": self.provider.push, "/token": self.provider.token}[self.path]
        return self._send(*answer({name: values[0] for name, values in parse_qs(body).items()}))

    def _userinfo(self) -> None:
        self.provider.asked_userinfo += 1
        if self.provider.wants_proof(self.headers, method="GET", path=self.path):
            return self._send(401, {}, challenge='DPoP error="use_dpop_nonce"')
        allowed = self.headers["Authorization"] == ("DPoP access" if self.provider.nonce else "Bearer access")
        return self._send(self.provider.userinfo_status if allowed else 401, self.provider.identity)

    def _send(self, status: int, content: Claims, *, challenge: str = "") -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("DPoP-Nonce", self.provider.nonce)
        self.send_header("WWW-Authenticate", challenge)
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Say nothing."""


def _configuration(provider: Provider) -> Claims:
    addresses = {f"{name}_endpoint": f"{provider.issuer}/{name}" for name in ("authorization", "token", "userinfo")}
    return {
        **addresses,
        "issuer": provider.issuer,
        "jwks_uri": f"{provider.issuer}/jwks",
        "pushed_authorization_request_endpoint": f"{provider.issuer}/par",
        "end_session_endpoint": f"{provider.issuer}/logout",
        "id_token_signing_alg_values_supported": [provider.algorithm],
    }


def _keys(provider: Provider) -> Claims:
    return {"keys": [provider.key.as_dict(private=False)]}
