"""A client whom the helper helps already."""

from datetime import datetime
from uuid import UUID

from namens.lib import clock
from namens.mandates.client_file import file_of
from namens.mandates.models import Mandate
from namens.mandates.states import State
from namens.parties.models import Party
from namens.signin.session import Visitor


def known_client(visitor: Visitor, *, client: UUID, now: datetime) -> Party | None:
    """Give a client with a running mandate whom this helper reaches now; None for anybody else."""
    if visitor.member is not None:
        file = file_of(visitor.member, client=client, now=now)
        return file.client if file is not None and file.is_open else None
    running = Mandate.objects.filter(
        representee=client,
        representative=visitor.helper,
        state=State.ACTIVE,
        last_day__gte=clock.day_of(now),
    )
    found = running.select_related("representee__person").first()
    return found.representee if found else None
