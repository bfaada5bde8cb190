"""What Namens tells is done before it is taken."""

import base64
import secrets
from typing import Any

import pytest

from mijn_toeslagen.background import Background
from mijn_toeslagen.portal import Portal
from mijn_toeslagen.tests.conftest import ANNA, BRAM, Browser, identity
from mijn_toeslagen.tests.exchange.happenings import HOOK, OFFICE, OTHER_MANDATE, STOPPED, deliver, event
from mijn_toeslagen.tests.portals_door import MANDATE
from mijn_toeslagen.tests.provider import Provider
from mijn_toeslagen.tests.test_changes import change_income


def test_it_ends_the_session_at_once(browser: Browser, background: Background) -> None:
    background.turn()
    browser.log_in(BRAM, for_client=ANNA)
    assert deliver(browser, event()) == 204
    assert STOPPED in browser.get("/overzicht").text


def test_it_says_why_also_when_two_messages_end_it_at_one_moment(
    browser: Browser, background: Background, here: Portal
) -> None:
    background.turn()
    browser.log_in(BRAM, for_client=ANNA)
    (login,) = here.sessions.logins()
    # An event that found this login just before the back-channel logout ended it.
    here.sessions.end(login.sid)
    here.sessions.end_all([login.sid])
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


def test_it_shows_what_a_client_disputes_to_the_client_only(
    browser: Browser, provider: Provider, background: Background
) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    change_income(browser)
    background.turn()
    told = event("handeling.betwist", handeling=MANDATE, kenmerk=provider.acts[0]["kenmerk"])
    assert deliver(browser, told) == 204
    assert "Er is gemeld" not in browser.get("/overzicht").text
    browser.post("/uitloggen", page="/overzicht")
    browser.log_in(ANNA)
    assert "Er is gemeld dat deze wijziging niet klopt." in browser.get("/overzicht").text
