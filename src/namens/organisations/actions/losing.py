"""What follows when a member may do less: the portals where they are logged in hear of it."""

from datetime import datetime
from uuid import UUID

from namens.outbox.actions import put
from namens.outbox.models import Kind


def lose_access(member: UUID, *, now: datetime) -> None:
    """Let the worker end what this member opened at portals. In the transaction of what took the access away."""
    put(Kind.MEMBER_ENDED, payload={"member": str(member)}, now=now)
