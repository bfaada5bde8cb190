"""The one statement that reads all a decision rests on. One template, two dialects; no Django.

A row is one service of the asking portal, with one line of a mandate for it, or with nulls where there is none. With
a representee it is the one-pair form; without, the many-pair form: everybody whom this representative may act for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from namens.lib.assurance import AssuranceLevel
from namens.mandates.columns import as_day, as_instant, as_json, as_text, as_uuid
from namens.mandates.decision import Line, Offered, Question, Snapshot

Row = Sequence[Any]


class Dialect(StrEnum):
    """How a database writes parameters and identifiers."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@dataclass(frozen=True)
class Statement:
    """SQL with `%s` places, and what goes into them."""

    sql: str
    parameters: tuple[Any, ...]


_TEMPLATE = """
SELECT portal.status, service.key, service.minimum_level, service.sensitive_actions, service.active,
       line.representee_id, line.mandate_id, mandate.state, mandate.first_day, line.last_day,
       mandate.activated_at, mandate.ended_at, line.stopped_at, mandate.granted_actions, mandate.sensitive_seen,
       line.minimum_level, line.sensitive_seen
FROM services_portal AS portal
JOIN services_portal_services AS offers ON offers.portal_id = portal.id
JOIN services_service AS service ON service.id = offers.service_id
LEFT JOIN mandates_mandateservice AS line
       ON line.service_id = service.id AND line.representative_id = %s{one_pair}
LEFT JOIN mandates_mandate AS mandate ON mandate.id = line.mandate_id
WHERE portal.id = %s
"""


def statement(dialect: Dialect, *, portal: UUID, representative: UUID, representee: UUID | None = None) -> Statement:
    """Give the statement for one pair, or for all pairs of this representative when no representee is given."""
    one_pair = "" if representee is None else " AND line.representee_id = %s"
    ids = [representative, representee, portal] if representee else [representative, portal]
    return Statement(sql=_TEMPLATE.format(one_pair=one_pair), parameters=tuple(_id(dialect, one) for one in ids))


def snapshot(rows: Iterable[Row], *, question: Question) -> Snapshot:
    """Make the snapshot of one pair from the rows of the one-pair form."""
    rows = list(rows)
    return Snapshot(
        question=question,
        portal_approved=bool(rows) and rows[0][0] == "approved",
        services=tuple({as_text(row[1]): _offered(row) for row in rows}.values()),
        lines=tuple(_line(row) for row in rows if row[6] is not None),
    )


def by_representee(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    """Divide the rows of the many-pair form: for each representee those that say what the one-pair form says.

    What the portal offers goes to everybody.
    """
    rows = list(rows)
    offered = list({as_text(row[1]): _bare(row) for row in rows}.values())
    pairs: dict[UUID, list[Row]] = {}
    for row in rows:
        if row[5] is not None:
            pairs.setdefault(as_uuid(row[5]), list(offered)).append(row)
    return pairs


def _bare(row: Row) -> Row:
    return (*row[:5], *(None for _ in row[5:]))


def _offered(row: Row) -> Offered:
    return Offered(
        key=as_text(row[1]),
        minimum_level=AssuranceLevel(row[2]),
        sensitive_actions=frozenset(action["key"] for action in as_json(row[3])),
        active=bool(row[4]),
    )


def _line(row: Row) -> Line:
    return Line(
        mandate=as_uuid(row[6]),
        service=as_text(row[1]),
        state=as_text(row[7]),
        first_day=as_day(row[8]),
        last_day=as_day(row[9]),
        activated_at=as_instant(row[10]),
        ended_at=as_instant(row[11]),
        stopped_at=as_instant(row[12]),
        granted_actions=frozenset(as_json(row[13])),
        sensitive_seen=frozenset(as_json(row[14])),
        minimum_level=AssuranceLevel(row[15]),
        service_seen=frozenset(as_json(row[16])),
    )


def _id(dialect: Dialect, value: UUID) -> UUID | str:
    return value.hex if dialect is Dialect.SQLITE else value
