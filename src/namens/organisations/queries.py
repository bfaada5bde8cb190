"""Reading who works where, and who may work today."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from namens.lib import clock
from namens.organisations.models import Block, Member, Organisation, Status
from namens.services.models import MandatedTo, Service

LEFT_LATELY = timedelta(days=4)


def at_work(member: Member, *, now: datetime) -> bool:
    """Say whether this member, loaded with the organisation, may be here at all. One statement.

    A licence is another question: a manager without one may be here too.
    """
    organisation = member.organisation
    if member.bound_at is None or member.ended_at is not None:
        return False
    if is_gone(organisation, now=now):
        return False
    return not any(
        block.member_id in {None, member.party_id}
        for block in Block.objects.filter(organisation=organisation, until__isnull=True)
    )


def manages(*, member: UUID, organisation: UUID, now: datetime) -> bool:
    """Say whether this member, by the party, is a manager of this organisation who may be here. Two statements."""
    here = Member.objects.select_related("organisation").filter(party=member, organisation=organisation)
    manager = here.filter(is_manager=True).first()
    return manager is not None and at_work(manager, now=now)


def is_gone(organisation: Organisation, *, now: datetime) -> bool:
    """Say whether this organisation is not (or not any more) one that people work for here."""
    has_left = organisation.last_day is not None and clock.day_of(now) > organisation.last_day
    return has_left or organisation.status != Status.ADMITTED


def running_managers(organisation: UUID) -> int:
    """Give how many managers of this organisation have begun. With one, a second is asked for."""
    begun = Member.objects.filter(organisation=organisation, bound_at__isnull=False, ended_at__isnull=True)
    return begun.filter(is_manager=True).count()


def licensable() -> QuerySet[Service]:
    """Give the services of the catalogue that a licence can be for: organisations may be mandated for them."""
    return Service.objects.filter(active=True, mandated_to__in=(MandatedTo.ORGANISATIONS, MandatedTo.BOTH))


def taking_part(*, today: date) -> QuerySet[Organisation]:
    """Give the organisations that can be mandated: admitted, not gone, and not switched off by the operator."""
    switched_off = Block.objects.filter(organisation=OuterRef("pk"), member__isnull=True, until__isnull=True)
    here = Organisation.objects.filter(Q(last_day__isnull=True) | Q(last_day__gte=today), status=Status.ADMITTED)
    return here.exclude(Exists(switched_off))


def left_lately(*, now: datetime) -> list[UUID]:
    """Give the organisations whose last day is past, and not for longer than a login at a portal is kept."""
    today = clock.day_of(now)
    left = Organisation.objects.filter(last_day__lt=today, last_day__gte=today - LEFT_LATELY)
    return list(left.values_list("party", flat=True))
