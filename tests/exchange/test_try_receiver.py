"""A portal tries its receiver with an event that says nothing."""

from datetime import timedelta

import pytest

from namens.exchange.models import PortalEvent
from namens.exchange.trying import LIMIT, send_trial
from namens.exchange.webhook_refusals import WebhookReason, WebhookRefused
from namens.outbox.models import Kind, OutboxRow
from namens.services.models import Portal, Status
from tests.api.machine import Machine
from tests.exchange.receiving import Hearing, hearing
from tests.people import NOW

MINUTE = timedelta(minutes=1)


@pytest.fixture
def hears(portal: Machine) -> Hearing:
    return hearing(portal.portal, "https://portaal.example/gebeurtenissen")


def why_not(portal: Portal) -> WebhookReason:
    with pytest.raises(WebhookRefused) as refused:
        send_trial(portal, now=NOW)
    assert not PortalEvent.objects.exists()
    return refused.value.reason


def test_it_leaves_as_any_other_event(hears: Hearing) -> None:
    event = send_trial(hears.portal, now=NOW)
    assert (event.kind, event.data, event.number) == ("proef", {}, 1)
    assert OutboxRow.objects.get(kind=Kind.PORTAL_EVENT).payload == {"event": str(event.id)}


def test_it_waits_for_no_other_trial(hears: Hearing) -> None:
    for _ in range(2):
        send_trial(hears.portal, now=NOW)
    assert OutboxRow.objects.filter(kind=Kind.PORTAL_EVENT).count() == 2


def test_it_is_done_ten_times_an_hour(hears: Hearing) -> None:
    for number in range(LIMIT.times):
        send_trial(hears.portal, now=NOW + number * MINUTE)
    with pytest.raises(WebhookRefused) as refused:
        send_trial(hears.portal, now=NOW + 20 * MINUTE)
    assert (refused.value.reason, refused.value.wait) == (WebhookReason.TOO_MANY_TRIALS, 40 * MINUTE)
    assert PortalEvent.objects.count() == LIMIT.times
    send_trial(hears.portal, now=NOW + 60 * MINUTE)


def test_it_does_not_count_what_a_clock_wrote_that_was_far_ahead(hears: Hearing) -> None:
    for _ in range(LIMIT.times):
        send_trial(hears.portal, now=NOW + 600 * MINUTE)
    send_trial(hears.portal, now=NOW)


def test_it_needs_an_address(portal: Machine) -> None:
    assert why_not(portal.portal) is WebhookReason.NO_ADDRESS


def test_it_needs_a_secret(portal: Machine) -> None:
    assert why_not(hearing(portal.portal, "https://p.example/", has_secret=False).portal) is WebhookReason.NO_SECRET


def test_it_needs_a_portal_that_is_approved(hears: Hearing) -> None:
    Portal.objects.update(status=Status.WITHDRAWN)
    assert why_not(Portal.objects.get(id=hears.portal.id)) is WebhookReason.NOT_APPROVED
