"""What leaves for portals as a signed webhook: one event about one thing at a time, to each portal in its own pace."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

import structlog
from django.db import transaction

from namens.exchange import sending
from namens.exchange.sending import Failed, Message, NobodyThere, Sent
from namens.lib import clock
from namens.outbox import actions as outbox
from namens.outbox.carriers import Carriers
from namens.outbox.models import Kind, OutboxRow
from namens.worker.away import Away
from namens.worker.rows import attempt, begin, close, hand_out, settling, take_up

FIRST_EVENTS, FURTHER_EVENTS = 8, 4
GIVEN_UP_AT_ONCE = 50
FOR_ONE_PORTAL = 2
"""One portal has at most a half of the carriers."""
KEPT_FREE = 2
"""The last carriers go to portals with nothing under way: two slow portals have a half each, and no more than that."""

log = structlog.get_logger()


@dataclass
class EventDesk:
    """Carriers to portals, for first tries and for further ones, and who of the portals is away."""

    first_tries: Carriers = field(default_factory=lambda: Carriers(FIRST_EVENTS))
    further_tries: Carriers = field(default_factory=lambda: Carriers(FURTHER_EVENTS))
    away: Away = field(default_factory=Away)
    given_up_to: OutboxRow | None = None

    def carriers(self) -> tuple[Carriers, ...]:
        """Give everybody who is or can be outside."""
        return self.first_tries, self.further_tries

    def turn(self) -> bool:
        """Begin what is due, as much as can leave at once; True when there was something."""
        begun = [
            hand_out(
                kind=Kind.PORTAL_EVENT,
                tried=tried,
                most=carriers.free,
                to=partial(begin, partial(self._send, carriers)),
                besides=partial(self._left_alone, carriers),
                # Who may be away has no carrier of the first tries: those are for who is there.
                untried_of=self.away.doubtful,
            )
            for carriers, tried in ((self.first_tries, False), (self.further_tries, True))
        ]
        return any(begun)

    def give_up(self, *, now: datetime, most: int = GIVEN_UP_AT_ONCE) -> bool:
        """Give up a batch of what no portal took in three days, and let what waits behind it leave.

        True when there may be more: the next batch goes on after this one, whatever was wrong with a row of it.
        """
        rows = outbox.hopeless(Kind.PORTAL_EVENT, now=now, most=most, after=self.given_up_to)
        for row in rows:
            attempt(partial(_give_up, row, now=now))
        self.given_up_to = rows[-1] if len(rows) == most else None
        return self.given_up_to is not None

    def _left_alone(self, carriers: Carriers) -> set[UUID]:
        """Give the portals to which these carriers bring nothing more now."""
        under_way = carriers.bound_for
        most = carriers.number // FOR_ONE_PORTAL if carriers.free > KEPT_FREE else 1
        full = {portal for portal, number in under_way.items() if number >= most}
        called = self.first_tries.bound_for + self.further_tries.bound_for
        return full | self.away.resting(now=clock.now()) | (self.away.doubtful() & called.keys())

    def _send(self, carriers: Carriers, row: OutboxRow) -> None:
        prepared = sending.prepare(_event_of(row), now=clock.now())
        if isinstance(prepared, Message):
            errand = partial(sending.post, prepared)
            then = partial(take_up, row, partial(self._brought, row, prepared.portal))
            carriers.send(errand, then=then, bound_for=prepared.portal)
        else:
            _end(row, prepared)

    def _brought(self, row: OutboxRow, portal: UUID, outcome: Sent | Failed) -> None:
        now = clock.now()
        _end(row, outcome)
        if isinstance(outcome, Failed) and outcome.is_away:
            until = self.away.noticed(portal, now=now, wish=outcome.rest)
            if until is not None:
                log.warning("portal away", portal=str(portal), problem=outcome.problem, until=until.isoformat())
                outbox.rest(Kind.PORTAL_EVENT, party=portal, until=until, problem=outcome.problem)
        elif self.away.is_back(portal) and isinstance(outcome, Sent):
            outbox.hurry(Kind.PORTAL_EVENT, party=portal, now=now)


def _end(row: OutboxRow, outcome: Sent | NobodyThere | Failed) -> None:
    """Settle the row with what follows from it, both or neither."""
    event, now = _event_of(row), clock.now()
    match outcome:
        case Failed(problem=problem):
            close(row, problem)
        case NobodyThere():
            with settling(row):
                sending.close_line(event, now=now)
        case Sent():
            with settling(row):
                sending.keep_delivered(event, now=now)


def _give_up(row: OutboxRow, *, now: datetime) -> None:
    with transaction.atomic():
        # The stream first, as everybody who holds both.
        event = sending.keep_given_up(_event_of(row), now=now)
        if not outbox.give_up_one(row, now=now):
            transaction.set_rollback(True)
            return
    if event is not None:
        told = {"number": event.number, "portal": str(event.portal_id), "attempts": row.attempts}
        log.error("event given up", problem=row.last_problem, **told)


def _event_of(row: OutboxRow) -> UUID:
    return UUID(row.payload["event"])
