"""What changed, written down for the portals that it concerns; bringing it there is for another desk."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from namens.exchange.telling import tell_exclusion, tell_mandate, tell_member
from namens.lib import clock
from namens.outbox.models import Kind, OutboxRow
from namens.worker.rows import begin, hand_out, settling

AT_ONCE = 20


def turn() -> bool:
    """Tell some of each; True when there was something."""
    told = [hand_out(kind=kind, most=AT_ONCE, to=partial(begin, partial(_tell, by))) for kind, by in _BY_KIND.items()]
    return any(told)


def _tell(by: Callable[[OutboxRow], object], row: OutboxRow) -> None:
    """Write the events and settle the row, both or neither."""
    with settling(row):
        by(row)


def _mandate(row: OutboxRow) -> None:
    tell_mandate(UUID(row.payload["mandate"]), now=clock.now())


def _member(row: OutboxRow) -> None:
    licence = row.payload.get("licence")
    member = UUID(row.payload["member"])
    tell_member(member, licence=UUID(licence) if licence else None, since=row.put_at, now=clock.now())


def _exclusion(row: OutboxRow) -> None:
    tell_exclusion(client=UUID(row.payload["client"]), member=UUID(row.payload["member"]), now=clock.now())


_BY_KIND: dict[Kind, Callable[[OutboxRow], object]] = {
    Kind.MANDATE_CHANGED: _mandate,
    Kind.LICENCE_CHANGED: _member,
    Kind.EXCLUSION_CHANGED: _exclusion,
}
