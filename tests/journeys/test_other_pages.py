"""The pages off the beaten track: to read, to print, and for whoever ends up where no page is."""

from urllib.parse import urlencode

import pytest
from django.test import RequestFactory
from playwright.sync_api import Route, expect

from namens.pages.errors import error_page
from tests.journeys.absence import pass_time
from tests.journeys.beforehand import anna_gave_bram
from tests.journeys.person import Person
from tests.journeys.stories import goes_to, opens_mandate
from tools.practice import Practice
from tools.practice_portals import Portal

pytestmark = [pytest.mark.journey, pytest.mark.slow]

NOT_KNOWN = {"client_id": "nobody", "redirect_uri": "https://example.com/", "response_type": "code"}


@pytest.fixture
def toeslagen(practice: Practice) -> Portal:
    """The portal of the allowances."""
    return practice.portals[0]


def shows_its_number(person: Person) -> None:
    """Read, on a page that says that something went wrong, the number that stands in the log."""
    number = person.last_answer().header_value("x-request-id")
    assert number
    expect(person.page.locator("main code")).to_have_text(number)


def breaks_with(status: int, person: Person) -> None:
    """Let this browser get the page for a status that Namens itself gives only when something is broken."""

    def give(route: Route) -> None:
        request = RequestFactory().get("/")
        request.request_id = "0192f0c1-7a3e-7c55-9d1a-5e0f3b6a1c2d"  # type: ignore[attr-defined]  # the middleware's
        page = error_page(request, status=status).content
        route.fulfill(status=status, content_type="text/html; charset=utf-8", body=page)

    person.eye.expected.add(status)
    person.page.route("**/kapot", give)


# To read


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/privacy", "Uw gegevens in Namens"),
        ("/toegankelijkheid", "Toegankelijkheid"),
    ],
)
def test_it_can_be_read_without_logging_in(dirk: Person, address: str, heading: str) -> None:
    dirk.opens(address)
    dirk.sees_heading(heading)
    dirk.sees("0800 0123")


def test_it_is_one_click_from_the_first_page(dirk: Person) -> None:
    dirk.opens("/")
    for label in ("Privacy", "Toegankelijkheid"):
        dirk.clicks(label)
    dirk.sees_heading("Toegankelijkheid")


# Where no page is


def test_it_says_what_to_do_where_no_page_is(dirk: Person) -> None:
    dirk.opens("/mijn-machtiging")
    dirk.sees_heading("Deze pagina bestaat niet")
    shows_its_number(dirk)
    dirk.clicks("Naar de eerste pagina")
    dirk.sees_heading("Laat iemand anders zaken voor u regelen")


def test_it_does_not_take_a_form_that_stood_open_too_long(anna: Person) -> None:
    anna.logs_in()
    anna.opens("/machtigen")
    anna.page.context.clear_cookies(name="namens_csrf")
    anna.fills("Helpernummer", "BCD FGH JKM")
    anna.clicks("Volgende")
    anna.sees_heading("Deze pagina stond te lang open")
    expect(anna.page.locator("main code")).to_have_text(str(anna.last_answer("POST").header_value("x-request-id")))
    anna.opens("/machtigen")
    anna.sees_heading("Wie gaat u helpen?")


@pytest.mark.parametrize("address", ["/uitloggen", "/taal", "/verlengen", "/openid/logout/confirm"])
def test_it_says_what_to_do_at_an_address_that_only_a_button_opens(dirk: Person, address: str) -> None:
    dirk.opens(address)
    dirk.sees_heading("Dit werkt niet vanaf dit adres")
    shows_its_number(dirk)


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        (400, "We begrijpen deze vraag niet"),
        (403, "U mag deze pagina niet zien"),
        (500, "Er ging bij ons iets mis"),
        (503, "Namens werkt op dit moment niet"),
    ],
)
def test_it_has_a_page_for_every_error(dirk: Person, status: int, heading: str) -> None:
    breaks_with(status, dirk)
    dirk.opens("/kapot")
    dirk.sees_heading(heading)
    dirk.sees("Noem dit nummer als u belt:")


def test_it_shows_no_button_that_would_not_work(dirk: Person) -> None:
    dirk.opens("/mijn-machtiging")
    expect(dirk.page.get_by_role("button")).to_have_count(0)


def test_it_shows_a_code_no_more_after_logging_out(anna: Person) -> None:
    anna_gave_bram(anna.practice)
    anna.logs_in()
    opens_mandate(anna, of="Bram Bakker")
    code = f"{anna.page.url}/code"
    anna.opens(code)
    anna.sees("Laat de code zien")
    anna.logs_out()
    anna.logs_in()
    anna.opens(code)
    anna.sees("We laten deze code niet meer zien")
    anna.does_not_see("Laat de code zien", "Maak een blad om te printen")


def test_it_takes_no_login_that_did_not_begin_here(dirk: Person) -> None:
    dirk.opens("/signin/digid/callback?state=nonsense&code=nonsense")
    dirk.sees_heading("Inloggen is niet gelukt")
    dirk.sees("Dit inloggen was al klaar, of begon in een andere browser.")
    shows_its_number(dirk)
    dirk.clicks("Naar de voorpagina")
    dirk.sees_heading("Laat iemand anders zaken voor u regelen")


# Between a portal and Namens


def test_it_says_so_when_the_login_is_not_strong_enough(dirk: Person, toeslagen: Portal) -> None:
    dirk.opens(toeslagen.address)
    dirk.logs_in_at_portal(level="Basis")
    dirk.sees_heading("Inloggen bij Mijn toeslagen")
    dirk.sees("Er is niemand voor wie u hier nu kunt inloggen.")
    dirk.clicks("Niet inloggen", until=f"{toeslagen.address}/**")


def test_it_sends_nobody_back_to_a_site_that_it_does_not_know(dirk: Person) -> None:
    dirk.opens(f"/openid/authorize?{urlencode(NOT_KNOWN)}")
    dirk.sees_heading("De site waar u vandaan komt vroeg iets verkeerds")
    dirk.sees("U deed niets fout.")
    dirk.does_not_see("example.com")
    shows_its_number(dirk)


def test_it_asks_for_a_new_login_when_choosing_took_too_long(dirk: Person, toeslagen: Portal) -> None:
    goes_to(dirk, toeslagen)
    dirk.chooses("Voor mijzelf")
    pass_time(dirk.practice, context=dirk.page.context)
    dirk.clicks("Inloggen bij Mijn toeslagen")
    dirk.sees_heading("U bent niet meer ingelogd")
    dirk.does_not_see("Dirk")
    dirk.clicks("Opnieuw inloggen")
    dirk.comes_with_digid()
    dirk.chooses("Voor mijzelf")
    dirk.clicks("Inloggen bij Mijn toeslagen")
    dirk.sees("Uw toeslagen")


def test_it_uses_a_login_once(dirk: Person, toeslagen: Portal) -> None:
    goes_to(dirk, toeslagen)
    choosing = dirk.page.url
    dirk.clicks("Niet inloggen")
    dirk.opens(choosing)
    dirk.sees_heading("Deze login is voorbij")
    dirk.clicks("Terug naar Mijn toeslagen")
    assert dirk.page.url == f"{toeslagen.address}/"


def test_it_asks_before_it_logs_somebody_out_for_a_site(dirk: Person, toeslagen: Portal) -> None:
    wish = {"client_id": toeslagen.client_id, "post_logout_redirect_uri": f"{toeslagen.address}/uitgelogd"}
    dirk.logs_in()
    dirk.opens(f"/openid/logout?{urlencode(wish)}")
    dirk.sees_heading("Wilt u uitloggen?")
    dirk.clicks("Nee, ingelogd blijven")
    dirk.sees("Ingelogd als Dirk Smit")
    dirk.opens(f"/openid/logout?{urlencode(wish)}")
    dirk.clicks("Ja, uitloggen", until=f"{toeslagen.address}/uitgelogd*")
    dirk.opens("/")
    dirk.does_not_see("Dirk Smit")


def test_it_says_that_somebody_is_logged_out_when_there_is_nowhere_to_go(dirk: Person) -> None:
    dirk.logs_in()
    dirk.opens("/openid/logout")
    dirk.clicks("Ja, uitloggen")
    dirk.sees_heading("U bent uitgelogd")
    dirk.sees("Er blijft niets van u op dit apparaat staan.")
    dirk.does_not_see("Dirk Smit")
    assert dirk.last_answer("POST").header_value("clear-site-data") == '"cache", "storage"'


def test_it_does_not_answer_a_logout_that_makes_no_sense(dirk: Person) -> None:
    dirk.opens("/openid/logout?client_id=nobody")
    dirk.sees_heading("De site waar u vandaan komt vroeg iets verkeerds")
    dirk.opens("/openid/logout/done?ticket=nonsense")
    dirk.sees_heading("De site waar u vandaan komt vroeg iets verkeerds")
