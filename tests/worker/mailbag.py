"""A bag of letters and requests for a worker in another process, and what became of it.

Run with the settings of a practice installation: `fill` puts it in the outbox, `later` lets the time pass that a
killed worker's lease and the pause after it take, `count` tells as JSON what the database says.
"""

import json
import sys
from datetime import timedelta

OVERVIEWS = 10


def fill() -> None:
    """Put overviews for the people of the tour, and requests by one of them for each of the others."""
    from django.db import transaction  # noqa: PLC0415 - needs the settings, in a process of its own

    from namens.journal.events import Channel  # noqa: PLC0415 - as above
    from namens.lib import clock  # noqa: PLC0415 - as above
    from namens.lib.partial_date import PartialDate  # noqa: PLC0415 - as above
    from namens.mandates.letters import ask_overview  # noqa: PLC0415 - as above
    from namens.parties.actions import register_person  # noqa: PLC0415 - as above
    from namens.parties.identifiers import Bsn  # noqa: PLC0415 - as above
    from namens.parties.models import Party  # noqa: PLC0415 - as above
    from namens.population.actions import refresh  # noqa: PLC0415 - as above
    from rehearsal import people  # noqa: PLC0415 - as above
    from tests.asking import asks, stated  # noqa: PLC0415 - as above

    now = clock.now()
    everybody = people.load().everybody
    plain = [one for one in everybody if one.tour and one.born and one.address.kind == "home"]
    bram, clients = plain[1], [plain[0], *plain[2:]]
    helper = register_person(bsn=Bsn(bram.bsn), now=now, channel=Channel.PAGES)
    refresh(party=helper, now=now)
    helper = Party.objects.select_related("person").get(id=helper.id)
    for client in clients:
        asks(helper, stated(Bsn(client.bsn), born=PartialDate.parse(client.born), now=now), now=now)
        party = register_person(bsn=Bsn(client.bsn), now=now, channel=Channel.PAGES)
        for _ in range(OVERVIEWS):
            with transaction.atomic():
                ask_overview(party=party.id, now=now)


def later() -> None:
    """Let so much time have passed that every row can be taken again."""
    from namens.outbox.models import OutboxRow  # noqa: PLC0415 - needs the settings, in a process of its own

    long_ago = min(row.put_at for row in OutboxRow.objects.all()) - timedelta(hours=1)
    waiting = OutboxRow.objects.filter(settled_at__isnull=True, kind__in=["request", "letter", "print"])
    waiting.filter(attempts__gt=0).update(leased_until=None, due_at=long_ago)


def count() -> None:
    """Tell how many rows wait, and which letters were posted."""
    from namens.codes.models import ActivationCode  # noqa: PLC0415 - needs the settings, in a process of its own
    from namens.mandates.models import Mandate  # noqa: PLC0415 - as above
    from namens.outbox.models import OutboxRow  # noqa: PLC0415 - as above
    from namens.post.models import Letter  # noqa: PLC0415 - as above

    told = {
        "waiting": OutboxRow.objects.filter(settled_at__isnull=True).exclude(kind="access-ended").count(),
        "asked": OutboxRow.objects.filter(kind="letter").count(),
        "requested": Mandate.objects.filter(state="requested").count(),
        "codes": ActivationCode.objects.count(),
        "posted": sorted(Letter.objects.filter(outcome="posted").values_list("reference", flat=True)),
        "others": Letter.objects.exclude(outcome="posted").count(),
    }
    sys.stdout.write(f"{json.dumps(told)}\n")


if __name__ == "__main__":
    import django

    django.setup()
    {"fill": fill, "later": later, "count": count}[sys.argv[1]]()
