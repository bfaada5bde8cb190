"""Changes of mandates for a worker in another process, and what portals heard of them.

Run with the settings of a practice installation: `fill` lets them happen, `later` lets the time pass that a killed
worker's lease and the pause after it take, `count` tells as JSON what the database says.
"""

import json
import sys
from datetime import timedelta

TOLD = ["mandate-changed", "licence-changed", "exclusion-changed"]


def fill() -> None:
    """Let everybody of the four give everybody else a mandate, and let a lot become of it; two portals hear of it."""
    from itertools import permutations  # noqa: PLC0415 - needs the settings, in a process of its own

    from namens.lib import clock  # noqa: PLC0415 - as above
    from namens.mandates import actions  # noqa: PLC0415 - as above
    from namens.mandates.models import ReportKind  # noqa: PLC0415 - as above
    from tests.exchange.hearing import hearing  # noqa: PLC0415 - as above
    from tests.people import BSNS, give, person, terms  # noqa: PLC0415 - as above
    from tests.people import use_code as use  # noqa: PLC0415 - as above

    now = clock.now()
    for name in ("een", "twee"):
        hearing(f"gedood-{name}", "mijn-toeslagen")
    people = {name: person(name, now=now) for name in BSNS}
    for giver, helper in permutations(people, 2):
        given = give(people[giver], people[helper], what=terms(first_day=clock.day_of(now)), now=now)
        mandate = use(given, people[helper], now=now, bsn=BSNS[giver])
        later = [now + timedelta(milliseconds=number) for number in range(1, 4)]
        actions.report(mandate=mandate.id, by=people[giver], kind=ReportKind.UNWANTED, now=later[0])
        actions.restore(mandate=mandate.id, by=people[giver], now=later[1])
        actions.stop(mandate=mandate.id, by=people[giver], now=later[2])


def later() -> None:
    """Let so much time have passed that every row can be taken again."""
    from namens.outbox.models import OutboxRow  # noqa: PLC0415 - needs the settings, in a process of its own

    long_ago = min(row.put_at for row in OutboxRow.objects.all()) - timedelta(hours=1)
    waiting = OutboxRow.objects.filter(settled_at__isnull=True, kind__in=TOLD)
    waiting.filter(attempts__gt=0).update(leased_until=None, due_at=long_ago)


def count() -> None:
    """Tell how many rows wait, and what each portal heard of each mandate, in order."""
    from namens.exchange.models import PortalEvent  # noqa: PLC0415 - needs the settings, in a process of its own
    from namens.mandates.changes import MandateChange  # noqa: PLC0415 - as above
    from namens.outbox.models import OutboxRow  # noqa: PLC0415 - as above

    heard: dict[str, list[int]] = {}
    numbers: dict[str, list[int]] = {}
    for event in PortalEvent.objects.filter(portal__client_id__startswith="gedood").order_by("number"):
        numbers.setdefault(str(event.portal_id), []).append(event.number)
        # Of the practice's own organisations these portals hear too: that a licence was given.
        if event.kind.startswith("machtiging."):
            heard.setdefault(f"{event.portal_id} {event.about}", []).append(event.data["volgnummer"])
    told = {
        "waiting": OutboxRow.objects.filter(settled_at__isnull=True, kind__in=TOLD).count(),
        "untold": MandateChange.objects.filter(told_at__isnull=True).count(),
        "heard": list(heard.values()),
        "numbers": list(numbers.values()),
    }
    sys.stdout.write(f"{json.dumps(told)}\n")


if __name__ == "__main__":
    import django

    django.setup()
    {"fill": fill, "later": later, "count": count}[sys.argv[1]]()
