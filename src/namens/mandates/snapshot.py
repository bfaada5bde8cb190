"""What the one statement read, made into the snapshots that `decide()` judges. No Django."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from namens.lib.assurance import AssuranceLevel
from namens.mandates.columns import as_actions, as_day, as_instant, as_level, as_text, as_uuid
from namens.mandates.decision import Line, Offered, Question, Representative, Snapshot
from namens.mandates.licences import Interval, Reach
from namens.mandates.membership import interval, membership, reach
from namens.mandates.statement import Found

Row = Iterable[Any]


@dataclass(frozen=True)
class Asker:
    """The portal that asks, as it is registered now."""

    id: UUID
    client_id: str
    sector: str
    approved: bool
    services: tuple[Offered, ...]
    machine_scopes: frozenset[str]
    may_name_bsn: bool
    may_search: bool
    gives_reasons: bool
    journals_decisions: bool


_NOTHING_BETWEEN = Reach()


class Reading:
    """What one statement read: the portals that asked, and the lines of each who were asked about."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.askers: dict[str, Asker] = {}
        self.lines: dict[int, list[Found]] = {}
        self.read_at: datetime | None = None
        self.beat_at: datetime | None = None
        for row in rows:
            found = Found(*row)
            if found.number is None:
                asker = _asker(found.portal)
                self.askers[asker.client_id] = asker
                self.read_at, self.beat_at = found.read_at, found.beat_at
            else:
                self.lines.setdefault(found.number, []).append(found)

    @property
    def asker(self) -> Asker | None:
        """Give the portal, when one asked; None for one that is not there."""
        return next(iter(self.askers.values()), None)

    @property
    def of_pair(self) -> list[Found]:
        """Give the lines of the pair, when one was asked about."""
        return self.lines.get(0, [])

    def by_representee(self) -> dict[UUID, list[Found]]:
        """Give the lines of each pair, however they were asked for, when one representative was asked about."""
        pairs: dict[UUID, list[Found]] = {}
        for lines in self.lines.values():
            for line in lines:
                pairs.setdefault(as_uuid(line.representee), []).append(line)
        return pairs


def snapshot(
    asker: Asker | None, lines: Sequence[Found], *, question: Question, representative: Representative
) -> Snapshot:
    """Make the snapshot of one pair from its lines.

    A representative who is no person needs a licence, and so does whoever acts as a member.
    """
    first = lines[0] if lines else None
    return Snapshot(
        question=question,
        portal_approved=asker is not None and asker.approved,
        services=asker.services if asker else (),
        lines=tuple(map(_line, lines)),
        needs_licence=representative.member is not None or (first is not None and first.kind != "person"),
        member=membership(first.member) if first else None,
        reach=reach(first.reach) if first and first.reach else _NOTHING_BETWEEN,
    )


@lru_cache(maxsize=1024)
def _asker(text: str) -> Asker:
    read = json.loads(text)
    return Asker(
        id=UUID(read["id"]),
        client_id=read["client_id"],
        sector=read["sector"],
        approved=read["status"] == "approved",
        services=tuple(map(_offered, read["services"])),
        machine_scopes=frozenset(read["machine_scopes"]),
        may_name_bsn=bool(read["bsn_legal_basis"]),
        may_search=bool(read["search_basis"]),
        gives_reasons=bool(read["gives_reasons"]),
        journals_decisions=bool(read["journals_decisions"]),
    )


def _offered(read: dict[str, Any]) -> Offered:
    return Offered(
        key=read["key"],
        minimum_level=AssuranceLevel(read["minimum_level"]),
        sensitive_actions=frozenset(action["key"] for action in read["actions"]),
        active=bool(read["active"]),
    )


def _line(row: Found) -> Line:
    return Line(
        mandate=as_uuid(row.mandate),
        service=as_text(row.service),
        state=as_text(row.state),
        first_day=as_day(row.first_day),
        last_day=as_day(row.last_day),
        known_since=as_instant(row.known_since),
        activated_at=as_instant(row.activated_at),
        ended_at=as_instant(row.ended_at),
        stopped_at=as_instant(row.stopped_at),
        granted_actions=as_actions(row.granted_actions),
        granted_since=as_instant(row.granted_since),
        sensitive_seen=as_actions(row.sensitive_seen),
        minimum_level=as_level(row.minimum_level),
        service_seen=as_actions(row.service_seen),
        suspensions=_suspensions(row.suspensions),
    )


def _suspensions(column: str | None) -> tuple[Interval, ...]:
    return tuple(interval(one) for one in json.loads(column)) if column else ()
