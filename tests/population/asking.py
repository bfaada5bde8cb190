"""Asking a register that is played: answers from a list, a clock that only moves when somebody waits."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2

from namens.parties.facts import PersonFacts
from namens.parties.identifiers import Bsn
from namens.population.answers import Found
from namens.population.client import RegisterClient
from namens.population.config import BrpSettings
from namens.population.record import KIND

ANNA = Bsn("999990019")
API_KEY = "a-secret-api-key"
SETTINGS = BrpSettings(url="https://brp.example/api/brp", api_key=API_KEY)
WITH_OAUTH = BrpSettings(
    url="https://brp.example/api/brp",
    oauth_token_url="https://tokens.example/token",
    oauth_client_id="namens",
    oauth_client_secret="a-secret-for-tokens",
)

Play = httpx2.Response | Exception | Callable[[httpx2.Request], httpx2.Response]


def person(**changes: object) -> dict[str, Any]:
    """Anna as the register describes her, with changes; None leaves a part out."""
    found: dict[str, object] = {
        "burgerservicenummer": ANNA.digits,
        "naam": {"voornamen": "Anna Maria", "voorvoegsel": "de", "geslachtsnaam": "Vries"},
        "geboorte": {"datum": {"type": "Datum", "datum": "1951-03-27", "langFormaat": "27 maart 1951"}},
        **changes,
    }
    return {name: value for name, value in found.items() if value is not None}


def given(*people: object) -> httpx2.Response:
    """The register gives these people."""
    return httpx2.Response(200, json={"type": KIND, "personen": list(people)})


def token(value: str = "token-1", *, seconds: int = 300) -> httpx2.Response:
    """The token endpoint gives a token."""
    return httpx2.Response(200, json={"access_token": value, "token_type": "Bearer", "expires_in": seconds})


@dataclass
class Played:
    """Answers in turn, and remembers what was asked and how long was waited."""

    plays: list[Play]
    settings: BrpSettings = SETTINGS
    asked: list[httpx2.Request] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    now: float = 1000.0

    def client(self) -> RegisterClient:
        transport = httpx2.MockTransport(self._answer)
        return RegisterClient(self.settings, transport=transport, pause=self._wait, ticks=lambda: self.now)

    def body(self, index: int) -> object:
        """What was sent the `index`-th time."""
        sent: object = json.loads(self.asked[index].content)
        return sent

    def _wait(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        play = self.plays.pop(0)
        if isinstance(play, Exception):
            raise play
        return play if isinstance(play, httpx2.Response) else play(request)


def facts(answer: object) -> PersonFacts:
    """The facts of an answer that must be found."""
    assert isinstance(answer, Found), answer
    return answer.facts
