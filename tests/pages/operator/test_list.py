"""The list of organisations, and the page about one."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from namens.journal.events import Channel
from namens.lib import clock
from namens.organisations.actions import Terms, block, propose
from namens.organisations.models import Member, Organisation, Status
from namens.parties.identifiers import KvkNumber
from namens.parties.models import Kind, Party
from tests.organisations.joining import OLGA
from tests.pages.operator.operating import page_of
from tests.pages.visiting import shown
from tests.people import NOW, person
from tests.working import licence, mandate_of, member, organisation

LIST = "/beheer/organisaties"


def many(number: int) -> None:
    """Have so many organisations more."""
    for index in range(number):
        Organisation.objects.create(
            party=Party.objects.create(kind=Kind.ORGANISATION, created_at=NOW),
            kvk_number=f"800000{index:02}",
            name=f"Buurthuis {index:02}",
            status=Status.ADMITTED,
            proposed_at=NOW,
            admitted_at=NOW,
        )


def test_it_counts_people_managers_and_licences_and_names_no_client(at_olga: Client, catalogue: None) -> None:
    assert catalogue is None
    works_for = organisation()
    member(works_for, "Mia", is_manager=True)
    sam = member(works_for)
    licence(sam)
    licence(sam, "inkomstenbelasting", last_day=clock.today() - timedelta(days=1), first_day=NOW.date() - timedelta(30))
    gone = member(works_for, "Vera")
    licence(gone)
    Member.objects.filter(party=gone.party_id).update(ended_at=NOW)
    mandate_of(person("anna"), works_for)
    pages = [shown(at_olga.get(address)) for address in (LIST, page_of(works_for))]
    assert "Samen Sterk 90000011 Werkt met Namens 2 1 1" in pages[0]
    assert "Mensen 2 Beheerders 1 Lopende licenties 1" in pages[1]
    assert not any("Anna" in page or "Vries" in page for page in pages)


def test_it_finds_by_name_and_by_number(at_olga: Client) -> None:
    organisation()
    organisation("De Brug")
    for words, found in (("brug", "De Brug"), ("9000001", "Samen Sterk"), ("sterk samen", "Samen Sterk")):
        page = shown(at_olga.get(LIST, {"words": words}))
        assert found in page
        assert ({"De Brug", "Samen Sterk"} - {found}).pop() not in page
    assert "Geen organisatie gevonden" in shown(at_olga.get(LIST, {"words": "linde"}))


def test_it_shows_those_that_stand_so(at_olga: Client) -> None:
    blocked, left, leaves = organisation(), organisation("De Brug"), None
    block(organisation=blocked.party_id, member=None, reason="X", by=OLGA, channel=Channel.PAGES, now=NOW)
    Organisation.objects.filter(party=left.party_id).update(last_day=NOW.date() - timedelta(days=1))
    propose(terms=Terms(KvkNumber("90000031"), "De Linde"), contact_name="T", contact_email="t@x.nl", now=NOW)
    named = {"blocked": "Samen Sterk", "left": "De Brug", "waits": "De Linde"}
    for standing in ("blocked", "left", "waits", "works", "leaves", "refused"):
        page = shown(at_olga.get(LIST, {"standing": standing}))
        assert [name for name in named.values() if name in page] == [named[key] for key in named if key == standing]
    assert leaves is None


def test_it_shows_those_that_wait_first(at_olga: Client) -> None:
    organisation()
    propose(terms=Terms(KvkNumber("90000031"), "Zonnebloem"), contact_name="T", contact_email="t@x.nl", now=NOW)
    page = shown(at_olga.get(LIST))
    assert page.index("Zonnebloem") < page.index("Samen Sterk")


def test_it_asks_as_many_statements_for_one_as_for_many(
    at_olga: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    organisation()
    at_olga.get(LIST)
    with django_assert_num_queries(4):
        at_olga.get(LIST)
    many(30)
    with django_assert_num_queries(4):
        page = shown(at_olga.get(LIST))
    assert "Pagina 1 van 2" in page
    assert "Pagina 2 van 2" in shown(at_olga.get(LIST, {"page": "2"}))


@pytest.mark.parametrize(
    "odd", [{"page": "x"}, {"page": "99999"}, {"standing": "x"}, {"words": "\0"}, {"words": "x" * 999}]
)
def test_it_bears_whatever_stands_in_the_address(at_olga: Client, odd: dict[str, str]) -> None:
    assert at_olga.get(LIST, odd).status_code == 200


def test_it_lists_the_people_of_an_organisation(at_olga: Client) -> None:
    works_for = organisation()
    sam = member(works_for)
    gone = member(works_for, "Vera")
    Member.objects.filter(party=gone.party_id).update(ended_at=NOW)
    block(organisation=works_for.party_id, member=sam.party_id, reason="X", by=OLGA, channel=Channel.PAGES, now=NOW)
    page = shown(at_olga.get(reverse("pages:organisation-people", args=[works_for.party_id])))
    assert "Sam Bakker Medewerker Geblokkeerd" in page
    assert "Vera Bakker Medewerker Werkt hier niet meer" in page


def test_it_knows_no_other_organisation(at_olga: Client) -> None:
    assert at_olga.get(reverse("pages:organisation", args=[OLGA])).status_code == 404
