"""Whom a page names: only who was let in by the request that it answers."""

from dataclasses import replace

import pytest

from mijn_toeslagen.settings import Settings
from mijn_toeslagen.tests.conftest import ACCOUNT, ANNA, BRAM, Browser
from mijn_toeslagen.tests.provider import Provider

NOT_NOW = "Probeer het zo opnieuw"


@pytest.fixture
def settings(settings: Settings, provider: Provider) -> Settings:
    """The same settings, with a door to ask."""
    return replace(settings, decisions=provider.issuer)


def test_it_names_nobody_while_nobody_answers(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    assert "Anna de Vries" in browser.get("/overzicht").text
    provider.door_status = 503
    answer = browser.get("/overzicht")
    assert NOT_NOW in answer.text
    assert "Uitloggen" in answer.text
    assert not [word for word in ("Anna", "Bram", "machtiging duurt", "Hoofdmenu") if word in answer.text]


def test_it_names_nobody_when_only_the_sensitive_action_hears_nothing(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA, left_out="")
    provider.silent_actions.add(f"mijn-toeslagen#{ACCOUNT}")
    answer = browser.get("/rekeningnummer")
    assert answer.status_code == 503
    assert "Anna" not in answer.text


@pytest.mark.parametrize("path", ["/", "/nergens"])
def test_it_names_nobody_on_a_page_that_does_not_ask(browser: Browser, provider: Provider, path: str) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    provider.decision = False
    answer = browser.get(path)
    assert not [word for word in ("Anna", "machtiging duurt", "Hoofdmenu") if word in answer.text]
    assert provider.questions == []
