"""Logging in as staff: password, then a second step; never with the password alone."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.parties.models import Party
from namens.signin.models import Staff
from namens.signin.staff import accounts
from tests.pages.visiting import Answered, arrive, shown
from tests.people import NOW
from tests.staff import PASSWORD, code_for, code_of, log_in_agent, make_agent, make_staff

pytestmark = pytest.mark.one_database

HOME = "mfa_index"


@pytest.fixture
def hester() -> Staff:
    """An agent with a password and an app."""
    return make_agent(with_password=True)


def give_password(browser: Client, *, email: str = "hester@namens.example", password: str = PASSWORD) -> Answered:
    return browser.post(reverse("account_login"), {"login": email, "password": password})


def give_code(browser: Client, code: str) -> Answered:
    return browser.post(reverse("mfa_authenticate"), {"code": code})


def may_come_in(browser: Client) -> bool:
    return browser.get(reverse(HOME)).status_code == 200


def test_it_lets_an_agent_in_with_password_and_app(hester: Staff) -> None:
    browser = Client()
    assert give_password(browser)["Location"] == reverse("mfa_authenticate")
    assert give_code(browser, code_of(hester))["Location"] == reverse("pages:caller-find")
    assert "Hester" in shown(browser.get(reverse(HOME)))


def test_it_lets_nobody_in_with_the_password_alone(hester: Staff) -> None:
    assert hester.is_active
    browser = Client()
    give_password(browser)
    assert browser.get(reverse(HOME))["Location"] == reverse("account_login")


def test_it_lets_an_account_without_a_second_step_only_set_one_up() -> None:
    make_staff(with_password=True)
    browser = Client()
    give_password(browser)
    assert "Stel eerst een tweede stap in" in shown(browser.get(reverse(HOME)))
    assert browser.get(reverse("mfa_activate_totp")).status_code == 200


def test_it_lets_in_who_sets_up_an_app_and_shows_the_spare_codes_once() -> None:
    browser = log_in_agent(make_staff(), second_step=False)
    secret = re.search(r'namens-key" translate="no">(\w+)<', browser.get(reverse("mfa_activate_totp")).content.decode())
    assert secret is not None
    answer = browser.post(reverse("mfa_activate_totp"), {"code": code_for(secret[1])})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert "Ik heb ze bewaard" in shown(browser.get(answer["Location"]))
    assert "Stel eerst" not in shown(browser.get(reverse(HOME)))
    assert JournalEntry.objects.filter(event=Event.STAFF_FACTOR_ADDED, details={"kind": "totp"}).count() == 1


def test_it_asks_the_password_again_before_keys_change(hester: Staff) -> None:
    browser = Client()
    give_password(browser)
    give_code(browser, code_of(hester))
    asked = browser.get(reverse("mfa_add_webauthn"))
    assert asked.status_code == 302
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    after = browser.post(asked["Location"], {"password": PASSWORD, "next": reverse("mfa_add_webauthn")})
    assert after["Location"] == reverse("mfa_add_webauthn")
    assert browser.get(after["Location"]).status_code == 200


def test_it_keeps_the_secret_of_an_app_encrypted(hester: Staff) -> None:
    stored = Authenticator.objects.get(user=hester, type="totp").data["secret"]
    assert stored.startswith("new:")


def test_it_takes_a_code_of_an_app_once(hester: Staff) -> None:
    code = code_of(hester)
    first, second = Client(), Client()
    for browser in (first, second):
        give_password(browser)
        give_code(browser, code)
    assert (may_come_in(first), may_come_in(second)) == (True, False)


def test_it_takes_no_code_again_in_the_next_half_minute(hester: Staff) -> None:
    code = code_of(hester)
    first, second = Client(), Client()
    give_password(first)
    give_code(first, code)
    # What allauth keeps of a used code is gone by then, while the code still counts as just now.
    cache.delete(f"allauth.mfa.totp.used?user={hester.id}&code={code}")
    give_password(second)
    give_code(second, code)
    assert (may_come_in(first), may_come_in(second)) == (True, False)


def test_it_takes_each_spare_code_once(hester: Staff) -> None:
    code = Authenticator.objects.get(user=hester, type="recovery_codes").wrap().get_unused_codes()[0]
    first, second = Client(), Client()
    for browser in (first, second):
        give_password(browser)
        give_code(browser, code)
    assert (may_come_in(first), may_come_in(second)) == (True, False)


@pytest.mark.parametrize(
    ("email", "password"),
    [("hester@namens.example", "verkeerd"), ("nobody@namens.example", PASSWORD), ("", ""), ("x" * 300, "y")],
)
def test_it_refuses_a_wrong_password_and_an_unknown_account(hester: Staff, email: str, password: str) -> None:
    assert hester.is_active
    answer = give_password(Client(), email=email, password=password)
    assert answer.status_code == 200
    assert "Fout:" in answer.content.decode()


def test_it_gives_a_wrong_password_an_unknown_and_an_ended_account_one_answer(hester: Staff) -> None:
    wrong = shown(give_password(Client(), password="verkeerd"))
    accounts.end(email=hester.email, by="olga", now=NOW)
    assert shown(give_password(Client())) == wrong
    assert "E-mailadres en wachtwoord horen niet bij elkaar" in wrong


def test_it_writes_down_each_refusal_without_what_was_typed(hester: Staff) -> None:
    browser = Client()
    give_password(browser, password="verkeerd")
    give_password(browser, email="nobody@namens.example")
    give_password(browser)
    give_code(browser, "000000")
    refused = JournalEntry.objects.filter(event=Event.STAFF_SIGN_IN_REFUSED).order_by("id")
    assert [(entry.subject, entry.details) for entry in refused] == [
        (hester.id, {"step": "password"}),
        (None, {"step": "password"}),
        (hester.id, {"step": "second"}),
    ]


def test_it_pauses_an_account_after_many_wrong_codes(hester: Staff) -> None:
    browser = Client()
    give_password(browser)
    for _ in range(5):
        give_code(browser, "000000")
    answer = give_code(browser, code_of(hester))
    assert "U hebt het te vaak geprobeerd" in shown(answer)


def test_it_pauses_an_account_after_many_wrong_passwords(hester: Staff) -> None:
    assert hester.is_active
    for _ in range(5):
        give_password(Client(), password="verkeerd")
    assert "U hebt het te vaak geprobeerd" in shown(give_password(Client()))


def test_it_refuses_a_passkey_that_it_cannot_read(hester: Staff) -> None:
    browser = Client()
    give_password(browser)
    for credential in ("", "{}", "[]", '{"id": "x"}', "x"):
        answer = browser.post(reverse("mfa_authenticate"), {"credential": credential})
        assert answer.status_code == 200
    assert not may_come_in(browser)
    assert hester.is_active


def test_it_writes_down_who_came_and_went(hester: Staff) -> None:
    browser = log_in_agent(hester)
    browser.post(reverse("staff-logout"))
    assert not may_come_in(browser)
    entries = JournalEntry.objects.filter(actor=hester.id).order_by("id")
    assert [entry.event for entry in entries] == [Event.STAFF_SIGNED_IN, Event.STAFF_SIGNED_OUT]


def test_it_leaves_nothing_behind_in_the_browser(hester: Staff) -> None:
    browser = log_in_agent(hester)
    page = browser.get(reverse(HOME))
    assert page["Cache-Control"] == "no-store"
    assert browser.post(reverse("staff-logout"))["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize(
    ("clicks", "last"),
    [([14], 14), ([15], 0), ([14, 28, 42], 42), ([14 * step for step in range(1, 9)] + [120], 112)],
    ids=["14 minutes idle", "15 minutes idle", "clicking on", "two hours"],
)
def test_it_ends_a_session_that_stands_still_or_lasts_too_long(hester: Staff, clicks: list[int], last: int) -> None:
    browser, seen = log_in_agent(hester), 0
    for minutes in clicks:
        with clock.frozen(NOW + timedelta(minutes=minutes)):
            seen = minutes if may_come_in(browser) else seen
    assert seen == last


def test_it_ends_a_citizens_session_when_staff_log_in(hester: Staff, anna: Party) -> None:
    browser = arrive(anna)
    give_password(browser)
    give_code(browser, code_of(hester))
    assert may_come_in(browser)
    assert browser.get(reverse("pages:mandates")).status_code == 302
    assert JournalEntry.objects.filter(event=Event.SIGNED_OUT, actor=anna.id).exists()


def test_it_ends_a_staff_session_when_a_citizen_logs_in(hester: Staff, anna: Party) -> None:
    browser = log_in_agent(hester)
    arrive(anna, client=browser)
    assert not may_come_in(browser)
    assert browser.get(reverse("pages:mandates")).status_code == 200


def test_it_counts_a_session_with_two_owners_as_nobodys(hester: Staff, dirk: Party) -> None:
    browser = log_in_agent(hester)
    kept = browser.session
    kept["party"] = str(dirk.id)
    kept.save()
    assert not may_come_in(browser)


def test_it_lets_no_citizen_in(dirk: Party) -> None:
    browser = arrive(dirk)
    for name in (HOME, "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "account_reauthenticate"):
        assert browser.get(reverse(name))["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "path", ["medewerkers/registreren", "medewerkers/signup", "accounts/signup/", "accounts/login/", "admin/"]
)
def test_it_lets_nobody_register(db: None, path: str) -> None:
    assert db is None
    assert Client().get(f"/{path}").status_code == 404


def test_it_throws_away_what_the_browser_had_before(hester: Staff) -> None:
    browser = Client()
    browser.get(reverse("account_login"))
    give_password(browser)
    before = browser.cookies["namens_session"].value
    give_code(browser, code_of(hester))
    assert browser.cookies["namens_session"].value != before
    assert not Session.objects.filter(session_key=before).exists()
