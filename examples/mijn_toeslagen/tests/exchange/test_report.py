"""Acts are told to Namens without anybody waiting."""

import json

import pytest

from mijn_toeslagen.background import Background
from mijn_toeslagen.portal import Portal
from mijn_toeslagen.tests.conftest import ANNA, BRAM, DIRK, Browser
from mijn_toeslagen.tests.provider import Provider
from mijn_toeslagen.tests.test_changes import GOOD_ACCOUNT, change_income


def test_it_reports_who_did_what_for_whom(browser: Browser, provider: Provider, background: Background) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    change_income(browser)
    assert provider.acts == []
    background.turn()
    (act,) = provider.acts
    assert act["handeling"] == "inkomen-wijzigen"
    assert act["dienst"] == "mijn-toeslagen"
    assert (act["voorWie"]["id"], act["doorWie"]["id"]) == (ANNA["sub"], BRAM["sub"])
    assert "24500" not in json.dumps(act)
    background.turn()
    assert len(provider.acts) == 1


def test_it_reports_a_sensitive_act_by_its_name(browser: Browser, provider: Provider, background: Background) -> None:
    browser.log_in(BRAM, for_client=ANNA, left_out="")
    browser.post("/rekeningnummer", page="/rekeningnummer", value=GOOD_ACCOUNT)
    browser.post("/rekeningnummer/controleren", page="/rekeningnummer/controleren")
    background.turn()
    assert [act["handeling"] for act in provider.acts] == ["rekeningnummer-wijzigen"]


def test_it_reports_nothing_of_who_comes_for_themselves(
    browser: Browser, provider: Provider, background: Background
) -> None:
    browser.log_in(DIRK)
    change_income(browser)
    background.turn()
    assert provider.acts == []


def test_it_reports_later_when_namens_is_away(
    browser: Browser, here: Portal, provider: Provider, background: Background
) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    background.turn()
    provider.portals_status = 500
    assert "Het inkomen is gewijzigd" in change_income(browser)
    assert background.turn() > 0
    assert here.reports.outcomes() == [""]
    provider.portals_status = 200
    background.turn()
    assert here.reports.outcomes() == ["reported"]


def test_it_says_so_in_its_log_when_nobody_was_allowed(
    browser: Browser, here: Portal, provider: Provider, background: Background, caplog: pytest.LogCaptureFixture
) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    change_income(browser)
    provider.act_result = {"status": 403, "probleem": {"code": "niet-toegestaan-toen"}}
    background.turn()
    assert here.reports.outcomes() == ["not allowed then"]
    assert "nobody was allowed" in caplog.text
    assert [word for word in ("pairwise", "Anna") if word in caplog.text] == []
