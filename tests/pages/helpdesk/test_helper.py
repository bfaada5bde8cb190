"""A helper who calls: services and days, and stopping."""

import pytest
from django.test import Client
from django.urls import reverse

from namens.mandates.models import Mandate
from namens.mandates.states import EndReason, State
from namens.parties.actions import helper_number_of
from namens.parties.models import Party
from tests.pages.helpdesk.phoning import call_with_helper, number_form
from tests.pages.visiting import arrive, shown
from tests.people import NOW, give, of


@pytest.fixture
def number(bram: Party) -> str:
    """Bram's helper number."""
    return helper_number_of(party=bram, now=NOW)


def test_it_shows_services_and_days_and_no_name(at_hester: Client, number: str, mandate: Mandate) -> None:
    call = call_with_helper(at_hester, number)
    for address in (
        reverse("pages:helper-call", args=[call.id]),
        reverse("pages:helper-call-stop", args=[call.id, mandate.id]),
    ):
        page = shown(at_hester.get(address))
        assert "Mijn toeslagen" in page
        assert "22 november 2027" in page
        for secret in ("Anna", "Vries", "Bram", "Bakker", "1980"):
            assert secret not in page


def test_it_stops_the_mandate_after_it_was_read_out(at_hester: Client, number: str, mandate: Mandate) -> None:
    call = call_with_helper(at_hester, number)
    done = at_hester.post(reverse("pages:helper-call-stop", args=[call.id, mandate.id]), follow=True)
    assert "Het is gestopt" in shown(done)
    assert of(mandate).end_reason == EndReason.STOPPED_BY_HELPDESK


def test_it_tells_the_client_that_the_helper_called(
    at_hester: Client, number: str, mandate: Mandate, anna: Party
) -> None:
    call = call_with_helper(at_hester, number)
    at_hester.post(reverse("pages:helper-call-stop", args=[call.id, mandate.id]))
    page = shown(arrive(anna).get(reverse("pages:mandate", args=[mandate.id])))
    assert "Bram Bakker belde, en de helpdesk heeft deze machtiging opgezocht." in page
    assert "Bram Bakker belde, en de helpdesk heeft deze machtiging gestopt." in page


@pytest.mark.parametrize("changes", [{"birth_date_day": "7"}, {"number": "BCDFGHJK"}, {"birth_date_year": ""}])
def test_it_finds_nothing_when_something_is_wrong(
    at_hester: Client, number: str, mandate: Mandate, changes: dict[str, str]
) -> None:
    assert mandate.state == State.ACTIVE
    answer = at_hester.post(reverse("pages:caller-helper"), number_form(number, **changes))
    assert answer.status_code == 200
    assert "Fout:" in answer.content.decode()


def test_it_gives_no_other_page_of_the_helpdesk_to_a_helper_who_calls(
    at_hester: Client, number: str, mandate: Mandate
) -> None:
    call = call_with_helper(at_hester, number)
    for name in ("mandate", "stop", "shorten", "changed"):
        assert at_hester.get(reverse(f"pages:caller-{name}", args=[call.id, mandate.id])).status_code == 404


def test_it_stops_no_mandate_that_was_not_found(
    at_hester: Client, number: str, mandate: Mandate, carla: Party, bram: Party
) -> None:
    call, other = call_with_helper(at_hester, number), give(carla, bram).mandate
    assert other.id != mandate.id
    assert at_hester.post(reverse("pages:helper-call-stop", args=[call.id, other.id])).status_code == 404
    assert of(other).state == State.OFFERED


def test_it_can_be_ended_by_the_agent(at_hester: Client, number: str, mandate: Mandate) -> None:
    call = call_with_helper(at_hester, number)
    at_hester.post(reverse("pages:helper-hang-up", args=[call.id]))
    assert at_hester.get(reverse("pages:helper-call", args=[call.id])).status_code == 410
    at_hester.post(reverse("pages:helper-call-stop", args=[call.id, mandate.id]))
    assert of(mandate).state == State.ACTIVE
