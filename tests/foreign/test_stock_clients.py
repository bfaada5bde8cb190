"""Clients that nobody here wrote: each logs people in, and each notices that a mandate is over."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.foreign.acts import gives_mandate, stops_mandate
from tests.foreign.stock_site import NAME, SERVICE, StockSite
from tests.journeys.person import Person
from tools import places

pytestmark = pytest.mark.foreign

BUTTON = f"Inloggen bij {NAME}"
ONESELF = "Voor mijzelf"
PSEUDONYM, BSN = (f"urn:nl-eid-gdi:1.0:id:{kind}" for kind in ("Pseudonym", "BSN"))
BEGIN_OF_A_TOKEN = "eyJ"
LEGAL_SUBJECT, ACTING_SUBJECT = (f"urn:nl-eid-gdi:1.0:{role}SubjectID" for role in ("Legal", "Acting"))
AUTHORIZE = "/openid/authorize"
OVER = "Deze machtiging geldt niet meer. U bent uitgelogd."


def begins(somebody: Person, *, portal: StockSite) -> None:
    """Go from the site to DigiD, and on to the question for whom."""
    somebody.opens(f"{portal.address}/")
    somebody.clicks("Inloggen")
    somebody.comes_with_digid(level="Midden")


def comes_back(somebody: Person, *, portal: StockSite, whom: str) -> dict[str, Any]:
    """Log in for oneself or a client; gives the claims that the site shows."""
    begins(somebody, portal=portal)
    somebody.chooses(whom)
    somebody.clicks(BUTTON)
    expect(somebody.page).to_have_url(re.compile(f"^{portal.address}/"))
    return read_by_the_site(somebody)


def read_by_the_site(somebody: Person) -> dict[str, Any]:
    """Give the claims that the site shows."""
    claims: dict[str, Any] = json.loads(somebody.page.locator("pre").inner_text())
    return claims


def is_logged_out(somebody: Person, *, portal: StockSite) -> None:
    """See that the site knows nobody here."""
    somebody.opens(f"{portal.address}/")
    expect(somebody.page.locator("pre")).to_have_count(0)
    expect(somebody.control("Inloggen")).to_be_visible()


def way_back(somebody: Person, *, portal: StockSite) -> str:
    """Give the address with a code, by which somebody came back at the site."""
    return next(answer.url for answer in reversed(somebody.answers) if _came_back(answer.url, portal))


def _came_back(url: str, portal: StockSite) -> bool:
    return url.startswith(portal.address) and "code=" in urlsplit(url).query


def test_it_logs_in_who_comes_for_themselves(portal: StockSite, bram: Person) -> None:
    claims = comes_back(bram, portal=portal, whom=ONESELF)
    assert (claims["iss"], claims["aud"]) == (portal.practice.pages_address, portal.name)
    assert claims["name"] == "Bram Bakker"
    assert "represents" not in claims


def test_it_reads_who_acts_for_whom(portal: StockSite, bram: Person) -> None:
    gives_mandate(portal.practice)
    claims = comes_back(bram, portal=portal, whom="Anna")
    assert claims["name"] == "Bram Bakker"
    assert claims["represents"].pop("sub") != claims["sub"]
    claims["represents"].pop("alt_sub", None)
    assert claims["represents"] == {"iss": claims["iss"], "sub_id_type": PSEUDONYM, "name": "Anna de Vries"}
    assert claims["urn:namens:1.0:services"] == [SERVICE]


def test_it_acts_as_long_as_the_mandate_holds(portal: StockSite, bram: Person) -> None:
    gives_mandate(portal.practice)
    comes_back(bram, portal=portal, whom="Anna")
    bram.clicks("Doorgeven")
    bram.sees("Doorgegeven.")
    stops_mandate(portal.practice)
    bram.page.wait_for_timeout(1000 * portal.relies_for)
    bram.clicks("Doorgeven")
    bram.sees(OVER)
    is_logged_out(bram, portal=portal)


def test_it_hears_that_a_mandate_was_stopped(portal: StockSite, bram: Person) -> None:
    gives_mandate(portal.practice)
    comes_back(bram, portal=portal, whom="Anna")
    stops_mandate(portal.practice)
    portal.hears_what_happened()
    is_logged_out(bram, portal=portal)


def test_it_logs_out_here_and_there(portal: StockSite, bram: Person) -> None:
    comes_back(bram, portal=portal, whom=ONESELF)
    bram.clicks("Uitloggen")
    bram.clicks("Verder met uitloggen")
    is_logged_out(bram, portal=portal)
    assert [address for address in bram.traces() if BEGIN_OF_A_TOKEN in address] == []


def test_it_leaves_no_secret_in_the_log_of_namens(portal: StockSite, anna: Person, bram: Person) -> None:
    gives_mandate(portal.practice)
    comes_back(bram, portal=portal, whom="Anna")
    code = parse_qs(urlsplit(way_back(bram, portal=portal)).query)["code"][0]
    bram.clicks("Doorgeven")
    log = (places.logs() / "foreign" / "pages.log").read_text(encoding="utf-8")
    assert "openid/userinfo" in log
    secrets = (BEGIN_OF_A_TOKEN, "code=", "state=", "request_uri", code, anna.bsn, bram.bsn, anna.name, bram.name)
    assert [secret for secret in secrets if secret in log] == []


def test_it_says_that_somebody_cancelled(portal: StockSite, bram: Person) -> None:
    begins(bram, portal=portal)
    bram.clicks("Niet inloggen")
    bram.sees("U hebt het inloggen geannuleerd.")
    is_logged_out(bram, portal=portal)


def test_it_offers_nobody_to_who_has_no_mandate(portal: StockSite, dirk: Person) -> None:
    gives_mandate(portal.practice)
    begins(dirk, portal=portal)
    dirk.does_not_see("Anna", "Bram")
    dirk.chooses(ONESELF)
    dirk.clicks(BUTTON)
    assert "represents" not in read_by_the_site(dirk)


def test_it_refuses_who_comes_in_by_the_way_back_of_another(portal: StockSite, bram: Person, dirk: Person) -> None:
    gives_mandate(portal.practice)
    comes_back(bram, portal=portal, whom="Anna")
    dirk.opens(way_back(bram, portal=portal))
    is_logged_out(dirk, portal=portal)


@pytest.mark.parametrize("portal", ["apache-compat"], indirect=True)
def test_it_reads_the_bsn_of_who_comes_for_themselves(portal: StockSite, bram: Person) -> None:
    assert comes_back(bram, portal=portal, whom=ONESELF)["bsn"] == bram.bsn


@pytest.mark.parametrize("portal", ["apache-compat"], indirect=True)
def test_it_reads_the_bsn_of_helper_and_client(portal: StockSite, anna: Person, bram: Person) -> None:
    gives_mandate(portal.practice)
    claims = comes_back(bram, portal=portal, whom="Anna")
    assert (claims[LEGAL_SUBJECT], claims[ACTING_SUBJECT]) == (anna.bsn, bram.bsn)
    assert "bsn" not in claims
    assert [address for address in bram.traces() if anna.bsn in address or bram.bsn in address] == []


@pytest.mark.parametrize("portal", ["node-nlgov", "node-fapi", "node-with-bsn"], indirect=True)
def test_it_pushes_its_question_and_shows_nothing_of_it(portal: StockSite, bram: Person) -> None:
    begins(bram, portal=portal)
    asked = next(urlsplit(answer.url) for answer in bram.answers if urlsplit(answer.url).path == AUTHORIZE)
    assert parse_qs(asked.query).keys() == {"client_id", "request_uri"}


@pytest.mark.parametrize("portal", ["node-with-bsn"], indirect=True)
def test_it_unseals_the_bsn_of_helper_and_client(portal: StockSite, anna: Person, bram: Person) -> None:
    gives_mandate(portal.practice)
    claims = comes_back(bram, portal=portal, whom="Anna")
    (helper,), (client,) = claims["alt_sub"], claims["represents"]["alt_sub"]
    assert (helper["sub"], helper["sub_id_type"]) == (bram.bsn, BSN)
    assert (client["sub"], client["sub_id_type"]) == (anna.bsn, BSN)
