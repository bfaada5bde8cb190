"""Many clients of one organisation: `Persoon01 Achternaam01`, born in 1951, with a mandate each."""

from namens.mandates.models import Mandate, MandateService
from namens.organisations.models import Organisation
from namens.parties.facts import PersonName
from namens.parties.models import Kind, Party, Person
from tests.people import NOW, TODAY, services


def crowd(count: int, *, of: Organisation, first: int = 1) -> list[Party]:
    """Give `count` clients, numbered from `first` on; their names are in the order of their numbers."""
    numbers = range(first, first + count)
    parties = Party.objects.bulk_create([Party(kind=Kind.PERSON, created_at=NOW) for _ in numbers])
    Person.objects.bulk_create(
        [
            _person(party, PersonName(f"Persoon{n:02}", "", f"Achternaam{n:02}"))
            for party, n in zip(parties, numbers, strict=True)
        ]
    )
    mandates = Mandate.objects.bulk_create([_mandate(party, of) for party in parties])
    (service,) = services("mijn-toeslagen")
    MandateService.objects.bulk_create(
        [
            MandateService(
                mandate=mandate,
                service=service,
                representee=mandate.representee,
                representative=of.party,
                version=service.version,
                last_day=mandate.last_day,
                minimum_level=service.minimum_level,
                current=True,
            )
            for mandate in mandates
        ]
    )
    return parties


def _person(party: Party, name: PersonName) -> Person:
    return Person(
        party=party,
        bsn_digest=f"digest {party.id}",
        bsn_sealed="",
        given_names=name.given_names,
        family_name=name.family_name,
        folded_name=name.sorting,
        birth_date="1951-03-27",
        refreshed_at=NOW,
        # The register knows none of them.
        ask_again_at=NOW.replace(year=2036),
    )


def _mandate(client: Party, of: Organisation) -> Mandate:
    return Mandate(
        representee=client,
        representative=of.party,
        origin="given",
        state="active",
        first_day=TODAY,
        last_day=TODAY.replace(year=2027),
        level_given="low",
        offered_at=NOW,
        activated_at=NOW,
    )
