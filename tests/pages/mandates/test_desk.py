"""What the helpdesk did: every look-up and act, for the client whom it is about and for nobody else."""

import pytest
from django.db import transaction
from django.test import Client

from namens.helpdesk.letters import send_overview
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib.ids import new_id
from namens.pages.mandates.desk import SENTENCES
from namens.parties.identifiers import Bsn
from namens.parties.models import Party
from namens.signin.models import Staff
from tests.counting import statements
from tests.helpdesk.calling import Addresses, call, found
from tests.pages.visiting import arrive, shown
from tests.people import NOW
from tests.staff import make_agent

PAGE = "/mijn-machtigingen/helpdesk"


@pytest.fixture
def hester(catalogue: None) -> Staff:  # noqa: ARG001 - asked for its effect
    """An agent."""
    return make_agent()


@pytest.fixture(autouse=True)
def register(monkeypatch: pytest.MonkeyPatch) -> Addresses:
    """The register, as an agent asks it."""
    stand_in = Addresses()
    monkeypatch.setattr("namens.population.addresses.ask_address", stand_in.ask)
    return stand_in


def read(party: Party) -> str:
    return shown(arrive(party).get(PAGE))


def test_it_tells_that_an_agent_looked_the_client_up(hester: Staff, anna: Party) -> None:
    found(hester)
    assert "Een medewerker zocht u op." in read(anna)


def test_it_tells_that_somebody_tried_with_the_wrong_postcode(hester: Staff, anna: Party) -> None:
    call(hester, postcode="9999ZZ")
    page = read(anna)
    assert "Iemand belde met uw BSN." in page
    assert "Een medewerker zocht u op." not in page


def test_it_tells_of_a_letter_that_belongs_to_no_mandate(hester: Staff, anna: Party) -> None:
    send_overview(call=found(hester), now=NOW)
    assert "De helpdesk liet u een brief sturen." in read(anna)


def test_it_tells_nobody_else(hester: Staff, anna: Party, dirk: Party) -> None:
    found(hester)
    call(hester, bsn=Bsn("999990421"))
    assert "Nog niets" in read(dirk)
    assert anna.person.family_name not in read(dirk)


def test_it_has_a_sentence_for_each_act(anna: Party) -> None:
    with transaction.atomic():
        for event in SENTENCES:
            write(Event(event), at=NOW, channel=Channel.HELPDESK, actor=new_id(), subject=anna.id)
            write(Event(event), at=NOW, channel=Channel.PAGES, actor=anna.id, subject=anna.id)
    assert read(anna).count("23 november 2026, 10:00") == len(SENTENCES)


def test_it_costs_the_same_for_many_look_ups(hester: Staff, anna: Party) -> None:
    visitor: Client = arrive(anna)
    visitor.get(PAGE)
    few = statements(lambda: visitor.get(PAGE))
    for _ in range(5):
        found(hester)
    assert statements(lambda: visitor.get(PAGE)) == few <= 4


def test_it_sends_a_stranger_to_the_login() -> None:
    assert Client().get(PAGE).status_code == 302
