"""Making an appointment on the pages: one question each, and nothing is said of who was stated."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from namens.appointments.models import Appointment, Attendee, Role, Way
from namens.mandates.models import MandateRequest
from namens.pages.appointments.preparing import Page
from namens.parties.models import Party, StatedPerson
from tests.meeting import asked_of, at
from tests.pages.appointments.preparing import AT_TABLE, WITH_PARTNER, begin, moment, page_of, prepare, prepared, walk
from tests.pages.helper.asking import person
from tests.pages.visiting import arrive, mark_on, send, shown, source, title
from tests.people import BSNS, TODAY, active
from tests.working import licence, mandate_of, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")


def test_it_makes_one_with_a_letter_for_that_day_only(at_bram: Client, bram: Party) -> None:
    page = shown(at_bram.get(at_bram.get(prepare(at_bram)["Location"])["Location"]))
    made = Appointment.objects.get()
    assert (made.helper_id, made.starts_at, made.minutes, made.only_during) == (bram.id, at(), 60, True)
    assert asked_of(made).opens_on == date(2026, 12, 3)
    assert "donderdag 3 december 2026" in page
    assert "Kloppen de gegevens? Dan komt de brief uiterlijk 30 november 2026." in page
    assert "De code werkt alleen op 3 december 2026." in page
    assert "Nog niet klaar" in page


def test_it_asks_both_in_one_go(at_bram: Client) -> None:
    made = prepared(at_bram, **WITH_PARTNER)
    assert {comer.label for comer in Attendee.objects.all()} == {"mevrouw De Vries", "meneer De Vries"}
    assert asked_of(made, Role.PARTNER).partner_of == asked_of(made)
    assert "Nog niet compleet" in shown(at_bram.get(reverse("pages:appointment-detail", args=[made.id])))


def test_it_asks_no_bsn_where_they_say_yes_at_the_table(at_bram: Client) -> None:
    prepare(at_bram, **AT_TABLE, LENGTH={"duration": "1-year"})
    assert not StatedPerson.objects.exists()
    assert not MandateRequest.objects.exists()
    assert Appointment.objects.get().duration == "1-year"


def test_it_asks_no_length_where_the_client_logs_in(at_bram: Client) -> None:
    assert page_of(walk(at_bram, Page.CHECK, WAY={"way": "here"})) is Page.CHECK
    assert Attendee.objects.count() == 0


def test_it_makes_it_once_when_the_button_is_pressed_twice(at_bram: Client) -> None:
    path = walk(at_bram, Page.CHECK)
    seen = mark_on(at_bram.get(path))
    for _ in range(2):
        send(at_bram, path, seen)
    assert (Appointment.objects.count(), MandateRequest.objects.count()) == (1, 1)


def test_it_shows_no_bsn_and_no_birthday(at_bram: Client) -> None:
    page = source(at_bram.get(walk(at_bram, Page.CHECK)))
    assert "Eindigt op 019" in page
    assert BSNS["anna"].digits not in page
    assert "1980" not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (moment(TODAY - timedelta(days=1)), "Dit moment is voorbij."),
        (moment(TODAY + timedelta(days=91)), "Dit is over meer dan drie maanden."),
        (moment(at="23:30"), "Een afspraak eindigt op de dag zelf."),
        (moment(at="kwart over tien"), "Vul een tijd in met uren en minuten, bijvoorbeeld 14:00"),
        (moment(at="25:00"), "Vul een tijd in met uren en minuten, bijvoorbeeld 14:00"),
        (moment(place="x" * 121), "Dit is te lang. Vul hoogstens 120 tekens in."),
    ],
)
def test_it_says_what_is_wrong_with_a_moment(at_bram: Client, typed: dict[str, str], sentence: str) -> None:
    page = send(at_bram, walk(at_bram, Page.WHEN), typed)
    assert title(page).startswith("Fout: ")
    assert sentence in shown(page)


@pytest.mark.parametrize("typed", ["9.30", "09:30", "930", "9 30", "9:30 uur"])
def test_it_reads_a_time_as_people_write_it(at_bram: Client, typed: str) -> None:
    path = walk(at_bram, Page.WHEN)
    assert page_of(send(at_bram, path, moment(at=typed))["Location"]) is Page.SERVICES


def test_it_says_with_dates_why_a_letter_cannot_do(at_bram: Client) -> None:
    page = shown(at_bram.get(walk(at_bram, Page.WAY, WHEN=moment(date(2026, 11, 27)))))
    assert "Met een code uit een brief" not in page
    assert "Een brief met een code komt te laat: die is er uiterlijk op 30 november 2026." in page
    assert "Met een brief kan de afspraak op 1 december 2026 zijn, of later." in page


def test_it_asks_the_way_again_when_the_day_comes_nearer(at_bram: Client) -> None:
    path = walk(at_bram, Page.CHECK)
    when = path.replace("controleren", "wanneer")
    assert page_of(send(at_bram, when, moment(date(2026, 11, 27)))["Location"]) is Page.WAY


def test_it_tells_a_partner_who_is_the_helper_what_to_do(at_bram: Client) -> None:
    path = walk(at_bram, Page.PARTNER_DETAILS, **WITH_PARTNER)
    page = shown(send(at_bram, path, person(BSNS["bram"])))
    assert "Bent u zelf de toeslagpartner? Dan hebt u geen machtiging nodig voor uw eigen gegevens" in page
    page = shown(send(at_bram, path, person(BSNS["anna"])))
    assert "Dit is het BSN van uw cliënt." in page


def test_it_knows_a_client_whom_the_helper_helps(at_bram: Client, anna: Party, bram: Party) -> None:
    active(anna, bram)
    path = begin(at_bram, client=anna.id)
    assert "de Vries" in at_bram.get(path).content.decode()
    assert "Mijn cliënt heeft mij al gemachtigd" in shown(at_bram.get(walk(at_bram, Page.WAY, path)))
    made = prepared_known(at_bram, anna)
    assert made.way == Way.RUNS


def prepared_known(browser: Client, client: Party) -> Attendee:
    path = walk(browser, Page.CHECK, begin(browser, client=client.id), WAY={"way": "runs"})
    send(browser, path, mark_on(browser.get(path)))
    return Attendee.objects.get(known=client)


def test_it_knows_nobody_else(at_dirk: Client, anna: Party, bram: Party) -> None:
    active(anna, bram)
    for stranger in (anna.id, "nobody"):
        path = begin(at_dirk, client=stranger)
        assert "Vries" not in at_dirk.get(path).content.decode()
        assert "al gemachtigd" not in shown(at_dirk.get(walk(at_dirk, Page.WAY, path)))


def test_it_lets_nobody_else_into_a_draft(at_bram: Client, at_dirk: Client) -> None:
    path = walk(at_bram, Page.WAY)
    assert at_dirk.get(path).status_code == 404
    assert Client().get(path).status_code == 302


def test_it_offers_no_letter_where_bsns_may_not_be_processed(anna: Party) -> None:
    sam = member(organisation(may_process_bsn=False))
    assert arrive(sam.party).get(reverse("pages:appointment")).status_code == 403
    licence(sam)
    mandate_of(anna, sam.organisation)
    at_sam = arrive(sam.party)
    page = shown(at_sam.get(walk(at_sam, Page.WAY, begin(at_sam, client=anna.id))))
    assert "Met een code uit een brief" not in page
    assert "Uw organisatie mag geen burgerservicenummers (BSN) verwerken." in page
    assert "Mijn cliënt heeft mij al gemachtigd" in page
