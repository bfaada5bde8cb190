"""Inviting, beginning and ending a staff account."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.parties.models import Party
from namens.signin.models import Role, Staff, StaffInvitation
from namens.signin.staff import accounts
from namens.signin.staff.accounts import INVITATION_LIVES, Invited
from namens.signin.staff.refusals import StaffReason, StaffRefused
from tests.pages.visiting import arrive, shown
from tests.people import NOW
from tests.staff import PASSWORD, log_in_agent, make_agent

CHOSEN = {"password": PASSWORD, "again": PASSWORD}


def invited(email: str = "hester@namens.example", *, role: Role = Role.HELPDESK_AGENT) -> Invited:
    return accounts.invite(name="Hester", email=email, role=role, by="olga", now=NOW)


def follow(token: str, *, browser: Client | None = None) -> Client:
    visitor = browser or Client()
    visitor.get(reverse("staff-arrive", args=[token]), follow=True)
    return visitor


def test_it_makes_an_account_that_nobody_can_use_yet() -> None:
    staff = invited().staff
    assert (staff.email, staff.role, staff.has_usable_password()) == ("hester@namens.example", "helpdesk_agent", False)


def test_it_keeps_no_link_that_can_be_read() -> None:
    token = invited().token
    assert token not in StaffInvitation.objects.get().digest
    assert token not in repr(invited())


def test_it_takes_the_token_out_of_the_address_at_once() -> None:
    answer = Client().get(reverse("staff-arrive", args=[invited().token]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("staff-invitation"))


def test_it_keeps_no_token_in_a_session_that_can_be_read() -> None:
    token = invited().token
    kept = follow(token).session
    assert "staff-invitation" in kept
    assert token not in str(dict(kept))


def test_it_lets_the_invited_choose_a_password_and_then_only_a_second_step() -> None:
    browser = follow(invited().token)
    answer = browser.post(reverse("staff-invitation"), CHOSEN, follow=True)
    assert "Stel eerst een tweede stap in" in shown(answer)
    assert Staff.objects.get().check_password(PASSWORD)


def test_it_works_once() -> None:
    token = invited().token
    follow(token).post(reverse("staff-invitation"), CHOSEN)
    answer = follow(token).get(reverse("staff-invitation"))
    assert answer.status_code == 404
    assert "Deze uitnodiging werkt niet" in shown(answer)


@pytest.mark.parametrize(("after", "status"), [(timedelta(seconds=-1), 200), (timedelta(), 404)])
def test_it_works_for_seven_days(after: timedelta, status: int) -> None:
    token = invited().token
    with clock.frozen(NOW + INVITATION_LIVES + after):
        assert follow(token).get(reverse("staff-invitation")).status_code == status


def test_it_lets_only_the_newest_link_work() -> None:
    first, second = invited().token, invited().token
    assert accounts.invited(token=first, now=NOW) is None
    assert accounts.invited(token=second, now=NOW) is not None


def test_it_lets_nobody_in_with_a_made_up_link() -> None:
    assert follow("made-up").get(reverse("staff-invitation")).status_code == 404
    assert Client().get(reverse("staff-invitation")).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"password": "kort", "again": "kort"}, "Kies minstens 12 tekens"),
        ({"password": "hester@namens", "again": "hester@namens"}, "lijkt te veel op uw naam of adres"),
        ({"password": PASSWORD, "again": "iets anders"}, "Dit is niet hetzelfde als hierboven"),
        ({"password": "1qaz2wsx3edc", "again": "1qaz2wsx3edc"}, "Veel mensen gebruiken dit wachtwoord"),
        ({}, "Vul het wachtwoord in"),
    ],
)
def test_it_says_what_is_wrong_with_a_password(typed: dict[str, str], sentence: str) -> None:
    browser = follow(invited().token)
    answer = browser.post(reverse("staff-invitation"), typed)
    assert answer.status_code == 200
    assert sentence in shown(answer)


def test_it_removes_older_keys_when_somebody_begins_again() -> None:
    agent = make_agent()
    token = invited().token
    assert Authenticator.objects.filter(user=agent).count() == 2
    follow(token).post(reverse("staff-invitation"), CHOSEN)
    assert Authenticator.objects.filter(user=agent).count() == 0


def test_it_ends_the_session_of_a_citizen_in_that_browser(anna: Party) -> None:
    browser = follow(invited().token, browser=arrive(anna))
    browser.post(reverse("staff-invitation"), CHOSEN)
    assert browser.get(reverse("pages:mandates")).status_code == 302
    assert JournalEntry.objects.filter(event=Event.SIGNED_OUT, actor=anna.id).exists()


def test_it_refuses_another_role_for_a_running_account() -> None:
    invited()
    with pytest.raises(StaffRefused) as refused:
        invited(role=Role.AUDITOR)
    assert refused.value.reason == StaffReason.OTHER_ROLE


def test_it_knows_an_address_however_it_is_capitalised() -> None:
    assert invited("Hester@Namens.example ").staff.id == invited().staff.id


def test_it_ends_an_account_from_the_next_request_on() -> None:
    agent = make_agent()
    browser = log_in_agent(agent)
    assert browser.get(reverse("mfa_index")).status_code == 200
    accounts.end(email=agent.email, by="olga", now=NOW)
    assert browser.get(reverse("mfa_index"))["Location"] == reverse("account_login")


def test_it_closes_the_open_link_of_an_account_that_ends() -> None:
    token = invited().token
    accounts.end(email="hester@namens.example", by="olga", now=NOW)
    assert follow(token).get(reverse("staff-invitation")).status_code == 404


def test_it_lets_somebody_come_back_under_the_same_id_with_nothing_of_before() -> None:
    agent = make_agent()
    accounts.end(email=agent.email, by="olga", now=NOW)
    again = invited(role=Role.AUDITOR).staff
    assert (again.id, again.role, again.is_active) == (agent.id, "auditor", True)
    assert not Authenticator.objects.filter(user=agent).exists()


def test_it_says_that_it_does_not_know_an_account() -> None:
    with pytest.raises(StaffRefused):
        accounts.end(email="nobody@namens.example", by="olga", now=NOW)


def test_it_writes_all_of_it_down() -> None:
    invitation = invited()
    accounts.join(token=invitation.token, password=PASSWORD, now=NOW)
    accounts.end(email=invitation.staff.email, by="olga", now=NOW)
    entries = JournalEntry.objects.filter(subject=invitation.staff.id).order_by("at", "id")
    assert [entry.event for entry in entries] == [Event.STAFF_INVITED, Event.STAFF_JOINED, Event.STAFF_ENDED]
    assert entries[0].details == {"role": "helpdesk_agent", "operator": "olga"}
