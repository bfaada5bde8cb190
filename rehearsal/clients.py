"""The programs that may ask for a login, read from YAML."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

PACKAGED = Path(__file__).with_name("clients.yaml")


@dataclass(frozen=True)
class Client:
    """One program: its secret, and the exact addresses people may be sent back to."""

    id: str
    name: str
    secret: str = field(repr=False)
    redirect_uris: tuple[str, ...]
    post_logout_redirect_uris: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clients:
    """All programs, by id."""

    by_id: Mapping[str, Client]

    def find(self, client_id: str) -> Client | None:
        """Give the client with this id, if there is one."""
        return self.by_id.get(client_id)

    def authenticate(self, client_id: str, *, secret: str) -> Client | None:
        """Give the client if the secret is its own."""
        client = self.find(client_id)
        known = client.secret if client else ""
        return client if hmac.compare_digest(known.encode(), secret.encode()) else None


def load(path: Path = PACKAGED, *, pages_url: str) -> Clients:
    """Read the clients; `{pages}` in an address becomes `pages_url`."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Clients({entry["id"]: _client(entry, pages_url=pages_url) for entry in written["clients"]})


def _client(entry: Mapping[str, Any], *, pages_url: str) -> Client:
    def addresses(key: str) -> tuple[str, ...]:
        return tuple(address.replace("{pages}", pages_url) for address in entry.get(key, ()))

    return Client(
        id=entry["id"],
        name=entry.get("name", entry["id"]),
        secret=entry["secret"],
        redirect_uris=addresses("redirect_uris"),
        post_logout_redirect_uris=addresses("post_logout_redirect_uris"),
    )
