"""Why a member cannot help somebody: what lacks whoever the client is, and whom there can be something to say about.

For the member's own eyes.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from namens.lib.folding import folded
from namens.mandates import licences
from namens.mandates.client_list import MOST_WORDS
from namens.mandates.licences import Membership, Missing, Reach
from namens.mandates.membership import Dialect, member_column, membership
from namens.mandates.models import MandateService
from namens.organisations.models import Assignment, Member
from namens.organisations.reach import Ground
from namens.parties.models import Person

MOST_FOUND = 25
_YEAR = 4


def gaps_of(member: Member, *, services: Iterable[str], at: datetime) -> dict[str, Missing]:
    """Give what is missing for each of these services (keys) for which something is. One statement.

    A licence of a team counts as one that does not reach a client without a team.
    """
    held = _membership(member)
    found = {one: licences.missing(held, reach=Reach(), service=one, at=at) for one in services}
    return {one: missing for one, missing in found.items() if missing is not None}


def found_by_name(member: Member, *, typed: str, grounds: frozenset[Ground], services: Iterable[str]) -> list[UUID]:
    """Give the first clients with this name or birth year whose mandate was ever active here for one of `services`.

    Only those within reach of the licences (see `grounds_of`), with a reason or without. One statement; none when
    nothing was typed or no licence counts.
    """
    words = folded(typed).split()[:MOST_WORDS]
    if not words or not grounds:
        return []
    lines = MandateService.objects.filter(
        representative=member.organisation_id, service__key__in=list(services), mandate__activated_at__isnull=False
    )
    teams = {ground.team for ground in grounds}
    if None not in teams:
        own = Assignment.objects.filter(organisation=member.organisation_id, until__isnull=True, team__in=teams)
        lines = lines.filter(representee__in=own.values("client"))
    named = Person.objects.filter(*map(_matches, words), party__in=lines.values("representee"))
    return list(named.order_by("folded_name", "party").values_list("party", flat=True)[:MOST_FOUND])


def _matches(word: str) -> Q:
    is_year = len(word) == _YEAR and word.isdecimal()
    return Q(birth_date__startswith=word) if is_year else Q(folded_name__contains=word)


def _membership(member: Member) -> Membership | None:
    dialect = Dialect(connection.vendor)
    ids = [member.party_id, member.organisation_id]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {member_column(dialect, member='%s', organisation='%s')}",
            [one.hex if dialect is Dialect.SQLITE else one for one in ids],
        )
        return membership(cursor.fetchone()[0])
