"""A session cookie that cannot be ours is no session."""

import pytest
from django.test import Client

from tests.pages.visiting import arrive
from tests.people import person


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["\\000" * 9, "x", "A" * 32, "0" * 5000])
def test_it_takes_an_odd_cookie_for_nobody(value: str) -> None:
    browser = Client()
    browser.cookies["namens_session"] = value
    assert browser.get("/mijn-machtigingen")["Location"].startswith("/signin/")


@pytest.mark.django_db
def test_it_takes_its_own_cookie() -> None:
    assert arrive(person("anna")).get("/mijn-machtigingen").status_code == 200
