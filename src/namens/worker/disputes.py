"""Lines of which a client says that they are not right: the portal that reported the act hears of it."""

from uuid import UUID

from namens.exchange import disputing
from namens.helpdesk.queries import is_disputed
from namens.lib import clock
from namens.outbox.models import OutboxRow
from namens.worker.rows import settling


def tell_portal(row: OutboxRow) -> None:
    """Let the portal hear of it, unless the client took it back before it could; event and row together."""
    entry = UUID(row.payload["entry"])
    with settling(row):
        if is_disputed(entry):
            disputing.tell_portal(entry=entry, now=clock.now())
