"""A portal at which one can log in for oneself or for an organisation: how that is asked, and when it is not."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from pytest_django import Settings

from namens.services.models import Representation
from tests.openid.conftest import BROKERS
from tests.openid.relying import STATE, RelyingParty, answer_in, registered, terms_of

AT_WORK = """
  - {key: eherkenning, kind: member, name: eHerkenning, issuer: "https://broker.example/eherkenning",
     client_id: namens, client_secret: none}
"""


@pytest.fixture
def both(settings: Settings, tmp_path: Path) -> None:
    """Brokers for persons and for members."""
    settings.BROKERS_FILE = tmp_path / "brokers.yaml"
    settings.BROKERS_FILE.write_text(f"{BROKERS.rstrip()}{AT_WORK}", encoding="utf-8")


def test_it_goes_to_the_broker_at_once_where_there_is_only_one(portal: RelyingParty) -> None:
    assert portal.authorize()["Location"].startswith("/signin/digid?")


@pytest.mark.usefixtures("both")
def test_it_asks_how_somebody_wants_to_log_in(portal: RelyingParty) -> None:
    where = portal.authorize()["Location"]
    assert urlsplit(where).path == "/signin/which"
    page = portal.browser.get(where).content.decode()
    assert "Inloggen met DigiD" in page
    assert "Inloggen met eHerkenning" in page
    assert f"next={portal.asked_at.replace('/', '%2F')}" in page


@pytest.mark.usefixtures("both")
def test_it_asks_the_level_that_the_portal_wants_of_either(portal: RelyingParty) -> None:
    where = portal.authorize(acr_values="http://eidas.europa.eu/LoA/high")["Location"]
    assert dict(parse_qsl(urlsplit(where).query))["level"] == "high"
    assert portal.browser.get(where).content.decode().count("level=high") == 2


@pytest.mark.usefixtures("both")
def test_it_leads_back_to_the_portal(portal: RelyingParty) -> None:
    page = portal.browser.get(portal.authorize()["Location"]).content.decode()
    assert f'href="{portal.asked_at}/abandoned"' in page
    answer = answer_in(portal.browser.get(f"{portal.asked_at}/abandoned"))
    assert (answer["error"], answer["state"]) == ("access_denied", STATE)


@pytest.mark.usefixtures("both")
def test_it_leads_nowhere_back_from_a_page_of_our_own(portal: RelyingParty) -> None:
    page = portal.browser.get("/signin/which?next=/mijn-machtigingen").content.decode()
    assert "Niet inloggen" not in page
    assert "level=low" in page


@pytest.mark.usefixtures("both", "catalogue", "signing_keys")
def test_it_asks_nothing_where_people_come_for_themselves_only() -> None:
    own = registered(replace(terms_of("eigen"), representation=Representation.SELF))
    assert own.authorize()["Location"].startswith("/signin/digid?")


@pytest.mark.usefixtures("both")
def test_it_asks_again_who_comes_back_without_a_login(portal: RelyingParty) -> None:
    assert portal.browser.get(portal.ask())["Location"].startswith("/signin/which?")
