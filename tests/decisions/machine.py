"""A portal's machine as its own team would have it: its token, what it asks, and what it hears.

`Door` here is the real one, over ASGI, reading through Django's own connection: it sees what a test has not committed.
The readers of the door itself have tests of their own, over HTTP.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection

from namens.decisions.application import Application
from namens.decisions.counts import Counts
from namens.decisions.lookups import Answer, Row
from namens.grants.pairwise import pairwise_id
from namens.mandates.membership import Dialect
from namens.mandates.snapshot import Reading
from namens.mandates.statement import Asked, Form, Statement, statement
from namens.parties.models import Party
from tests.openid.relying import RelyingParty, registered, terms_of
from tests.openid.renewing import DECISIONS, machine_token

EVALUATION, EVALUATIONS = "/access/v1/evaluation", "/access/v1/evaluations"
JSON = "application/json"


class ThroughDjango:
    """Reads with the connection of the test, and counts its statements."""

    def __init__(self) -> None:
        self.statements = 0
        self.cursor: Callable[[], Any] = no_cursor

    async def look_up(self, asked: Sequence[Asked], form: Form) -> Answer:
        wanted = statement(Dialect(connection.vendor), asked, form=form)
        return Answer(Reading(await self.rows(wanted)), 0)

    async def rows(self, statement: Statement) -> list[Row]:
        self.statements += 1
        cursor = self.cursor()
        try:
            sql = statement.sql if connection.vendor == "postgresql" else statement.sql.replace("%s", "?")
            return list(cursor.execute(sql, statement.parameters).fetchall())
        finally:
            cursor.close()

    def count_with(self, counts: Counts) -> None:
        pass

    async def open(self) -> None:
        pass

    async def close(self) -> None:
        pass


def no_cursor() -> None:
    """Say that nobody gave a connection yet."""
    raise AssertionError("no connection")


@dataclass(frozen=True)
class Heard:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever it is
        return json.loads(self.body)

    @property
    def decision(self) -> object:
        assert self.status == 200, self.body
        return self.json["decision"]

    @property
    def reason(self) -> object:
        assert self.status == 200, self.body
        assert self.json["decision"] is False
        return self.json.get("context", {}).get("reason")


@dataclass
class Machine:
    """A registered portal's machine, and the door that it asks."""

    portal: RelyingParty
    reader: ThroughDjango = field(default_factory=ThroughDjango)
    token: str = ""

    def __post_init__(self) -> None:
        self.door = Application(self.reader)

    def id_of(self, party: Party) -> str:
        """Give the id by which this portal knows somebody."""
        return pairwise_id(party.id, sector=self.portal.portal.sector)

    def question(self, helper: Party, client: Party, **changes: object) -> dict[str, object]:
        """Give a question about two people: may the one use Mijn toeslagen for the other, at level low?"""
        asked: dict[str, object] = {
            "subject": {"type": "person", "id": self.id_of(helper)},
            "action": {"name": "mijn-toeslagen"},
            "resource": {"type": "person", "id": self.id_of(client)},
            "context": {"assurance": "low"},
        }
        return {name: value for name, value in {**asked, **changes}.items() if value is not None}

    def log_in(self) -> None:
        """Get a token at the token endpoint."""
        response = machine_token(self.portal, DECISIONS)
        assert response.status_code == 200, response.content
        self.token = response.json()["access_token"]

    def ask(self, content: object, *, path: str = EVALUATION, **headers: str) -> Heard:
        """Ask with the token that it has."""
        if not self.token:
            self.log_in()
        return self.send(path, json.dumps(content).encode(), authorization=f"Bearer {self.token}", **headers)

    def send(
        self, path: str, body: bytes | Iterable[bytes] = b"", *, method: str = "POST", kind: str = JSON, **headers: str
    ) -> Heard:
        """Send anything. Names of headers have `_` for `-`."""
        parts = [body] if isinstance(body, bytes) else list(body)
        named = {"content_type": kind, **headers} if kind else headers
        connection.ensure_connection()
        # Django keeps its own connection from what runs in a loop.
        self.reader.cursor = connection.connection.cursor
        return asyncio.run(_sent(self.door, path, parts, method, named))


def machine(client_id: str = "machine", *keys: str, **terms: object) -> Machine:
    """Register a portal for these services whose machine may ask for decisions, and give its machine."""
    whole: dict[str, Any] = {"machine_scopes": (DECISIONS,), **terms}
    return Machine(registered(replace(terms_of(client_id, *keys), **whole)))


async def _sent(door: Application, path: str, parts: list[bytes], method: str, headers: Mapping[str, str]) -> Heard:
    path, _, query = path.partition("?")
    named = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": named}
    events = [
        {"type": "http.request", "body": part, "more_body": place < len(parts) - 1} for place, part in enumerate(parts)
    ]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return events.pop(0) if events else {"type": "http.disconnect"}

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    await door({**scope, "client": ("127.0.0.1", 1)}, receive, send)
    got = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]} if sent else {}
    return Heard(sent[0]["status"] if sent else 0, got, b"".join(event.get("body", b"") for event in sent[1:]))
