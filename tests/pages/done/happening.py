"""Things that happen for a client, as the doors write them in the journal."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import write, write_many
from namens.mandates.models import Mandate
from namens.services.models import Portal
from tests.people import NOW, portal

PAGE = "/wat-is-er-gedaan"
BY_ME = "/wat-hebt-u-gedaan"
AT_WORK = "/werk/gedaan"
SERVICE = "mijn-toeslagen"
ACT = "Wijziging van uw inkomen"


def the_portal() -> Portal:
    """Give the portal of the tests."""
    return Portal.objects.first() or portal()


def logged_in(mandate: Mandate, by: UUID, *, at: datetime = NOW, service: str = SERVICE) -> JournalEntry:
    """Let somebody have logged in at the portal with this mandate."""
    with transaction.atomic():
        return write(
            Event.MANDATE_USED,
            at=at,
            channel=Channel.PORTAL,
            actor=by,
            subject=mandate.representee_id,
            mandate=mandate.id,
            portal=the_portal().id,
            details={"services": [service]},
        )


def did(
    mandate: Mandate, by: UUID | None, *, at: datetime = NOW, what: str = ACT, event: Event = Event.ACT_REPORTED
) -> JournalEntry:
    """Let the portal have reported an act; `by` nobody where it says not who, or where that is nobody of the client."""
    with transaction.atomic():
        return write(
            event,
            at=at,
            channel=Channel.PORTAL,
            actor=by,
            subject=mandate.representee_id,
            mandate=mandate.id if event == Event.ACT_REPORTED else None,
            portal=the_portal().id,
            result="done" if event == Event.ACT_REPORTED else "stopped",
            details={"act": "wijziging", "name": what, "service": SERVICE, "reported_at": NOW.isoformat()},
        )


def many_logins(mandate: Mandate, by: UUID, *, count: int, since: datetime = NOW, each: timedelta) -> None:
    """Let somebody have logged in again and again, the newest at `since`."""
    at_portal = the_portal().id
    with transaction.atomic():
        write_many(
            [
                JournalEntry(
                    at=since - each * number,
                    event=Event.MANDATE_USED,
                    channel=Channel.PORTAL,
                    actor=by,
                    subject=mandate.representee_id,
                    mandate=mandate.id,
                    portal=at_portal,
                    details={"services": [SERVICE]},
                )
                for number in range(count)
            ]
        )
