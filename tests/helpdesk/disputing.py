"""A line of Anna's journal, and saying that it is not right."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from namens.exchange.models import ReportedAct
from namens.helpdesk import actions, disputes
from namens.helpdesk.models import Call, Dispute, DisputeKind
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import write
from namens.mandates.cases import SoundCaseNumber
from namens.mandates.models import Mandate
from namens.parties.models import Party
from namens.services.models import Portal
from namens.signin.models import Staff
from tests.people import NOW


def used(mandate: Mandate, portal: Portal, *, now: datetime = NOW) -> JournalEntry:
    """Let the helper log in at this portal with this mandate."""
    with transaction.atomic():
        return write(
            Event.MANDATE_USED,
            at=now,
            channel=Channel.PORTAL,
            actor=mandate.representative_id,
            subject=mandate.representee_id,
            mandate=mandate.id,
            portal=portal.id,
        )


def looked_up(client: Party, agent: Staff, *, now: datetime = NOW) -> JournalEntry:
    """Let this agent look this client up."""
    with transaction.atomic():
        return write(
            Event.CALLER_LOOKED_UP,
            at=now,
            channel=Channel.HELPDESK,
            actor=agent.id,
            subject=client.id,
            details={"caller": "client"},
        )


def did(client: Party, agent: Staff, *, mandate: Mandate, now: datetime, event: Event = Event.MANDATE_RESTORED) -> UUID:
    """Let this agent do something about a mandate of this client, and give the line."""
    with transaction.atomic():
        entry = write(event, at=now, channel=Channel.HELPDESK, actor=agent.id, subject=client.id, mandate=mandate.id)
    return entry.id


def acted(mandate: Mandate, portal: Portal, *, reference: str = "ZK-1", now: datetime = NOW) -> JournalEntry:
    """Let this portal have reported an act of the helper."""
    assert mandate.representative_id is not None
    with transaction.atomic():
        entry = write(
            Event.ACT_REPORTED,
            at=now,
            channel=Channel.PORTAL,
            actor=mandate.representative_id,
            subject=mandate.representee_id,
            mandate=mandate.id,
            portal=portal.id,
            details={"act": "wijziging", "name": "Een wijziging doorgegeven", "service": "mijn-toeslagen"},
        )
        ReportedAct.objects.create(
            id=entry.id,
            portal=portal,
            reference=reference,
            fingerprint="f" * 64,
            act="wijziging",
            service="mijn-toeslagen",
            actor=mandate.representative_id,
            representee=mandate.representee_id,
            mandate=mandate.id,
            done_at=now,
            reported_at=now,
        )
        return entry


def says(party: Party, line: JournalEntry, kind: DisputeKind = DisputeKind.NOT_DONE, *, now: datetime = NOW) -> Dispute:
    """Let somebody say that a line is not right."""
    return disputes.dispute(entry=line.id, party=party, kind=kind, now=now)


def opened(agent: Staff, dispute: Dispute, *, now: datetime = NOW) -> Call:
    """Give the line as an agent opens it by its number."""
    case = actions.find_case(agent=agent, number=SoundCaseNumber(dispute.case_number), now=now)
    assert isinstance(case, Call)
    return case
