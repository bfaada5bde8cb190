"""Reading on from an event: what a portal missed while it was away."""

from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import urlencode

from namens_client._events import event
from namens_client._exchange import PORTALS, Call, ask, failure
from namens_client._flow import Answer, Flow, Page
from namens_client._reading import Unreadable, understood
from namens_client._setup import Setup
from namens_client.events import Event
from namens_client.problems import TooOld

A_PAGE = 500


def events(setup: Setup, after: int) -> Flow[Page[Event]]:
    """Read the page of events after this number. Raises NoAnswer; TooOld when they are not kept any more."""
    query = urlencode({"na": after, "aantal": A_PAGE})
    answer = yield from _asked(setup, f"gebeurtenissen?{query}")
    with understood(answer) as fields:
        found = [event(one) for one in fields.many("gebeurtenissen")]
        more = fields.flag("erIsMeer")
        last = _last(found, after)
        if more and last <= after:
            raise Unreadable("erIsMeer")
    return Page(found, (lambda: events(setup, last)) if more else None)


def newest(setup: Setup) -> Flow[int]:
    """Give the number of the newest event there is, 0 before the first. Raises NoAnswer."""
    answer = yield from _asked(setup, "portaal")
    with understood(answer) as fields:
        return fields.number("laatsteNummer")


def _asked(setup: Setup, path: str) -> Flow[Answer]:
    url, until = f"{setup.portals}/{path}", setup.ticks() + setup.long_patience
    answer = yield from ask(setup, Call(scope=PORTALS, method="GET", url=url, until=until, keeps_trying=True))
    if answer.status == 410:
        raise TooOld("these events are not kept any more", status=410, code="te-oud", request_id=answer.request_id)
    if answer.status != 200:
        raise failure(answer)
    return answer


def _last(found: Sequence[Event], after: int) -> int:
    """Give the last number; they only go up, so that who reads on misses none and repeats none. Raises Unreadable."""
    numbers = [after, *(one.number for one in found)]
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        raise Unreadable("nummer")
    return numbers[-1]
