"""An organisation with thousands of clients, written at once: what thousands of yeses would leave behind."""

from datetime import datetime, timedelta
from itertools import count

from benchmarks.world import SERVICE
from namens.lib import clock
from namens.lib.ids import new_id
from namens.mandates.models import Mandate, MandateService, Origin
from namens.mandates.states import State
from namens.organisations.models import Assignment, Licence, Member, MemberKind, Organisation, Status, Team
from namens.parties.facts import PersonName
from namens.parties.models import Kind, Party, Person
from namens.services.models import Service

_numbers = count(90_000_000)
GIVEN = ("Anna", "Mohammed", "Johanna", "Willem", "Fatima", "Jan", "Şenay", "Piet", "Maria", "Kees")
FAMILY = ("Jansen", "de Vries", "Bakker", "Özdemir", "Visser", "Smit", "Meijer", "Mulder", "de Groot", "Bos", "Kaya")


def organisation(*, now: datetime) -> Organisation:
    """Make an organisation that was admitted."""
    return Organisation.objects.create(
        party=_party(Kind.ORGANISATION, now),
        kvk_number=str(next(_numbers)),
        name="Stichting Proef",
        status=Status.ADMITTED,
        proposed_at=now,
        admitted_at=now,
    )


def member(works_for: Organisation, *, team: Team | None, now: datetime) -> Member:
    """Make a member with a licence for every client."""
    made = Member.objects.create(
        party=_party(Kind.MEMBER, now),
        organisation=works_for,
        given_name="Sam",
        family_name="Proef",
        kind=MemberKind.STAFF,
        email=f"{new_id()}@example.nl",
        team=team,
        pseudonym_digest=str(new_id()),
        invited_at=now,
        bound_at=now,
    )
    today = clock.day_of(now)
    last_day = today + timedelta(days=300)
    licence = Licence.objects.create(member=made, first_day=today, last_day=last_day, given_by=new_id(), given_at=now)
    licence.services.set(Service.objects.filter(key=SERVICE))
    return made


def clients(works_for: Organisation, *, number: int, keepers: list[Member], now: datetime) -> list[Party]:
    """Make so many clients with a mandate each, divided among these members and their teams."""
    made = [Party(kind=Kind.PERSON, created_at=now) for _ in range(number)]
    Party.objects.bulk_create(made)
    Person.objects.bulk_create(_person(party, turn, now) for turn, party in enumerate(made))
    _mandates(works_for, made, now)
    Assignment.objects.bulk_create(
        Assignment(organisation=works_for, client=party, member=keeper, team=keeper.team, since=now)
        for party, keeper in zip(made, keepers * (number // len(keepers) + 1), strict=False)
    )
    return made


def _mandates(works_for: Organisation, made: list[Party], now: datetime) -> None:
    service, today = Service.objects.get(key=SERVICE), clock.day_of(now)
    mandates = [
        Mandate(
            representee=party,
            representative=works_for.party,
            origin=Origin.GIVEN,
            state=State.ACTIVE,
            first_day=today,
            last_day=today + timedelta(days=10 + turn % 350),
            level_given="low",
            offered_at=now,
            activated_at=now - timedelta(hours=turn),
        )
        for turn, party in enumerate(made)
    ]
    Mandate.objects.bulk_create(mandates)
    MandateService.objects.bulk_create(
        MandateService(
            mandate=mandate,
            service=service,
            representee=mandate.representee,
            representative=works_for.party,
            version_id=service.version_id,
            last_day=mandate.last_day,
            minimum_level=service.minimum_level,
            current=True,
        )
        for mandate in mandates
    )


def _person(party: Party, turn: int, now: datetime) -> Person:
    name = PersonName(GIVEN[turn % len(GIVEN)], "", f"{FAMILY[turn % len(FAMILY)]} {turn}")
    return Person(
        party=party,
        bsn_digest=f"proef:{party.id}",
        bsn_sealed="proef",
        given_names=name.given_names,
        family_name=name.family_name,
        folded_name=name.sorting,
        birth_date=f"{1930 + turn % 70}-01-01",
        refreshed_at=now,
        ask_again_at=now,
    )


def _party(kind: Kind, now: datetime) -> Party:
    return Party.objects.create(kind=kind, created_at=now)
