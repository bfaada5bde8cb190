"""What portals were told, read in the database of the practice: which events, and which of them arrived."""

import sqlite3
from contextlib import closing
from typing import Any

import psycopg

from tools.practice import Practice
from tools.practice_portals import Portal

EVENTS = """
SELECT e.number, e.kind, e.delivered_at IS NOT NULL FROM exchange_portalevent e
JOIN services_portal p ON p.id = e.portal_id WHERE p.client_id = '{client_id}' ORDER BY e.number
"""
LOGOUT_ADDRESS = "UPDATE services_portal SET back_channel_logout_uri = '{address}' WHERE client_id = '{client_id}'"
MANDATE = "SELECT id FROM mandates_mandate"
POSTPONED = """
SELECT COUNT(*) FROM outbox_outboxrow
WHERE kind = 'portal-event' AND settled_at IS NULL AND leased_until IS NULL AND last_problem <> ''
"""


def events_for(practice: Practice, portal: Portal) -> list[tuple[int, str, bool]]:
    """Give the number and the kind of each event of a portal, and whether it arrived."""
    rows = _run(practice, EVENTS.format(client_id=portal.client_id))
    return [(int(number), str(kind), bool(arrived)) for number, kind, arrived in rows]


def waits_for_another_try(practice: Practice) -> bool:
    """Say whether an event was tried in vain, and its worker has written that down."""
    ((number,),) = _run(practice, POSTPONED)
    return bool(number)


def hears_logouts_at(practice: Practice, portal: Portal, address: str) -> None:
    """Let a portal hear at this address that a login ends; nowhere when it is empty."""
    _run(practice, LOGOUT_ADDRESS.format(address=address, client_id=portal.client_id))


def only_mandate(practice: Practice) -> str:
    """Give the id of the one mandate that there is."""
    ((found,),) = _run(practice, MANDATE)
    text = str(found).replace("-", "")
    return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])


def _run(practice: Practice, statement: str) -> list[tuple[Any, ...]]:
    if practice.database_url.startswith("sqlite"):
        path = practice.database_url.removeprefix("sqlite://")
        with closing(sqlite3.connect(path, timeout=20)) as connection, connection:
            return connection.execute(statement).fetchall()
    with psycopg.connect(practice.database_url) as server:
        cursor = server.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []
