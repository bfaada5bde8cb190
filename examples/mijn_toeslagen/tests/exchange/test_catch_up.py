"""What was not heard is read: the list of mandates first, where nothing else is left, and then the events."""

from datetime import timedelta
from typing import Any

import pytest

from mijn_toeslagen.background import Background
from mijn_toeslagen.portal import Portal
from mijn_toeslagen.tests.conftest import ANNA, BRAM, DIRK, Browser, Watch, identity
from mijn_toeslagen.tests.exchange.happenings import OFFICE, OTHER_MANDATE, STOPPED, deliver, event
from mijn_toeslagen.tests.portals_door import MANDATE, listed
from mijn_toeslagen.tests.provider import Provider

STILL = "machtiging.actief"
LAST_DAY = "2026-12-22"


def again(here: Portal) -> Background:
    """Give what goes on beside the pages after a restart."""
    assert here.machine is not None
    return Background(here, here.machine)


def test_it_hears_what_it_missed(here: Portal, browser: Browser, provider: Provider, background: Background) -> None:
    background.turn()
    browser.log_in(BRAM, for_client=ANNA)
    deliver(browser, event("machtiging.actief", number=2))
    provider.events = [event("machtiging.actief", number=1), event("machtiging.actief", number=2), event(number=3)]
    assert here.machine is not None
    Background(here, here.machine).turn()
    assert here.heard.read() == 3
    assert STOPPED in browser.get("/overzicht").text


# The list


def test_it_begins_with_the_list(here: Portal, provider: Provider, background: Background) -> None:
    provider.mandates = [listed(), listed(OTHER_MANDATE, status="onderbroken", sequence=3)]
    provider.newest = 5
    background.turn()
    assert provider.read[:3] == ["portaal", "machtigingen", "machtigingen"]
    assert here.mandates.rows() == [
        (MANDATE, "actief", LAST_DAY, 0),
        (OTHER_MANDATE, "onderbroken", LAST_DAY, 3),
    ]
    assert here.heard.read() == 5


@pytest.mark.parametrize(
    "mandates", [[], [listed(status="gestopt")], [listed(OTHER_MANDATE)]], ids=["none", "stopped", "other"]
)
def test_it_lets_nobody_in_on_a_mandate_that_is_not_listed(
    browser: Browser, other_browser: Browser, provider: Provider, background: Background, mandates: list[Any]
) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    provider.sid = "sid-2"
    other_browser.log_in(DIRK)
    provider.mandates = mandates
    background.turn()
    assert STOPPED in browser.get("/overzicht").text
    assert other_browser.get("/overzicht").status_code == 200


def test_it_ends_no_session_of_a_mandate_that_is_listed(browser: Browser, background: Background) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    background.turn()
    assert browser.get("/overzicht").status_code == 200


@pytest.mark.parametrize("status", ["actief", "gestopt"])
def test_it_reads_the_list_again_when_what_it_missed_is_gone(
    here: Portal, browser: Browser, provider: Provider, background: Background, status: str
) -> None:
    background.turn()
    browser.log_in(BRAM, for_client=ANNA)
    provider.events_gone, provider.newest, provider.mandates = True, 40, [listed(status=status)]
    again(here).turn()
    assert here.heard.read() == 40
    assert (STOPPED in browser.get("/overzicht").text) is (status == "gestopt")


def test_it_asks_about_a_member_when_what_it_missed_is_gone(
    here: Portal, browser: Browser, provider: Provider, background: Background
) -> None:
    background.turn()
    browser.log_in(BRAM, for_client=ANNA)
    inner = identity(BRAM, ANNA, "", issuer=provider.issuer)
    organisation = {"iss": provider.issuer, "sub": OFFICE, "sub_id_type": "urn:nl-eid-gdi:1.0:id:KvKnr"}
    provider.identity = {**inner, "represents": {**organisation, "represents": inner["represents"]}}
    browser.come_back()
    provider.events_gone, provider.newest, provider.decision = True, 40, False
    again(here).turn()
    assert here.sessions.is_ended(provider.sid)


def test_it_does_not_go_on_before_the_whole_list_was_read(
    here: Portal, browser: Browser, provider: Provider, background: Background
) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    provider.mandates = [listed(OTHER_MANDATE), {"machtiging": "broken"}]
    background.turn()
    assert here.heard.read() is None
    assert browser.get("/overzicht").status_code == 200
    provider.mandates = [listed(OTHER_MANDATE)]
    background.turn()
    assert STOPPED in browser.get("/overzicht").text


def test_it_keeps_its_list_with_what_it_hears(here: Portal, browser: Browser, background: Background) -> None:
    background.turn()
    deliver(browser, event("machtiging.onderbroken", number=1, sequence=2))
    deliver(browser, event("machtiging.gewijzigd", number=2, sequence=3))
    assert [row[1] for row in here.mandates.rows()] == ["onderbroken"]
    deliver(browser, event("machtiging.gestopt", number=4, sequence=5))
    deliver(browser, event("machtiging.hersteld", number=3, sequence=4))
    assert [(row[1], row[3]) for row in here.mandates.rows()] == [("gestopt", 5)]


def test_it_looks_up_what_only_a_login_told_of(
    here: Portal, browser: Browser, provider: Provider, background: Background
) -> None:
    provider.mandates = []
    background.turn()
    browser.log_in(BRAM, for_client=ANNA)
    provider.found = [listed()]
    again(here).turn()
    assert here.mandates.active() == {MANDATE}
    again(here).turn()
    assert provider.read.count("machtigingen/zoekopdrachten") == 1


def test_it_decides_nothing_by_its_list(
    here: Portal, browser: Browser, provider: Provider, background: Background
) -> None:
    background.turn()
    browser.log_in(BRAM, for_client=ANNA)
    here.mandates.replace([])
    assert browser.get("/overzicht").status_code == 200
    assert here.mandates.active() == set()
    deliver(browser, event(STILL, number=1))
    provider.decision = False
    assert browser.get("/overzicht").status_code != 200
    assert here.mandates.active() == {MANDATE}


# What was given up


def test_it_catches_up_when_an_event_is_missing(
    here: Portal, browser: Browser, provider: Provider, background: Background
) -> None:
    background.turn()
    browser.log_in(BRAM, for_client=ANNA)
    provider.events = [event(number=1), event(STILL, number=2, mandate=OTHER_MANDATE)]
    assert deliver(browser, provider.events[1]) == 204
    assert here.something_to_report.is_set()
    assert browser.get("/overzicht").status_code == 200
    background.turn()
    assert here.heard.read() == 2
    assert STOPPED in browser.get("/overzicht").text


def test_it_takes_what_comes_in_another_order_once(
    here: Portal, browser: Browser, provider: Provider, background: Background
) -> None:
    background.turn()
    provider.events = [event(number=1), event(STILL, number=2, mandate=OTHER_MANDATE)]
    deliver(browser, provider.events[1])
    background.turn()
    assert here.heard.read() == 2
    browser.log_in(BRAM, for_client=ANNA)
    assert deliver(browser, provider.events[0]) == 204
    background.turn()
    assert browser.get("/overzicht").status_code == 200


def test_it_reads_nothing_when_all_come_in_order(
    browser: Browser, here: Portal, provider: Provider, background: Background
) -> None:
    background.turn()
    before = list(provider.read)
    for number in (1, 2, 3):
        deliver(browser, event(STILL, number=number))
        background.turn()
    assert (provider.read, here.heard.read()) == (before, 3)


def test_it_catches_up_every_hour(
    here: Portal, browser: Browser, provider: Provider, background: Background, watch: Watch
) -> None:
    background.turn()
    provider.events = [event(STILL, number=1)]
    watch.ahead += timedelta(minutes=59)
    background.turn()
    assert here.heard.read() == 0
    watch.ahead += timedelta(minutes=2)
    browser.log_in(BRAM, for_client=ANNA)
    provider.events = [event(number=1)]
    background.turn()
    assert here.heard.read() == 1
    assert STOPPED in browser.get("/overzicht").text


def test_it_catches_up_later_when_namens_is_away(
    here: Portal, browser: Browser, provider: Provider, background: Background
) -> None:
    background.turn()
    provider.events = [event(number=1), event(STILL, number=2)]
    deliver(browser, provider.events[1])
    provider.portals_status = 500
    background.turn()
    assert here.heard.read() == 0
    provider.portals_status = 200
    background.turn()
    assert here.heard.read() == 2
