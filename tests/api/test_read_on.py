"""A portal that was away reads on from the last number that it has, and misses nothing."""

from namens.exchange.documents import event_document
from namens.exchange.models import PortalEvent, Stream
from tests.api.listing import EVENTS, happened
from tests.api.machine import Machine, is_problem, machine
from tests.counting import statements


def numbers(asking: Machine, query: str = "") -> list[int]:
    response = asking.get(EVENTS + query)
    assert response.status_code == 200, response.content
    return [event["nummer"] for event in response.json()["gebeurtenissen"]]


def test_it_gives_events_in_the_form_in_which_they_are_sent(portal: Machine) -> None:
    happened(portal, 1)
    said = portal.get(EVENTS).json()
    event = PortalEvent.objects.get()
    assert said == {"gebeurtenissen": [event_document(event)], "laatsteNummer": 1, "erIsMeer": False}
    assert said["gebeurtenissen"][0] == {
        "id": str(event.id),
        "nummer": 1,
        "type": "machtiging.gewijzigd",
        "tijdstip": "2026-11-23T09:00:00.000Z",
        "gegevens": event.data,
    }


def test_it_reads_on_after_a_number(portal: Machine) -> None:
    happened(portal, 5)
    assert numbers(portal, "?na=3") == [4, 5]
    assert numbers(portal, "?na=5") == []


def test_it_says_whether_there_are_more(portal: Machine) -> None:
    happened(portal, 5)
    said = portal.get(f"{EVENTS}?na=1&aantal=2").json()
    assert ([one["nummer"] for one in said["gebeurtenissen"]], said["erIsMeer"], said["laatsteNummer"]) == (
        [2, 3],
        True,
        5,
    )
    assert portal.get(f"{EVENTS}?na=3&aantal=2").json()["erIsMeer"] is False


def test_it_says_so_when_it_stands_before_what_was_read_already(portal: Machine) -> None:
    assert is_problem(portal.get(f"{EVENTS}?na=1"), "te-oud", status=410)
    happened(portal, 3)
    assert numbers(portal, "?na=3") == []
    # As after a database that was put back.
    PortalEvent.objects.filter(number=3).delete()
    Stream.objects.update(last_number=2)
    assert is_problem(portal.get(f"{EVENTS}?na=3"), "te-oud", status=410)
    assert numbers(portal, "?na=2") == []


def test_it_says_with_the_registration_how_far_it_is(portal: Machine) -> None:
    assert portal.get("/v1/portaal").json()["laatsteNummer"] == 0
    happened(portal, 2)
    assert portal.get("/v1/portaal").json()["laatsteNummer"] == 2


def test_it_gives_nothing_to_a_portal_that_nothing_happened_to(portal: Machine) -> None:
    assert portal.get(EVENTS).json() == {"gebeurtenissen": [], "laatsteNummer": 0, "erIsMeer": False}


def test_it_says_so_when_events_were_erased(portal: Machine) -> None:
    happened(portal, 4)
    PortalEvent.objects.filter(number__lte=2).delete()
    response = portal.get(f"{EVENTS}?na=1")
    assert is_problem(response, "te-oud", status=410)
    assert "/v1/machtigingen" in response.json()["detail"]
    assert numbers(portal, "?na=2") == [3, 4]


def test_it_says_so_when_events_in_the_middle_are_gone(portal: Machine) -> None:
    happened(portal, 5)
    PortalEvent.objects.filter(number=3).delete()
    assert is_problem(portal.get(EVENTS), "te-oud", status=410)
    assert numbers(portal, "?na=0&aantal=1") == [1]
    assert numbers(portal, "?na=3") == [4, 5]


def test_it_says_so_when_all_events_were_erased(portal: Machine) -> None:
    happened(portal, 2)
    PortalEvent.objects.all().delete()
    assert is_problem(portal.get(f"{EVENTS}?na=1"), "te-oud", status=410)
    assert numbers(portal, "?na=2") == []


def test_it_gives_a_portal_its_own_events_only(portal: Machine) -> None:
    happened(portal, 3)
    other = machine("ander")
    assert other.get(EVENTS).json() == {"gebeurtenissen": [], "laatsteNummer": 0, "erIsMeer": False}
    happened(other, 1)
    assert numbers(other) == [1]


def test_it_takes_no_number_that_cannot_be(portal: Machine) -> None:
    for query in ("na=-1", "na=x", "na=9007199254740992", "aantal=0", "aantal=501", "na=1&na=2", "vanaf=1", "na="):
        assert is_problem(portal.get(f"{EVENTS}?{query}"), "ongeldige-invoer", status=400), query


def test_it_says_all_that_is_wrong_at_once(portal: Machine) -> None:
    detail = portal.get(f"{EVENTS}?na=-1&aantal=501").json()["detail"]
    assert "`$.na`" in detail
    assert "`$.aantal`" in detail


def test_it_costs_the_same_for_one_and_for_many(portal: Machine) -> None:
    happened(portal, 1)
    portal.get(EVENTS)
    few = statements(lambda: portal.get(EVENTS))
    happened(portal, 60)
    assert statements(lambda: portal.get(EVENTS)) == few
