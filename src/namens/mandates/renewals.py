"""What a member can ask a renewal of, and of whom one was asked. The client is known here, so nothing is stated.

That a client said no stays the client's own affair: until there is a yes all that is said here follows from the days.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates import terms as rules
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.queries import with_lines
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State
from namens.organisations.models import Member
from namens.organisations.reach import Ground
from namens.parties.models import Kind
from namens.services.models import Service

ASKED_FROM = timedelta(days=92)


@dataclass(frozen=True)
class Renewal:
    """A mandate and what it would be renewed for; or why that cannot be asked."""

    mandate: Mandate
    services: list[Service]
    last_day: date
    duration: Duration
    refusal: MandateReason | None = None


def pending(member: Member, *, clients: Iterable[UUID], today: date) -> dict[UUID, MandateRequest]:
    """Give the renewal that somebody of this organisation asked of each of these clients and that has no yes yet.

    One statement.
    """
    asked = MandateRequest.objects.filter(
        helper=member.organisation_id,
        renews__representee__in=list(clients),
        withdrawn_at__isnull=True,
        waits_until__gte=today,
        closes_at__isnull=True,
        mandate__activated_at__isnull=True,
    )
    found = asked.select_related("renews").prefetch_related("services").order_by("asked_at", "id")
    return {one.renews.representee_id: one for one in found if one.renews is not None}


def renewals_of(member: Member, *, clients: Sequence[UUID], grounds: frozenset[Ground], now: datetime) -> list[Renewal]:
    """Give each running mandate of these clients, whom the member reaches now, with what can be asked for it.

    One that a newer mandate takes the place of is not among them. Four statements.
    """
    today = clock.day_of(now)
    running = Mandate.objects.filter(
        representee__in=clients, representative=member.organisation_id, state=State.ACTIVE, last_day__gte=today
    )
    mandates = with_lines(list(running.select_related("representee__person").order_by("last_day", "id")))
    asked = pending(member, clients=clients, today=today)
    every = (_renewal(mandate, asked.get(mandate.representee_id), grounds, today) for mandate in mandates)
    return [one for one in every if one is not None]


def _renewal(mandate: Mandate, asked: MandateRequest | None, grounds: frozenset[Ground], today: date) -> Renewal | None:
    lines = [
        line for line in mandate.shown_lines if line.current and line.stopped_at is None and line.last_day >= today
    ]
    if not lines:
        return None
    services, last_day = [line.service for line in lines], min(line.last_day for line in lines)
    refusal, duration = None, same_length(mandate, services)
    try:
        _check(services, last_day=last_day, duration=duration, grounds=grounds, today=today)
        if asked is not None and {one.id for one in asked.services.all()} & {one.id for one in services}:
            raise MandateRefused(MandateReason.RENEWAL_ASKED)
    except MandateRefused as refused:
        refusal = refused.reason
    return Renewal(mandate=mandate, services=services, last_day=last_day, duration=duration, refusal=refusal)


def _check(
    services: list[Service], *, last_day: date, duration: Duration, grounds: frozenset[Ground], today: date
) -> None:
    if not {service.id for service in services} <= {ground.service for ground in grounds}:
        raise MandateRefused(MandateReason.NO_LICENCE)
    if last_day - today > ASKED_FROM:
        raise MandateRefused(MandateReason.RENEWAL_TOO_EARLY)
    rules.check_by_letter(services, duration=duration, to=Kind.ORGANISATION)


def same_length(mandate: Mandate, services: list[Service]) -> Duration:
    """Give the length that the mandate had, or the longest below it that people choose from and the services allow."""
    if mandate.duration:
        return Duration(mandate.duration)
    longest = min(service.longest_months for service in services)
    fitting = [
        one
        for one in Duration
        if one is not Duration.TODAY and one.months <= longest and one.last_day(mandate.first_day) <= mandate.last_day
    ]
    return max(fitting, key=lambda one: one.months, default=Duration.ONE_MONTH)
