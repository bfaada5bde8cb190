"""A member asks a client of the organisation to go on: a new mandate that waits for a yes, beside the one that ends."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.mandates import terms as rules
from namens.mandates.actions.asking import make_asked
from namens.mandates.actions.compare import when_to_write
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.client_file import file_of
from namens.mandates.letters import LetterKind, ask_letter, letter_by
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.renewals import Renewal, renewals_of
from namens.organisations.models import Member
from namens.organisations.reach import grounds_of

LONGEST_LABEL = 60


def ask_renewal(*, mandate: UUID, member: Member, now: datetime) -> MandateRequest:
    """Ask for the same services and length again, in the organisation's name. The client says yes online, or brings the
    code from the letter; until then the old mandate runs on.

    Raises MandateRefused: for a mandate of somebody else, one that the member cannot reach or has no licence for, and
    when it is too early or was asked already.
    """
    with transaction.atomic():
        held = hold_mandate(mandate)
        renewal = _renewal(held, member, now)
        rules.check_can_help(member.organisation.party, today=clock.day_of(now))
        made = _make(renewal, member, now)
        due_at = when_to_write(made, now)
        asked = MandateRequest.objects.create(
            helper_id=member.organisation_id,
            asked_by_member=member,
            label=renewal.mandate.representee.person.name.full[:LONGEST_LABEL],
            duration=renewal.duration,
            asked_at=now,
            letter_by=letter_by(clock.day_of(due_at)),
            waits_until=_waits_until(now),
            mandate=made,
            renews=renewal.mandate,
        )
        asked.services.set(renewal.services)
        ask_letter(LetterKind.CODE, mandate=made, now=now, due_at=due_at)
        write(
            Event.RENEWAL_ASKED,
            at=now,
            channel=Channel.PAGES,
            actor=member.party_id,
            subject=made.representee_id,
            mandate=made.id,
            details={"renews": str(mandate), "duration": renewal.duration.value},
        )
        return asked


def _renewal(held: Mandate | None, member: Member, now: datetime) -> Renewal:
    """Give what can be asked. Raises MandateRefused."""
    if held is None or held.representative_id != member.organisation_id:
        raise MandateRefused(MandateReason.NOT_YOURS)
    file = file_of(member, client=held.representee_id, now=now)
    if file is None:
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    if not file.is_open:
        raise MandateRefused(MandateReason.NO_LICENCE)
    grounds = grounds_of(member, now=now)
    every = renewals_of(member, clients=[held.representee_id], grounds=grounds, now=now)
    found = next((one for one in every if one.mandate.id == held.id), None)
    if found is None:
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    if not file.may_end(found.mandate):
        raise MandateRefused(MandateReason.NO_LICENCE)
    if found.refusal is not None:
        raise MandateRefused(found.refusal)
    return found


def _make(renewal: Renewal, member: Member, now: datetime) -> Mandate:
    return make_asked(
        client=renewal.mandate.representee,
        helper=member.organisation.party,
        services=renewal.services,
        duration=renewal.duration,
        waits_until=_waits_until(now),
        now=now,
    )


def _waits_until(now: datetime) -> date:
    return clock.day_of(now) + timedelta(days=settings.REQUEST_DAYS)
