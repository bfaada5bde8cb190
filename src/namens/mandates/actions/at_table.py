"""Asked at the table: nobody is stated; whoever opens it there, with an own login, becomes the client."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates import acting
from namens.mandates import terms as rules
from namens.mandates.actions.asking import make_asked
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.waiting import is_in_time
from namens.organisations.models import Member
from namens.parties.actions import hold
from namens.parties.models import Kind, Party
from namens.services.models import Service


def ask_at_table(
    *,
    helper: Party,
    label: str,
    services: Sequence[Service],
    duration: Duration,
    closes_at: datetime,
    now: datetime,
    member: Member | None = None,
    partner_of: MandateRequest | None = None,
    renews: Mandate | None = None,
) -> MandateRequest:
    """Ask for a mandate from who sits here, or with `renews` from the client of that mandate and nobody else.

    For an organisation a `member` of it asks, also one that may not type BSNs. Raises MandateRefused for what holds
    whoever opens it: the services, the length, the helper, the licence, a mandate or a partner of somebody else's.
    """
    by = acting.actor_of(helper, member=member)
    rules.check_can_help(helper, today=clock.day_of(now))
    rules.check_at_table(services, duration=duration, today=clock.day_of(now), to=Kind(helper.kind))
    if member is not None:
        acting.check_licensed(member, services=services, client=renews.representee_id if renews else None, at=now)
    with transaction.atomic():
        hold(party=by)
        _check_own(helper, member, partner_of=partner_of, renews=renews)
        asked = MandateRequest.objects.create(
            helper=helper,
            asked_by_member=member,
            label=label,
            duration=duration,
            asked_at=now,
            letter_by=clock.day_of(now),
            waits_until=clock.day_of(closes_at),
            closes_at=closes_at,
            partner_of=partner_of,
            renews=renews,
        )
        asked.services.set(services)
        _note(asked, services, by=by, now=now)
        return asked


def move_partner(*, before: MandateRequest, after: MandateRequest) -> None:
    """Let what was asked of the partner belong to the request that came in place of another."""
    MandateRequest.objects.filter(partner_of=before).update(partner_of=after)


def meet(*, request: UUID, client: Party, now: datetime) -> Mandate:
    """Make the mandate that waits for the yes of this client, who opened what was asked at the table; once.

    Raises MandateRefused: not possible when it was opened by somebody else, is for somebody else, is over or taken
    back; oneself when the helper opens it; same person twice when this client opened the other one of the pair.
    """
    with transaction.atomic():
        # Held: two phones may open it at once.
        MandateRequest.objects.filter(id=request, closes_at__isnull=False).update(label=F("label"))
        asked = _open(request, now)
        if asked.mandate is not None:
            if asked.mandate.representee_id != client.id:
                raise MandateRefused(MandateReason.NOT_POSSIBLE)
            return asked.mandate
        _check_client(asked, client)
        made = make_asked(
            client=client,
            helper=asked.helper,
            services=list(asked.services.all()),
            duration=Duration(asked.duration),
            waits_until=asked.waits_until,
            now=now,
            closes_at=asked.closes_at,
        )
        asked.mandate = made
        asked.save(update_fields=["mandate"])
        write(Event.REQUEST_OPENED, at=now, channel=Channel.PAGES, actor=client.id, subject=client.id, mandate=made.id)
        return made


def _note(asked: MandateRequest, services: Sequence[Service], *, by: Party, now: datetime) -> None:
    keys: list[str] = [service.key for service in services]
    details: dict[str, str | list[str]] = {"services": keys, "duration": asked.duration}
    write(Event.MANDATE_REQUESTED, at=now, channel=Channel.PAGES, actor=by.id, details=details)


def _open(request: UUID, now: datetime) -> MandateRequest:
    known = MandateRequest.objects.filter(id=request, closes_at__isnull=False, withdrawn_at__isnull=True)
    asked = known.select_related("helper", "mandate", "renews", "partner_of__mandate").first()
    if asked is None or not is_in_time(asked, now=now):
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    return asked


def _check_client(asked: MandateRequest, client: Party) -> None:
    if client.kind != Kind.PERSON or (asked.renews is not None and asked.renews.representee_id != client.id):
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    if asked.helper_id == client.id:
        raise MandateRefused(MandateReason.ONESELF)
    others = [asked.partner_of.mandate if asked.partner_of else None]
    others += [one.mandate for one in MandateRequest.objects.filter(partner_of=asked).select_related("mandate")]
    if any(other is not None and other.representee_id == client.id for other in others):
        raise MandateRefused(MandateReason.SAME_PERSON_TWICE)


def _check_own(
    helper: Party, member: Member | None, *, partner_of: MandateRequest | None, renews: Mandate | None
) -> None:
    """Raise MandateRefused for a pair or a renewal that is somebody else's."""
    if partner_of is not None and (partner_of.helper_id != helper.id or partner_of.asked_by_member != member):
        raise MandateRefused(MandateReason.NOT_YOURS)
    if renews is not None and (renews.representative_id != helper.id or renews.activated_at is None):
        raise MandateRefused(MandateReason.NOT_YOURS)
