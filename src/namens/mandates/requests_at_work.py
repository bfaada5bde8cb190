"""Reading what members of an organisation asked in its name, for one member who looks.

As for any helper nothing here depends on who was stated, or on what became of it, until the mandate is active.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from namens.lib import clock
from namens.mandates.client_list import Sort, Whose
from namens.mandates.models import MandateRequest
from namens.mandates.states import State
from namens.mandates.waiting import UNMET_KEPT
from namens.organisations.models import Assignment, LeftOut, Member
from namens.organisations.reach import Ground

_ORDER: dict[Sort, tuple[str, ...]] = {
    Sort.NAME: ("label", "id"),
    Sort.LAST_DAY: ("waits_until", "label", "id"),
    Sort.NEWEST: ("-asked_at", "id"),
}


def asked_at_work(
    member: Member, *, grounds: frozenset[Ground], whose: Whose, sort: Sort, now: datetime
) -> QuerySet[MandateRequest]:
    """Give what was asked in the organisation's name as far as licences of this member are for it, with who asked.

    A licence for a team is for what members of that team asked of people whom only they know, and for renewals of that
    team's clients. Whom the client left out sees no renewal of that client. What is active is not among it: that is a
    mandate. Nor is what is asked at the table: it is seen there.
    """
    today = clock.day_of(now)
    every = MandateRequest.objects.filter(_reached(member, grounds), helper=member.organisation_id)
    waiting = every.filter(waits_until__gte=today - UNMET_KEPT, closes_at__isnull=True)
    waiting = waiting.exclude(mandate__activated_at__isnull=False)
    return _of_whom(waiting, member, grounds, whose).select_related("asked_by_member").order_by(*_ORDER[sort])


def waits_for_letter(asked: QuerySet[MandateRequest], *, today: date) -> QuerySet[MandateRequest]:
    """Leave only what waits for the letter."""
    return _can_be_agreed_to(asked, today).filter(letter_by__gte=today)


def has_code(asked: QuerySet[MandateRequest], *, today: date) -> QuerySet[MandateRequest]:
    """Leave only that for which the client can have the code, and its day has come where it is for one day."""
    has_come = Q(opens_on__isnull=True) | Q(opens_on__lte=today)
    return _can_be_agreed_to(asked, today).filter(has_come, letter_by__lt=today)


def due(asked: QuerySet[MandateRequest], *, since: date, until: date, today: date) -> QuerySet[MandateRequest]:
    """Leave only codes that can be there since `since`, or that are worth nothing after `until`."""
    # The day after the last one on which the letter can come is the first on which the code is surely there.
    return has_code(asked, today=today).filter(Q(letter_by__gte=since - timedelta(days=1)) | Q(waits_until__lte=until))


def half_done(asked: QuerySet[MandateRequest]) -> QuerySet[MandateRequest]:
    """Leave only that of which the other half, for the client or for the partner, is active already.

    Both halves come with it.
    """
    active = Q(mandate__activated_at__isnull=False, mandate__state=State.ACTIVE)
    client = MandateRequest.objects.filter(active, id=OuterRef("partner_of"))
    partner = MandateRequest.objects.filter(active, partner_of=OuterRef("id"))
    return asked.filter(Exists(client) | Exists(partner)).select_related("partner_of").prefetch_related("partners")


def _can_be_agreed_to(asked: QuerySet[MandateRequest], today: date) -> QuerySet[MandateRequest]:
    return asked.filter(withdrawn_at__isnull=True, waits_until__gte=today)


def _reached(member: Member, grounds: Iterable[Ground]) -> Q:
    """What one asked oneself, and what others asked for a service of a licence that reaches them."""
    covered = Q(asked_by_member=member)
    for ground in grounds:
        asked_for = MandateRequest.services.through.objects.filter(
            mandaterequest=OuterRef("id"), service=ground.service
        )
        covered |= Q(Exists(asked_for)) & (Q() if ground.team is None else _of_team(ground.team))
    out = LeftOut.objects.filter(client=OuterRef("renews__representee"), member=member, until__isnull=True)
    return covered & ~Q(Exists(out))


def _of_team(team: UUID) -> Q:
    """A renewal has the client's own name, so there it is about whose client that is, and not about who asked."""
    assigned = Assignment.objects.filter(client=OuterRef("renews__representee"), team=team, until__isnull=True)
    return Q(renews__isnull=True, asked_by_member__team=team) | Q(Exists(assigned))


def _of_whom(
    asked: QuerySet[MandateRequest], member: Member, grounds: Iterable[Ground], whose: Whose
) -> QuerySet[MandateRequest]:
    if whose is Whose.MINE:
        return asked.filter(asked_by_member=member)
    teams = {team for team in (member.team_id, *(ground.team for ground in grounds)) if team is not None}
    if whose is Whose.TEAM and teams:
        return asked.filter(asked_by_member__team__in=teams)
    return asked.filter(asked_by_member__team__isnull=True) if whose is Whose.TEAM else asked
