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
    "mandates_mandateservice",
    "mandates_mandate",
    "signin_draft",
    "parties_helpernumber",
    "post_emailconfirmation",
    "post_emailaddress",
    "post_letteritem",
    "post_letter",
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
