"""Asking the same person again, because the day of the appointment moved. The helper learns nothing of whom."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates import acting
from namens.mandates import terms as rules
from namens.mandates.actions.request import Asker, take_back, when_to_compare
from namens.mandates.letters import letter_by
from namens.mandates.models import MandateRequest
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.organisations.models import Member
from namens.outbox.actions import put
from namens.outbox.models import Kind
from namens.parties.actions import hold
from namens.parties.models import Party


def ask_again(
    *,
    asked: UUID,
    helper: Party,
    only_on: date,
    begins_at: datetime,
    now: datetime,
    member: Member | None = None,
    partner_of: MandateRequest | None = None,
) -> MandateRequest:
    """Take this request of the helper's back, and ask the same person for another day. A yes to it does not count.

    The letter for the new day is begun at `begins_at`, as in `ForMeeting`.

    The statements are the same whether the first one met anybody or not. The new one is asked by `member`, perhaps a
    colleague of who asked first. Raises MandateRefused: not yours, or the member may not ask this any more.
    """
    by = acting.actor_of(helper, member=member)
    rules.check_can_help(helper, today=clock.day_of(now))
    acting.check_may_type_bsn(member)
    with transaction.atomic():
        hold(party=by)
        before = MandateRequest.objects.filter(id=asked, helper=helper).first()
        if before is None:
            raise MandateRefused(MandateReason.NOT_YOURS)
        services = list(before.services.all())
        if member is not None:
            acting.check_licensed(member, services=services, client=None, at=now)
        due_at = when_to_compare(Asker(helper, member, by), not_before=begins_at, now=now)
        take_back(before.id, actor=by, channel=Channel.PAGES, now=now)
        again = _create(before, member=member, only_on=only_on, due_at=due_at, partner_of=partner_of, now=now)
        again.services.set(services)
        details = {"services": [service.key for service in services], "duration": Duration(before.duration).value}
        write(Event.MANDATE_REQUESTED, at=now, channel=Channel.PAGES, actor=by.id, details=details)
        put(Kind.REQUEST, payload={"request": str(again.id)}, now=now, due_at=due_at)
        return again


def _create(
    before: MandateRequest,
    *,
    member: Member | None,
    only_on: date,
    due_at: datetime,
    partner_of: MandateRequest | None,
    now: datetime,
) -> MandateRequest:
    """Make the request for the new day. What was not compared yet goes with it."""
    MandateRequest.objects.filter(id=before.id).update(stated=None)
    return MandateRequest.objects.create(
        helper_id=before.helper_id,
        asked_by_member=member,
        label=before.label,
        stated=before.stated,
        duration=before.duration,
        asked_at=now,
        letter_by=letter_by(clock.day_of(due_at)),
        waits_until=only_on,
        opens_on=only_on,
        partner_of=partner_of,
        again_of_id=_met_or_not(before),
    )


def _met_or_not(before: MandateRequest) -> UUID | None:
    """Give the request in which the worker will see who it is: an earlier one, when nothing was done with this yet."""
    if before.mandate_id is None and before.stated is None and before.again_of_id is not None:
        return before.again_of_id
    return before.id
