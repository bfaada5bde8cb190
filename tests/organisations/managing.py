"""Mia, manager of Samen Sterk, and what managers do there. Carla is manager of De Brug."""

from datetime import date

from namens.journal.models import JournalEntry
from namens.organisations.actions import LicenceTerms
from namens.organisations.models import Licence, Member, Team
from namens.outbox.models import Kind, OutboxRow
from tests.people import TODAY
from tests.working import member, organisation

A_YEAR_ON = date(2027, 11, 22)


def mia() -> Member:
    """Give the manager of Samen Sterk."""
    found = Member.objects.filter(given_name="Mia", organisation=organisation()).first()
    return found or member(organisation(), "Mia", family_name="Jansen", is_manager=True)


def second_manager(given_name: str = "Noor") -> Member:
    """Give another manager of Samen Sterk."""
    return member(organisation(), given_name, family_name="Kuipers", is_manager=True)


def carla() -> Member:
    """Give the manager of De Brug."""
    return member(organisation("De Brug"), "Carla", family_name="Mulder", is_manager=True)


def team(name: str = "Noord", *, of: str = "Samen Sterk") -> Team:
    """Give a team."""
    return Team.objects.create(organisation=organisation(of), name=name)


def terms(
    *keys: str, first_day: date = TODAY, last_day: date = A_YEAR_ON, for_team: Team | None = None
) -> LicenceTerms:
    """Give terms for these services, *Mijn toeslagen* when none is named."""
    return LicenceTerms(
        services=frozenset(keys or ("mijn-toeslagen",)),
        first_day=first_day,
        last_day=last_day,
        team=for_team.id if for_team else None,
    )


def as_kept(licence: Licence) -> Licence:
    """Give a licence as the database has it now."""
    return Licence.objects.get(id=licence.id)


def written() -> list[str]:
    """Give the events in the journal, in their order, without those of the catalogue."""
    others = JournalEntry.objects.exclude(event__startswith="catalogue-")
    return list(others.order_by("at", "id").values_list("event", flat=True))


def losing() -> list[str]:
    """Give the ids of the members whose logins at portals the worker will end."""
    return [row.payload["member"] for row in OutboxRow.objects.filter(kind=Kind.MEMBER_ENDED)]
