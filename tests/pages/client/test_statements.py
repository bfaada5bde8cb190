"""How many statements each page costs."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from namens.mandates.models import Mandate
from namens.pages.client.giving import Page
from tests.pages.client.walking import address, begin, give, only_draft, walk
from tests.pages.visiting import mark_on, send

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
    Page.CHECK: 8,
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
    with django_assert_num_queries(SESSION_AND_VISITOR + 30):
        send(at_anna, path, seen)


def test_it_shows_the_page_of_the_code_in_few_statements(
    at_anna: Client, number: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    give(at_anna, number)
    path = reverse("pages:code", args=[Mandate.objects.get().id])
    with django_assert_num_queries(SESSION_AND_VISITOR + 3):
        at_anna.get(path)
