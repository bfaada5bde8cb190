"""The one statement that reads all a decision rests on. One template, two dialects; no Django.

A row is one service of the asking portal, with one line of a mandate for it, or with nulls where there is none. With
one representee it is the one-pair form; with more, or without any, the many-pair form: these, or everybody whom this
representative may act for. With a member each row also holds that member's licences and reach, as JSON.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from namens.lib.assurance import AssuranceLevel
from namens.mandates.columns import as_day, as_instant, as_json, as_text, as_uuid
from namens.mandates.decision import Line, Offered, Question, Representative, Snapshot
from namens.mandates.licences import Reach
from namens.mandates.membership import Dialect, member_column, membership, reach, reach_column

Row = Sequence[Any]


@dataclass(frozen=True)
class Statement:
    """SQL with `%s` places, and what goes into them."""

    sql: str
    parameters: tuple[Any, ...]


_TEMPLATE = """
SELECT portal.status, service.key, service.minimum_level, service.sensitive_actions, service.active,
       line.representee_id, line.mandate_id, mandate.state, mandate.first_day, line.last_day,
       mandate.activated_at, mandate.ended_at, line.stopped_at, mandate.granted_actions, mandate.sensitive_seen,
       line.minimum_level, line.sensitive_seen, helper.kind, {member}, {reach}
FROM services_portal AS portal
JOIN services_portal_services AS offers ON offers.portal_id = portal.id
JOIN services_service AS service ON service.id = offers.service_id
LEFT JOIN parties_party AS helper ON helper.id = %s
LEFT JOIN mandates_mandateservice AS line
       ON line.service_id = service.id AND line.representative_id = %s{pairs}
LEFT JOIN mandates_mandate AS mandate ON mandate.id = line.mandate_id
WHERE portal.id = %s
"""


def statement(
    dialect: Dialect, *, portal: UUID, representative: Representative, representees: Sequence[UUID] = ()
) -> Statement:
    """Give the statement for the pairs with these representees, or for all pairs when none are given."""
    party, member = representative.party, representative.member
    pairs = f" AND line.representee_id IN ({', '.join('%s' for _ in representees)})" if representees else ""
    columns = {"member": "NULL", "reach": "NULL"}
    ids: list[UUID] = []
    if member is not None:
        columns = {"member": member_column(dialect), "reach": reach_column(dialect)}
        ids = [member, party, party, member, member]
    ids += [party, party, *representees, portal]
    return Statement(sql=_TEMPLATE.format(pairs=pairs, **columns), parameters=tuple(_id(dialect, one) for one in ids))


def snapshot(rows: Iterable[Row], *, question: Question, representative: Representative) -> Snapshot:
    """Make the snapshot of one pair from the rows of the one-pair form.

    A representative who is no person needs a licence, and so does whoever acts as a member.
    """
    rows = list(rows)
    of_pair = next((row for row in rows if row[6] is not None), None)
    return Snapshot(
        question=question,
        portal_approved=bool(rows) and rows[0][0] == "approved",
        services=tuple({as_text(row[1]): _offered(row) for row in rows}.values()),
        lines=tuple(_line(row) for row in rows if row[6] is not None),
        needs_licence=representative.member is not None or not rows or rows[0][17] != "person",
        member=membership(rows[0][18]) if rows else None,
        reach=reach(of_pair[19]) if of_pair else Reach(),
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
    return (*row[:5], *(None for _ in row[5:17]), *row[17:19], None)


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
