"""The people of the tests: Anna (client), Bram (helper), Carla (manager elsewhere), Dirk (nobody, refused everywhere).

With them the practice catalogue and two portals, and short words for what they do most. Times are given, not read.
"""

import copy
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db.models import QuerySet

from namens import services as services_room
from namens.codes.actions import Match
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.lib.partial_date import PartialDate
from namens.lib.periods import Duration
from namens.mandates.actions import Activated, activate, offer, try_code
from namens.mandates.actions.offer import GivenMandate
from namens.mandates.models import Mandate
from namens.mandates.terms import Terms
from namens.outbox.models import Kind as OutboxKind
from namens.outbox.models import OutboxRow
from namens.parties.actions import record_facts, register_person
from namens.parties.facts import PersonFacts, PersonName, StopSignal
from namens.parties.identifiers import Bsn
from namens.parties.models import Party, Person
from namens.services import catalogue as catalogues
from namens.services.actions import (
    PortalTerms,
    approve_catalogue,
    approve_portal,
    propose_catalogue,
    propose_portal,
)
from namens.services.models import CatalogueVersion, Portal, Service, ServiceSet
from namens.services.profiles import Profile

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
BSNS = {
    "anna": Bsn("999990019"),
    "bram": Bsn("999990032"),
    "carla": Bsn("999990056"),
    "dirk": Bsn("999990081"),
}
NAMES = {
    "anna": PersonName("Anna Maria", "de", "Vries"),
    "bram": PersonName("Bram", "", "Bakker"),
    "carla": PersonName("Carla", "", "Mulder"),
    "dirk": PersonName("Dirk", "", "Smit"),
}
CATALOGUE = Path(services_room.__file__).with_name("catalogue.yaml")
PUBLIC_KEY = {
    "kty": "EC",
    "crv": "P-256",
    "x": "FaNkaiobSxeH4Or_lq5wfEG4pO-Nyx7nwXUjuccAmvU",
    "y": "MTmiU69OvpatXgoGpERDciXzPxxvM9jyks16miFJbWw",
    "kid": "test",
}
LOW = AssuranceLevel.LOW


def person(name: str, *, now: datetime = NOW) -> Party:
    """Give one of the four, registered, with what the register said of them at `now`."""
    party = register_person(bsn=BSNS[name], now=now, channel=Channel.PAGES)
    return told(party, now=now, name=NAMES[name])


def told(
    party: Party,
    *,
    now: datetime = NOW,
    name: PersonName | None = None,
    born: str | None = "1980-05-06",
    signals: Sequence[StopSignal] = (),
) -> Party:
    """Let the register say this of a person at `now`, and give the party as it is then."""
    known = Person.objects.get(party=party)
    birth_date = PartialDate.parse(born) if born else None
    facts = PersonFacts(name=name or known.name, birth_date=birth_date, signals=frozenset(signals))
    record_facts(party=party, facts=facts, now=now)
    return Party.objects.select_related("person").get(id=party.id)


def services(*keys: str) -> list[Service]:
    """Give services of the catalogue, in this order."""
    found = Service.objects.in_bulk(list(keys), field_name="key")
    return [found[key] for key in keys]


def terms(
    *keys: str,
    first_day: date = TODAY,
    last_day: date | None = None,
    granted: Sequence[str] = (),
) -> Terms:
    """Give terms for these services (*Mijn toeslagen* when none is named), for a year when no last day is named."""
    chosen = services(*(keys or ("mijn-toeslagen",)))
    until = last_day or Duration.ONE_YEAR.last_day(first_day)
    return Terms(services=chosen, first_day=first_day, last_day=until, granted_actions=frozenset(granted))


def give(giver: Party, helper: Party | None, *, what: Terms | None = None, now: datetime = NOW) -> GivenMandate:
    """Let `giver` give a mandate; the register is asked first."""
    given = offer(
        representee=fresh(giver, now=now),
        representative=helper,
        terms=what or terms(first_day=clock.day_of(now)),
        level=AssuranceLevel.SUBSTANTIAL,
        under_administration=False,
        now=now,
    )
    assert isinstance(given, GivenMandate)
    return given


def use_code(given: GivenMandate, helper: Party, *, now: datetime = NOW, bsn: Bsn = BSNS["anna"]) -> Mandate:
    """Let `helper` type the code and the client's BSN, and say yes; the register is asked first."""
    match = try_code(code=given.code, bsn=bsn, helper=helper, now=now)
    assert isinstance(match, Match)
    fresh(given.mandate.representee, now=now)
    assert isinstance(activate(code=match.code, helper=helper, now=now), Activated)
    return Mandate.objects.get(id=given.mandate.id)


def active(giver: Party, helper: Party, *, what: Terms | None = None, now: datetime = NOW) -> Mandate:
    """Give a mandate that is active."""
    return use_code(give(giver, helper, what=what, now=now), helper, now=now)


def fresh(party: Party, *, now: datetime) -> Party:
    """Let the register have been asked at `now`, with the same answer as before."""
    Person.objects.filter(party=party).update(refreshed_at=now)
    return Party.objects.select_related("person").get(id=party.id)


def load_catalogue() -> None:
    """Load the practice catalogue: one operator proposes, another approves.

    Most tests have it in the database. So its rows are remembered, and put there again: that saves a sixth of all the
    time that the tests take.
    """
    if _ROWS and not CatalogueVersion.objects.exists():
        for model, rows in _ROWS.items():
            model.objects.bulk_create(copy.deepcopy(rows))
        return
    version = propose_catalogue(content=catalogues.load(CATALOGUE), by="olga", now=NOW)
    approve_catalogue(number=version.number, by="otto", now=NOW)
    if not _ROWS and version.number == 1:
        noted = JournalEntry.objects.filter(event__in=[Event.CATALOGUE_PROPOSED, Event.CATALOGUE_APPROVED])
        _ROWS.update({CatalogueVersion: list(CatalogueVersion.objects.all()), Service: list(Service.objects.all())})
        _ROWS.update({ServiceSet: list(ServiceSet.objects.all()), JournalEntry: list(noted.order_by("id"))})
        of_sets = ServiceSet.services.through
        members = of_sets.objects.values("serviceset_id", "service_id")
        _ROWS[of_sets] = [of_sets(**member) for member in members]


_ROWS: dict[type[Any], list[Any]] = {}


def portal_terms(client_id: str = "mijn-toeslagen-portaal", *keys: str) -> PortalTerms:
    """Give the terms of a portal for these services (*Mijn toeslagen* when none is named)."""
    return PortalTerms(
        client_id=client_id,
        name=client_id.replace("-", " ").capitalize(),
        profile=Profile.NLGOV,
        services=keys or ("mijn-toeslagen",),
        redirect_uris=(f"https://{client_id}.example/inloggen/terug",),
        sector=client_id,
        jwks={"keys": [PUBLIC_KEY]},
    )


def portal(client_id: str = "mijn-toeslagen-portaal", *keys: str) -> Portal:
    """Register a portal that two operators agreed to."""
    propose_portal(terms=portal_terms(client_id, *keys), by="olga", now=NOW)
    return approve_portal(client_id=client_id, by="otto", now=NOW)


def told_portals() -> QuerySet[OutboxRow]:
    """Give the outbox rows by which portals hear that access was taken away."""
    return OutboxRow.objects.filter(kind=OutboxKind.ACCESS_ENDED)


def of(mandate: Mandate | UUID) -> Mandate:
    """Give the mandate as the database has it now."""
    return Mandate.objects.get(id=mandate.id if isinstance(mandate, Mandate) else mandate)


@pytest.fixture
def catalogue(db: None) -> None:  # noqa: ARG001 - asked for its effect
    """Have the practice catalogue in the database."""
    load_catalogue()


@pytest.fixture
def anna(db: None) -> Party:  # noqa: ARG001 - asked for its effect
    """Anna de Vries, client."""
    return person("anna")


@pytest.fixture
def bram(db: None) -> Party:  # noqa: ARG001 - asked for its effect
    """Bram Bakker, helper."""
    return person("bram")


@pytest.fixture
def carla(db: None) -> Party:  # noqa: ARG001 - asked for its effect
    """Carla Mulder, manager elsewhere."""
    return person("carla")


@pytest.fixture
def dirk(db: None) -> Party:  # noqa: ARG001 - asked for its effect
    """Dirk Smit, nobody."""
    return person("dirk")


@pytest.fixture
def toeslagen(catalogue: None) -> Portal:  # noqa: ARG001 - asked for its effect
    """The portal of *Mijn toeslagen*."""
    return portal()


@pytest.fixture
def belasting(catalogue: None) -> Portal:  # noqa: ARG001 - asked for its effect
    """The portal of *Inkomstenbelasting*."""
    return portal("inkomstenbelasting-portaal", "inkomstenbelasting")
