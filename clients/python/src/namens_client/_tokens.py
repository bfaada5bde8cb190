"""Tokens of our own machine: where they are got, how we prove who we are, and how long each is kept."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

from joserfc import jwt

from namens_client._flow import Answer, Flow, Request, TokenWanted, Unreached
from namens_client._reading import Fields, Unreadable, fields_of
from namens_client._setup import Setup, address
from namens_client.problems import NotTaken

# A token that ends within so many seconds is not used any more.
ALMOST_OVER = 30
PROOF_LIVES = timedelta(seconds=60)
PROOF_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
FORM = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
_WORD = re.compile(r"[a-z_-]{1,64}", re.ASCII)


@dataclass(frozen=True)
class Token:
    """A token; `ends` is of the clock that `Setup.ticks` reads."""

    text: str = field(repr=False)
    ends: float


@dataclass
class Tokens:
    """What is kept of them. Who fetches holds a lock of that scope; this only says what has to be done."""

    setup: Setup
    kept: dict[str, Token] = field(default_factory=dict, repr=False)
    endpoint: str = ""

    def good(self, wanted: TokenWanted) -> str:
        """Give a token that is good for this; empty when one has to be fetched."""
        token = self.kept.get(wanted.scope)
        if token is None or token.text == wanted.refused or token.ends - ALMOST_OVER <= self.setup.ticks():
            return ""
        return token.text

    def fetch(self, wanted: TokenWanted) -> Flow[str]:
        """Fetch one and keep it. Raises Unreached, or NotTaken when Namens does not know us."""
        endpoint = self.endpoint or (yield from self._find(wanted.until))
        # It may have moved: an address that gives no token is looked up again.
        self.endpoint = ""
        sent = self.setup.ticks()
        answer: Answer = yield Request(
            method="POST", url=endpoint, headers=FORM, content=self._asked(wanted.scope), until=wanted.until
        )
        _check(answer)
        token = _read_token(answer)
        self.kept[wanted.scope] = Token(token.text("access_token"), sent + token.number("expires_in"))
        self.endpoint = endpoint
        return token.text("access_token")

    def _find(self, until: float) -> Flow[str]:
        """Look up where tokens are given (OpenID Connect Discovery 1.0, 4)."""
        url = f"{self.setup.issuer}/.well-known/openid-configuration"
        answer: Answer = yield Request(method="GET", url=url, headers={"accept": "application/json"}, until=until)
        if answer.status != 200:
            raise Unreached(f"discovery: status {answer.status}", retry_after=answer.retry_after)
        try:
            document = fields_of(answer.body)
            if document.text("issuer") != self.setup.issuer:
                raise Unreadable("issuer")
            return address(document.text("token_endpoint"), name="token_endpoint")
        except ValueError as problem:
            raise Unreached(f"discovery: {problem} is wrong") from None

    def _asked(self, scope: str) -> bytes:
        form = {"grant_type": "client_credentials", "scope": scope, "client_id": self.setup.client_id}
        proof = {"client_assertion_type": PROOF_TYPE, "client_assertion": self._proof()}
        return urlencode({**form, **proof}).encode()

    def _proof(self) -> str:
        """Say who we are, signed, to this issuer and nobody else (RFC 7523, 3)."""
        setup, now = self.setup, self.setup.now()
        claims = {
            "iss": setup.client_id,
            "sub": setup.client_id,
            "aud": setup.issuer,
            "jti": str(uuid4()),
            "iat": int(now.timestamp()),
            "exp": int((now + PROOF_LIVES).timestamp()),
        }
        header = {"alg": setup.algorithm, "typ": "JWT", **({"kid": setup.key.kid} if setup.key.kid else {})}
        return jwt.encode(header, claims, setup.key, algorithms=[setup.algorithm])


def _check(answer: Answer) -> None:
    if answer.status == 200:
        return
    if answer.status < 400 or answer.status >= 500 or answer.status in {404, 429}:
        raise Unreached(f"no token: status {answer.status}", retry_after=answer.retry_after)
    code = _error(answer)
    why = f"Namens gives no token: {code or answer.status}"
    raise NotTaken(why, status=answer.status, code=code, request_id=answer.request_id)


def _error(answer: Answer) -> str:
    """Give the word for what is wrong (RFC 6749, 5.2)."""
    try:
        word = fields_of(answer.body).text("error")
    except Unreadable:
        return ""
    return word if _WORD.fullmatch(word) else ""


def _read_token(answer: Answer) -> Fields:
    try:
        token = fields_of(answer.body)
        kind, _ = token.text("token_type"), token.number("expires_in")
        if kind.lower() != "bearer" or not token.text("access_token"):
            raise Unreadable("token_type")
    except Unreadable as problem:
        raise Unreached(f"no token: {problem} is wrong") from None
    return token
