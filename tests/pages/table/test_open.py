"""A client opens a QR or types a number: nothing before the login, one answer for whatever does not work."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings
from structlog.testing import capture_logs

from namens.appointments.actions import MadeHandOff, withdraw_hand_off
from namens.appointments.plain import PlainId, PlainNumber
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.lib.limits import Limit
from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.at_table import MINUTE, hands_off, opens
from tests.pages.table.phones import NUMBER, OPEN, opened, qr_of, scans
from tests.pages.visiting import arrive, mark_on, send, shown, title
from tests.people import NOW
from tests.working import member, organisation

GONE = "Dit adres werkt niet (meer). Vraag uw helper om een nieuwe."


def test_it_says_nothing_of_who_asks_before_the_login(made: MadeHandOff) -> None:
    phone = Client()
    assert phone.get(qr_of(made))["Location"] == OPEN
    page = phone.get(OPEN)
    assert "Log in en zie wie u wil helpen" in shown(page)
    assert "Dan kan het oplichting zijn." in shown(page)
    assert "Bram" not in page.content.decode()
    assert made.id.reveal() not in page.content.decode()


def test_it_does_nothing_for_a_program_that_looks_at_the_link(made: MadeHandOff, anna: Party) -> None:
    for _ in range(3):
        Client().get(qr_of(made), follow=True)
        Client().head(qr_of(made))
    assert not Mandate.objects.exists()
    assert opened(anna, made)[1].representee_id == anna.id


def test_it_leads_from_the_login_to_the_question_and_keeps_no_id(made: MadeHandOff, anna: Party) -> None:
    phone, mandate = opened(anna, made)
    assert phone.cookies["namens_hand_off"].value == ""
    page = phone.get(f"/verzoeken/{mandate.id}")
    assert "Bram Bakker wil u helpen" in shown(page)
    assert made.id.reveal() not in page.content.decode()
    assert "Bram" not in title(page)


def test_it_leaves_the_id_in_no_log_journal_cookie_or_referrer(made: MadeHandOff, anna: Party) -> None:
    with capture_logs() as logs:
        phone = Client()
        first = phone.get(qr_of(made))
        cookie = first.cookies["namens_hand_off"]
        scans(anna, made, phone=phone)
    plain = made.id.reveal()
    assert plain not in str(logs)
    assert plain not in str(list(JournalEntry.objects.values()))
    assert plain not in str(cookie)
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/h", True, "Lax")
    assert first["Referrer-Policy"] == "same-origin"
    assert plain not in str(dict(phone.session))


def test_it_asks_who_is_logged_in_already_to_press_a_button(made: MadeHandOff, at_anna: Client) -> None:
    at_anna.get(qr_of(made))
    page = at_anna.get(OPEN)
    assert "Kijken is nog geen ja." in shown(page)
    assert not Mandate.objects.exists()
    assert send(at_anna, OPEN)["Location"].startswith("/verzoeken/")
    assert Mandate.objects.exists()


def test_it_asks_for_a_number_where_there_is_no_qr(at_anna: Client) -> None:
    assert at_anna.get(OPEN)["Location"] == NUMBER


@pytest.mark.parametrize("cookie", ["", "x", "k1:AAAA", "nobody:AAAA", "é"])
def test_it_takes_a_cookie_of_somebody_else_for_none(at_anna: Client, cookie: str) -> None:
    at_anna.cookies["namens_hand_off"] = cookie
    assert at_anna.get(OPEN)["Location"] == NUMBER


def test_it_opens_with_the_number_too(made: MadeHandOff, at_anna: Client) -> None:
    assert "Het nummer van uw helper" in shown(at_anna.get(NUMBER))
    answer = send(at_anna, NUMBER, {"hand_off_number": f" {made.number.reveal()} "})
    assert answer["Location"] == f"/verzoeken/{Mandate.objects.get().id}"


@pytest.mark.parametrize("typed", ["", "1234567", "ABCD-EFGH-JKMP", "1" * 1000, "\0"])
def test_it_says_what_is_wrong_with_a_number_and_never_repeats_it(at_anna: Client, typed: str) -> None:
    page = send(at_anna, NUMBER, {"hand_off_number": typed})
    assert page.status_code == 200
    assert "cijfers van het nummer" in shown(page) or "Vul het nummer in dat" in shown(page)
    assert not typed or typed not in page.content.decode()
    assert not JournalEntry.objects.filter(event="hand-off-tried").exists()


def test_it_gives_one_answer_for_all_that_does_not_work(
    made: MadeHandOff,
    bram: Party,
    anna: Party,
    dirk: Party,
    catalogue: None,  # noqa: ARG001 - asked for its effect
) -> None:
    taken, back = hands_off(bram), hands_off(bram)
    opens(taken.id, anna)
    withdraw_hand_off(asked=back.hand_off.request_id, helper=bram, now=NOW)
    bodies = {shown(scans(dirk, one)[1]) for one in (taken, back)}
    bodies.add(shown(scans(dirk, MadeHandOff(made.hand_off, PlainId.generate(), made.number))[1]))
    at_dirk = arrive(dirk)
    for number in (taken.number, back.number, _other_than(made.number)):
        answer = send(at_dirk, NUMBER, {"hand_off_number": number.digits})
        assert answer.status_code == 404
        bodies.add(shown(answer))
    with clock.frozen(NOW + 15 * MINUTE):
        bodies.add(shown(scans(dirk, made)[1]))
    at_dirk.get("/h/short")
    bodies.add(shown(send(at_dirk, OPEN)))
    assert len(bodies) == 1
    assert GONE in bodies.pop()
    assert Mandate.objects.count() == 1


def test_it_lets_the_same_person_open_it_again_and_nobody_else(made: MadeHandOff, anna: Party, dirk: Party) -> None:
    phone, mandate = opened(anna, made)
    assert scans(anna, made)[1]["Location"] == f"/verzoeken/{mandate.id}"
    other = scans(dirk, made)[1]
    assert (other.status_code, "Bram" in shown(other)) == (404, False)
    assert phone.get(f"/verzoeken/{mandate.id}").status_code == 200
    assert arrive(dirk).get(f"/verzoeken/{mandate.id}").status_code == 404


def test_it_tells_a_helper_who_opens_the_own_one(made: MadeHandOff, bram: Party) -> None:
    page = scans(bram, made)[1]
    assert (page.status_code, "Dit hebt u zelf gemaakt." in shown(page)) == (403, True)
    assert not Mandate.objects.exists()


def test_it_pauses_who_guesses_numbers(made: MadeHandOff, at_dirk: Client, settings: Settings) -> None:
    settings.REFUSED_HAND_OFFS = Limit(times=2, window=timedelta(hours=24))
    for _ in range(2):
        send(at_dirk, NUMBER, {"hand_off_number": _other_than(made.number).digits})
    paused = send(at_dirk, NUMBER, {"hand_off_number": made.number.digits})
    assert (paused.status_code, "U probeerde het te vaak." in shown(paused)) == (429, True)
    assert not Mandate.objects.exists()


def test_it_is_no_page_for_who_works_here(made: MadeHandOff) -> None:
    at_work = arrive(member(organisation()).party)
    at_work.get(qr_of(made))
    assert at_work.get(OPEN)["Location"] == at_work.get(NUMBER)["Location"] == "/signin/elsewhere"


def test_it_asks_for_a_new_login_when_the_old_one_ended(made: MadeHandOff, at_anna: Client) -> None:
    at_anna.get(qr_of(made))
    with clock.frozen(NOW + timedelta(minutes=20)):
        page = send(at_anna, OPEN)
        assert "Log in en zie wie u wil helpen" in shown(page)
        assert "Log in en zie wie u wil helpen" in shown(send(at_anna, NUMBER, {"hand_off_number": "12345678"}))
    assert mark_on(page) == {}


def _other_than(number: PlainNumber) -> PlainNumber:
    return PlainNumber("00000000" if number.digits != "00000000" else "00000001")
