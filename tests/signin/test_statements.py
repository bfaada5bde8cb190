"""How many statements a page costs before it does anything of its own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from namens.lib import clock
from namens.parties.models import Party
from tests.pages.visiting import arrive
from tests.people import NOW

Counting = DjangoAssertNumQueries


@pytest.fixture
def browser(anna: Party, liar: object) -> Client:  # noqa: ARG001 - asked for its effect
    with clock.frozen(NOW):
        return arrive(anna)


@pytest.fixture
def visit(browser: Client) -> Callable[[timedelta], None]:
    def get(later: timedelta) -> None:
        with clock.frozen(NOW + later):
            assert browser.get(reverse("pages:help")).status_code == 200

    return get


def test_it_reads_session_and_person(visit: Callable[[timedelta], None], django_assert_num_queries: Counting) -> None:
    with django_assert_num_queries(2):
        visit(timedelta(seconds=9))


def test_it_notes_every_ten_seconds_that_somebody_is_there(
    visit: Callable[[timedelta], None], django_assert_num_queries: Counting
) -> None:
    # Session and person, and one UPDATE in a savepoint (outside tests: in a transaction) of its own.
    with django_assert_num_queries(5):
        visit(timedelta(seconds=10))


def test_it_reads_nothing_for_who_is_not_logged_in(db: None, django_assert_num_queries: Counting) -> None:  # noqa: ARG001 - asked for its effect
    with django_assert_num_queries(0):
        assert Client().get(reverse("pages:help")).status_code == 200
