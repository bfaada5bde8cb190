"""Which clients the licences of a member reach today: the ground on which lists of clients are made.

It says no more than the rules in `mandates.licences`, in a form that a database can search by.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from namens.lib import clock
from namens.organisations.models import Licence, LicencePause, Member, Organisation


@dataclass(frozen=True)
class Ground:
    """One service of a licence that counts now, for the clients of `team`, or for all clients when that is None."""

    service: UUID
    team: UUID | None = None


def grounds_of(member: Member, *, now: datetime) -> frozenset[Ground]:
    """Give what the licences of a member who is at work reach now; empty without any. One statement."""
    today = clock.day_of(now)
    # What takes access away counts as soon as it is there, whatever our clock says of its instant.
    paused = LicencePause.objects.filter(Q(until__isnull=True) | Q(until__gt=now), licence=OuterRef("id"))
    counting = Licence.objects.filter(
        ~Exists(paused),
        member=member,
        ended_at__isnull=True,
        given_at__lte=now,
        first_day__lte=today,
        last_day__gte=today,
        services__isnull=False,
    )
    return frozenset(Ground(service=service, team=team) for service, team in counting.values_list("services", "team"))


def managers_of(organisation: Organisation) -> list[Member]:
    """Give the managers who can give a licence, by name. One statement."""
    here = Member.objects.filter(organisation=organisation, is_manager=True, ended_at__isnull=True)
    return list(here.filter(bound_at__isnull=False).order_by("given_name", "family_name", "party_id"))
