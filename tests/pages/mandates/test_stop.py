"""Stopping all of it or one service, by the client; stopping all of it, by the helper."""

from django.test import Client

from namens.mandates.models import Mandate, MandateService
from namens.mandates.states import EndReason, State
from tests.pages.visiting import send, shown, title


def page_of(mandate: Mandate) -> str:
    return f"/mijn-machtigingen/{mandate.id}/stoppen"


def now(mandate: Mandate) -> Mandate:
    return Mandate.objects.get(id=mandate.id)


def test_it_asks_the_client_what_has_to_stop(at_anna: Client, mandate: Mandate) -> None:
    page = shown(at_anna.get(page_of(mandate)))
    assert "Wilt u de hulp van Bram Bakker stoppen?" in page
    assert "Alles Alleen Mijn toeslagen Alleen Inkomstenbelasting" in page


def test_it_stops_everything(at_anna: Client, mandate: Mandate) -> None:
    response = send(at_anna, page_of(mandate), {"what": "everything"})
    assert now(mandate).end_reason == EndReason.STOPPED_BY_REPRESENTEE
    assert "Het is gestopt" in shown(at_anna.get(response["Location"]))


def test_it_stops_one_service_and_leaves_the_other(at_anna: Client, mandate: Mandate) -> None:
    send(at_anna, page_of(mandate), {"what": "mijn-toeslagen"})
    running = MandateService.objects.filter(mandate=mandate, stopped_at__isnull=True)
    assert [line.service.key for line in running] == ["inkomstenbelasting"]
    assert now(mandate).state == State.ACTIVE


def test_it_stops_no_more_when_one_service_is_stopped_twice(at_anna: Client, mandate: Mandate) -> None:
    for _ in range(2):
        response = send(at_anna, page_of(mandate), {"what": "mijn-toeslagen"})
        assert response["Location"] == f"/mijn-machtigingen/{mandate.id}/gestopt"
    assert now(mandate).state == State.ACTIVE


def test_it_stops_nothing_for_an_unknown_answer_when_one_service_is_left(at_anna: Client, mandate: Mandate) -> None:
    send(at_anna, page_of(mandate), {"what": "mijn-toeslagen"})
    page = send(at_anna, page_of(mandate), {"what": "parkeervergunning"})
    assert "Kies een van de antwoorden" in shown(page)
    assert now(mandate).state == State.ACTIVE


def test_it_asks_the_client_to_choose(at_anna: Client, mandate: Mandate) -> None:
    page = send(at_anna, page_of(mandate))
    assert "Kies een van de antwoorden" in shown(page)
    assert now(mandate).state == State.ACTIVE


def test_it_refuses_a_service_that_is_not_in_it(at_anna: Client, mandate: Mandate) -> None:
    send(at_anna, page_of(mandate), {"what": "parkeervergunning"})
    assert now(mandate).state == State.ACTIVE


def test_it_lets_the_helper_stop_with_one_button(at_bram: Client, mandate: Mandate) -> None:
    assert "Wilt u stoppen met het helpen van Anna de Vries?" in shown(at_bram.get(page_of(mandate)))
    send(at_bram, page_of(mandate))
    assert now(mandate).end_reason == EndReason.STOPPED_BY_REPRESENTATIVE


def test_it_does_not_let_the_helper_stop_one_service(at_bram: Client, mandate: Mandate) -> None:
    send(at_bram, page_of(mandate), {"what": "mijn-toeslagen"})
    assert now(mandate).state == State.ENDED


def test_it_says_that_it_stopped_already(at_anna: Client, mandate: Mandate) -> None:
    send(at_anna, page_of(mandate), {"what": "everything"})
    page = send(at_anna, page_of(mandate))
    assert "Dit kan niet meer" in shown(page)
    assert title(page).startswith("Fout: ")


def test_it_stops_nothing_by_a_look(at_anna: Client, mandate: Mandate) -> None:
    at_anna.get(page_of(mandate))
    assert now(mandate).state == State.ACTIVE


def test_it_stops_nothing_for_dirk(at_dirk: Client, mandate: Mandate) -> None:
    assert send(at_dirk, page_of(mandate), {"what": "everything"}).status_code == 404
    assert now(mandate).state == State.ACTIVE


def test_it_stops_nothing_without_a_login(mandate: Mandate) -> None:
    assert send(Client(), page_of(mandate), {"what": "everything"})["Location"].startswith("/signin/")
    assert now(mandate).state == State.ACTIVE
