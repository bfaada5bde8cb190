"""An address that only a button uses, opened by hand."""

import pytest
from django.test import Client

from tests.pages.visiting import shown


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/uitloggen", "/taal", "/verlengen", "/openid/logout/confirm"])
def test_it_gives_a_person_a_page(path: str) -> None:
    response = Client().get(path)
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Dit werkt niet vanaf dit adres" in shown(response)


@pytest.mark.django_db
def test_it_gives_a_program_no_page() -> None:
    response = Client().get("/openid/token")
    assert (response.status_code, response.content) == (405, b"")
