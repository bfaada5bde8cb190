"""Dit klopt niet: what each side can report, what stops, and what the other reads of it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from namens.lib import clock
from namens.mandates.actions import report, restore, stop
from namens.mandates.models import Mandate, Report, ReportKind
from namens.mandates.states import State
from namens.parties.models import Party, Person
from tests.counting import statements
from tests.pages.client.agreeing import agree, asked_of
from tests.pages.visiting import arrive, send, shown, title
from tests.people import NOW, active, give, of

OVERVIEW = "/mijn-machtigingen"
PAGES = ["report", "report-unwanted", "reported", "restore"]


def on(mandate: Mandate, page: str) -> str:
    return reverse(f"pages:{page}", args=[mandate.id])


def suspend(mandate: Mandate, anna: Party) -> None:
    report(mandate=mandate.id, by=anna, kind=ReportKind.UNWANTED, now=NOW)


def without_ids(browser: Client, mandate: Mandate) -> list[str]:
    """What somebody reads about a mandate on every page of it."""
    pages = (browser.get(path) for path in (OVERVIEW, *(on(mandate, page) for page in ("mandate", "report", "stop"))))
    return [re.sub(r"\d\d:\d\d", "", shown(page)) for page in pages]


def test_it_takes_a_name_that_is_spelt_wrong_and_stops_nothing(at_anna: Client, mandate: Mandate) -> None:
    done = send(at_anna, on(mandate, "report"), {"what": "spelling"})["Location"]
    assert "Er stopt niets. De machtiging gaat gewoon door." in shown(at_anna.get(done))
    assert of(mandate).state == State.ACTIVE
    assert Report.objects.get().kind == ReportKind.SPELLING


def test_it_asks_the_register_for_both_names_soon(at_anna: Client, mandate: Mandate) -> None:
    send(at_anna, on(mandate, "report"), {"what": "spelling"})
    assert set(Person.objects.values_list("ask_again_at", flat=True)) == {NOW}


def test_it_wants_an_answer(at_anna: Client, mandate: Mandate) -> None:
    for wrong in ({}, {"what": "unknown-person"}, {"what": "everything"}):
        response = send(at_anna, on(mandate, "report"), wrong)
        assert title(response).startswith("Fout: ")
    assert not Report.objects.exists()


def test_it_says_first_that_it_stops_at_once(at_anna: Client, mandate: Mandate) -> None:
    path = send(at_anna, on(mandate, "report"), {"what": "unwanted"})["Location"]
    page = shown(at_anna.get(path))
    assert "De hulp stopt meteen: Bram Bakker kan niets meer voor u doen." in page
    assert "Bram Bakker leest niet dat u dit gemeld hebt." in page
    assert of(mandate).state == State.ACTIVE


def test_it_stops_what_was_never_wanted(at_anna: Client, mandate: Mandate) -> None:
    path = send(at_anna, on(mandate, "report-unwanted"))["Location"]
    assert of(mandate).state == State.SUSPENDED
    page = shown(at_anna.get(path))
    assert "Stilgezet Niemand kan deze machtiging nu gebruiken." in page
    assert "Toch goed: weer aanzetten" in page
    assert "U hebt gemeld dat er iets niet klopt." in page
    assert "De machtiging is meteen stilgezet." in page


def test_it_stops_once_when_the_button_is_pressed_twice(at_anna: Client, mandate: Mandate) -> None:
    once, twice = (send(at_anna, on(mandate, "report-unwanted"))["Location"] for _ in range(2))
    assert once == twice
    assert Report.objects.count() == 1


def test_it_goes_on_when_the_client_says_so(at_anna: Client, anna: Party, mandate: Mandate) -> None:
    suspend(mandate, anna)
    assert "Mag Bram Bakker u weer helpen?" in shown(at_anna.get(on(mandate, "restore")))
    assert of(mandate).state == State.SUSPENDED
    page = shown(at_anna.get(send(at_anna, on(mandate, "restore"))["Location"]))
    assert of(mandate).state == State.ACTIVE
    assert "U hebt de machtiging weer aangezet." in page


def test_it_goes_on_once(at_anna: Client, anna: Party, mandate: Mandate) -> None:
    suspend(mandate, anna)
    once, twice = (send(at_anna, on(mandate, "restore"))["Location"] for _ in range(2))
    assert once == twice


def test_it_lets_the_helper_report_only_a_name(at_bram: Client, mandate: Mandate) -> None:
    page = shown(at_bram.get(on(mandate, "report")))
    assert "Is de naam Anna de Vries verkeerd geschreven?" in page
    assert "Ik ken deze persoon niet" not in page
    done = send(at_bram, on(mandate, "report"), {"what": "unwanted"})["Location"]
    assert done == on(mandate, "reported")
    assert Report.objects.get().kind == ReportKind.SPELLING
    assert at_bram.get(on(mandate, "report-unwanted")).status_code == 404
    assert send(at_bram, on(mandate, "report-unwanted")).status_code == 404
    assert of(mandate).state == State.ACTIVE


def test_it_lets_no_helper_switch_it_on_again(at_bram: Client, anna: Party, mandate: Mandate) -> None:
    suspend(mandate, anna)
    assert at_bram.get(on(mandate, "restore")).status_code == 404
    assert send(at_bram, on(mandate, "restore")).status_code == 404
    assert of(mandate).state == State.SUSPENDED


def test_it_looks_stopped_to_the_helper(at_bram: Client, anna: Party, mandate: Mandate) -> None:
    suspend(mandate, anna)
    assert "Eerdere machtigingen Anna de Vries Gestopt" in shown(at_bram.get(OVERVIEW))
    page = shown(at_bram.get(on(mandate, "mandate")))
    assert "Gestopt Gestopt op 23 november 2026." in page
    assert "De machtiging is gestopt." in page
    assert "Dit klopt niet" not in page


@pytest.mark.usefixtures("catalogue")
def test_it_looks_to_the_helper_in_no_way_other_than_a_stopped_one(at_bram: Client, anna: Party, bram: Party) -> None:
    one = active(anna, bram)
    suspend(one, anna)
    seen = without_ids(at_bram, one)
    refused = shown(send(at_bram, on(one, "stop"))), shown(send(at_bram, on(one, "report")))
    restore(mandate=one.id, by=anna, now=NOW)
    stop(mandate=one.id, by=anna, now=NOW)
    other = active(anna, bram, now=NOW)
    stop(mandate=other.id, by=anna, now=NOW)
    # Out of sight, so that only one of the two is in the list.
    Mandate.objects.filter(id=one.id).update(representative=None, activated_at=None)
    assert without_ids(at_bram, other) == seen
    assert (shown(send(at_bram, on(other, "stop"))), shown(send(at_bram, on(other, "report")))) == refused


def test_it_says_one_day_to_the_helper_whatever_the_client_does_later(
    bram: Party, anna: Party, mandate: Mandate
) -> None:
    suspend(mandate, anna)
    with clock.frozen(NOW + timedelta(days=5)) as now:
        before = shown(arrive(bram).get(on(mandate, "mandate")))
        stop(mandate=mandate.id, by=anna, now=now)
        after = shown(arrive(bram).get(on(mandate, "mandate")))
    assert before == after
    assert "Gestopt op 23 november 2026." in after
    assert after.count("De machtiging is gestopt.") == 1


def test_it_lets_no_helper_stop_what_looks_stopped(at_bram: Client, anna: Party, mandate: Mandate) -> None:
    suspend(mandate, anna)
    assert "Dit kan niet meer." in shown(send(at_bram, on(mandate, "stop")))
    assert of(mandate).state == State.SUSPENDED


def test_it_tells_the_client_that_the_helper_reported_a_name(at_anna: Client, bram: Party, mandate: Mandate) -> None:
    report(mandate=mandate.id, by=bram, kind=ReportKind.SPELLING, now=NOW)
    assert "Bram Bakker heeft gemeld dat de naam verkeerd geschreven is." in shown(at_anna.get(on(mandate, "mandate")))


def test_it_says_so_when_it_has_ended_meanwhile(at_anna: Client, anna: Party, mandate: Mandate) -> None:
    stop(mandate=mandate.id, by=anna, now=NOW)
    for path, what in ((on(mandate, "report"), "spelling"), (on(mandate, "report-unwanted"), "")):
        response = send(at_anna, path, {"what": what})
        assert "Dit kan niet meer." in shown(response)
        assert title(response).startswith("Fout: ")


@pytest.mark.usefixtures("catalogue")
def test_it_has_nothing_to_report_of_a_mandate_that_waits(at_anna: Client, anna: Party, bram: Party) -> None:
    assert at_anna.get(on(give(anna, bram).mandate, "report")).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_it_does_not_exist_for_dirk(at_dirk: Client, mandate: Mandate, page: str) -> None:
    assert at_dirk.get(on(mandate, page)).status_code == 404
    assert send(at_dirk, on(mandate, page)).status_code in {404, 405}
    assert of(mandate).state == State.ACTIVE


@pytest.mark.usefixtures("catalogue")
def test_it_shows_a_request_as_a_question_and_leads_there(at_anna: Client, anna: Party, bram: Party) -> None:
    asked = asked_of(anna, bram)
    page = at_anna.get(OVERVIEW)
    assert "Bram Bakker Vraag Mijn toeslagen Bram Bakker vraagt of dit mag." in shown(page)
    assert on(asked, "request") in page.content.decode()
    assert at_anna.get(on(asked, "mandate"))["Location"] == on(asked, "request")


@pytest.mark.usefixtures("catalogue")
def test_it_tells_both_how_a_request_became_a_mandate(at_anna: Client, anna: Party, bram: Party) -> None:
    asked = asked_of(anna, bram)
    agree(at_anna, asked)
    hers, his = (shown(browser.get(on(asked, "mandate"))) for browser in (at_anna, arrive(bram)))
    assert "Bram Bakker heeft deze machtiging gevraagd." in hers
    assert "U hebt ja gezegd." in hers
    assert "U hebt deze machtiging gevraagd." in his
    assert "Anna de Vries heeft ja gezegd." in his


@pytest.mark.parametrize("page", ["report", "report-unwanted", "reported"])
def test_it_shows_each_page_in_five_statements(at_anna: Client, mandate: Mandate, page: str) -> None:
    assert statements(lambda: at_anna.get(on(mandate, page))) <= 5


def test_it_reports_and_restores_in_few_statements(at_anna: Client, mandate: Mandate) -> None:
    assert statements(lambda: send(at_anna, on(mandate, "report-unwanted"))) <= 18
    assert statements(lambda: send(at_anna, on(mandate, "restore"))) <= 16
