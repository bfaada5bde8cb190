"""What a client meets is whole in another language: nothing is hard-coded or stays Dutch, no page is forgotten."""

import pytest

from namens.lib.languages import ENGLISH, LONG
from namens.parties.models import Party
from tests.pages.languages.met import not_met, pages_met
from tests.pages.languages.reading import in_dutch, not_translated
from tests.pages.languages.visit import Pages
from tests.pages.visiting import Register

pytestmark = pytest.mark.usefixtures("languages", "catalogue")

WITHOUT_A_PAGE = {
    *("again", "callback", "dispute-withdraw", "extend", "give-with", "health", "language", "new-code", "start"),
    *(
        "done-file",
        "hand-off-again",
        "hand-off-standing",
        "appointment-calendar",
        "appointment-take-over",
        "visit-end",
        "visit-partner",
    ),
}
"""What only sends people on, or answers a program."""


def everything(language: str, *, anna: Party, bram: Party, carla: Party, register: Register) -> Pages:
    return pages_met(anna=anna, bram=bram, carla=carla, language=language, register=register)


def test_it_meets_every_page_and_finds_no_text_outside_the_translations(
    anna: Party, bram: Party, carla: Party, register: Register
) -> None:
    pages = everything(LONG, anna=anna, bram=bram, carla=carla, register=register)
    assert not_met(pages) <= WITHOUT_A_PAGE
    left = {name: found for name, page in pages.items() if (found := not_translated(page))}
    assert left == {}
    assert all(f'<html lang="{LONG}" dir="ltr">' in " ".join(page.split()) for page in pages.values())


@pytest.mark.slow
def test_it_says_nothing_in_dutch_when_the_language_is_english(
    anna: Party, bram: Party, carla: Party, register: Register
) -> None:
    pages = everything(ENGLISH, anna=anna, bram=bram, carla=carla, register=register)
    assert {name: found for name, page in pages.items() if (found := in_dutch(page))} == {}
    assert all('<html lang="en" dir="ltr">' in " ".join(page.split()) for page in pages.values())


def test_it_would_see_a_text_that_is_not_translated() -> None:
    page = "<p>[Dátéé] 3 May 2026 <b>Anna Maria de Vries</b></p><p aria-label='Close'>[Bram Bakker ís [hééléé]]</p>"
    assert not_translated(page) == ["Close"]
    assert in_dutch("<p>Uitloggen</p><p>Log out</p>") == ["Uitloggen"]
    assert in_dutch("<p>Mag uw helper ook uw rekeningnummer wijzigen?</p>") != []
