"""The one statement that reads somebody's overview: a stretch of each list, with all that its cards show.

Query sets would take a statement for each list, one for the lines and one for the people, and most of the time that the
page may take. It gives models as `queries` does, with no other columns than are named here, and never to be saved.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import DEFERRED, Model

from namens.mandates.columns import as_day, as_instant, as_text, as_uuid, if_there
from namens.mandates.models import Mandate, MandateService
from namens.mandates.queries import seen_by
from namens.organisations.models import Organisation
from namens.parties.models import Party, Person
from namens.services.models import Service

Row = Sequence[Any]
Read = TypeVar("Read", bound=Model)


class Listed(StrEnum):
    """The lists of an overview: who helps this party, whom they help, and what is over."""

    HELPERS = "helpers"
    CLIENTS = "clients"
    EARLIER = "earlier"


@dataclass(frozen=True)
class Stretch:
    """So many mandates of a list at most, after those that are skipped."""

    skipped: int
    length: int


class Columns(Generic[Read]):
    """What is read of a model, from place `at` of a row on. The other fields are deferred, as `only` defers them."""

    def __init__(self, model: type[Read], *, at: int, read: Mapping[str, Callable[[Any], object]]) -> None:
        self.at, self._model, self._names = at, model, tuple(read)
        places = {name: (at + number, convert) for number, (name, convert) in enumerate(read.items())}
        # Worked out here and not for every row: that would take as long as making the model.
        self._fields = [places.get(field.attname) for field in model._meta.concrete_fields]

    def select(self, table: str) -> str:
        """Give the columns for a SELECT."""
        return ", ".join(f"{table}.{name}" for name in self._names)

    def key(self, row: Row) -> UUID | None:
        """Give the id, the first column; None where the row has no such thing."""
        return None if row[self.at] is None else as_uuid(row[self.at])

    def made(self, row: Row) -> Read:
        """Make the model of a row that has it."""
        values = [DEFERRED if place is None else place[1](row[place[0]]) for place in self._fields]
        return self._model.from_db(DEFAULT_DB_ALIAS, self._names, values)


MANDATE = Columns(
    Mandate,
    at=1,
    read={
        "id": as_uuid,
        "representee_id": as_uuid,
        "representative_id": if_there(as_uuid),
        "origin": as_text,
        "state": as_text,
        "end_reason": as_text,
        "first_day": as_day,
        "last_day": as_day,
        "waits_until": if_there(as_day),
        "offered_at": as_instant,
        "suspended_at": as_instant,
        "ended_at": as_instant,
    },
)
LINE = Columns(MandateService, at=13, read={"id": as_uuid, "last_day": as_day, "stopped_at": as_instant})
SERVICE = Columns(Service, at=16, read={"id": as_uuid, "name": as_text})
PARTY = Columns(Party, at=18, read={"id": as_uuid, "kind": as_text})
PERSON = Columns(
    Person,
    at=20,
    read={"party_id": as_uuid, "given_names": as_text, "prefix": as_text, "family_name": as_text},
)
ORGANISATION = Columns(Organisation, at=24, read={"party_id": as_uuid, "name": as_text})

# What is over is said by `queries.over` too. What was never activated is the client's knowledge only.
_STATEMENT = f"""
WITH listed AS (
    SELECT *,
           CASE WHEN state = 'ended' OR last_day < %(today)s THEN 'earlier'
                WHEN state = 'suspended' AND representative_id = %(viewer)s THEN 'earlier'
                WHEN representee_id = %(viewer)s THEN 'helpers'
                ELSE 'clients' END AS list,
           CASE WHEN representee_id = %(viewer)s THEN representative_id ELSE representee_id END AS other_id
    FROM mandates_mandate
    WHERE representee_id = %(viewer)s OR (representative_id = %(viewer)s AND activated_at IS NOT NULL)
), mandate AS (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY list ORDER BY offered_at DESC, id DESC) AS place FROM listed
)
SELECT mandate.list, {MANDATE.select("mandate")}, {LINE.select("line")}, {SERVICE.select("service")},
       {PARTY.select("party")}, {PERSON.select("person")}, {ORGANISATION.select("organisation")}
FROM mandate
LEFT JOIN mandates_mandateservice AS line ON line.mandate_id = mandate.id
LEFT JOIN services_service AS service ON service.id = line.service_id
LEFT JOIN parties_party AS party ON party.id = mandate.other_id
LEFT JOIN parties_person AS person ON person.party_id = party.id
LEFT JOIN organisations_organisation AS organisation ON organisation.party_id = party.id
WHERE (mandate.list = 'helpers' AND mandate.place > %(helpers_from)s AND mandate.place <= %(helpers_to)s)
   OR (mandate.list = 'clients' AND mandate.place > %(clients_from)s AND mandate.place <= %(clients_to)s)
   OR (mandate.list = 'earlier' AND mandate.place > %(earlier_from)s AND mandate.place <= %(earlier_to)s)
ORDER BY mandate.place, service.position, service.key
"""  # noqa: S608 - made of names of our own columns only


def lists_of(party: Party, *, today: date, stretches: Mapping[Listed, Stretch]) -> dict[Listed, list[Mandate]]:
    """Give these stretches of the lists, newest first, with people and `shown_lines`, as this party may see them.

    One statement, however many mandates there are.
    """
    reader = _Reader(viewer=party)
    for row in _rows(party, today=today, stretches=stretches):
        reader.take(row)
    return {listed: seen_by(party, mandates=list(found.values())) for listed, found in reader.lists.items()}


@dataclass
class _Reader:
    """Makes models of rows. A row has one line of one mandate; what stands in many rows is made once."""

    viewer: Party
    lists: dict[Listed, dict[UUID, Mandate]] = field(default_factory=lambda: {listed: {} for listed in Listed})
    parties: dict[UUID, Party] = field(default_factory=dict)
    services: dict[UUID | None, Service] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        """Add what one row says."""
        mandates, key = self.lists[Listed(row[0])], as_uuid(row[MANDATE.at])
        if key not in mandates:
            mandates[key] = self._mandate(row)
        if LINE.key(row) is not None:
            mandates[key].shown_lines.append(self._line(row))

    def _mandate(self, row: Row) -> Mandate:
        mandate = MANDATE.made(row)
        mandate.shown_lines = []
        other = self._party(row)
        if mandate.representee_id == self.viewer.id:
            mandate.representee, mandate.representative = self.viewer, other
        elif other is not None:
            mandate.representee, mandate.representative = other, self.viewer
        return mandate

    def _party(self, row: Row) -> Party | None:
        """Give the one at the other side; None while an open code waits."""
        key = PARTY.key(row)
        if key is not None and key not in self.parties:
            self.parties[key] = PARTY.made(row)
            if PERSON.key(row) is not None:
                self.parties[key].person = PERSON.made(row)
            if ORGANISATION.key(row) is not None:
                self.parties[key].organisation = ORGANISATION.made(row)
        return self.parties[key] if key is not None else None

    def _line(self, row: Row) -> MandateService:
        line, key = LINE.made(row), SERVICE.key(row)
        if key not in self.services:
            self.services[key] = SERVICE.made(row)
        line.service = self.services[key]
        return line


def _rows(party: Party, *, today: date, stretches: Mapping[Listed, Stretch]) -> list[Row]:
    ends: dict[str, Any] = {}
    for listed, stretch in stretches.items():
        ends |= {f"{listed}_from": stretch.skipped, f"{listed}_to": stretch.skipped + stretch.length}
    viewer = party.id if connection.features.has_native_uuid_field else party.id.hex
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, {"viewer": viewer, "today": today.isoformat(), **ends})
        return list(cursor.fetchall())
