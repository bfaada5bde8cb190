"""A helper number that cannot be: the page says what is wrong, and keeps what was typed."""

import pytest
from playwright.sync_api import expect

from tests.journeys.person import Person
from tests.journeys.stories import helper_number_of

pytestmark = pytest.mark.journey

# One is enough in the gate.
FURTHER = (
    ("B" * 201, "Dit is te lang. Vul hoogstens 200 tekens in."),
    ("BCD FGH JK0", "Het teken 0 staat nooit in een helpernummer."),
    ("ВСD FGH JKM", "Typ het helpernummer met gewone letters en cijfers."),  # noqa: RUF001 - look-alikes
    ("BCD FGH", "Vul alle 9 tekens van het helpernummer in"),
)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Vul het helpernummer in"),
        *(pytest.param(*one, marks=pytest.mark.slow) for one in FURTHER),
    ],
)
def test_it_says_what_is_wrong_with_a_helper_number(anna: Person, typed: str, sentence: str) -> None:
    anna.logs_in()
    anna.clicks("Iemand machtigen")
    anna.fills("Helpernummer", typed)
    anna.clicks("Volgende")
    anna.sees_error(sentence)
    expect(anna.page.get_by_label("Helpernummer", exact=True)).to_have_value(typed)


@pytest.mark.slow
def test_it_refuses_the_own_number(anna: Person) -> None:
    anna.logs_in()
    own = helper_number_of(anna)
    anna.opens("/machtigen")
    anna.fills("Helpernummer", own)
    anna.clicks("Volgende")
    anna.sees_error("Dit is uw eigen nummer. Vul het nummer van uw helper in.")
