"""A helper asks for a mandate. Nobody is looked up: the answer is the same whoever was stated, true or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates import acting
from namens.mandates import terms as rules
from namens.mandates.letters import letter_by
from namens.mandates.models import MandateRequest
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.organisations.models import Member
from namens.outbox.actions import put
from namens.outbox.models import Kind
from namens.parties import stating
from namens.parties.actions import hold
from namens.parties.models import Kind as PartyKind
from namens.parties.models import Party
from namens.services.models import Service

log = structlog.get_logger()


@dataclass(frozen=True)
class Stated:
    """For whom a helper asks: the helper's own name for this client, and the id of what `parties.stating` keeps."""

    label: str
    kept: UUID


@dataclass(frozen=True)
class ForMeeting:
    """What is asked for an appointment: nothing is compared, and no letter made, before `begins_at`.

    With `only_on` it can be agreed to on that day only, by login or with a code from the letter, and is for that day.
    """

    begins_at: datetime
    only_on: date | None = None


@dataclass(frozen=True)
class Asker:
    """In whose name is asked, by which member when that is an organisation, and who that is for the journal."""

    helper: Party
    member: Member | None
    by: Party


def request(
    *,
    helper: Party,
    stated: Sequence[Stated],
    services: Sequence[Service],
    duration: Duration,
    now: datetime,
    member: Member | None = None,
    meeting: ForMeeting | None = None,
) -> list[MandateRequest]:
    """Ask for a mandate from each person: the first is the client, a second the client's allowance partner.

    Each is a request of its own. For an organisation a `member` of it asks. Raises MandateRefused for what holds
    whoever is asked: the services, the length, a helper who cannot help anybody, a member without BSNs or a licence for
    all of it, or something stated so long ago that it was erased.
    """
    asker = Asker(helper, member, acting.actor_of(helper, member=member))
    rules.check_can_help(helper, today=clock.day_of(now))
    only_on = meeting.only_on if meeting else None
    rules.check_by_letter(services, duration=duration, to=PartyKind(helper.kind), only_on=only_on)
    acting.check_may_type_bsn(member)
    if member is not None:
        acting.check_licensed(member, services=services, client=None, at=now)
    with transaction.atomic():
        hold(party=asker.by)
        due_at = when_to_compare(asker, not_before=meeting.begins_at if meeting else now, now=now)
        made: list[MandateRequest] = []
        for person in stated:
            client = made[0] if made else None
            made.append(_ask(asker, person, services, duration, client, due_at, only_on, now))
        return made


def withdraw(*, asked: UUID, by: Party, now: datetime, member: Member | None = None) -> None:
    """Take a request back that `by` made, or this `member` in the name of the organisation `by`.

    The same is done whether it met a client or not. Raises MandateRefused (not yours).
    """
    actor = acting.actor_of(by, member=member)
    own = MandateRequest.objects.filter(id=asked, helper=by, asked_by_member=member)
    with transaction.atomic():
        if not own.exists():
            raise MandateRefused(MandateReason.NOT_YOURS)
        take_back(asked, actor=actor, channel=Channel.PAGES, now=now)


def withdraw_with_organisation(*, asked: UUID, organisation: Party, now: datetime) -> None:
    """Take back what whichever member asked in the name of this organisation, which leaves."""
    with transaction.atomic():
        take_back(asked, actor=organisation, channel=Channel.WORKER, now=now)


def take_back(asked: UUID, *, actor: Party, channel: Channel, now: datetime) -> None:
    """Take a request back, in the open transaction; whether `actor` may do that was looked at before."""
    if MandateRequest.objects.filter(id=asked, withdrawn_at__isnull=True).update(withdrawn_at=now):
        write(Event.REQUEST_WITHDRAWN, at=now, channel=channel, actor=actor.id)
        put(Kind.REQUEST, payload={"request": str(asked)}, now=now)


def forget_unasked(*, now: datetime) -> None:
    """Erase what helpers stated on their way to a request that they never made."""
    needed = MandateRequest.objects.filter(stated__isnull=False).values_list("stated", flat=True)
    stating.forget_stale(now=now, needed=[kept for kept in needed if kept is not None])


def _ask(
    asker: Asker,
    person: Stated,
    services: Sequence[Service],
    duration: Duration,
    client: MandateRequest | None,
    due_at: datetime,
    only_on: date | None,
    now: datetime,
) -> MandateRequest:
    if not stating.claim(stated=person.kept, now=now):
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    asked = MandateRequest.objects.create(
        helper=asker.helper,
        asked_by_member=asker.member,
        label=person.label,
        stated=person.kept,
        duration=duration,
        asked_at=now,
        letter_by=letter_by(clock.day_of(due_at)),
        waits_until=only_on or clock.day_of(now) + timedelta(days=settings.REQUEST_DAYS),
        opens_on=only_on,
        partner_of=client,
    )
    asked.services.set(services)
    details = {"services": [service.key for service in services], "duration": duration.value}
    write(Event.MANDATE_REQUESTED, at=now, channel=Channel.PAGES, actor=asker.by.id, details=details)
    put(Kind.REQUEST, payload={"request": str(asked.id)}, now=now, due_at=due_at)
    return asked


def when_to_compare(asker: Asker, *, not_before: datetime, now: datetime) -> datetime:
    """Give when to ask the register: at once (or at `not_before`), or a day later each time that the cap is full.

    Nothing is dropped.

    Each member of an organisation has a cap: one who asks much delays no colleague. What is asked at the table brings
    no letter, and has a cap of its own.
    """
    limit = settings.REQUESTS
    own = MandateRequest.objects.filter(helper=asker.helper, asked_by_member=asker.member, renews__isnull=True)
    asked = own.filter(asked_at__gt=limit.since(now), closes_at__isnull=True).count()
    if limit.is_reached(asked):
        log.error("many requests by one helper", helper=str(asker.by.id), asked=asked)
    return max(not_before, now + limit.window * (asked // limit.times))
