"""What an organisation asks of a client: its name, and the person who asked."""

import pytest
from django.test import Client

from namens.mandates.models import Mandate
from namens.mandates.states import State
from namens.organisations.models import Assignment, Member, MemberKind
from namens.parties.models import Party
from tests.asking import asks_at_work, met
from tests.counting import statements
from tests.pages.client.agreeing import agree, asked_of, check_page, page_of
from tests.pages.visiting import arrive, shown
from tests.people import of
from tests.working import licence, member, organisation

LIST = "/verzoeken"
VERA = "Vera D., vrijwilliger bij Samen Sterk (naam volgens de organisatie)"


@pytest.fixture
def vera(catalogue: None) -> Member:  # noqa: ARG001 - asked for its effect
    """Vera Dijk, volunteer with a licence at Samen Sterk."""
    found = member(organisation(), "Vera", family_name="Dijk", kind=MemberKind.VOLUNTEER)
    licence(found)
    return found


@pytest.fixture
def asked(anna: Party, vera: Member) -> Mandate:
    """What Vera asks of Anna in the name of Samen Sterk."""
    return met(asks_at_work(vera), anna)


def test_it_names_organisation_and_person(at_anna: Client, asked: Mandate) -> None:
    assert f"Samen Sterk Gevraagd door {VERA}" in shown(at_anna.get(LIST))
    page = shown(at_anna.get(page_of(asked)))
    assert "Samen Sterk wil u helpen" in page
    assert f"Dit is gevraagd door {VERA}." in page
    assert "privépersoon" not in page
    assert "Ik ken deze organisatie niet" in page


def test_it_names_both_before_the_yes(at_anna: Client, asked: Mandate) -> None:
    page = shown(at_anna.get(check_page(at_anna, asked)))
    assert f"Wie helpt u Samen Sterk Gevraagd door {VERA}" in page
    assert "code" not in page.split("Wie helpt u")[1].split("Met wat")[0]


def test_it_becomes_active_at_the_yes(at_anna: Client, asked: Mandate, vera: Member) -> None:
    agree(at_anna, asked)
    assert of(asked).state == State.ACTIVE
    assert Assignment.objects.get().member == vera
    assert f"{VERA} heeft deze machtiging gevraagd." in shown(at_anna.get(f"/mijn-machtigingen/{asked.id}"))


def test_it_is_for_the_client_alone(at_dirk: Client, asked: Mandate, vera: Member) -> None:
    assert at_dirk.get(page_of(asked)).status_code == 404
    assert arrive(vera.party).get(page_of(asked))["Location"] == "/signin/elsewhere"


def test_it_costs_as_many_statements_for_three_requests_as_for_one(
    at_anna: Client, anna: Party, bram: Party, asked: Mandate, vera: Member
) -> None:
    with_one = statements(lambda: at_anna.get(LIST))
    licence(vera, "inkomstenbelasting")
    met(asks_at_work(vera, keys=("inkomstenbelasting",)), anna)
    asked_of(anna, bram)
    assert statements(lambda: at_anna.get(LIST)) == with_one
    assert asked.state == State.REQUESTED
