"""The mandate that waits for a client's yes, however it came to be asked."""

from collections.abc import Sequence
from datetime import date, datetime

from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.lib.periods import Duration
from namens.mandates.actions.lines import make_lines
from namens.mandates.models import Mandate, Origin
from namens.mandates.states import Verb, after
from namens.parties.models import Party
from namens.services.models import Service


def make_asked(
    *,
    client: Party,
    helper: Party | None,
    services: Sequence[Service],
    duration: Duration,
    waits_until: date,
    now: datetime,
    origin: Origin = Origin.REQUESTED,
    opens_on: date | None = None,
    closes_at: datetime | None = None,
) -> Mandate:
    """Make a mandate that waits up to and including `waits_until`, with its lines. Its days are the outermost ones.

    Can only be agreed to from `opens_on`, and before `closes_at`, where those are given. The caller checked the rules,
    and writes the journal.
    """
    asked = Mandate.objects.create(
        representee=client,
        representative=helper,
        origin=origin,
        state=after(None, Verb.REQUEST),
        first_day=clock.day_of(now),
        last_day=duration.last_day(waits_until),
        duration=duration,
        waits_until=waits_until,
        opens_on=opens_on,
        closes_at=closes_at,
        level_given=AssuranceLevel.BASIC,
        sensitive_seen=sorted({key for service in services for key in service.sensitive_keys}),
        offered_at=now,
    )
    make_lines(asked, services=services)
    return asked
