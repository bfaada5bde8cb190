"""A portal's machine at `/v1`, as its own team would have it: its token, what it asks, what it hears."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from django.test import Client

from namens.grants.pairwise import pairwise_id
from namens.parties.models import Party
from namens.services.models import Portal
from tests.openid.relying import Answer, RelyingParty, registered, terms_of
from tests.openid.renewing import PORTALS, machine_token

JSON = "application/json"
ACTS = ({"key": "inkomen-wijzigen", "name": "Inkomen gewijzigd"}, {"key": "rekeningnummer-wijzigen", "name": "Nummer"})


@dataclass
class Machine:
    """A registered portal's machine; `token` is fetched at the first question."""

    relying: RelyingParty
    token: str = ""
    browser: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    @property
    def portal(self) -> Portal:
        return self.relying.portal

    def id_of(self, party: Party) -> str:
        """Give the id by which this portal knows somebody."""
        return pairwise_id(party.id, sector=self.portal.sector)

    def log_in(self) -> str:
        """Get a token at the token endpoint."""
        response = machine_token(self.relying, PORTALS)
        assert response.status_code == 200, response.content
        self.token = response.json()["access_token"]
        return self.token

    def get(self, path: str, **headers: str) -> Answer:
        """Read something."""
        return self.browser.get(path, headers=self._shown(headers))

    def post(self, path: str, content: object, *, kind: str = JSON, **headers: str) -> Answer:
        """Send JSON; bytes and text go as they are."""
        body = content if isinstance(content, str | bytes) else json.dumps(content)
        return self.browser.post(path, body, content_type=kind, headers=self._shown(headers))

    def _shown(self, headers: dict[str, str]) -> dict[str, str]:
        token = self.token or self.log_in()
        return {"Authorization": f"Bearer {token}", **{name.replace("_", "-"): said for name, said in headers.items()}}


def machine(client_id: str = "portaal", *keys: str, **terms: object) -> Machine:
    """Register a portal for these services whose machine may report acts and hear of mandates, and give its machine."""
    whole: dict[str, Any] = {"machine_scopes": (PORTALS,), "acts": ACTS, **terms}
    return Machine(registered(replace(terms_of(client_id, *keys), **whole)))


def is_problem(response: Answer, code: str, *, status: int) -> bool:
    """Say whether this is that problem document, whole and with every header, which nobody keeps."""
    assert response["Content-Type"] == "application/problem+json", response.content
    assert response["Cache-Control"] == "no-store"
    document = response.json()
    assert set(document) == {"type", "title", "status", "detail", "code", "requestId"}
    assert document["status"] == response.status_code
    assert document["requestId"] == response["X-Request-ID"]
    return (response.status_code, document["code"]) == (status, code)
