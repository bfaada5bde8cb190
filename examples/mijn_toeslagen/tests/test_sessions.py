"""How a login at the portal ends."""

from datetime import timedelta

import pytest

from mijn_toeslagen.settings import Settings
from mijn_toeslagen.store import Store
from mijn_toeslagen.tests.conftest import ANNA, BRAM, DIRK, Browser, Watch
from mijn_toeslagen.tests.provider import EVENT, Provider

STOPPED = "Deze machtiging geldt niet meer. U bent uitgelogd."


def tell(browser: Browser, token: str) -> int:
    """Send a logout token, as Namens does; gives the status."""
    return browser.client.post("/uitloggen/melding", data={"logout_token": token}).status_code


def test_it_sends_everybody_through_login_again_after_fifteen_minutes(browser: Browser, watch: Watch) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    watch.ahead = timedelta(minutes=14, seconds=50)
    assert browser.get("/overzicht").status_code == 200
    watch.ahead = timedelta(minutes=15, seconds=1)
    for path in ("/overzicht", "/inkomen", "/rekeningnummer", "/inkomen/controleren"):
        assert browser.get(path).headers["Location"] == "/inloggen"


def test_it_takes_nobody_for_logged_in_without_a_level(browser: Browser, settings: Settings) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    with Store(settings.data / "sessions.sqlite3").open() as connection:
        connection.execute("UPDATE session SET content = json_remove(content, '$.level')")
    assert "Uitloggen" not in browser.get("/").text
    assert browser.get("/inkomen").headers["Location"] == "/inloggen"
    assert browser.come_back().headers["Location"] == "/inkomen"


def test_it_brings_people_back_to_where_they_were(browser: Browser) -> None:
    browser.get("/inkomen")
    browser.provider.identity = dict(ANNA)
    assert browser.come_back().headers["Location"] == "/inkomen"


def late_form(browser: Browser, watch: Watch) -> None:
    """Send a form of Bram for Anna after the login is over."""
    csrf = browser.get("/inkomen").text.split('name="csrf" value="')[1].split('"')[0]
    watch.ahead = timedelta(minutes=16)
    answer = browser.client.post("/inkomen", data={"value": "31.250", "csrf": csrf})
    assert answer.status_code == 403
    assert "Wat u invulde, is bewaard" in answer.text
    watch.ahead = timedelta()


def test_it_keeps_a_late_form_for_the_same_person(browser: Browser, watch: Watch) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    late_form(browser, watch)
    assert browser.come_back().headers["Location"] == "/inkomen"
    assert 'value="31.250"' in browser.get("/inkomen").text


@pytest.mark.parametrize("client", [None, DIRK])
def test_it_keeps_a_late_form_for_nobody_else(browser: Browser, watch: Watch, client: dict[str, str] | None) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    late_form(browser, watch)
    browser.log_in(BRAM, for_client=client)
    assert "31.250" not in browser.get("/inkomen").text


def test_it_logs_out_here_and_at_namens(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    answer = browser.post("/uitloggen", page="/overzicht")
    assert f'action="{provider.issuer}/logout"' in answer.text
    assert 'name="id_token_hint"' in answer.text
    assert 'value="http://localhost:8103/uitgelogd"' in answer.text
    state = answer.text.split('name="state" value="')[1].split('"')[0]
    assert "ook uitgelogd bij Namens" in browser.get(f"/uitgelogd?state={state}").text
    assert browser.get("/overzicht").headers["Location"] == "/inloggen"


def test_it_does_not_claim_a_logout_that_it_did_not_ask_for(browser: Browser) -> None:
    answer = browser.get("/uitgelogd?state=whatever")
    assert "U bent uitgelogd" in answer.text
    assert "ook uitgelogd bij Namens" not in answer.text


def test_it_ends_the_session_when_namens_says_so(browser: Browser, other_browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    assert tell(other_browser, provider.logout_token()) == 200
    assert STOPPED in browser.get("/overzicht").text
    assert browser.get("/overzicht").headers["Location"] == "/inloggen"


def test_it_speaks_of_no_mandate_to_who_came_for_themselves(browser: Browser, provider: Provider) -> None:
    browser.log_in(ANNA)
    assert tell(browser, provider.logout_token()) == 200
    shown = browser.get("/overzicht").text
    assert "Namens heeft u uitgelogd" in shown
    assert "machtiging" not in shown


def test_it_ends_no_other_session(browser: Browser, other_browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    provider.sid = "sid-2"
    other_browser.log_in(ANNA)
    assert tell(browser, provider.logout_token(sid="sid-1")) == 200
    assert other_browser.get("/overzicht").status_code == 200


def test_it_lets_nobody_in_with_a_login_that_was_ended_already(browser: Browser, provider: Provider) -> None:
    provider.identity = dict(ANNA)
    assert tell(browser, provider.logout_token()) == 200
    assert browser.come_back().status_code == 400


def test_it_takes_a_logout_token_once(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    token = provider.logout_token()
    assert tell(browser, token) == 200
    assert tell(browser, token) == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "another-portal"},
        {"iss": "https://elsewhere.example"},
        {"events": {}},
        {"events": {EVENT: "x"}},
        {"nonce": "a nonce"},
        {"sid": None},
        {"jti": None},
        {"iat": 1},
        {"exp": 1},
        {"iat": 99999999999},
    ],
)
def test_it_ends_nothing_for_a_wrong_logout_token(
    browser: Browser, provider: Provider, wrong: dict[str, object]
) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    assert tell(browser, provider.logout_token(**wrong)) == 400
    assert browser.get("/overzicht").status_code == 200


def test_it_ends_nothing_for_an_id_token(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    claims = {"iss": provider.issuer, "aud": "mijn-toeslagen-portaal", "sid": "sid-1", "events": {EVENT: {}}}
    assert tell(browser, provider.signed(claims, typ="JWT")) == 400
    assert tell(browser, "") == 400
    assert tell(browser, "a.b.c") == 400
    assert browser.get("/overzicht").status_code == 200


def test_it_ends_nothing_for_a_token_of_another_key(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    stranger = Provider(portal_keys={}, identity=provider.identity, server=provider.server)
    assert tell(browser, stranger.logout_token()) == 400
    assert browser.get("/overzicht").status_code == 200
