"""Reading who works at an organisation, with which licences: for its managers."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from namens.lib import clock
from namens.organisations.models import Licence, LicencePause, Member, Team


class Show(StrEnum):
    """Which people a manager wants to see."""

    EVERYBODY = "everybody"
    INVITED = "invited"
    WITHOUT_LICENCE = "without-licence"
    UNSEEN = "unseen"
    MANAGERS = "managers"
    FORMER = "former"


class LicenceState(StrEnum):
    """How a licence stands today."""

    RUNNING = "running"
    PAUSED = "paused"
    NOT_STARTED = "not-started"
    RUN_OUT = "run-out"
    ENDED = "ended"


def people_of(organisation: UUID, *, show: Show, text: str = "", now: datetime) -> QuerySet[Member]:
    """Give these people by name; each word of `text` has to stand in the name or the e-mail address."""
    found = Member.objects.filter(organisation=organisation).select_related("team")
    found = found.filter(ended_at__isnull=show is not Show.FORMER)
    if show is Show.INVITED:
        found = found.filter(bound_at__isnull=True)
    elif show is Show.UNSEEN:
        found = found.filter(_unseen(now))
    elif show is Show.MANAGERS:
        found = found.filter(is_manager=True)
    elif show is Show.WITHOUT_LICENCE:
        found = found.filter(~Exists(not_over(today=clock.day_of(now)).filter(member=OuterRef("party"))))
        found = found.filter(is_manager=False)
    for word in text.split():
        found = found.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(email__icontains=word))
    return found.order_by("family_name", "given_name", "party")


def not_over(*, today: date) -> QuerySet[Licence]:
    """Give the licences that run or will run, paused ones too."""
    return Licence.objects.filter(ended_at__isnull=True, later__isnull=True, last_day__gte=today)


def licences_of(members: Iterable[Member]) -> dict[UUID, list[Licence]]:
    """Give the licences of these members by member, the last to end first. Three statements, however many they are."""
    found = with_terms(Licence.objects.filter(member__in=[one.party_id for one in members], later__isnull=True))
    by_member: dict[UUID, list[Licence]] = defaultdict(list)
    for licence in found.order_by("-last_day", "-given_at", "id"):
        by_member[licence.member_id].append(licence)
    return by_member


def with_terms(licences: QuerySet[Licence]) -> QuerySet[Licence]:
    """Read services, team and open pauses along."""
    paused = Prefetch("pauses", queryset=LicencePause.objects.filter(until__isnull=True))
    return licences.select_related("team").prefetch_related("services", paused)


def state_of(licence: Licence, *, today: date) -> LicenceState:
    """Say how a licence, read with its pauses, stands today."""
    if licence.ended_at is not None:
        return LicenceState.ENDED
    if licence.last_day < today:
        return LicenceState.RUN_OUT
    if any(pause.until is None for pause in licence.pauses.all()):
        return LicenceState.PAUSED
    return LicenceState.NOT_STARTED if today < licence.first_day else LicenceState.RUNNING


def running_out(organisation: UUID, *, today: date) -> QuerySet[Licence]:
    """Give the licences that end within thirty days (a setting), or did so in the last thirty and have no successor."""
    window = timedelta(days=settings.REVIEW_DAYS)
    after = Licence.objects.filter(
        member=OuterRef("member"), ended_at__isnull=True, later__isnull=True, last_day__gt=OuterRef("last_day")
    )
    found = Licence.objects.filter(
        member__organisation=organisation,
        member__ended_at__isnull=True,
        ended_at__isnull=True,
        later__isnull=True,
        last_day__range=(today - window, today + window),
    )
    return with_terms(found.exclude(Exists(after))).select_related("member", "team").order_by("last_day", "id")


def teams_of(organisation: UUID) -> QuerySet[Team]:
    """Give the open teams by name, with how many people are in each."""
    here = Count("members", filter=Q(members__ended_at__isnull=True))
    return Team.objects.filter(organisation=organisation, closed_at__isnull=True).annotate(people=here).order_by("name")


def _unseen(now: datetime) -> Q:
    """Who began, and has not logged in for sixty days (a setting)."""
    since = now - timedelta(days=settings.UNSEEN_DAYS)
    return Q(bound_at__isnull=False) & (Q(seen_at__lt=since) | Q(seen_at__isnull=True, bound_at__lt=since))
