"""What waits for a client's second yes: giver and helper were at one browser, and somebody may have held the mouse."""

from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from namens.mandates.models import SecondYes
from namens.mandates.states import State
from namens.parties.models import Party

_ALIVE = (State.OFFERED.value, State.ACTIVE.value)


def waiting_for(client: Party, *, today: date) -> QuerySet[SecondYes]:
    """Give what this client can still say a second yes to, newest first: the mandate runs on as it was held back."""
    waiting = SecondYes.objects.filter(answered_at__isnull=True, waits_until__gte=today)
    open_ones = waiting.filter(
        mandate__representee=client,
        mandate__state__in=_ALIVE,
        mandate__last_day__gte=today,
        mandate__last_day=F("held_at"),
    )
    people = ("mandate__representative__person", "mandate__representative__organisation")
    return open_ones.select_related(*people).order_by("-asked_at")


def of_mandate(mandate: UUID, *, client: Party, today: date) -> SecondYes | None:
    """Give what waits for this client's second yes to one mandate."""
    return waiting_for(client, today=today).filter(mandate=mandate).first()
