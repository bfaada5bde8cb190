"""Where somebody lands after a login: who came for nothing special first sees what waits for an answer."""

import pytest
from django.urls import reverse

from namens.lib import clock
from namens.mandates.actions import decline
from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.pages.client.agreeing import asked_of
from tests.signin.walking import Person

pytestmark = pytest.mark.usefixtures("digid")


@pytest.fixture
def asked(anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """What Bram asks of Anna today."""
    return asked_of(anna, bram, now=clock.now())


@pytest.mark.parametrize("path", ["/", "/mijn-machtigingen", "https://elsewhere.example/"])
def test_it_shows_a_client_first_what_was_asked(visitor: Person, asked: Mandate, path: str) -> None:
    assert visitor.log_in(next_path=path)["Location"] == reverse("pages:requests")
    assert asked.representative is not None


@pytest.mark.parametrize("path", ["/machtigen", "/hulp"])
def test_it_leads_who_came_for_something_there(visitor: Person, asked: Mandate, path: str) -> None:
    assert visitor.log_in(next_path=path)["Location"] == path
    assert asked.representative is not None


def test_it_leads_on_once_there_was_an_answer(visitor: Person, asked: Mandate, anna: Party) -> None:
    decline(mandate=asked.id, by=anna, is_unknown=False, now=clock.now())
    assert visitor.log_in(next_path="/mijn-machtigingen")["Location"] == "/mijn-machtigingen"


def test_it_shows_dirk_nothing_of_it(visitor: Person, asked: Mandate) -> None:
    assert visitor.log_in("dirk", next_path="/mijn-machtigingen")["Location"] == "/mijn-machtigingen"
    assert asked.representative is not None
