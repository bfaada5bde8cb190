"""An empty cabinet for every test: nobody has given anything yet. Services, portals, keys and the journal stay."""

import sqlite3
from contextlib import closing

import psycopg
from psycopg import sql

from tools.practice import Practice

TABLES = (
    "codes_refusedtry",
    "codes_activationcode",
    "grants_authorizationcode",
    "grants_family",
    "grants_authorizationrequest",
    "helpdesk_call",
    "helpdesk_lookup",
    "post_letteritem",
    "post_letter",
    "outbox_outboxrow",
    "mandates_report",
    "mandates_suspension",
    "mandates_mandaterequest_services",
    "mandates_mandaterequest",
    "mandates_mandateservice",
    "mandates_mandate",
    "signin_draft",
    "parties_helpernumber",
)


def empty(practice: Practice) -> None:
    """Take away everything that people did before."""
    if practice.database_url.startswith("sqlite"):
        _empty_sqlite(practice.database_url.removeprefix("sqlite://"))
    else:
        _empty_postgresql(practice.database_url)


def _empty_sqlite(path: str) -> None:
    with closing(sqlite3.connect(path, timeout=20)) as connection, connection:
        for table in TABLES:
            connection.execute(f"DELETE FROM {table}")


def _empty_postgresql(url: str) -> None:
    with psycopg.connect(url) as connection:
        for table in TABLES:
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
