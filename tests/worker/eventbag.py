"""A bag of events for a worker in another process, and what became of it.

Run with the settings of a practice installation: `fill` (with the portal's address) lets a portal listen there and
writes events, `later` lets the time pass that a killed worker's lease and the pause after it take, `count` tells as
JSON what the database says.
"""

import json
import sys
from datetime import timedelta

LINES, EVENTS = 10, 30


def fill() -> None:
    """Let one of the portals listen, and write events about several things, in turn."""
    from namens.lib import clock  # noqa: PLC0415 - needs the settings, in a process of its own
    from namens.lib.ids import new_id  # noqa: PLC0415 - as above
    from namens.services.models import Portal  # noqa: PLC0415 - as above
    from tests.exchange.hearing import hearing  # noqa: PLC0415 - as above

    now, portal = clock.now(), Portal.objects.order_by("client_id")[0]
    hears = hearing(portal, sys.argv[2], now=now)
    lines = [new_id() for _ in range(LINES)]
    events = hears.must_hear(*lines * EVENTS, now=now)
    told = {"secret": hears.secret, "lines": {str(event.id): str(event.about) for event in events}}
    sys.stdout.write(f"{json.dumps(told)}\n")


def later() -> None:
    """Let so much time have passed that every row can be taken again."""
    from namens.outbox.models import Kind, OutboxRow  # noqa: PLC0415 - needs the settings, in a process of its own

    waiting = OutboxRow.objects.filter(settled_at__isnull=True, kind=Kind.PORTAL_EVENT)
    long_ago = min((row.put_at for row in waiting), default=None)
    if long_ago is not None:
        waiting.update(leased_until=None, due_at=long_ago - timedelta(hours=1))


def count() -> None:
    """Tell how many events and rows wait."""
    from namens.exchange.models import PortalEvent  # noqa: PLC0415 - needs the settings, in a process of its own
    from namens.outbox.models import Kind, OutboxRow  # noqa: PLC0415 - as above

    rows = OutboxRow.objects.filter(kind=Kind.PORTAL_EVENT)
    told = {
        "events": PortalEvent.objects.filter(delivered_at__isnull=True).count(),
        "rows": rows.filter(settled_at__isnull=True).count(),
        "all": rows.count(),
    }
    sys.stdout.write(f"{json.dumps(told)}\n")


if __name__ == "__main__":
    import django

    django.setup()
    {"fill": fill, "later": later, "count": count}[sys.argv[1]]()
