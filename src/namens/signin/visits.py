"""A visit: a client logs in as themselves, at a helper's table. No helper is in it, and nothing of it stays behind.

The browser's session holds a mark from the moment that the helper left until everything is closed. The database says
when it was last alive, so that it ends without the browser too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from namens.codes import actions as codes
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.outbox.actions import put
from namens.outbox.models import Kind as OutboxKind
from namens.parties.models import Kind, Party
from namens.services.models import Portal
from namens.signin import drafts
from namens.signin.models import Visit

VISIT, OVER = "visit", "visit-over"
SEEN_STEP = timedelta(seconds=10)
KEPT = timedelta(days=1)
ENDED_AT_ONCE = 20


@dataclass(frozen=True)
class Over:
    """What is known after a visit: where the next person can go, as whom the helper comes back, whom to tell.

    `broker` is the key of the broker that has to hear of it, and `untold` says that it could not.
    """

    portal: UUID
    world: Kind
    broker: str
    untold: bool = False

    @classmethod
    def parse(cls, kept: dict[str, Any]) -> "Over":
        """Read what `as_kept` gave."""
        return cls(UUID(kept["portal"]), Kind(kept["world"]), kept["broker"], untold=kept["untold"])

    def as_kept(self) -> dict[str, Any]:
        """Give it as a session can hold it."""
        return {"portal": str(self.portal), "world": self.world, "broker": self.broker, "untold": self.untold}


def begin(kept: SessionBase, *, portal: Portal, world: Kind, helper: Party | None, now: datetime) -> Visit:
    """Begin a visit in a session in which nobody is logged in (any more), in the open transaction.

    `world` says as whom the helper logs in afterwards. The client is not known yet; without a `helper` it is the next
    person at the same table.
    """
    visit = Visit.objects.create(portal=portal, began_at=now, seen_at=now)
    kept.pop(OVER, None)
    kept[VISIT] = {"id": str(visit.id), "world": world}
    actor = helper.id if helper else None
    write(Event.VISIT_BEGAN, at=now, channel=Channel.PAGES, actor=actor, portal=portal.id)
    return visit


def is_marked(kept: SessionBase | Mapping[str, str]) -> bool:
    """Say whether this session belongs to a visit, alive or not."""
    return VISIT in kept


def of_session(kept: SessionBase) -> Visit | None:
    """Give the visit of this session, alive or not. One statement, none without a mark."""
    mark = kept.get(VISIT)
    return Visit.objects.select_related("portal").filter(id=UUID(mark["id"])).first() if mark is not None else None


def under_way(kept: SessionBase, *, now: datetime) -> Visit | None:
    """Give the visit of this session when it is alive; seeing it is a sign of life. At most two statements."""
    visit = of_session(kept)
    if visit is None or not is_alive(visit, now=now):
        return None
    touch(visit, now=now)
    return visit


def is_over(kept: SessionBase, *, now: datetime) -> bool:
    """Say whether this session belongs to a visit that is not alive any more. No statement for other sessions."""
    return is_marked(kept) and under_way(kept, now=now) is None


def arrived(kept: SessionBase, *, party: Party, now: datetime) -> dict[str, Any] | None:
    """Note who logs in during a visit, and give the mark for the new session; None without a visit, or for a member.

    Another person than before gets a visit of their own: what the first one had ends.
    """
    visit = under_way(kept, now=now)
    if visit is None:
        return None
    if party.kind != Kind.PERSON:
        _end(visit, channel=Channel.PAGES, result="done", now=now)
        return None
    mark: dict[str, Any] = kept[VISIT]
    if visit.party_id not in {None, party.id}:
        _end(visit, channel=Channel.PAGES, result="done", now=now)
        visit = Visit.objects.create(portal=visit.portal, began_at=now, seen_at=now)
    Visit.objects.filter(id=visit.id).update(party=party)
    return {**mark, "id": str(visit.id)}


def came_through(kept: SessionBase, *, broker: str) -> None:
    """Note which broker let the client in: it has to hear of the end. No statement without a visit."""
    if is_marked(kept):
        Visit.objects.filter(id=UUID(kept[VISIT]["id"])).update(broker=broker)


def close(kept: SessionBase, *, now: datetime) -> Over | None:
    """End the visit of this session, in the open transaction; None without one.

    Gives what to `keep` once the session is emptied. Logins at portals are worth nothing from the next question on, and
    the worker tells the portals.
    """
    visit = of_session(kept)
    if visit is None:
        return None
    _end(visit, channel=Channel.PAGES, result="done", now=now)
    return Over(visit.portal_id, Kind(kept[VISIT]["world"]), visit.broker)


def keep(kept: SessionBase, over: Over) -> None:
    """Keep what is known after a visit, in a session without anybody."""
    kept[OVER] = over.as_kept()


def over(kept: SessionBase) -> Over | None:
    """Give what is known of the visit that was here before; None without one."""
    found = kept.get(OVER)
    return Over.parse(found) if found is not None else None


def is_alive(visit: Visit, *, now: datetime) -> bool:
    """Say whether it did not end, and did not stand still for too long."""
    return visit.ended_at is None and now - visit.seen_at < _idle()


def touch(visit: Visit, *, now: datetime) -> None:
    """Remember a sign of life, though not every one."""
    if now - visit.seen_at >= SEEN_STEP:
        Visit.objects.filter(id=visit.id, ended_at__isnull=True, seen_at__lt=now).update(seen_at=now)


def end_idle(*, now: datetime) -> int:
    """End some visits that stood still for too long, and erase what a logout would have erased; how many.

    Each in a transaction of its own. A browser that was closed, or a power cut, is noticed by nothing else.
    """
    still = Visit.objects.filter(ended_at__isnull=True, seen_at__lte=now - _idle()).select_related("party")
    found = list(still.order_by("seen_at")[:ENDED_AT_ONCE])
    for visit in found:
        with transaction.atomic():
            if visit.party is not None:
                codes.forget(giver=visit.party.id)
                drafts.forget(party=visit.party)
            _end(visit, channel=Channel.WORKER, result="idle", now=now)
    return len(found)


def forget_stale(*, now: datetime) -> None:
    """Erase visits that ended a day ago."""
    Visit.objects.filter(ended_at__lte=now - KEPT).delete()


def _end(visit: Visit, *, channel: Channel, result: str, now: datetime) -> None:
    if not Visit.objects.filter(id=visit.id, ended_at__isnull=True).update(ended_at=now):
        return
    put(OutboxKind.VISIT_ENDED, payload={"visit": str(visit.id)}, now=now)
    party, portal = visit.party_id, visit.portal_id
    write(Event.VISIT_ENDED, at=now, channel=channel, result=result, actor=party, subject=party, portal=portal)


def _idle() -> timedelta:
    return timedelta(seconds=settings.VISIT_IDLE_SECONDS)
