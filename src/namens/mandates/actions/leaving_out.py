"""A client leaves one person out of an organisation, whatever licence that member has; and lets them in again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import write
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.letters import tell_by_email
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.organisations.actions.losing import end_logins
from namens.organisations.models import LeftOut, Member
from namens.outbox.actions import put
from namens.outbox.models import Kind
from namens.parties.models import Party


def leave_out(*, mandate: UUID, member: UUID, by: Party, now: datetime) -> None:
    """Let this member do nothing for the client any more, by this or any mandate of the organisation.

    Whoever is left out already stays so, and whoever leaves and begins anew there does too. Raises MandateRefused when
    it is not this client's mandate, or for who never did anything for this client.
    """
    with transaction.atomic():
        who = _member_for(mandate, member=member, client=by)
        _, is_new = LeftOut.objects.get_or_create(client=by, member=who, until__isnull=True, defaults={"since": now})
        if is_new:
            _note(Event.MEMBER_LEFT_OUT, who, mandate=mandate, client=by, now=now)
            end_logins(member, now=now)
            _tell(who, client=by, now=now)


def let_in_again(*, mandate: UUID, member: UUID, by: Party, now: datetime) -> None:
    """Let a member who was left out help again, as far as a licence reaches. Raises MandateRefused as `leave_out`."""
    with transaction.atomic():
        who = _member_for(mandate, member=member, client=by)
        if LeftOut.objects.filter(client=by, member=who, until__isnull=True).update(until=now):
            _note(Event.MEMBER_LET_IN, who, mandate=mandate, client=by, now=now)
            _tell(who, client=by, now=now)


def _tell(member: Member, *, client: Party, now: datetime) -> None:
    payload = {"client": str(client.id), "member": str(member.party_id)}
    put(Kind.EXCLUSION_CHANGED, payload=payload, now=now)


def _member_for(mandate: UUID, *, member: UUID, client: Party) -> Member:
    held = hold_mandate(mandate)
    if held is None or held.representee_id != client.id:
        raise MandateRefused(MandateReason.NOT_YOURS)
    found = Member.objects.filter(party=member, organisation=held.representative_id).first()
    if found is None or not _knows(client, member):
        raise MandateRefused(MandateReason.NOT_YOURS)
    return found


def _knows(client: Party, member: UUID) -> bool:
    """Say whether this member did something for the client, or was left out: perhaps in an earlier time there."""
    acted = JournalEntry.objects.filter(subject=client.id, actor=member)
    return acted.exists() or LeftOut.objects.filter(client=client, member=member).exists()


def _note(event: Event, member: Member, *, mandate: UUID, client: Party, now: datetime) -> None:
    write(
        event,
        at=now,
        channel=Channel.PAGES,
        actor=client.id,
        subject=client.id,
        mandate=mandate,
        details={"member": str(member.party_id)},
    )
    tell_by_email(party=client.id, now=now)
