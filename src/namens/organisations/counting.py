"""What operators read of organisations: how they stand, and how many people they have. Never a client."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from namens.lib import clock
from namens.organisations.models import Block, Licence, Member, Organisation, Status


class Standing(StrEnum):
    """Where an organisation stands today."""

    WAITS = "waits"
    WORKS = "works"
    BLOCKED = "blocked"
    LEAVES = "leaves"
    LEFT = "left"
    REFUSED = "refused"


def counted(*, now: datetime) -> QuerySet[Organisation]:
    """Give all organisations with `members_now`, `managers_now`, `licences_now` (that run) and `is_blocked`."""
    begun = Member.objects.filter(organisation=OuterRef("pk"), bound_at__isnull=False, ended_at__isnull=True)
    running = Licence.objects.filter(
        member__organisation=OuterRef("pk"),
        member__ended_at__isnull=True,
        ended_at__isnull=True,
        last_day__gte=clock.day_of(now),
    )
    blocks = Block.objects.filter(organisation=OuterRef("pk"), member__isnull=True, until__isnull=True)
    return Organisation.objects.annotate(
        members_now=_number(begun, "organisation"),
        managers_now=_number(begun.filter(is_manager=True), "organisation"),
        licences_now=_number(running, "member__organisation"),
        is_blocked=Exists(blocks),
    )


def standing_of(organisation: Organisation, *, now: datetime) -> Standing:
    """Give where an organisation stands; `counted` gave it."""
    if organisation.status == Status.PROPOSED:
        return Standing.WAITS
    if organisation.status == Status.REFUSED:
        return Standing.REFUSED
    if organisation.last_day is not None and clock.day_of(now) > organisation.last_day:
        return Standing.LEFT
    if vars(organisation)["is_blocked"]:
        return Standing.BLOCKED
    return Standing.LEAVES if organisation.last_day is not None else Standing.WORKS


def with_standing(found: QuerySet[Organisation], standing: Standing, *, now: datetime) -> QuerySet[Organisation]:
    """Leave only those of `counted` that stand so."""
    today = clock.day_of(now)
    here = Q(status=Status.ADMITTED) & (Q(last_day__isnull=True) | Q(last_day__gte=today))
    wanted = {
        Standing.WAITS: Q(status=Status.PROPOSED),
        Standing.REFUSED: Q(status=Status.REFUSED),
        Standing.LEFT: Q(status=Status.ADMITTED, last_day__lt=today),
        Standing.BLOCKED: here & Q(is_blocked=True),
        Standing.LEAVES: here & Q(is_blocked=False, last_day__isnull=False),
        Standing.WORKS: here & Q(is_blocked=False, last_day__isnull=True),
    }
    return found.filter(wanted[standing])


def matching(found: QuerySet[Organisation], words: str) -> QuerySet[Organisation]:
    """Leave only those whose name has these words, or whose KvK number begins with them."""
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(kvk_number__startswith=word))
    return found


def people_of(organisation: UUID) -> QuerySet[Member]:
    """Give everybody who works or worked for an organisation, running ones first, then by name."""
    everybody = Member.objects.filter(organisation=organisation)
    return everybody.order_by(F("ended_at").asc(nulls_first=True), "family_name", "given_name", "party")


def _number(of: QuerySet[Member] | QuerySet[Licence], by: str) -> Coalesce:
    return Coalesce(Subquery(of.order_by().values(by).annotate(number=Count("pk")).values("number")), 0)
