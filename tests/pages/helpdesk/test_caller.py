"""The page of a caller, and stopping and shortening there."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from namens.lib import clock
from namens.mandates.models import Mandate, MandateService
from namens.mandates.states import EndReason, State
from namens.parties.facts import StopSignal
from namens.parties.models import Party
from tests.helpdesk.calling import Addresses
from tests.pages.helpdesk.phoning import THREE, call_with_anna, look_up, pages_of
from tests.pages.visiting import arrive, shown, source
from tests.people import NOW, give, of

WHOLE = {"what": "everything"}
SURE = {"sure": "yes"}
DAY = {"last_day_day": "1", "last_day_month": "12", "last_day_year": "2026"}


def test_it_shows_the_mandates_as_the_client_reads_them(at_hester: Client, mandate: Mandate) -> None:
    page = shown(at_hester.get(reverse("pages:caller", args=[call_with_anna(at_hester).id])))
    assert mandate.state == State.ACTIVE
    assert "U spreekt met Anna de Vries" in page
    assert "Ingelogd als Hester" in page
    assert "Bram Bakker" in page
    assert "Tot en met 22 november 2027." in page


def test_it_shows_no_bsn_birth_date_or_address(at_hester: Client, mandate: Mandate) -> None:
    call = call_with_anna(at_hester)
    for address in pages_of(call, mandate.id):
        page = source(at_hester.get(address))
        assert THREE["bsn"] not in page
        assert "1980" not in page
        assert "3511" not in page


def test_it_shows_no_mandate_by_which_the_caller_helps_others(at_hester: Client, mandate: Mandate) -> None:
    assert mandate.state == State.ACTIVE
    page = shown(at_hester.get(look_up(at_hester, bsn="999990032")["Location"]))
    assert "Op dit moment helpt niemand deze beller" in page
    assert "Anna" not in page


def test_it_puts_no_name_in_a_title_or_address(at_hester: Client, mandate: Mandate) -> None:
    for address in pages_of(call_with_anna(at_hester), mandate.id):
        assert "nna" not in at_hester.get(address).content.decode().split("</title>")[0]
        assert "nna" not in address


def test_it_stops_everything_after_a_check_that_is_read_out(at_hester: Client, mandate: Mandate) -> None:
    address = reverse("pages:caller-stop", args=[call_with_anna(at_hester).id, mandate.id])
    check = at_hester.post(address, WHOLE)
    assert "Bram Bakker mag dit dan niet meer voor u doen" in shown(check)
    assert of(mandate).state == State.ACTIVE
    done = at_hester.post(address, WHOLE | SURE, follow=True)
    assert "Het is gedaan" in shown(done)
    assert of(mandate).end_reason == EndReason.STOPPED_BY_HELPDESK


def test_it_stops_one_service(at_hester: Client, mandate: Mandate) -> None:
    address = reverse("pages:caller-stop", args=[call_with_anna(at_hester).id, mandate.id])
    at_hester.post(address, {"what": "mijn-toeslagen"} | SURE)
    running = MandateService.objects.filter(mandate=mandate, stopped_at__isnull=True)
    assert [line.service.key for line in running] == ["inkomstenbelasting"]


@pytest.mark.parametrize("typed", [{}, {"what": "other"}, {"what": ""}])
def test_it_stops_nothing_without_an_answer(at_hester: Client, mandate: Mandate, typed: dict[str, str]) -> None:
    address = reverse("pages:caller-stop", args=[call_with_anna(at_hester).id, mandate.id])
    assert "Kies een van de antwoorden" in shown(at_hester.post(address, typed | SURE))
    assert of(mandate).state == State.ACTIVE


def test_it_says_so_when_somebody_was_first(at_hester: Client, mandate: Mandate) -> None:
    address = reverse("pages:caller-stop", args=[call_with_anna(at_hester).id, mandate.id])
    at_hester.post(address, WHOLE | SURE)
    assert "gestopt op 23 november 2026" in shown(at_hester.post(address, WHOLE | SURE, follow=True))


def test_it_brings_the_end_forward_after_a_check(at_hester: Client, mandate: Mandate) -> None:
    address = reverse("pages:caller-shorten", args=[call_with_anna(at_hester).id, mandate.id])
    check = at_hester.post(address, DAY)
    assert "Bram Bakker mag u dan helpen tot en met 1 december 2026" in shown(check)
    assert of(mandate).last_day == date(2027, 11, 22)
    at_hester.post(address, DAY | SURE)
    assert of(mandate).last_day == date(2026, 12, 1)


@pytest.mark.parametrize("sure", [SURE, {}], ids=["at once", "before the check"])
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"last_day_year": "2028"}, "Kies een dag voor de laatste dag van nu"),
        (
            {"last_day_day": "22", "last_day_month": "11", "last_day_year": "2027"},
            "Kies een dag voor de laatste dag van nu",
        ),
        ({"last_day_year": "2025"}, "Deze dag is voorbij"),
        ({"last_day_day": "31", "last_day_month": "2"}, "Deze datum bestaat niet"),
    ],
)
def test_it_reads_out_no_day_that_cannot_be(
    at_hester: Client, mandate: Mandate, changes: dict[str, str], sentence: str, sure: dict[str, str]
) -> None:
    address = reverse("pages:caller-shorten", args=[call_with_anna(at_hester).id, mandate.id])
    answer = shown(at_hester.post(address, DAY | changes | sure))
    assert sentence in answer
    assert "Lees dit voor" not in answer
    assert of(mandate).last_day == date(2027, 11, 22)


def test_it_tells_the_client_what_the_helpdesk_did(at_hester: Client, mandate: Mandate, anna: Party) -> None:
    address = reverse("pages:caller-stop", args=[call_with_anna(at_hester).id, mandate.id])
    at_hester.post(address, WHOLE | SURE)
    page = shown(arrive(anna).get(reverse("pages:mandate", args=[mandate.id])))
    assert "U belde, en de helpdesk heeft deze machtiging gestopt." in page


def test_it_tells_the_helper_only_that_it_stopped(at_hester: Client, mandate: Mandate, bram: Party) -> None:
    address = reverse("pages:caller-stop", args=[call_with_anna(at_hester).id, mandate.id])
    at_hester.post(address, WHOLE | SURE)
    page = shown(arrive(bram).get(reverse("pages:mandate", args=[mandate.id])))
    assert "De machtiging is gestopt." in page
    assert "U belde" not in page
    assert "helpdesk heeft" not in page


def test_it_warns_about_a_guardian(at_hester: Client, anna: Party, homes: Addresses) -> None:
    assert anna.person.name.first == "Anna"
    homes.signals = frozenset({StopSignal.GUARDIANSHIP})
    page = shown(at_hester.get(reverse("pages:caller", args=[call_with_anna(at_hester).id])))
    assert "Deze beller staat onder curatele" in page


def test_it_ends_a_call_by_itself_after_half_an_hour(at_hester: Client, mandate: Mandate) -> None:
    call = call_with_anna(at_hester)
    for minutes in (10, 20, 29):
        with clock.frozen(NOW + timedelta(minutes=minutes)):
            assert at_hester.get(reverse("pages:caller", args=[call.id])).status_code == 200
    with clock.frozen(NOW + timedelta(minutes=30)):
        for address in pages_of(call, mandate.id):
            answer = at_hester.get(address)
            assert answer.status_code == 410
            assert "Dit gesprek is voorbij" in shown(answer)
        at_hester.post(reverse("pages:caller-stop", args=[call.id, mandate.id]), WHOLE | SURE)
    assert of(mandate).state == State.ACTIVE


def test_it_can_be_ended_by_the_agent(at_hester: Client, mandate: Mandate) -> None:
    call = call_with_anna(at_hester)
    assert mandate.state == State.ACTIVE
    assert at_hester.post(reverse("pages:caller-hang-up", args=[call.id]))["Location"] == reverse("pages:caller-find")
    assert at_hester.get(reverse("pages:caller", args=[call.id])).status_code == 410


def test_it_does_nothing_for_a_mandate_of_somebody_else(
    at_hester: Client, mandate: Mandate, carla: Party, bram: Party
) -> None:
    call = call_with_anna(at_hester)
    other = give(carla, bram).mandate
    assert other.representee_id != mandate.representee_id
    for name in ("mandate", "stop", "shorten", "changed"):
        address = reverse(f"pages:caller-{name}", args=[call.id, other.id])
        assert at_hester.get(address).status_code == 404
    assert at_hester.post(reverse("pages:caller-stop", args=[call.id, other.id]), WHOLE | SURE).status_code == 404
    assert of(other).state == State.OFFERED
