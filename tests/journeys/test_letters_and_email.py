"""Anna looks at her letters, wants them in large print, and an e-mail beside them; Dirk sees nothing of it."""

import re
import time

import httpx2
import pytest

from tests.journeys.beforehand import anna_had_bram
from tests.journeys.person import SOON, Person
from tests.journeys.stories import opens_mandate

pytestmark = [pytest.mark.journey, pytest.mark.slow]

ADDRESS = "anna@voorbeeld.example"
CODE = re.compile(r"Uw bevestigingscode is: (\w{3} \w{3})")
CHANGED = "Er is iets veranderd. Log in bij Namens om het te zien."


def reads_mail(person: Person, words: re.Pattern[str]) -> re.Match[str]:
    """Wait until an e-mail says this."""
    deadline = time.monotonic() + SOON
    while time.monotonic() < deadline:
        page = httpx2.get(f"{person.practice.rehearsal_address}/postvak", trust_env=False).text
        found = words.search(page) if ADDRESS in page else None
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"no e-mail says {words.pattern}")


def gives_address(person: Person) -> str:
    """Give an address, and read the code that comes there."""
    person.opens("/mijn-brieven/e-mail")
    person.clicks("Stuur mij een code")
    person.sees_error("Vul uw e-mailadres in")
    person.fills("Uw e-mailadres", ADDRESS)
    person.clicks("Stuur mij een code")
    person.sees_heading("Uw bevestigingscode")
    return reads_mail(person, CODE)[1]


def test_it_lets_anna_read_about_her_letters_and_want_them_in_large_print(anna: Person) -> None:
    anna_had_bram(anna.practice)
    anna.logs_in()
    anna.opens("/mijn-machtigingen")
    anna.clicks("Bekijk welke brieven u krijgt, en kies hoe u ze krijgt")
    anna.sees_heading("Mijn brieven")
    anna.opens_until_it_says(f"{anna.practice.pages_address}/mijn-brieven", "Gepost")
    anna.sees("Een brief die een machtiging bevestigt")
    anna.opens("/mijn-brieven/voorkeuren")
    anna.chooses("Grote letters")
    anna.clicks("Bewaren")
    anna.sees("Grote letters")


def test_it_sends_anna_an_e_mail_that_says_nothing_but_that_something_changed(anna: Person) -> None:
    anna_had_bram(anna.practice)
    anna.logs_in()
    code = gives_address(anna)
    anna.fills("Bevestigingscode", "346789")
    anna.clicks("Bevestig mijn adres")
    anna.sees_error("Er zit een typefout in de bevestigingscode")
    anna.fills("Bevestigingscode", code.lower())
    anna.clicks("Bevestig mijn adres")
    anna.sees_heading("Mijn brieven")
    anna.sees(ADDRESS, "Een brief over uw e-mailadres")
    anna.opens("/mijn-brieven/berichten")
    anna.sees_heading("Waarover u e-mail krijgt")
    anna.ticks("Elke maand, als mijn overzicht klaarstaat")
    anna.clicks("Bewaren")
    anna.sees_heading("Mijn brieven")
    opens_mandate(anna, of="Bram Bakker")
    anna.clicks("Stoppen")
    anna.chooses("Alles")
    anna.clicks("Ja, stop nu")
    reads_mail(anna, re.compile(re.escape(CHANGED)))[0]
    anna.opens("/mijn-brieven/e-mail")
    anna.clicks("Stuur mij geen e-mail meer")
    anna.sees("U krijgt geen e-mail")
    assert not any(ADDRESS in trace or code in trace for trace in anna.traces())


def test_it_shows_dirk_nothing_of_it(anna: Person, dirk: Person) -> None:
    anna_had_bram(anna.practice)
    anna.logs_in()
    gives_address(anna)
    dirk.logs_in()
    dirk.opens("/mijn-brieven")
    dirk.does_not_see(ADDRESS)
    dirk.opens("/mijn-brieven/berichten")
    dirk.sees("Wij hebben uw e-mailadres nog niet.")
    dirk.does_not_see(ADDRESS)
    dirk.opens("/mijn-brieven/e-mail/code")
    dirk.sees_heading("E-mail van Namens")
    dirk.does_not_see(ADDRESS)
