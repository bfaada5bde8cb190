"""Short words for how organisations and their people come in. Olga and Otto are the operators of these tests."""

from datetime import date, datetime
from uuid import UUID

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.organisations.actions import (
    Admitted,
    Invited,
    NewMember,
    Terms,
    admit,
    admit_login,
    find_invitation,
    invite,
    invite_manager,
)
from namens.organisations.models import Member, MemberKind, Organisation
from namens.organisations.refusals import OrganisationReason
from namens.outbox.models import Kind, OutboxRow
from namens.parties.identifiers import KvkNumber, Pseudonym
from tests.people import NOW

OLGA, OTTO = UUID(int=1), UUID(int=2)
SAMEN_STERK, DE_BRUG = KvkNumber("90000011"), KvkNumber("90000022")
MIA = NewMember("Mia", "Jansen", "mia@samensterk.example")
SAM = NewMember("Sam", "Bakker", "sam@samensterk.example", kind=MemberKind.VOLUNTEER)
LAST_DAY = date(2026, 12, 31)


def admitted(
    kvk: KvkNumber = SAMEN_STERK, *, name: str = "Samen Sterk", manager: NewMember = MIA, now: datetime = NOW
) -> Admitted:
    """Let an organisation in, with its first manager invited."""
    terms = Terms(kvk, name, "Wmo 2015, art. 5.1.1", may_process_bsn=True)
    return admit(terms=terms, manager=manager, by=OLGA, channel=Channel.PAGES, now=now)


def logs_in(
    pseudonym: str, *, kvk: KvkNumber = SAMEN_STERK, link: Invited | None = None, now: datetime = NOW
) -> Member | OrganisationReason:
    """Let somebody come from eHerkenning, perhaps with the link of an invitation."""
    invitation = find_invitation(token=link.token) if link else None
    return admit_login(
        kvk=kvk,
        pseudonym=Pseudonym(pseudonym),
        establishment=None,
        invitation=invitation.id if invitation else None,
        now=now,
    )


def begun(pseudonym: str, link: Invited, *, kvk: KvkNumber = SAMEN_STERK, now: datetime = NOW) -> Member:
    """Let an invited person begin, and give the member."""
    member = logs_in(pseudonym, kvk=kvk, link=link, now=now)
    assert isinstance(member, Member)
    return member


def mia_begun(*, now: datetime = NOW) -> Member:
    """Give Mia, manager of Samen Sterk, after her first login."""
    return begun("mia", admitted(now=now).invited, now=now)


def invited_by(manager: Member, who: NewMember = SAM, *, now: datetime = NOW) -> Invited:
    """Let a manager invite somebody."""
    return invite(who=who, by=manager, now=now)


def second_manager(organisation: Organisation, *, now: datetime = NOW) -> Invited:
    """Let an operator invite one more manager."""
    who = NewMember("Noor", "Smit", "noor@samensterk.example")
    return invite_manager(organisation=organisation.party_id, who=who, by=OLGA, channel=Channel.PAGES, now=now)


def noted(event: Event) -> JournalEntry:
    """Give the only entry of this event."""
    return JournalEntry.objects.get(event=event)


def put(kind: Kind) -> list[dict[str, str]]:
    """Give what waits in the outbox of one kind."""
    return list(OutboxRow.objects.filter(kind=kind).order_by("put_at", "id").values_list("payload", flat=True))
