"""How many statements each page costs."""

from collections.abc import Sequence

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from namens.mandates.models import Mandate, MandateService
from namens.pages.client.giving import Page
from namens.parties.models import Party
from tests.counting import statements
from tests.pages.client.walking import address, begin, give, only_draft, walk
from tests.pages.visiting import mark_on, send
from tests.people import active, terms
from tests.people import give as given

SESSION_AND_VISITOR = 2
OF_A_PAGE = {
    Page.WHO: 2,
    Page.HELPER: 2,
    Page.SERVICES: 6,
    Page.EXTRA: 7,
    Page.FROM: 6,
    Page.UNTIL: 6,
    Page.ABOUT: 6,
    Page.PARTNER: 6,
    Page.CHECK: 11,
}


@pytest.mark.parametrize(("page", "statements"), list(OF_A_PAGE.items()))
def test_it_asks_the_database_little_for_a_question(
    at_anna: Client, number: str, django_assert_num_queries: DjangoAssertNumQueries, page: Page, statements: int
) -> None:
    walk(at_anna, begin(at_anna, number), Page.CHECK)
    path = address(page, only_draft().id)
    with django_assert_num_queries(SESSION_AND_VISITOR + statements):
        assert at_anna.get(path).status_code == 200


def test_it_gives_a_mandate_in_few_statements(
    at_anna: Client, number: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.CHECK)
    seen = mark_on(at_anna.get(path))
    with django_assert_num_queries(SESSION_AND_VISITOR + 33):
        send(at_anna, path, seen)


def test_it_shows_the_page_of_the_code_in_few_statements(
    at_anna: Client, number: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    give(at_anna, number)
    path = reverse("pages:code", args=[Mandate.objects.get().id])
    with django_assert_num_queries(SESSION_AND_VISITOR + 3):
        at_anna.get(path)


def test_it_asks_who_helps_in_three_statements(at_anna: Client) -> None:
    assert statements(lambda: at_anna.get(reverse("pages:give"))) <= 3


def test_it_looks_a_helper_up_and_begins_a_draft_in_ten_statements(at_anna: Client, number: str) -> None:
    assert statements(lambda: send(at_anna, reverse("pages:give"), {"number": number})) <= 10


def test_it_explains_a_code_without_a_name_in_two_statements(at_anna: Client) -> None:
    assert statements(lambda: at_anna.get(reverse("pages:give-open"))) <= 2


def test_it_begins_a_draft_with_such_a_code_in_six_statements(at_anna: Client) -> None:
    assert statements(lambda: send(at_anna, reverse("pages:give-open"))) <= 6


@pytest.mark.parametrize(("verb", "most"), [("ask", 9), ("answer", 14)])
def test_it_deals_with_two_other_helpers_in_as_many_statements_as_with_one(
    at_anna: Client, number: str, anna: Party, carla: Party, dirk: Party, verb: str, most: int
) -> None:
    path = begin(at_anna, number)
    counts = []
    for other in (carla, dirk):
        active(anna, other)
        path = walk(at_anna, path, Page.OTHERS)
        answers = {str(line.id): "no" for line in MandateService.objects.filter(current=True)}
        counts.append(statements(lambda: at_anna.get(path) if verb == "ask" else send(at_anna, path, answers)))  # noqa: B023 - called at once
    assert counts[0] == counts[1] <= most


@pytest.mark.parametrize("keys", [["mijn-toeslagen"], ["mijn-toeslagen", "inkomstenbelasting", "uitkering-aanvragen"]])
@pytest.mark.parametrize(("page", "most"), [("code", 9), ("code-sheet", 9), ("new-code", 13)])
def test_it_takes_as_few_statements_for_the_code_of_three_services_as_of_one(
    at_anna: Client, anna: Party, bram: Party, page: str, most: int, keys: Sequence[str]
) -> None:
    path = reverse(f"pages:{page}", args=[given(anna, bram, what=terms(*keys)).mandate.id])
    assert statements(lambda: send(at_anna, path)) <= most
