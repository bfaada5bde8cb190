"""An empty cabinet for every test: nobody gave anything, no organisation works here. Services and journal stay.

So do the number that each portal's events go on from, and the secret that they are signed with: the portals run on.
"""

import shutil
import sqlite3
from contextlib import closing

import psycopg
from psycopg import sql

from tests.journeys.portal_files import empty_files, is_up_to
from tools.practice import Practice

TABLES = (
    "outbox_outboxrow",
    "exchange_portalevent",
    "exchange_reportedact",
    "exchange_allowance",
    "exchange_refusedacts",
    "post_letteritem",
    "post_letter",
    "codes_refusedtry",
    "codes_activationcode",
    "grants_authorizationcode",
    "grants_refreshtoken",
    "grants_family",
    "grants_authorizationrequest",
    "signin_visit",
    "signin_browserlogin",
    "appointments_handoff",
    "appointments_attendee",
    "appointments_appointment_services",
    "appointments_appointment",
    "mandates_report",
    "mandates_suspension",
    "mandates_mandaterequest_services",
    "mandates_mandaterequest",
    "mandates_mandateservice",
    "mandates_secondyes",
    "mandates_mandatechange",
    "mandates_mandate",
    "organisations_sheetline",
    "organisations_sheet",
    "organisations_leftout",
    "organisations_opening",
    "organisations_assignment",
    "organisations_licencepause",
    "organisations_licence_services",
    "organisations_licence",
    "organisations_memberinvitation",
    "organisations_block",
    "organisations_merger",
    "organisations_formerteam",
    "organisations_member",
    "organisations_team",
    "organisations_organisation",
    "helpdesk_call",
    "helpdesk_dispute",
    "helpdesk_lookup",
    "signin_draft",
    "parties_helpernumber",
    "parties_statedperson",
    "post_emailconfirmation",
    "post_emailaddress",
)
TRIES = 5
NUMBERS = "SELECT p.client_id, s.last_number FROM exchange_stream s JOIN services_portal p ON p.id = s.portal_id"
# People stay, but not what they chose.
AS_EVERYBODY = "UPDATE parties_person SET letter_language = 'nl', large_print = false"


def empty(practice: Practice) -> None:
    """Take away everything that people did before, and the letters that came of it."""
    shutil.rmtree(practice.letters, ignore_errors=True)
    practice.letters.mkdir()
    empty_files(practice)
    if practice.database_url.startswith("sqlite"):
        numbers = _empty_sqlite(practice.database_url.removeprefix("sqlite://"))
    else:
        numbers = _empty_postgresql(practice.database_url)
    is_up_to(practice, numbers)


def _empty_sqlite(path: str) -> dict[str, int]:
    with closing(sqlite3.connect(path, timeout=20)) as connection, connection:
        for table in TABLES:
            connection.execute(f"DELETE FROM {table}")
        connection.execute(AS_EVERYBODY)
        return dict(connection.execute(NUMBERS).fetchall())


def _empty_postgresql(url: str) -> dict[str, int]:
    """Empty the tables at a moment when the worker, which works on meanwhile, has none of them in hand."""
    with psycopg.connect(url) as connection:
        tables = sql.SQL(", ").join(map(sql.Identifier, TABLES))
        for _ in range(TRIES):
            try:
                connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(tables))
                break
            except psycopg.errors.DeadlockDetected:
                connection.rollback()
        for table in TABLES:
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        connection.execute(AS_EVERYBODY)
        return dict(connection.execute(NUMBERS).fetchall())
