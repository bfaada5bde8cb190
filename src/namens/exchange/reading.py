"""Reading on in the stream of a portal's events, from the last number that it has."""

from collections.abc import Sequence
from dataclasses import dataclass

from namens.exchange.models import PortalEvent, Stream
from namens.services.models import Portal


class TooOld(LookupError):
    """Events after this number were erased already, or it was never given: a database was put back."""


@dataclass(frozen=True)
class Part:
    """Part of a stream: events in their order, the last number that there is, and whether there are more."""

    events: Sequence[PortalEvent]
    last_number: int
    more: bool


def last_number(portal: Portal) -> int:
    """Give the number of the newest event of this portal, 0 before the first. One statement."""
    return Stream.objects.filter(portal=portal).values_list("last_number", flat=True).first() or 0


def read_on(portal: Portal, *, after: int, most: int) -> Part:
    """Give at most so many events after this number. Two statements. Raises TooOld.

    Numbers have no gap: an event that does not have the next number says that some were erased, also in the middle.
    """
    last = last_number(portal)
    if after > last:
        # Of a number from before a database was put back nobody knows what came after it.
        raise TooOld(after)
    found = list(PortalEvent.objects.filter(portal=portal, number__gt=after).order_by("number")[: most + 1])
    numbers = [event.number for event in found]
    if numbers != list(range(after + 1, after + 1 + len(found))) or (not found and after < last):
        raise TooOld(after)
    return Part(found[:most], max([last, *numbers]), more=len(found) > most)
