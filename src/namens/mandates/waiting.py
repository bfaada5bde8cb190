"""Whether a mandate still waits for somebody: the one place that says so for codes, letters and a yes."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from namens.lib import clock
from namens.mandates.at_table import first_told_on
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.states import State
from namens.parties.models import Kind, Party


def needs_code(*, representee: Party, representative: Party | None, today: date) -> bool:
    """Say whether a mandate that a client gives waits for a code.

    Not for an organisation that this client mandated before: then that somebody was really there needs no more proof.
    Nor for a private helper whose mandate runs, once the letter that confirmed it must be there: the client goes on
    with somebody whom they know. One statement, none for an open code.
    """
    if representative is None:
        return True
    if representative.kind != Kind.ORGANISATION:
        return first_told_on(client=representee, helper=representative, today=today, running=True) is None
    before = Mandate.objects.filter(representee=representee, representative=representative)
    return not before.filter(activated_at__isnull=False).exists()


# How long a request that met nobody is kept, and seen, after the last day for a yes.
UNMET_KEPT = timedelta(days=30)


def in_time(now: datetime) -> Q:
    """Give the condition that a mandate, or a request, can still be agreed to, now or later."""
    closes = Q(closes_at__isnull=True) | Q(closes_at__gt=now)
    return Q(waits_until__gte=clock.day_of(now)) & closes


def is_in_time(asked: Mandate | MandateRequest, *, now: datetime) -> bool:
    """Say the same as `in_time` of what was read already. No statement."""
    if asked.waits_until is None or asked.waits_until < clock.day_of(now):
        return False
    return asked.closes_at is None or asked.closes_at > now


def still_waits(mandate: Mandate, *, now: datetime) -> bool:
    """Say whether a code or a yes can make this mandate active, today or later: it waits, in time, and the helper did
    not take it back.

    One statement for what was asked; none for what a client offered.
    """
    if mandate.state not in {State.OFFERED, State.REQUESTED} or mandate.last_day < clock.day_of(now):
        return False
    if mandate.state == State.OFFERED:
        return True
    if not is_in_time(mandate, now=now):
        return False
    return not MandateRequest.objects.filter(mandate=mandate, withdrawn_at__isnull=False).exists()


def can_be_agreed_to(mandate: Mandate, *, now: datetime) -> bool:
    """Say whether a code or a yes can make this mandate active now: it waits, and its day has come."""
    has_come = mandate.opens_on is None or mandate.opens_on <= clock.day_of(now)
    return has_come and still_waits(mandate, now=now)
