"""The part of the provider that stands under `/v1`."""

import base64
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

MANDATE = "01890a5d-ac96-774b-bcce-b302099a8057"
TAKEN = {"id": "01890a5d-ac96-774b-bcce-000000000001", "machtiging": MANDATE}
Claims = dict[str, Any]


def listed(mandate: str = MANDATE, *, status: str = "actief", sequence: int = 0) -> Claims:
    """Give a mandate as Namens lists it."""
    days = {"eersteDag": "2026-11-23", "laatsteDag": "2026-12-22"}
    return {
        "machtiging": mandate,
        "volgnummer": sequence,
        "vertegenwoordigde": {"soort": "persoon", "id": "pairwise-anna"},
        "gemachtigde": {"soort": "persoon", "id": "pairwise-bram"},
        "diensten": [{"dienst": "mijn-toeslagen", "status": status, **days}],
        "uitgezonderd": [],
        "status": status,
        "gewijzigdOp": "2026-11-23T09:30:00Z",
    }


@dataclass(kw_only=True)
class PortalsDoor:
    """What it knows and how it behaves. It gives its mandates one on a page; `found` are those of a search."""

    acts: list[Claims] = field(default_factory=list)
    act_result: Claims = field(default_factory=dict)
    events: list[Claims] = field(default_factory=list)
    events_gone: bool = False
    newest: int = 0
    mandates: list[Claims] = field(default_factory=lambda: [listed()])
    found: list[Claims] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    webhook_secret: str = ""
    portals_status: int = 200

    def exchange(self, path: str, asked: Claims) -> tuple[int, Claims]:
        """Answer."""
        address, _, query = path.partition("?")
        if self.portals_status != 200:
            return self.portals_status, {}
        self.read.append(address.removeprefix("/v1/"))
        if address == "/v1/handelingreeksen":
            self.acts += asked["handelingen"]
            taken = {"status": 201, "handeling": {**TAKEN, "gemeldOp": "2026-11-23T09:30:00Z"}}
            return 200, {"resultaten": [self.act_result or taken for _ in asked["handelingen"]]}
        if address == "/v1/webhookgeheimen":
            self.webhook_secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
            return 201, {"geheim": self.webhook_secret}
        if address == "/v1/machtigingen":
            return 200, self._page(int(parse_qs(query).get("vanaf", ["0"])[0]))
        newest = {"laatsteNummer": self.newest}
        known = {"/v1/portaal": newest, "/v1/machtigingen/zoekopdrachten": {"machtigingen": self.found, **newest}}
        if address in known:
            return 200, known[address]
        return self._told(int(parse_qs(query)["na"][0]))

    def _page(self, begin: int) -> Claims:
        following = {"volgende": str(begin + 1)} if begin + 1 < len(self.mandates) else {}
        return {"machtigingen": self.mandates[begin : begin + 1], "laatsteNummer": self.newest, **following}

    def _told(self, after: int) -> tuple[int, Claims]:
        if self.events_gone and after < self.newest:
            return 410, {}
        found = [event for event in self.events if event["nummer"] > after]
        return 200, {"gebeurtenissen": found, "laatsteNummer": self.newest, "erIsMeer": False}
