"""Who may not be at the helpdesk: Dirk in every shape, and everybody who is not this agent in this call."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from namens.helpdesk.models import Call
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.mandates.models import Mandate, Report
from namens.mandates.states import State
from namens.outbox.models import OutboxRow
from namens.parties.actions import helper_number_of
from namens.parties.models import Party, Person
from namens.signin.models import Role, Staff
from namens.signin.staff import accounts
from tests.pages.helpdesk.phoning import THREE, acts_in, call_with_anna, call_with_helper, pages_of
from tests.pages.visiting import arrive
from tests.people import NOW, of, person
from tests.staff import log_in_agent, make_agent, make_staff

Dirk = Callable[[], Client]
DIRKS: dict[str, Dirk] = {
    "nobody": Client,
    "citizen": lambda: arrive(person("dirk")),
    "operator": lambda: log_in_agent(make_staff("Dirk", role=Role.OPERATOR)),
    "auditor": lambda: log_in_agent(make_staff("Dirk", role=Role.AUDITOR)),
    "another agent": lambda: log_in_agent(make_agent("Dirk")),
    "an agent with a password only": lambda: log_in_agent(make_staff("Dirk"), second_step=False),
    "an agent who skipped the second step": lambda: log_in_agent(make_agent("Dirk"), second_step=False),
    "the client": lambda: arrive(person("anna")),
    "the helper": lambda: arrive(person("bram")),
}
OUTSIDE = {name: dirk for name, dirk in DIRKS.items() if name != "another agent"}


@pytest.fixture
def call(at_hester: Client, mandate: Mandate) -> Call:
    """Anna calls, and Hester found her."""
    assert mandate.state == State.ACTIVE
    return call_with_anna(at_hester)


@pytest.fixture
def helping(at_hester: Client, mandate: Mandate, bram: Party) -> Call:
    """Bram calls, and Hester found his mandate."""
    assert mandate.state == State.ACTIVE
    return call_with_helper(at_hester, helper_number_of(party=bram, now=NOW))


def written() -> tuple[int, int, int]:
    """Give how much there is of what an agent can make."""
    return Mandate.objects.count(), OutboxRow.objects.count(), Report.objects.count()


def is_refused(status: int) -> bool:
    return status in {302, 403, 404}


@pytest.mark.parametrize("dirk", DIRKS.values(), ids=DIRKS)
def test_it_shows_dirk_no_page_of_a_call(call: Call, mandate: Mandate, dirk: Dirk) -> None:
    browser = dirk()
    for address in pages_of(call, mandate.id):
        answer = browser.get(address)
        assert is_refused(answer.status_code)
        assert "Bram Bakker" not in answer.content.decode()


@pytest.mark.parametrize("dirk", DIRKS.values(), ids=DIRKS)
def test_it_lets_dirk_change_nothing(call: Call, helping: Call, mandate: Mandate, dirk: Dirk) -> None:
    browser = dirk()
    rows = written()
    answers = [
        *(browser.post(address, typed) for address, typed in acts_in(call, mandate.id)),
        browser.get(reverse("pages:helper-call", args=[helping.id])),
        browser.post(reverse("pages:helper-call-stop", args=[helping.id, mandate.id])),
        browser.post(reverse("pages:helper-hang-up", args=[helping.id])),
    ]
    assert [is_refused(answer.status_code) for answer in answers] == [True] * len(answers)
    assert (of(mandate).state, of(mandate).last_day) == (State.ACTIVE, mandate.last_day)
    assert set(Call.objects.values_list("ends_at", "helper_is_open")) == {(call.ends_at, False)}
    assert written() == rows


def test_it_changes_nothing_in_a_call_that_is_over(call: Call, mandate: Mandate, at_hester: Client) -> None:
    at_hester.post(reverse("pages:caller-hang-up", args=[call.id]))
    rows = written()
    for address, typed in acts_in(call, mandate.id):
        assert at_hester.post(address, typed).status_code == 410
    assert (of(mandate).state, written()) == (State.ACTIVE, rows)
    assert not Person.objects.filter(large_print=True).exists()


@pytest.mark.parametrize("dirk", OUTSIDE.values(), ids=OUTSIDE)
def test_it_lets_dirk_look_nobody_up(anna: Party, dirk: Dirk) -> None:
    browser = dirk()
    for name in ("pages:caller-find", "pages:caller-helper"):
        assert is_refused(browser.get(reverse(name)).status_code)
        assert is_refused(browser.post(reverse(name), THREE).status_code)
    assert not JournalEntry.objects.filter(event=Event.CALLER_LOOKED_UP).exists()
    assert anna.person.name.first == "Anna"


def test_it_answers_another_agent_as_if_the_call_did_not_exist(call: Call, at_karim: Client) -> None:
    other = at_karim.get(reverse("pages:caller", args=[call.id]))
    none = at_karim.get(reverse("pages:caller", args=["01a2157c-97e2-7532-80c8-88331dad16db"]))
    assert (other.status_code, none.status_code) == (404, 404)


def test_it_refuses_an_agent_whose_account_ended_from_the_next_request_on(
    call: Call, mandate: Mandate, at_hester: Client
) -> None:
    accounts.end(email=Staff.objects.get(name="Hester").email, by="olga", now=NOW)
    for address in pages_of(call, mandate.id):
        assert at_hester.get(address).status_code == 302
    at_hester.post(reverse("pages:caller-stop", args=[call.id, mandate.id]), {"what": "everything", "sure": "yes"})
    assert of(mandate).state == State.ACTIVE


def test_it_brings_who_logs_in_back_to_the_helpdesk_and_nowhere_after_a_form() -> None:
    address = reverse("pages:caller-find")
    assert Client().get(address)["Location"] == f"{reverse('account_login')}?next=%2Fhelpdesk%2F"
    assert Client().post(address, THREE)["Location"] == reverse("account_login")


def test_it_lets_nobody_in_by_a_form_from_another_site(anna: Party) -> None:
    agent = log_in_agent(make_agent(), client=Client(enforce_csrf_checks=True))
    assert anna.person.name.first == "Anna"
    assert agent.post(reverse("pages:caller-find"), THREE).status_code == 403


def test_it_keeps_no_page_in_the_browser(call: Call, mandate: Mandate, at_hester: Client) -> None:
    for address in pages_of(call, mandate.id):
        assert at_hester.get(address)["Cache-Control"] == "no-store"
