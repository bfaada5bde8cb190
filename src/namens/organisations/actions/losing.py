"""What follows when a member may do less, or more: logins at portals end, and portals hear what is left.

All of it in the transaction of what took the access away, or gave it.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from namens.outbox.actions import put, put_many
from namens.outbox.models import Kind


def lose_access(member: UUID, *, now: datetime, licence: UUID | None = None) -> None:
    """Let the worker end what this member opened at portals, and tell portals. `licence` is as in `tell_access`."""
    end_logins(member, now=now)
    tell_access(member, now=now, licence=licence)


def end_logins(member: UUID, *, now: datetime) -> None:
    """Let the worker end what this member opened at portals and may not use any more."""
    put(Kind.MEMBER_ENDED, payload={"member": str(member)}, now=now)


def tell_access(member: UUID, *, now: datetime, licence: UUID | None = None) -> None:
    """Let the worker tell portals what this member may use: those that offer what `licence` is for, when it is one."""
    put(Kind.LICENCE_CHANGED, payload=_payload(member, licence), now=now)


def tell_many(changed: Iterable[tuple[UUID, UUID | None]], *, now: datetime) -> None:
    """Do `tell_access` for many members, each with a licence or none, in one statement."""
    put_many(Kind.LICENCE_CHANGED, rows=[(member, _payload(member, licence)) for member, licence in changed], now=now)


def _payload(member: UUID, licence: UUID | None) -> dict[str, str]:
    return {"member": str(member), **({"licence": str(licence)} if licence else {})}
