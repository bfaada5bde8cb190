"""Anna logs in as herself on Bram's computer. Afterwards nothing of her is left there, whatever somebody tries."""

import pytest

from tests.journeys.conftest import Sit
from tests.journeys.eye import PHONE
from tests.journeys.person import Person
from tests.journeys.stories import has_mandate
from tools.practice import Practice
from tools.practice_portals import Portal

pytestmark = pytest.mark.journey

BEGIN = "Log mij uit, mijn cliënt logt in"
CLOSED = "Alles is afgesloten"


@pytest.fixture
def toeslagen(practice: Practice) -> Portal:
    """The portal of the allowances."""
    return practice.portals[0]


def makes_room(helper: Person) -> None:
    """Let the helper, logged in, log out for the client."""
    helper.opens("/client-logt-in")
    helper.chooses("Mijn toeslagen")
    helper.clicks(BEGIN)
    helper.sees_heading("U bent aan de beurt")


def logs_in_here(client: Person, *, at: Person) -> None:
    """Let the client sit down at the helper's computer and log in at the portal."""
    client.sits_down_at(at)
    client.clicks("Inloggen bij Mijn toeslagen", until="**/digid/authorize?*")
    client.chooses_oneself_at_digid()


def finds_nothing_of(client: Person, *, visited: list[str], page: Person) -> None:
    """Open all that was visited once more, in another tab too: no page and no title says anything of the client."""
    family_name = client.name.split()[-1]
    for address in (one for one in visited if "/digid/" not in one):
        page.page.goto(address)
        assert "/digid/" in page.page.url or family_name not in page.text(), address
        assert family_name not in page.page.title(), address


def test_it_leaves_nothing_of_the_client_behind(anna: Person, bram: Person) -> None:
    bram.logs_in()
    makes_room(bram)
    logs_in_here(anna, at=bram)
    anna.sees("U bent ingelogd als Anna de Vries", "Uw toeslagen")
    anna.does_not_see("Bram", "namens")
    visited = [address for address in bram.traces() if address.startswith("http")]
    anna.clicks("Uitloggen", until="**/client-logt-in/afgesloten")
    anna.sees_heading(CLOSED)

    for _ in range(3):
        bram.page.go_back()
        # The rehearsal lets everybody choose who they are: there all names stand, always.
        assert "/digid/" in bram.page.url or "Vries" not in bram.text()
        assert "Vries" not in bram.page.title()
    finds_nothing_of(anna, visited=visited, page=bram.opens_a_tab())
    bram.opens("/client-logt-in/afgesloten")
    bram.clicks("Verder als helper")
    bram.chooses_oneself_at_digid()
    bram.sees("Bram Bakker")


@pytest.mark.slow
def test_it_offers_nobody_else_even_with_a_mandate(anna: Person, bram: Person) -> None:
    has_mandate(anna, bram)
    makes_room(bram)
    logs_in_here(bram, at=bram)
    bram.sees("U bent ingelogd als Bram Bakker", "Uw toeslagen")
    bram.does_not_see("Anna")


@pytest.mark.slow
def test_it_does_the_same_again_for_the_partner(anna: Person, bram: Person, dirk: Person, toeslagen: Portal) -> None:
    bram.logs_in()
    makes_room(bram)
    logs_in_here(anna, at=bram)
    anna.sees("Anna de Vries")
    anna.opens("/client-logt-in/klaar")
    anna.sees_heading("Bent u klaar?")
    anna.clicks("Uitloggen", until="**/client-logt-in/afgesloten")
    anna.clicks("Nu de partner")
    logs_in_here(dirk, at=bram)
    dirk.sees("U bent ingelogd als Dirk Smit", "Uw toeslagen")
    dirk.does_not_see("Anna", "Vries")
    dirk.clicks("Uitloggen", until="**/client-logt-in/afgesloten")
    bram.opens_until_it_says(f"{toeslagen.address}/overzicht", "DigiD")
    bram.does_not_see("Vries", "Smit")


@pytest.mark.slow
def test_it_logs_the_client_out_at_the_portal_from_our_page(anna: Person, bram: Person, toeslagen: Portal) -> None:
    bram.logs_in()
    makes_room(bram)
    logs_in_here(anna, at=bram)
    at_portal = bram.opens_a_tab()
    anna.opens("/client-logt-in/aan-de-beurt")
    anna.clicks("Uitloggen", until="**/client-logt-in/afgesloten")
    at_portal.opens_until_it_says(f"{toeslagen.address}/", "uitgelogd")
    at_portal.does_not_see("Vries")


@pytest.mark.slow
def test_it_works_without_scripts_on_a_phone(sit: Sit) -> None:
    bram = sit("Bram Bakker", bsn="999990032", scripts=False)
    anna = sit("Anna de Vries", bsn="999990019", scripts=False)
    bram.logs_in()
    makes_room(bram)
    bram.page.set_viewport_size({"width": PHONE, "height": 640})
    logs_in_here(anna, at=bram)
    anna.opens("/client-logt-in/klaar")
    anna.clicks("Uitloggen", until="**/client-logt-in/afgesloten")
    anna.sees_heading(CLOSED)


@pytest.mark.slow
def test_it_is_what_the_guide_advises(bram: Person) -> None:
    bram.opens("/welke-manier")
    for answer in ("Nee, geen van deze", "Als privépersoon", "Nee", "Ja", "Ja, de telefoon", "Ja", "Alleen tijdens"):
        bram.chooses(answer)
        bram.clicks("Volgende")
    bram.clicks("Volgende")
    bram.sees_heading("Uw cliënt logt zelf in")
    bram.clicks("Een kaart voor uw cliënt, met plaatjes en weinig woorden")
    bram.prints()
    bram.goes_back()
    bram.clicks("Een blad om af te drukken")
    bram.prints()


@pytest.mark.slow
def test_it_is_advised_with_dates_for_a_letter(bram: Person) -> None:
    query = "situation=ordinary&helper=private&bsn=yes&digid=no&partner=yes&reach=around"
    bram.opens(f"/welke-manier?{query}&day=none")
    bram.sees("U vraagt een machtiging", "Belangrijke dagen")
    bram.opens(f"/welke-manier/kaart?{query}&day=none")
    bram.opens("/welke-manier?situation=institution")
    bram.sees("Verder met de vragen")
