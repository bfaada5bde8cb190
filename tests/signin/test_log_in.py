"""Logging in at the rehearsal DigiD, over HTTP, as with any broker."""

import pytest
from django.conf import settings
from django.urls import reverse

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.assurance import AssuranceLevel
from namens.parties.actions import find_person
from namens.signin import session
from tests.people import BSNS
from tests.signin.walking import Person, asked, callback_url, choose

pytestmark = pytest.mark.usefixtures("digid")


def test_it_comes_back_to_the_page_that_was_asked_for(visitor: Person) -> None:
    response = visitor.log_in("anna", next_path="/helpernummer")
    assert (response.status_code, response["Location"]) == (302, "/helpernummer")


def test_it_remembers_for_which_page_the_login_was_made(visitor: Person) -> None:
    visitor.log_in("anna", next_path="/helpernummer")
    assert visitor.browser.session[session.MADE_FOR] == "/helpernummer"


def test_it_knows_the_name_from_the_register(visitor: Person) -> None:
    visitor.log_in("anna")
    assert "Anna de Vries" in visitor.get(reverse("pages:mandates")).content.decode()


def test_it_writes_one_entry_in_the_journal(visitor: Person) -> None:
    visitor.log_in("anna")
    party = find_person(bsn=BSNS["anna"])
    assert party is not None
    entry = JournalEntry.objects.get(event=Event.SIGNED_IN)
    assert (entry.actor, entry.subject, entry.channel) == (party.id, party.id, "pages")


@pytest.mark.parametrize("level", list(AssuranceLevel))
def test_it_keeps_the_level_that_the_broker_says(visitor: Person, level: AssuranceLevel) -> None:
    visitor.come_back(choose(visitor.leave_for_broker(), person=BSNS["anna"].digits, level=level.value))
    assert visitor.browser.session["level"] == level.value


def test_it_asks_the_broker_for_a_fresh_login_of_the_wanted_level(visitor: Person) -> None:
    question = asked(visitor.leave_for_broker(level="substantial"))
    assert (question["prompt"], question["max_age"], question["code_challenge_method"]) == ("login", "0", "S256")
    assert question["acr_values"] == AssuranceLevel.SUBSTANTIAL.uri
    assert question["redirect_uri"] == f"{settings.BASE_URL}{callback_url()}"


def test_it_keeps_state_nonce_and_verifier_apart_for_two_tabs(visitor: Person) -> None:
    first, second = visitor.leave_for_broker("/helpernummer"), visitor.leave_for_broker("/activeren")
    assert asked(first)["state"] != asked(second)["state"]
    assert asked(first)["nonce"] != asked(second)["nonce"]
    assert visitor.come_back(choose(first, person=BSNS["anna"].digits))["Location"] == "/helpernummer"


def test_it_begins_a_session_with_another_key(visitor: Person) -> None:
    visitor.leave_for_broker()
    before = visitor.browser.session.session_key
    visitor.log_in("anna")
    assert visitor.browser.session.session_key != before


def test_it_puts_no_bsn_in_the_session(visitor: Person) -> None:
    visitor.log_in("anna")
    assert BSNS["anna"].digits not in str(dict(visitor.browser.session))
