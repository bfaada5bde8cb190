"""A portal arranges its own webhooks: a secret, told once, and an event to try with."""

from datetime import timedelta
from uuid import UUID

import pytest

from namens.exchange import secrets, trying
from namens.exchange.models import PortalEvent, WebhookSecret
from namens.lib import clock
from namens.services.models import Portal
from tests.api.machine import Machine, is_problem, machine
from tests.people import NOW

SECRETS, TRIALS = "/v1/webhookgeheimen", "/v1/proefgebeurtenissen"


@pytest.fixture
def listening(portal: Machine) -> Machine:
    """A portal with an address and a secret."""
    Portal.objects.filter(id=portal.portal.id).update(events_uri="https://portaal.example/gebeurtenissen")
    assert portal.post(SECRETS, {}).status_code == 201
    return portal


def test_it_gives_a_secret_once(portal: Machine) -> None:
    response = portal.post(SECRETS, {})
    assert (response.status_code, response["Cache-Control"]) == (201, "no-store")
    said = response.json()
    assert said.keys() == {"id", "geheim", "gemaaktOp"}
    assert said["geheim"].startswith("whsec_")
    assert said["gemaaktOp"] == "2026-11-23T09:00:00Z"
    listed = portal.get(SECRETS)
    assert listed.json() == {
        "webhookgeheimen": [
            {"id": said["id"], "gemaaktOp": said["gemaaktOp"], "gemaaktDoor": "portaal", "ondertekentTot": None}
        ]
    }
    assert said["geheim"] not in listed.content.decode()


def test_it_says_until_when_the_older_one_signs(portal: Machine) -> None:
    portal.post(SECRETS, {})
    portal.post(SECRETS, {})
    until = [one["ondertekentTot"] for one in portal.get(SECRETS).json()["webhookgeheimen"]]
    assert until == [None, "2026-11-24T09:00:00Z"]


def test_it_shows_a_portal_no_secret_of_another(listening: Machine) -> None:
    assert len(listening.get(SECRETS).json()["webhookgeheimen"]) == 1
    assert machine("ander").get(SECRETS).json() == {"webhookgeheimen": []}


def test_it_gives_strangers_nothing(listening: Machine) -> None:
    for path in (SECRETS, TRIALS):
        assert is_problem(listening.browser.post(path, {}, content_type="application/json"), "geen-token", status=401)
    assert WebhookSecret.objects.count() == 1


def test_it_makes_no_flood_of_secrets(portal: Machine) -> None:
    for _ in range(secrets.LIMIT.times):
        portal.post(SECRETS, {})
    response = portal.post(SECRETS, {})
    assert is_problem(response, "te-veel", status=429)
    assert response["Retry-After"] == str(24 * 3600)


def test_it_sends_an_event_to_try_with(listening: Machine) -> None:
    response = listening.post(TRIALS, {})
    event = PortalEvent.objects.get()
    assert (response.status_code, response.json()) == (202, {"id": str(event.id), "nummer": 1})
    assert (UUID(response.json()["id"]), event.kind) == (event.id, "proef")


def test_it_says_what_is_missing_before_a_portal_can_try(portal: Machine) -> None:
    response = portal.post(TRIALS, {})
    assert is_problem(response, "kan-nog-niet", status=409)
    assert "adres" in response.json()["detail"]
    Portal.objects.filter(id=portal.portal.id).update(events_uri="https://portaal.example/gebeurtenissen")
    assert "webhookgeheimen" in portal.post(TRIALS, {}).json()["detail"]


def test_it_is_tried_ten_times_an_hour(listening: Machine) -> None:
    for _ in range(trying.LIMIT.times):
        assert listening.post(TRIALS, {}).status_code == 202
    with clock.frozen(NOW + timedelta(seconds=90, milliseconds=5)):
        response = listening.post(TRIALS, {})
    assert is_problem(response, "te-veel", status=429)
    assert response["Retry-After"] == str(3600 - 90)
