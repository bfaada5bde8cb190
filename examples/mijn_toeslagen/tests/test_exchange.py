"""Acts are told to Namens without anybody waiting, and what Namens tells is done before it is taken."""

import base64
import hmac
import json
import secrets
import time
from dataclasses import replace
from hashlib import sha256
from typing import Any, cast

import pytest
from flask import Flask

from mijn_toeslagen.background import Background
from mijn_toeslagen.portal import Portal
from mijn_toeslagen.settings import Settings, WrongSetting, from_environment
from mijn_toeslagen.tests.conftest import ANNA, BRAM, DIRK, Browser, identity
from mijn_toeslagen.tests.provider import Provider
from mijn_toeslagen.tests.test_changes import GOOD_ACCOUNT, change_income
from mijn_toeslagen.tests.test_decisions import environment

HOOK = "/namens/gebeurtenissen"
MANDATE = "01890a5d-ac96-774b-bcce-b302099a8057"
OTHER_MANDATE = "01890a5d-ac96-774b-bcce-b302099a8058"
OFFICE = "90000001"
STOPPED = "Deze machtiging geldt niet meer. U bent uitgelogd."


@pytest.fixture
def settings(settings: Settings, provider: Provider) -> Settings:
    """The same settings, with a machine that asks and tells."""
    return replace(settings, decisions=provider.issuer, exchanges=True)


@pytest.fixture
def here(app: Flask) -> Portal:
    """The parts of the portal."""
    return cast(Portal, app.extensions["portal"])


@pytest.fixture
def background(here: Portal) -> Background:
    """What goes on beside the pages, one turn at a time."""
    assert here.machine is not None
    return Background(here, here.machine)


def event(
    kind: str = "machtiging.gestopt", *, number: int = 1, mandate: str = MANDATE, **content: object
) -> dict[str, Any]:
    """Give an event as Namens writes it."""
    about = {
        "machtiging": mandate,
        "volgnummer": 2,
        "vertegenwoordigde": {"soort": "persoon", "id": ANNA["sub"]},
        "gemachtigde": {"soort": "persoon", "id": BRAM["sub"]},
        "diensten": ["mijn-toeslagen"],
        "uitgezonderd": [],
    }
    return {
        "id": f"01890a5d-ac96-774b-bcce-{number:012d}",
        "nummer": number,
        "type": kind,
        "tijdstip": "2026-11-23T09:30:00Z",
        "gegevens": content or about,
    }


def deliver(browser: Browser, told: dict[str, Any], *, secret: str = "", late: int = 0) -> int:
    """Post an event as Namens does; gives the status."""
    body, sent = json.dumps(told).encode(), str(int(time.time()) - late)
    key = base64.b64decode((secret or browser.provider.webhook_secret).removeprefix("whsec_"))
    signature = hmac.new(key, f"{told['id']}.{sent}.".encode() + body, sha256).digest()
    headers = {"webhook-id": told["id"], "webhook-timestamp": sent}
    headers["webhook-signature"] = "v1," + base64.b64encode(signature).decode()
    return browser.client.post(HOOK, data=body, headers=headers, content_type="application/json").status_code


# Acts


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


# Events


def test_it_ends_the_session_at_once(browser: Browser, background: Background) -> None:
    background.turn()
    browser.log_in(BRAM, for_client=ANNA)
    assert deliver(browser, event()) == 204
    assert STOPPED in browser.get("/overzicht").text


@pytest.mark.parametrize(
    ("kind", "mandate"),
    [("machtiging.gestopt", OTHER_MANDATE), ("machtiging.actief", MANDATE), ("machtiging.verguld", MANDATE)],
)
def test_it_ends_no_other_session(browser: Browser, background: Background, kind: str, mandate: str) -> None:
    background.turn()
    browser.log_in(BRAM, for_client=ANNA)
    assert deliver(browser, event(kind, mandate=mandate)) == 204
    assert browser.get("/overzicht").status_code == 200


def test_it_goes_on_when_another_service_was_stopped(browser: Browser, background: Background) -> None:
    background.turn()
    browser.log_in(BRAM, for_client=ANNA)
    told = event()
    told["gegevens"]["diensten"] = ["inkomstenbelasting"]
    assert deliver(browser, told) == 204
    assert browser.get("/overzicht").status_code == 200


def test_it_takes_an_event_once(browser: Browser, background: Background) -> None:
    background.turn()
    assert deliver(browser, event()) == 204
    browser.log_in(BRAM, for_client=ANNA)
    assert deliver(browser, event()) == 204
    assert browser.get("/overzicht").status_code == 200


def test_it_believes_nobody_else(browser: Browser, background: Background) -> None:
    background.turn()
    browser.log_in(BRAM, for_client=ANNA)
    other = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    assert deliver(browser, event(), secret=other) == 400
    assert browser.client.post(HOOK, data=b"x" * 100_000).status_code == 413
    assert browser.client.post(HOOK).status_code == 400
    assert browser.get("/overzicht").status_code == 200


def test_it_says_that_a_clock_is_wrong(
    browser: Browser, background: Background, caplog: pytest.LogCaptureFixture
) -> None:
    background.turn()
    assert deliver(browser, event(), late=600) == 400
    assert "Is that clock right?" in caplog.text


def test_it_takes_nothing_before_it_has_a_secret(browser: Browser) -> None:
    assert browser.client.post(HOOK, data=b"{}").status_code == 503


@pytest.mark.parametrize(
    ("kind", "content"),
    [("licentie.gewijzigd", {"diensten": []}), ("uitsluiting.gewijzigd", {"uitgesloten": True})],
    ids=["licence", "exclusion"],
)
def test_it_asks_again_about_a_member(
    browser: Browser, provider: Provider, background: Background, kind: str, content: dict[str, Any]
) -> None:
    background.turn()
    member = {"soort": "medewerker", "id": BRAM["sub"], "kvkNummer": OFFICE}
    told = {"vertegenwoordigde": {"soort": "persoon", "id": ANNA["sub"]}, "medewerker": member, **content}
    inner = identity(BRAM, ANNA, "", issuer=provider.issuer)
    organisation = {"iss": provider.issuer, "sub": OFFICE, "sub_id_type": "urn:nl-eid-gdi:1.0:id:KvKnr"}
    browser.log_in(BRAM, for_client=ANNA)
    provider.identity = {**inner, "represents": {**organisation, "represents": inner["represents"]}}
    browser.come_back()
    assert deliver(browser, event(kind, number=1, **told)) == 204
    assert browser.get("/overzicht").status_code == 200
    provider.door_status = 503
    assert deliver(browser, event(kind, number=2, **told)) == 503
    provider.door_status, provider.decision = 200, False
    assert deliver(browser, event(kind, number=2, **told)) == 204
    assert STOPPED in browser.get("/overzicht").text


def test_it_shows_what_a_client_disputes(browser: Browser, provider: Provider, background: Background) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    change_income(browser)
    background.turn()
    told = event("handeling.betwist", handeling=MANDATE, kenmerk=provider.acts[0]["kenmerk"])
    assert deliver(browser, told) == 204
    assert "Er is gemeld dat deze wijziging niet klopt." in browser.get("/overzicht").text


# Beginning


def test_it_keeps_its_secret_where_only_it_reads_it(here: Portal, provider: Provider, background: Background) -> None:
    background.turn()
    file = here.settings.data / "webhook-secret"
    assert file.stat().st_mode & 0o777 == 0o600
    assert here.secrets.read() == [provider.webhook_secret]
    assert here.machine is not None
    Background(here, here.machine).turn()
    assert here.secrets.read() == [provider.webhook_secret]


def test_it_believes_the_older_secret_while_it_changes(here: Portal, browser: Browser, background: Background) -> None:
    background.turn()
    older = browser.provider.webhook_secret
    assert here.machine is not None
    here.secrets.renew(here.machine)
    assert deliver(browser, event(number=1), secret=older) == 204
    assert deliver(browser, event(number=2)) == 204


def test_it_hears_what_it_missed(here: Portal, browser: Browser, provider: Provider, background: Background) -> None:
    background.turn()
    browser.log_in(BRAM, for_client=ANNA)
    deliver(browser, event("machtiging.actief", number=2))
    provider.events = [event("machtiging.actief", number=1), event("machtiging.actief", number=2), event(number=3)]
    assert here.machine is not None
    Background(here, here.machine).turn()
    assert here.heard.read() == 3
    assert STOPPED in browser.get("/overzicht").text


def test_it_lets_everybody_out_when_what_it_missed_is_gone(
    here: Portal, browser: Browser, provider: Provider, background: Background
) -> None:
    background.turn()
    browser.log_in(BRAM, for_client=ANNA)
    provider.events_gone, provider.newest = True, 40
    assert here.machine is not None
    Background(here, here.machine).turn()
    assert here.heard.read() == 40
    assert STOPPED in browser.get("/overzicht").text


def test_it_tries_again_to_begin(here: Portal, provider: Provider, background: Background) -> None:
    provider.portals_status = 500
    background.turn()
    assert here.secrets.read() == []
    provider.portals_status = 200
    background.turn()
    assert here.secrets.read() != []


def test_it_does_not_say_so_twice_when_it_is_woken(here: Portal, provider: Provider, background: Background) -> None:
    background.start()
    until = time.monotonic() + 10
    while not here.secrets.read() and time.monotonic() < until:
        time.sleep(0.01)
    background.stop()
    assert provider.webhook_secret in here.secrets.read()


def test_it_refuses_to_exchange_without_a_certificate_for_fapi(settings: Settings) -> None:
    given = environment(settings) | {"PORTAL_DECISIONS": "", "PORTAL_EXCHANGES": "yes"}
    assert from_environment(given).exchanges
    with pytest.raises(WrongSetting, match="certificate"):
        from_environment(given | {"PORTAL_PROFILE": "fapi"})
    with pytest.raises(WrongSetting, match="yes or no"):
        from_environment(given | {"PORTAL_EXCHANGES": "ja"})
