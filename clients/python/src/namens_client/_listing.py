"""Listing the mandates that concern this portal, page by page."""

from typing import Any
from urllib.parse import urlencode

from namens_client import _people
from namens_client._exchange import PORTALS, Call, ask, failure
from namens_client._flow import Answer, Flow, Page
from namens_client._reading import Fields, Unreadable, understood
from namens_client._setup import Setup
from namens_client.mandates import Mandate, MandateService, Search, Standing
from namens_client.people import Member, Organisation, Person

A_PAGE = 500


def mandates(setup: Setup, search: Search, *, place: str = "") -> Flow[Page[Mandate]]:
    """Read a page of all of them. Raises NoAnswer."""
    asked = {"aantal": str(A_PAGE), "vanaf": place}
    if search.changed_since is not None:
        asked["gewijzigdSinds"] = search.changed_since.isoformat()
    query = urlencode({name: said for name, said in asked.items() if said})
    answer = yield from _asked(setup, "GET", f"machtigingen?{query}")
    found, following = _page(answer, place)
    return Page(found, (lambda: mandates(setup, search, place=following)) if following else None)


def search(setup: Setup, wanted: Search, *, place: str = "") -> Flow[Page[Mandate]]:
    """Read a page of those that are searched for. Raises NoAnswer."""
    content = _content(wanted) | ({"vanaf": place} if place else {})
    answer = yield from _asked(setup, "POST", "machtigingen/zoekopdrachten", content)
    found, following = _page(answer, place)
    return Page(found, (lambda: search(setup, wanted, place=following)) if following else None)


def _content(wanted: Search) -> dict[str, Any]:
    content: dict[str, Any] = {"aantal": A_PAGE}
    if wanted.represented is not None:
        content["vertegenwoordigde"] = _people.written(wanted.represented)
    if wanted.representative is not None:
        content["gemachtigde"] = _people.written(wanted.representative)
    if wanted.services:
        content["diensten"] = list(wanted.services)
    if wanted.standings:
        content["status"] = list(wanted.standings)
    if wanted.changed_since is not None:
        content["gewijzigdSinds"] = wanted.changed_since.isoformat()
    return content


def _asked(setup: Setup, method: str, path: str, content: object = None) -> Flow[Answer]:
    until = setup.ticks() + setup.long_patience
    url = f"{setup.portals}/{path}"
    call = Call(scope=PORTALS, method=method, url=url, content=content, until=until, keeps_trying=True)
    answer = yield from ask(setup, call)
    if answer.status != 200:
        raise failure(answer)
    return answer


def _page(answer: Answer, place: str) -> tuple[list[Mandate], str]:
    with understood(answer) as fields:
        following = fields.text("volgende") if fields.has("volgende") else ""
        if following and following == place:
            raise Unreadable("volgende")
        return [_mandate(one) for one in fields.many("machtigingen")], following


def _mandate(fields: Fields) -> Mandate:
    return Mandate(
        id=fields.uuid("machtiging"),
        sequence=fields.number("volgnummer"),
        standing=Standing(fields.text("status")),
        represented=_people.read_person(fields.inner("vertegenwoordigde")),
        representative=_helper(fields.inner("gemachtigde")),
        services=tuple(_service(one) for one in fields.many("diensten")),
        left_out=fields.texts("uitgezonderd"),
        changed_at=fields.moment("gewijzigdOp"),
    )


def _helper(fields: Fields) -> Person | Organisation:
    who = _people.read(fields)
    if isinstance(who, Member):
        raise Unreadable("gemachtigde")
    return who


def _service(fields: Fields) -> MandateService:
    return MandateService(
        key=fields.text("dienst"),
        first_day=fields.day("eersteDag"),
        last_day=fields.day("laatsteDag"),
        standing=Standing(fields.text("status")),
    )
