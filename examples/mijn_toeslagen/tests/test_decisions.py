"""Asking before each page, and before a sensitive action, whether who acts for somebody else still may."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from namens_client import blocking
from namens_client._tokens import ALMOST_OVER

from mijn_toeslagen.__main__ import main
from mijn_toeslagen.app import create_app
from mijn_toeslagen.settings import Settings, WrongSetting, from_environment
from mijn_toeslagen.tests.conftest import ACCOUNT, ANNA, BRAM, DIRK, Browser, Watch, identity
from mijn_toeslagen.tests.provider import Provider
from mijn_toeslagen.tests.test_changes import GOOD_ACCOUNT

OVER = "Deze machtiging geldt niet meer. U bent uitgelogd."
NOT_NOW = "Probeer het zo opnieuw"
LOW = "http://eidas.europa.eu/LoA/low"
LOGIN = "/inloggen"


@pytest.fixture
def settings(settings: Settings, provider: Provider) -> Settings:
    """The same settings, with a door to ask."""
    return replace(settings, decisions=provider.issuer)


@pytest.fixture
def hanging(provider: Provider) -> Iterator[None]:
    """The door takes questions, and says nothing."""
    provider.door_hangs = threading.Event()
    yield
    provider.door_hangs.set()


def test_it_asks_who_is_at_the_keyboard_and_for_whom(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    assert "Toeslagen van Anna de Vries" in browser.get("/overzicht").text
    assert provider.questions == [
        {
            "subject": {"type": "person", "id": "pairwise-bram"},
            "action": {"name": "mijn-toeslagen"},
            "resource": {"type": "person", "id": "pairwise-anna"},
            "context": {"assurance": LOW},
        }
    ]


def test_it_asks_about_a_member_with_the_organisation(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    inner = identity(BRAM, ANNA, ACCOUNT, issuer=provider.issuer)
    organisation = {"iss": provider.issuer, "sub": "90000001", "sub_id_type": "urn:nl-eid-gdi:1.0:id:KvKnr"}
    provider.identity = {**inner, "represents": {**organisation, "represents": inner["represents"]}}
    browser.come_back()
    browser.get("/overzicht")
    assert provider.questions[-1]["subject"] == {
        "type": "member",
        "id": "pairwise-bram",
        "properties": {"organisation": "90000001"},
    }


@pytest.mark.parametrize("path", ["/overzicht", "/inkomen", "/inkomen/controleren", "/rekeningnummer"])
def test_it_lets_the_helper_out_at_once(browser: Browser, provider: Provider, path: str) -> None:
    browser.log_in(BRAM, for_client=ANNA, left_out="")
    provider.decision = False
    answer = browser.get(path)
    assert answer.status_code == 403
    assert OVER in answer.text
    assert "Anna" not in answer.text
    provider.decision = True
    assert browser.get("/overzicht").headers["Location"] == LOGIN


def test_it_writes_nothing_for_who_may_not_any_more(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    browser.post("/inkomen", page="/inkomen", value="24.500")
    form = browser.get("/inkomen/controleren").text
    provider.decision = False
    csrf = form.split('name="csrf" value="')[1].split('"')[0]
    answer = browser.client.post("/inkomen/controleren", data={"csrf": csrf})
    assert answer.status_code == 403
    assert "Er is niets gewijzigd. U bent uitgelogd." in answer.text
    assert provider.asked_userinfo == 0
    browser.log_in(ANNA)
    assert "Er is nog niets gewijzigd" in browser.get("/overzicht").text


def test_it_asks_about_a_sensitive_action_by_its_name(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA, left_out="")
    browser.get("/rekeningnummer")
    assert [one["action"]["name"] for one in provider.questions] == ["mijn-toeslagen", f"mijn-toeslagen#{ACCOUNT}"]


def test_it_refuses_a_sensitive_action_that_was_taken_away(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA, left_out="")
    browser.post("/rekeningnummer", page="/rekeningnummer", value=GOOD_ACCOUNT)
    page = browser.get("/rekeningnummer/controleren").text
    provider.refused_actions.add(f"mijn-toeslagen#{ACCOUNT}")
    csrf = page.split('name="csrf" value="')[1].split('"')[0]
    answer = browser.client.post("/rekeningnummer/controleren", data={"csrf": csrf})
    assert answer.status_code == 403
    assert "heeft dit niet toegestaan" in answer.text
    assert "Er is nog niets gewijzigd" in browser.get("/overzicht").text


def test_it_asks_nothing_about_who_comes_for_themselves(browser: Browser, provider: Provider) -> None:
    provider.decision = False
    browser.log_in(DIRK)
    assert browser.get("/overzicht").status_code == 200
    assert provider.questions == []
    assert provider.machine_tokens == []


# No answer is no yes


@pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 500, 503])
def test_it_goes_on_for_nobody_without_an_answer(browser: Browser, provider: Provider, status: int) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    provider.door_status = status
    answer = browser.get("/overzicht")
    assert answer.status_code == 503
    assert NOT_NOW in answer.text
    assert answer.headers["X-Request-ID"] in answer.text
    assert "Zorgtoeslag" not in answer.text
    provider.door_status = 200
    assert browser.get("/overzicht").status_code == 200


@pytest.mark.parametrize("decision", ["true", 1, None, [], {"decision": True}])
def test_it_takes_nothing_but_true_for_a_yes(browser: Browser, provider: Provider, decision: object) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    provider.decision = decision
    assert browser.get("/overzicht").status_code == 503


@pytest.mark.usefixtures("hanging")
def test_it_does_not_wait_for_a_door_that_hangs(browser: Browser) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    began = time.monotonic()
    assert browser.get("/overzicht").status_code == 503
    assert time.monotonic() - began < blocking.PATIENCE.total_seconds()


def test_it_keeps_what_was_typed_while_nobody_answers(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    csrf = browser.get("/inkomen").text.split('name="csrf" value="')[1].split('"')[0]
    provider.door_status = 503
    answer = browser.client.post("/inkomen", data={"value": "31.250", "csrf": csrf})
    assert answer.status_code == 503
    assert "Wat u invulde, is bewaard." in answer.text
    assert 'href="/inkomen"' in answer.text
    provider.door_status = 200
    assert 'value="31.250"' in browser.get("/inkomen").text


def test_it_says_so_when_the_door_cannot_be_reached(app: Flask, browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    provider.stop()
    assert browser.get("/overzicht").status_code == 503
    assert NOT_NOW in browser.get("/inkomen").text
    assert app.test_client().get("/").status_code == 200


def test_it_lets_people_log_out_while_nobody_answers(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    provider.door_status = 503
    assert browser.post("/uitloggen", page="/overzicht").status_code == 200
    assert browser.get("/overzicht").headers["Location"] == LOGIN


# The token of our machine


def test_it_keeps_its_token_and_its_connection(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    for _ in range(3):
        browser.get("/overzicht")
    assert (len(provider.machine_tokens), len(provider.connections), len(provider.questions)) == (1, 1, 3)


def test_it_takes_another_token_before_the_last_one_ends(browser: Browser, provider: Provider) -> None:
    provider.token_seconds = ALMOST_OVER
    browser.log_in(BRAM, for_client=ANNA)
    browser.get("/overzicht")
    browser.get("/overzicht")
    assert len(provider.machine_tokens) == 2


def test_it_looks_up_only_once_where_it_gets_a_token(browser: Browser, provider: Provider) -> None:
    provider.token_seconds = ALMOST_OVER
    browser.log_in(BRAM, for_client=ANNA)
    browser.get("/overzicht")
    before = provider.looked_up
    browser.get("/overzicht")
    browser.get("/overzicht")
    assert provider.looked_up == before
    assert len(provider.machine_tokens) == 3


def test_it_shows_its_own_number_of_the_request(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    answer = browser.get("/overzicht")
    assert provider.request_ids == [answer.headers["X-Request-ID"]]


def test_it_gives_up_when_all_of_it_takes_too_long(browser: Browser, provider: Provider) -> None:
    """Each step is quick enough; two tokens and two questions are not."""
    assert timedelta(seconds=3) >= blocking.PATIENCE
    provider.takes_seconds, provider.door_status = 1.1, 401
    browser.log_in(BRAM, for_client=ANNA)
    assert browser.get("/overzicht").status_code == 503
    assert len(provider.questions) < 2


def test_it_asks_once_more_when_its_token_is_not_known_any_more(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    browser.get("/overzicht")
    provider.machine_tokens.append("of somebody else")
    assert browser.get("/overzicht").status_code == 200
    assert len(provider.questions) == 3


def test_it_goes_on_for_nobody_when_its_token_is_never_taken(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    provider.door_status = 401
    assert browser.get("/overzicht").status_code == 503
    assert len(provider.questions) == 2


def test_it_says_nothing_of_people_or_tokens_in_the_log(
    browser: Browser, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    provider.door_status = 500
    answer = browser.get("/overzicht")
    assert answer.headers["X-Request-ID"] in caplog.text
    assert not [word for word in ("pairwise", "Anna", *provider.machine_tokens) if word in caplog.text]


# Settings and the command


def environment(settings: Settings) -> dict[str, str]:
    return {
        "PORTAL_ISSUER": settings.issuer,
        "PORTAL_CLIENT_ID": settings.client_id,
        "PORTAL_KEY": str(settings.key),
        "PORTAL_SERVICE": str(settings.service),
        "PORTAL_SERVICE_KEY": settings.service_key,
        "PORTAL_DATA": str(settings.data),
        "PORTAL_DECISIONS": settings.decisions,
    }


def test_it_refuses_a_machine_without_a_certificate_for_fapi(settings: Settings) -> None:
    assert from_environment(environment(settings)).decisions == settings.decisions
    with pytest.raises(WrongSetting, match="certificate"):
        from_environment(environment(settings) | {"PORTAL_PROFILE": "fapi"})


def test_it_prints_a_token_to_try_with(
    settings: Settings, provider: Provider, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)
    assert main(["token"]) == 0
    assert capsys.readouterr().out == f"{provider.machine_tokens[-1]}\n"
    provider.stop()
    assert main(["token"]) == 1
    monkeypatch.setenv("PORTAL_DECISIONS", "")
    assert main(["token"]) == 2


def test_it_asks_nobody_without_a_door(settings: Settings, watch: Watch, provider: Provider) -> None:
    provider.decision = False
    app = create_app(replace(settings, decisions=""), clock=watch)
    browser = Browser(client=app.test_client(), provider=provider)
    browser.log_in(BRAM, for_client=ANNA)
    assert browser.get("/overzicht").status_code == 200
    assert provider.questions == []
