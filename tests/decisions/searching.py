"""A portal's machine that searches, and what it hears."""

from collections.abc import Iterator, Mapping
from typing import Any

from namens.organisations.models import Organisation
from namens.parties.models import Party
from tests.decisions.machine import Heard, Machine, machine
from tests.openid.renewing import DECISIONS
from tests.openid.sealed import sealing
from tests.working import client_called, mandate_of

SUBJECT, RESOURCE, ACTION = (f"/access/v1/search/{one}" for one in ("subject", "resource", "action"))
BASIS = "Algemene wet inkomensafhankelijke regelingen, artikel 1"


def searcher(client_id: str = "zoeker", *keys: str, **terms: object) -> Machine:
    """Register a portal whose machine may search, and give its machine."""
    return machine(client_id, *keys, **{"search_basis": BASIS, **terms})


def entitled(client_id: str = "bsn-portaal", **terms: bool) -> Machine:
    """Register a portal with a legal basis for BSNs and for searches, and give its machine."""
    whole: dict[str, Any] = {"machine_scopes": (DECISIONS,), "search_basis": BASIS, **terms}
    return Machine(sealing(client_id, **whole))


def who(client: str, *, kind: str = "person", service: str = "mijn-toeslagen", **more: object) -> dict[str, object]:
    """Give the question who may do this for a client, known by this id."""
    subject = {"type": kind}
    resource = {"type": "person", "id": client}
    asked = {"subject": subject, "action": {"name": service}, "resource": resource, "context": {"assurance": "low"}}
    return {**asked, **more}


def for_whom(helper: Mapping[str, object], *, service: str = "mijn-toeslagen", **more: object) -> dict[str, object]:
    """Give the question for whom this subject may do this."""
    asked = {"subject": helper, "action": {"name": service}, "resource": {"type": "person"}}
    return {**asked, "context": {"assurance": "low"}, **more}


def what(helper: Mapping[str, object], client: str, **more: object) -> dict[str, object]:
    """Give the question what this subject may do for a client."""
    return {"subject": helper, "resource": {"type": "person", "id": client}, "context": {"assurance": "low"}, **more}


def ids_in(heard: Heard) -> list[str]:
    """Give the ids, or the names, of the results."""
    assert heard.status == 200, heard.body
    return [one.get("id") or one["name"] for one in heard.json["results"]]


def next_in(heard: Heard) -> str:
    """Give the token of the next page."""
    assert heard.status == 200, heard.body
    return str(heard.json["page"]["next_token"])


def person(asking: Machine, party: Party) -> dict[str, object]:
    """Give a person as a subject."""
    return {"type": "person", "id": asking.id_of(party)}


def all_pages(asking: Machine, question: dict[str, object], path: str, *, limit: int) -> Iterator[Heard]:
    """Ask page after page, as a stock client does."""
    heard = asking.ask({**question, "page": {"limit": limit}}, path=path)
    yield heard
    while token := next_in(heard):
        heard = asking.ask({**question, "page": {"token": token}}, path=path)
        yield heard


def each_search(asking: Machine, client: Party, helper: Party) -> list[tuple[dict[str, object], str]]:
    """Give a question of each kind about these two, and where it is asked."""
    return [
        (who(asking.id_of(client)), SUBJECT),
        (for_whom(person(asking, helper)), RESOURCE),
        (what(person(asking, helper), asking.id_of(client)), ACTION),
    ]


def clients_of(helper: Party, number: int) -> list[Party]:
    """Give so many clients with an active mandate for this helper, in the order of their ids."""
    clients = [client_called(f"Klant {one}") for one in range(number)]
    for client in clients:
        mandate_of(client, Organisation(party=helper))
    return sorted(clients, key=lambda client: client.id)
