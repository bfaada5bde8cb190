"""Playing with the rehearsal in this process: HTTP without sockets, a clock to move, a login to walk through."""

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from joserfc import jwt
from joserfc.jwk import KeySet
from starlette.applications import Starlette

from rehearsal.openid.tokens import challenge_of

ANNA, BRAM, DIRK = "999990019", "999990032", "999990081"
HASSAN, GRIETJE_WITHOUT_DIGID = "999990135", "999990196"
MARIJKE, THEA_AND_BILAL = "SST-6F1C20", "P-100200"
SAMEN_STERK, DE_BRUG, ZONDERDAM = "00110019", "00220027", "00330035"
BASE = "http://localhost:8002"
CALLBACK = "http://localhost:8000/signin/digid/callback"
CALLBACK_AT_WORK = "http://localhost:8000/signin/eherkenning/callback"
VERIFIER = "a-verifier-of-more-than-forty-three-characters-long"
QUESTION = {
    "client_id": "namens",
    "redirect_uri": CALLBACK,
    "response_type": "code",
    "scope": "openid bsn",
    "state": "the state",
    "nonce": "the nonce",
    "code_challenge": challenge_of(VERIFIER),
    "code_challenge_method": "S256",
    "prompt": "login",
}
AT_WORK = {**QUESTION, "redirect_uri": CALLBACK_AT_WORK, "scope": "openid kvk"}


class Direct(httpx2.BaseTransport):
    """Calls an ASGI program without a network."""

    def __init__(self, program: Starlette) -> None:
        self._inner = httpx2.ASGITransport(program)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return asyncio.run(self._call(request))

    async def _call(self, request: httpx2.Request) -> httpx2.Response:
        response = await self._inner.handle_async_request(request)
        return httpx2.Response(response.status_code, headers=response.headers, content=await response.aread())


@dataclass
class MovableClock:
    """A clock that stands still until it is moved."""

    now: datetime = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, *, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Visitor:
    """Somebody with a browser at the rehearsal DigiD or eHerkenning, and the client that sent them there."""

    http: httpx2.Client
    means: str = "digid"

    def arrive(self, **changes: str | None) -> httpx2.Response:
        """Come from the client with its question; None leaves a parameter out."""
        asked = {**(QUESTION if self.means == "digid" else AT_WORK), **changes}
        return self.http.get(f"/{self.means}/authorize", params={name: value for name, value in asked.items() if value})

    def answer(self, page: httpx2.Response, **form: str) -> httpx2.Response:
        """Send the login form of this page."""
        found = re.search(r'name="request" value="([^"]+)"', page.text)
        assert found, page.text
        level = "low" if self.means == "digid" else "loa3"
        answered = {"request": found[1], "level": level, "action": "login", **form}
        return self.http.post(f"/{self.means}/login", data=answered)

    def log_in(self, bsn: str = ANNA, *, level: str = "low", **changes: str | None) -> str:
        """Log in at DigiD and give the code that the client gets."""
        return returned(self.answer(self.arrive(**changes), person=bsn, level=level))["code"]

    def log_in_at_work(self, kvk: str = SAMEN_STERK, pseudonym: str = MARIJKE, *, level: str = "loa3") -> str:
        """Log in at eHerkenning and give the code that the client gets."""
        return returned(self.answer(self.arrive(), person=f"{kvk}:{pseudonym}", level=level))["code"]

    def exchange(self, code: str, **changes: str) -> httpx2.Response:
        """Exchange the code, as the client would (client_secret_post)."""
        form = {
            "grant_type": "authorization_code",
            "client_id": "namens",
            "client_secret": "rehearsal-secret",
            "redirect_uri": CALLBACK if self.means == "digid" else CALLBACK_AT_WORK,
            "code_verifier": VERIFIER,
            "code": code,
        }
        return self.http.post(f"/{self.means}/token", data={**form, **changes})

    def token_in(self, answer: httpx2.Response) -> jwt.Token:
        """Give the ID token in this answer, after a look at its signature."""
        assert answer.status_code == 200, answer.text
        keys = KeySet.import_key_set(self.http.get(f"/{self.means}/jwks").json())
        return jwt.decode(answer.json()["id_token"], keys, algorithms=["RS256"])

    def claims_in(self, answer: httpx2.Response) -> dict[str, Any]:
        """Give what the ID token in this answer says."""
        return self.token_in(answer).claims

    def ask_register(self, *, key: str = "rehearsal-key", **body: object) -> httpx2.Response:
        """Ask the BRP."""
        return self.http.post("/brp/personen", json=body, headers={"X-API-KEY": key})


def returned(response: httpx2.Response) -> dict[str, str]:
    """The parameters with which somebody is sent back to the client."""
    assert response.status_code == 303, response.text
    address = response.headers["location"]
    assert address.startswith((f"{CALLBACK}?", f"{CALLBACK_AT_WORK}?"))
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
