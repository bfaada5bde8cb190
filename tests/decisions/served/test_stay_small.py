"""Fifty thousand requests that nobody can answer, each of them new: nothing of them is kept."""

import asyncio
import json
import secrets
from collections import Counter
from collections.abc import Callable

import pytest

from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.decisions.machine import EVALUATION, Machine
from tests.decisions.served.asking import heard
from tests.decisions.served.serving import HOST, Served
from tests.openid.relying import forged

pytestmark = [pytest.mark.slow, pytest.mark.one_database]
MANY, FIRST, AT_ONCE, FLAT_KIB = 50_000, 5_000, 8, 12_000


def wrong_requests(portal: Machine, question: dict[str, object]) -> list[Callable[[], bytes]]:
    """Give makers of requests: each gives another one every time."""

    def asked(token: str = "", body: bytes = b"", path: str = EVALUATION, extra: str = "") -> bytes:
        lines = [f"POST {path} HTTP/1.1", "Host: door", f"Authorization: Bearer {token or portal.token}"]
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, *filter(None, [extra]), "", ""]).encode() + body

    def about(**changes: object) -> bytes:
        return json.dumps({**question, **changes}).encode()

    def number(length: int) -> str:
        return secrets.token_urlsafe(length)

    return [
        lambda: asked(token=number(300)),
        lambda: asked(token=forged({"alg": "RS256", "kid": number(16), "typ": "at+jwt"}, {"client_id": number(40)})),
        lambda: asked(token=f"{portal.token}{number(6)}"),
        lambda: asked(body=about(subject={"type": "person", "id": number(32)})),
        lambda: asked(body=about(resource={"type": "person", "id": number(180)})),
        lambda: asked(body=about(subject={"type": "member", "id": number(32), "properties": {"organisation": "1"}})),
        lambda: asked(body=about(action={"name": number(90)})),
        lambda: asked(body=about(context={"time": number(20)})),
        lambda: asked(body=b'{"a":' * 2000),
        lambda: asked(body=number(60).encode()),
        lambda: asked(path=f"/{number(60)}"),
        lambda: asked(body=about(), path=f"{EVALUATION}?{number(60)}"),
        lambda: asked(body=about(action={"name": "x"}), extra=f"X-Request-ID: {number(120)}"),
        lambda: asked(body=about(action={"name": "x"}), extra=f"Client-Cert: :{number(4000)}:"),
        lambda: asked(body=about(action={"name": "x"}), extra=f"traceparent: {number(40)}"),
    ]


async def send(port: int, makers: list[Callable[[], bytes]], count: int) -> Counter[int]:
    """Send so many, some at once, and count the answers by their status."""
    statuses, left = Counter[int](), iter(range(count))

    async def keep_sending() -> None:
        reader, writer = await asyncio.open_connection(HOST, port)
        for place in left:
            writer.write(makers[place % len(makers)]())
            status, headers, _ = await heard(reader)
            statuses[status] += 1
            if "connection: close" in headers:
                writer.close()
                reader, writer = await asyncio.open_connection(HOST, port)
        writer.close()

    await asyncio.gather(*(keep_sending() for _ in range(AT_ONCE)))
    return statuses


def test_it_keeps_nothing_of_what_it_does_not_answer(
    served: Served, portal: Machine, given: Mandate, anna: Party, bram: Party
) -> None:
    assert given.id is not None
    question = portal.question(bram, anna)
    makers = wrong_requests(portal, question)
    asyncio.run(send(served.port, makers, FIRST))
    before = served.resident()
    statuses = asyncio.run(send(served.port, makers, MANY))
    assert set(statuses) <= {200, 400, 401, 404}
    assert served.resident() - before < FLAT_KIB
    assert served.ask(question, token=portal.token).decision is True
