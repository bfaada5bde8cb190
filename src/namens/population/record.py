"""Reads an answer of the BRP Personen API into facts. Whatever does not look as described is refused, not guessed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from namens.parties.facts import PersonFacts, PersonName, StopSignal
from namens.parties.identifiers import Bsn
from namens.population.answers import Found, NotFound
from namens.population.parts import Part, RecordError, date_of, is_true, part_of, text_of

KIND = "RaadpleegMetBurgerservicenummer"

# What we ask. `opschortingBijhouding` comes by itself whenever it applies; asking for it is an error.
FIELDS = (
    "burgerservicenummer",
    "naam.voornamen",
    "naam.voorvoegsel",
    "naam.geslachtsnaam",
    "geboorte.datum",
    "overlijden.datum",
    "indicatieCurateleRegister",
)

# Emigrated, by decision of the minister (diplomats), registered as non-resident: all may give a mandate.
_HARMLESS_SUSPENSIONS = frozenset({"E", "M", "R"})
_DIED = "O"

Given = TypeVar("Given")


@dataclass(frozen=True)
class Inquiry(Generic[Given]):
    """A question about one person: which fields, and how the person in the answer is read."""

    bsn: Bsn
    fields: tuple[str, ...]
    read_person: Callable[[Part], Given]

    @property
    def body(self) -> bytes:
        """Give what is sent."""
        return json.dumps({"type": KIND, "burgerservicenummer": [self.bsn.digits], "fields": self.fields}).encode()

    def read(self, body: bytes) -> Given | NotFound:
        """Read the answer. Raises RecordError, also when it is about somebody else."""
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError):
            raise RecordError from None
        if not isinstance(answer, Mapping) or answer.get("type") != KIND:
            raise RecordError
        people = answer.get("personen")
        if people == []:
            return NotFound()
        if not isinstance(people, list) or len(people) != 1:
            raise RecordError
        person = part_of(people[0])
        if person.get("burgerservicenummer") != self.bsn.digits:
            raise RecordError
        return self.read_person(person)


def facts_inquiry(bsn: Bsn) -> Inquiry[Found]:
    """Give the question for the facts of one person."""
    return Inquiry(bsn=bsn, fields=FIELDS, read_person=lambda person: Found(facts_of(person)))


def facts_of(person: Part) -> PersonFacts:
    """Read one person. Raises RecordError."""
    return PersonFacts(
        name=_name(part_of(person.get("naam"))),
        birth_date=date_of(part_of(person.get("geboorte", {})).get("datum")),
        signals=frozenset(_signals(person)),
    )


def _name(written: Part) -> PersonName:
    name = PersonName(
        given_names=text_of(written.get("voornamen", "")),
        prefix=text_of(written.get("voorvoegsel", "")),
        family_name=text_of(written.get("geslachtsnaam", "")),
    )
    if not name.given_names and not name.family_name:
        raise RecordError
    return name


def _signals(person: Part) -> set[StopSignal]:
    found: set[StopSignal] = set()
    if "overlijden" in person and part_of(person["overlijden"]).get("indicatieOverleden") is not False:
        found.add(StopSignal.DECEASED)
    if is_true(person.get("indicatieCurateleRegister", False)):
        found.add(StopSignal.GUARDIANSHIP)
    if "opschortingBijhouding" in person:
        found |= _suspension(part_of(person["opschortingBijhouding"]))
    return found


def _suspension(written: Part) -> set[StopSignal]:
    """Give the signal of a record that is no longer kept; a reason that we do not know stops too."""
    reason = part_of(written.get("reden", {})).get("code")
    if reason == _DIED:
        return {StopSignal.DECEASED}
    return set() if reason in _HARMLESS_SUSPENSIONS else {StopSignal.ERRONEOUS}
