"""Where somebody lands after a login: who came for nothing special first sees what waits for an answer."""

import pytest
from django.urls import reverse

from namens.lib import clock
from namens.mandates.actions import decline
from namens.mandates.models import Mandate
from namens.organisations.actions import NewMember
from namens.parties.identifiers import KvkNumber
from namens.parties.models import Party
from tests.organisations.joining import admitted, begun
from tests.pages.client.agreeing import asked_of
from tests.signin.walking import AT_WORK, Person, choose

pytestmark = pytest.mark.usefixtures("digid")


@pytest.fixture
def asked(anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """What Bram asks of Anna today."""
    return asked_of(anna, bram, now=clock.now())


@pytest.mark.parametrize("path", ["/", "/mijn-machtigingen", "https://elsewhere.example/"])
def test_it_shows_a_client_first_what_was_asked(visitor: Person, asked: Mandate, path: str) -> None:
    assert visitor.log_in(next_path=path)["Location"] == reverse("pages:requests")
    assert asked.representative is not None


@pytest.mark.parametrize("path", ["/machtigen", "/uitleg"])
def test_it_leads_who_came_for_something_there(visitor: Person, asked: Mandate, path: str) -> None:
    assert visitor.log_in(next_path=path)["Location"] == path
    assert asked.representative is not None


def test_it_leads_on_once_there_was_an_answer(visitor: Person, asked: Mandate, anna: Party) -> None:
    decline(mandate=asked.id, by=anna, is_unknown=False, now=clock.now())
    assert visitor.log_in(next_path="/mijn-machtigingen")["Location"] == "/mijn-machtigingen"


def test_it_shows_dirk_nothing_of_it(visitor: Person, asked: Mandate) -> None:
    assert visitor.log_in("dirk", next_path="/mijn-machtigingen")["Location"] == "/mijn-machtigingen"
    assert asked.representative is not None


@pytest.mark.parametrize(
    ("path", "lands_at"),
    [
        ("/", "/werk"),
        ("/mijn-machtigingen", "/werk"),
        ("https://elsewhere.example/", "/werk"),
        ("/werk/zoeken", "/werk/zoeken"),
        ("/activeren", "/activeren"),
    ],
)
@pytest.mark.django_db
def test_it_leads_who_came_for_an_organisation_to_the_work_list(visitor: Person, path: str, lands_at: str) -> None:
    kvk, marijke = KvkNumber("00110019"), NewMember("Marijke", "Blom", "m@samensterk.example")
    begun("SST-6F1C20", admitted(kvk, manager=marijke, now=clock.now()).invited, kvk=kvk, now=clock.now())
    address = choose(visitor.leave_for_broker(path, broker=AT_WORK), person="00110019:SST-6F1C20", level="loa3")
    assert visitor.come_back(address)["Location"] == lands_at
