"""Where a letter to a person can go, as the register knows it, and what stands in the way of one.

Only to be used for a letter, or to compare with what a caller says: an address is never stored or shown by us.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from namens.parties.facts import PersonFacts, StopSignal
from namens.parties.identifiers import Bsn
from namens.population.answers import NotFound, Unavailable
from namens.population.connection import register
from namens.population.parts import Part, date_of, is_true, part_of, text_of
from namens.population.record import FIELDS, Inquiry, facts_of

MOVED_RECENTLY = timedelta(days=14)

# `inOnderzoek`, `geheimhoudingPersoonsgegevens` and `indicatieVastgesteldVerblijftNietOpAdres` come by themselves.
ADDRESS_FIELDS = (
    *FIELDS,
    "adressering.aanschrijfwijze.naam",
    "adressering.adresregel1",
    "adressering.adresregel2",
    "adressering.adresregel3",
    "adressering.land",
    "verblijfplaats.functieAdres",
    "verblijfplaats.datumVan",
    "verblijfplaats.datumIngangGeldigheid",
    "verblijfplaats.verblijfadres.postcode",
)
_LINES = ("adresregel1", "adresregel2", "adresregel3")
_POSTAL = "B"
_NOT_THERE = "indicatieVastgesteldVerblijftNietOpAdres"


class Obstacle(StrEnum):
    """What can stand in the way of a letter. The first three leave nowhere to send it to."""

    DECEASED = "deceased"
    NO_KNOWN_ADDRESS = "no-known-address"
    NOT_LIVING_THERE = "not-living-there"
    ERRONEOUS_RECORD = "erroneous-record"
    ABROAD = "abroad"
    POSTAL_ADDRESS = "postal-address"
    CONFIDENTIAL = "confidential"
    UNDER_INVESTIGATION = "under-investigation"
    MOVED_RECENTLY = "moved-recently"
    GUARDIANSHIP = "guardianship"
    UNDER_AGE = "under-age"


STOPS_ANY_LETTER = frozenset({Obstacle.DECEASED, Obstacle.NO_KNOWN_ADDRESS, Obstacle.NOT_LIVING_THERE})
# A code must reach this very person: no address but the own home will do, and no doubt about it.
STOPS_A_CODE = STOPS_ANY_LETTER | {
    Obstacle.ERRONEOUS_RECORD,
    Obstacle.ABROAD,
    Obstacle.POSTAL_ADDRESS,
    Obstacle.UNDER_INVESTIGATION,
    Obstacle.GUARDIANSHIP,
    Obstacle.UNDER_AGE,
}


@dataclass(frozen=True)
class Deliverable:
    """An address that a letter can go to. `country` is empty within the Netherlands, else its name.

    `postal_address`: not where the person lives (a briefadres, often that of an institution). `secret`: the person
    asked that nobody learns the address. `moved_recently`: began within the last 14 days, or may have.
    """

    recipient_name: str
    lines: tuple[str, ...]
    country: str = ""
    postal_address: bool = False
    secret: bool = False
    under_investigation: bool = False
    moved_recently: bool = False

    @property
    def abroad(self) -> bool:
        """Say whether the letter leaves the country."""
        return bool(self.country)

    def __repr__(self) -> str:
        return "<address>"


@dataclass(frozen=True)
class Undeliverable:
    """There is nowhere to send a letter to."""

    reason: Obstacle


Address = Deliverable | Undeliverable


@dataclass(frozen=True)
class Addressed:
    """The register knows this person: the facts, the address, and the postcode (`3511AB`, empty when there is none).

    `obstacles` holds everything that stands in the way, those of the address among them; which of them stop a certain
    letter is for the one who sends it.
    """

    facts: PersonFacts
    address: Address
    postcode: str
    obstacles: frozenset[Obstacle]


AddressAnswer = Addressed | NotFound | Unavailable


def ask_address(*, bsn: Bsn, today: date) -> AddressAnswer:
    """Ask where a letter to this person can go on `today`.

    Takes up to the set total of seconds, so never inside a transaction. Needs no database.
    """
    return register().inquire(address_inquiry(bsn, today=today))


def address_inquiry(bsn: Bsn, *, today: date) -> Inquiry[Addressed]:
    """Give the question for the facts and the address of one person."""
    return Inquiry(bsn=bsn, fields=ADDRESS_FIELDS, read_person=lambda person: addressed(person, today=today))


def addressed(person: Part, *, today: date) -> Addressed:
    """Read one person. Raises RecordError."""
    facts, residence = facts_of(person), _residence(person)
    address = _address(person, facts=facts, residence=residence, today=today)
    return Addressed(
        facts=facts,
        address=address,
        postcode=_postcode(residence),
        obstacles=_of_the_address(address) | _of_the_person(facts, today=today),
    )


def _residence(person: Part) -> Part:
    return part_of(person.get("verblijfplaats", {}))


def _address(person: Part, *, facts: PersonFacts, residence: Part, today: date) -> Address:
    written = part_of(person.get("adressering", {}))
    lines = tuple(line for line in (text_of(written.get(name, "")) for name in _LINES) if line)
    if StopSignal.DECEASED in facts.signals:
        return Undeliverable(Obstacle.DECEASED)
    if _says(written, _NOT_THERE) or _says(residence, _NOT_THERE):
        return Undeliverable(Obstacle.NOT_LIVING_THERE)
    if not lines or residence.get("type") == "VerblijfplaatsOnbekend":
        return Undeliverable(Obstacle.NO_KNOWN_ADDRESS)
    return Deliverable(
        recipient_name=_recipient(written) or facts.name.short,
        lines=lines,
        country=text_of(part_of(written.get("land", {})).get("omschrijving", "")),
        postal_address=part_of(residence.get("functieAdres", {})).get("code") == _POSTAL,
        secret=_says(person, "geheimhoudingPersoonsgegevens"),
        under_investigation=_is_under_investigation(written, residence),
        moved_recently=_moved_recently(residence, today=today),
    )


def _recipient(written: Part) -> str:
    return text_of(part_of(written.get("aanschrijfwijze", {})).get("naam", ""))


def _postcode(residence: Part) -> str:
    return text_of(part_of(residence.get("verblijfadres", {})).get("postcode", "")).replace(" ", "").upper()


def _is_under_investigation(written: Part, residence: Part) -> bool:
    """Say whether the municipality doubts the address; doubts about the name alone do not count."""
    lines = part_of(written.get("inOnderzoek", {}))
    home = (residence, part_of(residence.get("verblijfadres", {})))
    return any(_says(lines, name) for name in (*_LINES, "land")) or any(part.get("inOnderzoek") for part in home)


def _moved_recently(residence: Part, *, today: date) -> bool:
    """Say whether the address is or may be new; the part of a date that is unknown may be the latest."""
    since = (date_of(residence.get(name)) for name in ("datumVan", "datumIngangGeldigheid"))
    return any(day.latest >= today - MOVED_RECENTLY for day in since if day)


def _of_the_address(address: Address) -> frozenset[Obstacle]:
    if isinstance(address, Undeliverable):
        return frozenset({address.reason})
    applies = {
        Obstacle.ABROAD: address.abroad,
        Obstacle.POSTAL_ADDRESS: address.postal_address,
        Obstacle.CONFIDENTIAL: address.secret,
        Obstacle.UNDER_INVESTIGATION: address.under_investigation,
        Obstacle.MOVED_RECENTLY: address.moved_recently,
    }
    return frozenset(obstacle for obstacle, does in applies.items() if does)


def _of_the_person(facts: PersonFacts, *, today: date) -> frozenset[Obstacle]:
    born = facts.birth_date
    applies = {
        Obstacle.DECEASED: StopSignal.DECEASED in facts.signals,
        Obstacle.GUARDIANSHIP: StopSignal.GUARDIANSHIP in facts.signals,
        Obstacle.ERRONEOUS_RECORD: StopSignal.ERRONEOUS in facts.signals,
        Obstacle.UNDER_AGE: born is not None and not born.is_adult_on(today),
    }
    return frozenset(obstacle for obstacle, does in applies.items() if does)


def _says(part: Part, name: str) -> bool:
    return is_true(part.get(name, False))
