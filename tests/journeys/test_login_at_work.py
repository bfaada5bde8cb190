"""Somebody at work logs in with eHerkenning: a change of mind, a means that is too weak, a number typed wrongly."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Sit
from tests.journeys.person import Person

pytestmark = pytest.mark.journey


def test_it_leads_back_to_eherkenning_after_a_change_of_mind(marijke: Person) -> None:
    marijke.opens("/")
    marijke.clicks("Inloggen met eHerkenning")
    marijke.sees_heading("Inloggen bij Namens")
    marijke.sees("eHerkenning (oefenomgeving)")
    marijke.clicks("Annuleren")
    marijke.sees_heading("U bent niet ingelogd")
    marijke.clicks("Probeer het opnieuw")
    marijke.sees("eHerkenning (oefenomgeving)", "Stichting Samen Sterk")


@pytest.mark.slow
def test_it_does_not_take_a_means_that_is_too_weak(sit: Sit) -> None:
    piet = sit("Piet Scholten", bsn="")
    piet.logs_in_at_work("Stichting Samen Sterk", level="EH3")
    piet.sees("Het middel van deze persoon gaat tot EH2. Kies EH2.")
    piet.chooses_oneself_at_eherkenning("Stichting Samen Sterk", level="EH2")
    piet.sees_heading("Inloggen is niet gelukt")
    piet.sees("Wij weten niet hoe veilig u inlogde.")


@pytest.mark.slow
def test_it_says_at_the_field_what_was_typed_wrongly(marijke: Person) -> None:
    marijke.opens("/")
    marijke.clicks("Inloggen met eHerkenning")
    marijke.fills("KvK-nummer", "123")
    marijke.clicks("Inloggen")
    marijke.sees("Dit is geen KvK-nummer. Het heeft 8 cijfers. Controleer de cijfers.")
    expect(marijke.page.get_by_label("KvK-nummer", exact=True)).to_have_value("123")
