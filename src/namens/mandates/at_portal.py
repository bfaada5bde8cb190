"""Mandates as one portal may list them: those that were active once and cover something that it offers.

A page begins after the id of a mandate, never after a number of rows: it stays where it was while mandates come and go.
What is on it says nothing of services of other portals, and never why something ended.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains, Exact

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.mandates.changes import Change, MandateChange, concerning, heard_as
from namens.mandates.columns import as_uuid
from namens.mandates.left_out import left_out
from namens.mandates.models import Mandate, MandateService
from namens.mandates.states import State
from namens.parties.models import Kind, Party
from namens.services.models import Service


class Standing(StrEnum):
    """How a mandate, or one service of it, stands on a day. What comes first says it of the whole."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    NOT_STARTED = "not-started"
    EXPIRED = "expired"
    STOPPED = "stopped"
    ENDED = "ended"


@dataclass(frozen=True)
class Sought:
    """Which mandates: for these services (all of one portal), after this one, at most so many.

    `used_at` leaves only those that were used at that portal, `changed_since` those that changed there since.
    """

    services: Mapping[UUID, Service]
    most: int
    after: UUID | None = None
    used_at: UUID | None = None
    changed_since: datetime | None = None
    representee: UUID | None = None
    representative: UUID | None = None


@dataclass(frozen=True)
class ListedLine:
    """One service of a listed mandate."""

    service: str
    first_day: date
    last_day: date
    standing: Standing


@dataclass(frozen=True)
class Listed:
    """One mandate as a portal may know it. `kvk_number` is there for an organisation; `number` is 0 without changes."""

    mandate: UUID
    number: int
    changed_at: datetime
    representee: UUID
    representative: UUID
    kvk_number: str
    lines: tuple[ListedLine, ...]
    left_out: tuple[str, ...]

    @property
    def standing(self) -> Standing:
        """Give how the whole of it stands: as the service of it that stands best."""
        return min((line.standing for line in self.lines), key=_ORDER.index)


_ORDER = list(Standing)
# It was of use: a service that gave way before the mandate was active never was.
_ONCE_ACTIVE = Q(mandate__activated_at__isnull=False) & (
    Q(stopped_at__isnull=True) | Q(stopped_at__gt=F("mandate__activated_at"))
)


def ids_at(sought: Sought) -> list[UUID]:
    """Give the ids of a page, in order. One statement, which walks an index for each service and reads no other rows.

    Some may not be listed after all: what changed since may be of another portal.
    """
    made = [_lines_of(service, sought).query.sql_with_params() for service in sought.services]
    if not made:
        return []
    # SQLite knows no LIMIT inside a UNION, but for a table that is made there.
    parts = " UNION ".join(f"SELECT * FROM ({sql}) AS part_{place}" for place, (sql, _) in enumerate(made))  # noqa: S608 - as below
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({parts}) AS page ORDER BY 1 LIMIT %s",  # noqa: S608 - Django made the parts
            [*(value for _, values in made for value in values), sought.most],
        )
        return [as_uuid(row[0]) for row in cursor.fetchall()]


def listed(ids: Sequence[UUID], sought: Sought, *, now: datetime) -> list[Listed]:
    """Give these mandates as the portal may know them, in order. Three statements, however many."""
    mandates = Mandate.objects.filter(id__in=ids).select_related("representative__organisation").order_by("id")
    lines: dict[UUID, list[MandateService]] = {}
    for line in MandateService.objects.filter(_ONCE_ACTIVE, mandate__in=ids, service__in=list(sought.services)):
        lines.setdefault(line.mandate_id, []).append(line)
    changes: dict[UUID, list[MandateChange]] = {}
    for change in MandateChange.objects.filter(mandate__in=ids).order_by("number"):
        changes.setdefault(change.mandate_id, []).append(change)
    found = [
        _listed(
            mandate,
            mandate.representative,
            lines[mandate.id],
            changes.get(mandate.id, []),
            sought.services,
            today=clock.day_of(now),
        )
        for mandate in mandates
        if mandate.id in lines and mandate.representative is not None
    ]
    return [one for one in found if sought.changed_since is None or one.changed_at >= sought.changed_since]


def _lines_of(service: UUID, sought: Sought) -> QuerySet[MandateService, UUID]:
    """Give the mandates of a page for one service; the lines stand in the order of their mandates in an index."""
    lines = MandateService.objects.filter(_ONCE_ACTIVE, service=service)
    if sought.after is not None:
        lines = lines.filter(mandate__gt=sought.after)
    if sought.representee is not None:
        lines = lines.filter(representee=sought.representee)
    if sought.representative is not None:
        lines = lines.filter(representative=sought.representative)
    if sought.used_at is not None:
        used = JournalEntry.objects.filter(event=Event.MANDATE_USED, portal=sought.used_at)
        used = used.filter(mandate__gt=sought.after) if sought.after else used
        lines = lines.filter(Exists(used.filter(mandate=OuterRef("mandate_id"))))
    if sought.changed_since is not None:
        changes = MandateChange.objects.filter(_about(sought.services[service].key), at__gte=sought.changed_since)
        changes = changes.filter(mandate__gt=sought.after) if sought.after else changes
        lines = lines.filter(Exists(changes.filter(mandate=OuterRef("mandate_id"))))
    return lines.order_by("mandate_id").values_list("mandate_id", flat=True)[: sought.most]


def _about(service: str) -> Q:
    """Give the condition that a change is about this service: else a short page would tell of another portal's."""
    # As text: SQLite cannot look into a list. A key has no quotation marks.
    named = Cast("services", TextField())
    return Q(Exact(named, "[]")) | Q(Contains(named, f'"{service}"'))


def _listed(
    mandate: Mandate,
    helper: Party,
    lines: Sequence[MandateService],
    changes: Sequence[MandateChange],
    services: Mapping[UUID, Service],
    *,
    today: date,
) -> Listed:
    # As events have it: of the services that can still be used, or of all once there is none.
    running = [line for line in lines if line.stopped_at is None and line.last_day >= today] or lines
    keys = {services[line.service_id].key for line in lines}
    told = concerning(changes, services=keys)
    return Listed(
        mandate=mandate.id,
        number=len(told),
        changed_at=told[-1].at if told else _last_seen(mandate, lines),
        representee=mandate.representee_id,
        representative=helper.id,
        kvk_number=helper.organisation.kvk_number if helper.kind == Kind.ORGANISATION else "",
        lines=tuple(
            ListedLine(
                services[line.service_id].key,
                mandate.first_day,
                line.last_day,
                _standing(mandate, line, told, services, today),
            )
            for line in sorted(lines, key=lambda line: services[line.service_id].key)
        ),
        left_out=tuple(left_out(mandate, [(line, services[line.service_id]) for line in running])),
    )


def _standing(
    mandate: Mandate,
    line: MandateService,
    changes: Sequence[MandateChange],
    services: Mapping[UUID, Service],
    today: date,
) -> Standing:
    """Give how one service stands. That somebody stopped it can be known; all other ends look alike.

    What happened to it first says it, as events do: what is over, or ended by itself, stays so whatever ends the rest.
    """
    ended_at = line.stopped_at or mandate.ended_at
    if line.last_day < (clock.day_of(ended_at) if ended_at else today):
        return Standing.EXPIRED
    if ended_at is not None:
        key = services[line.service_id].key
        by_itself = mandate.ended_at is None or ended_at < mandate.ended_at
        gave_way = any(change.what == Change.ENDED and key in change.services for change in changes)
        word = (Change.ENDED if gave_way else Change.STOPPED) if by_itself else heard_as(mandate.end_reason)
        return Standing.STOPPED if word == Change.STOPPED else Standing.ENDED
    if mandate.state != State.ACTIVE:
        return Standing.SUSPENDED
    return Standing.NOT_STARTED if today < mandate.first_day else Standing.ACTIVE


def _last_seen(mandate: Mandate, lines: Sequence[MandateService]) -> datetime:
    """Give the last moment that is known of a mandate from before its changes were noted."""
    moments = (mandate.activated_at, mandate.suspended_at, mandate.ended_at, *(line.stopped_at for line in lines))
    return max(moment for moment in moments if moment is not None)
