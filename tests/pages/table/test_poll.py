"""What the page with the QR asks every 2.5 seconds: cheap, and it keeps nobody logged in."""

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client

from namens.appointments import polling
from namens.appointments.actions import MadeHandOff
from namens.lib import clock
from namens.organisations.models import Member
from tests.at_table import MINUTE, hands_off_at_work
from tests.counting import statements
from tests.pages.table.phones import shown_at, standing_at
from tests.pages.visiting import arrive
from tests.people import NOW
from tests.working import licence, member, organisation


def test_it_answers_a_poll_with_one_statement_and_writes_nothing(made: MadeHandOff, at_bram: Client) -> None:
    kept = Session.objects.get().session_data
    with clock.frozen(NOW + MINUTE):
        assert statements(lambda: at_bram.get(standing_at(made))) == 1
    assert Session.objects.get().session_data == kept


def test_it_keeps_nobody_logged_in_by_polling(made: MadeHandOff, at_bram: Client) -> None:
    for minutes in (5, 10, 14):
        with clock.frozen(NOW + minutes * MINUTE):
            assert at_bram.get(standing_at(made)).status_code == 200
    with clock.frozen(NOW + 15 * MINUTE):
        assert at_bram.get(standing_at(made)).status_code == 404
        assert at_bram.get(shown_at(made))["Location"].startswith("/signin/")
    assert Client().get(standing_at(made)).status_code == 404


@pytest.mark.parametrize("cookie", ["", "x", "a" * 32, "A" * 32, "\0" * 32])
def test_it_answers_nobody_else(made: MadeHandOff, cookie: str) -> None:
    stranger = Client()
    stranger.cookies["namens_session"] = cookie
    assert stranger.get(standing_at(made)).status_code == 404


def test_it_says_so_when_the_database_is_away(
    made: MadeHandOff, at_bram: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_asked: object) -> None:
        raise OperationalError

    monkeypatch.setattr(polling, "look", away)
    assert at_bram.get(standing_at(made)).status_code == 503


def test_it_may_be_kept_nowhere(made: MadeHandOff, at_bram: Client) -> None:
    answer = at_bram.get(standing_at(made))
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert at_bram.post(standing_at(made)).status_code == 405


@pytest.mark.usefixtures("catalogue")
def test_it_tells_nothing_to_a_member_who_left() -> None:
    sam = member(organisation())
    licence(sam)
    asked, browser = standing_at(hands_off_at_work(sam)), arrive(sam.party)
    with clock.frozen(NOW + MINUTE):
        assert browser.get(asked).status_code == 200
        Member.objects.filter(party=sam.party).update(ended_at=NOW + MINUTE)
        assert browser.get(asked).status_code == 404
