"""The organisations of the tests: Samen Sterk, where Sam (staff) and Vera (volunteer) work and Mia is manager; and De
Brug, where Carla is manager. Dirk works nowhere."""

from datetime import date, datetime
from uuid import UUID

from namens.codes.actions import Match
from namens.lib.ids import new_id
from namens.mandates.actions import Activated, activate, try_code
from namens.mandates.models import Mandate, MandateService
from namens.organisations.models import Licence, Member, MemberKind, Organisation, Status, Team
from namens.parties.facts import PersonName
from namens.parties.identifiers import Bsn
from namens.parties.keys import digest_now
from namens.parties.models import Kind, Party, Person
from tests.people import BSNS, NOW, TODAY, give, services

KVK_NUMBERS = {"Samen Sterk": "90000011", "De Brug": "90000022"}


def organisation(name: str = "Samen Sterk", *, may_process_bsn: bool = True, now: datetime = NOW) -> Organisation:
    """Give an organisation that the operator admitted."""
    found = Organisation.objects.filter(kvk_number=KVK_NUMBERS[name]).first()
    if found is not None:
        return found
    return Organisation.objects.create(
        party=Party.objects.create(kind=Kind.ORGANISATION, created_at=now),
        kvk_number=KVK_NUMBERS[name],
        name=name,
        status=Status.ADMITTED,
        may_process_bsn=may_process_bsn,
        bsn_basis="Wmo 2015, art. 5.1.1" if may_process_bsn else "",
        proposed_at=now,
        admitted_at=now,
    )


def member(
    works_for: Organisation,
    given_name: str = "Sam",
    *,
    family_name: str = "Bakker",
    kind: MemberKind = MemberKind.STAFF,
    is_manager: bool = False,
    team: Team | None = None,
    now: datetime = NOW,
) -> Member:
    """Give a member who has logged in before."""
    return Member.objects.create(
        party=Party.objects.create(kind=Kind.MEMBER, created_at=now),
        organisation=works_for,
        given_name=given_name,
        family_name=family_name,
        kind=kind,
        email=f"{given_name.lower()}-{new_id()}@example.nl",
        is_manager=is_manager,
        team=team,
        pseudonym_digest=digest_now("pseudonym", f"{works_for.kvk_number} {given_name} {family_name}"),
        invited_at=now,
        bound_at=now,
        seen_at=now,
    )


def licence(
    holder: Member,
    *keys: str,
    first_day: date = TODAY,
    last_day: date = date(2027, 11, 22),
    team: Team | None = None,
    given_by: UUID | None = None,
    now: datetime = NOW,
) -> Licence:
    """Give this member a licence for these services, *Mijn toeslagen* when none is named."""
    given = Licence.objects.create(
        member=holder,
        first_day=first_day,
        last_day=last_day,
        team=team,
        given_by=given_by or new_id(),
        given_at=now,
    )
    given.services.set(services(*(keys or ("mijn-toeslagen",))))
    return given


def mandate_of(
    client: Party, works_for: Organisation, *keys: str, last_day: date = date(2027, 10, 31), now: datetime = NOW
) -> Mandate:
    """Give an active mandate of this client in the organisation's name."""
    mandate = Mandate.objects.create(
        representee=client,
        representative=works_for.party,
        origin="given",
        state="active",
        first_day=TODAY,
        last_day=last_day,
        level_given="low",
        offered_at=now,
        activated_at=now,
    )
    for one in services(*(keys or ("mijn-toeslagen",))):
        MandateService.objects.create(
            mandate=mandate,
            service=one,
            representee=client,
            representative=works_for.party,
            version=one.version,
            last_day=last_day,
            minimum_level=one.minimum_level,
            sensitive_seen=one.sensitive_keys,
            current=True,
        )
    return mandate


def client_called(family_name: str, *, now: datetime = NOW) -> Party:
    """Give one more person, of whom nothing is known but this name and a birth year."""
    party = Party.objects.create(kind=Kind.PERSON, created_at=now)
    name = PersonName("Cliënt", "", family_name)
    Person.objects.create(
        party=party,
        bsn_digest=f"test:{party.id}",
        bsn_sealed="test",
        given_names=name.given_names,
        family_name=name.family_name,
        folded_name=name.sorting,
        birth_date="1970",
        refreshed_at=now,
        ask_again_at=now,
    )
    return party


def activated(client: Party, who: Member, *, now: datetime = NOW, bsn: Bsn = BSNS["anna"]) -> Mandate:
    """Give a mandate that this client gave to the member's organisation, and whose code that member used."""
    helper = who.organisation.party
    given = give(client, helper, now=now)
    match = try_code(code=given.code, bsn=bsn, helper=helper, member=who, now=now)
    assert isinstance(match, Match)
    assert isinstance(activate(code=match.code, helper=helper, member=who, now=now), Activated)
    return Mandate.objects.get(id=given.mandate.id)
