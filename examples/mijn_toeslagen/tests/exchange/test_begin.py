"""The portal gets its secret by itself, and begins again when Namens was away."""

import time

import pytest

from mijn_toeslagen.background import Background
from mijn_toeslagen.portal import Portal
from mijn_toeslagen.settings import Settings, WrongSetting, from_environment
from mijn_toeslagen.tests.conftest import Browser
from mijn_toeslagen.tests.exchange.happenings import deliver, event
from mijn_toeslagen.tests.provider import Provider
from mijn_toeslagen.tests.test_decisions import environment


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
