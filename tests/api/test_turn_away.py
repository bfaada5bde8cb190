"""Who is no portal, or asks what cannot be, hears so in a problem document and learns nothing else."""

from dataclasses import replace
from datetime import timedelta
from unittest import mock

from django.db import OperationalError
from django.test import Client, override_settings

from namens.api import registration
from namens.exchange.config import ExchangeSettings
from namens.lib import clock
from namens.services.models import Portal, Status
from tests.api.machine import Machine, is_problem, machine
from tests.openid.relying import registered, terms_of
from tests.openid.renewing import DECISIONS, PORTALS, machine_token
from tests.people import NOW

HOW = "/v1/portaal"


def test_it_says_how_a_portal_is_registered(portal: Machine) -> None:
    response = portal.get(HOW)
    assert response.status_code == 200
    said = response.json()
    assert (said["clientId"], said["diensten"]) == ("portaal", ["mijn-toeslagen"])
    assert said["handelingen"][0] == {"sleutel": "inkomen-wijzigen", "naam": "Inkomen gewijzigd"}


def test_it_lets_nobody_in_without_a_token(portal: Machine) -> None:  # noqa: ARG001 - a portal is there
    response = Client().get(HOW)
    assert is_problem(response, "geen-token", status=401)
    assert response["WWW-Authenticate"] == 'Bearer realm="namens"'


def test_it_takes_no_token_that_it_did_not_give(portal: Machine) -> None:
    portal.token = "x." * 20
    assert is_problem(portal.get(HOW), "token-niet-aanvaard", status=401)


def test_it_takes_no_token_for_another_door(catalogue: None, signing_keys: None) -> None:  # noqa: ARG001 - for effect
    relying = registered(replace(terms_of("beide"), machine_scopes=(PORTALS, DECISIONS)))
    asking = Machine(relying, token=machine_token(relying, DECISIONS).json()["access_token"])
    assert is_problem(asking.get(HOW), "token-niet-aanvaard", status=401)


def test_it_takes_no_token_that_is_spent(portal: Machine) -> None:
    portal.log_in()
    with clock.frozen(NOW.replace(year=2027)):
        assert is_problem(portal.get(HOW), "token-niet-aanvaard", status=401)


def test_it_takes_nothing_from_a_portal_that_was_withdrawn(portal: Machine) -> None:
    portal.log_in()
    Portal.objects.update(status=Status.WITHDRAWN)
    assert is_problem(portal.get(HOW), "token-niet-aanvaard", status=401)


def test_it_takes_nothing_from_a_portal_that_is_not_registered_for_it_any_more(portal: Machine) -> None:
    portal.log_in()
    Portal.objects.update(machine_scopes=[])
    assert is_problem(portal.get(HOW), "niet-aangemeld", status=403)


def test_it_lets_a_portal_ask_so_many_times_in_a_minute(portal: Machine) -> None:
    other = machine("ander")
    portal.log_in()
    with override_settings(EXCHANGE=ExchangeSettings(requests_a_minute=2)), clock.frozen(NOW + timedelta(seconds=20)):
        assert [portal.get(HOW).status_code for _ in range(2)] == [200, 200]
        for refused in (portal.get(HOW), portal.post("/v1/handelingen", {}), portal.get("/v1/machtigingen")):
            assert is_problem(refused, "te-veel", status=429)
            assert refused["Retry-After"] == "40"
        assert other.get(HOW).status_code == 200
    with override_settings(EXCHANGE=ExchangeSettings(requests_a_minute=2)), clock.frozen(NOW + timedelta(minutes=1)):
        assert portal.get(HOW).status_code == 200


def test_it_counts_what_cannot_be_answered_too(portal: Machine) -> None:
    with override_settings(EXCHANGE=ExchangeSettings(requests_a_minute=1)):
        assert is_problem(portal.post("/v1/handelingen", "geen json"), "ongeldige-invoer", status=400)
        assert is_problem(portal.post("/v1/handelingen", "geen json"), "te-veel", status=429)


def test_it_says_which_methods_an_address_has(portal: Machine) -> None:
    response = portal.post(HOW, {})
    assert is_problem(response, "methode-niet-mogelijk", status=405)
    assert response["Allow"] == "GET, HEAD"


def test_it_knows_no_other_address(portal: Machine) -> None:
    for path in ("/v1/", "/v1/machtiging", "/v1/portaal/", "/v1/%00", "/v1/openapi.json/"):
        assert is_problem(portal.get(path), "niet-gevonden", status=404), path


def test_it_takes_no_parameter_that_it_does_not_know(portal: Machine) -> None:
    assert is_problem(portal.get(f"{HOW}?bsn=999990019"), "ongeldige-invoer", status=400)


def test_it_says_so_when_the_database_is_away(portal: Machine) -> None:
    portal.log_in()
    with mock.patch.object(Portal.objects, "filter", side_effect=OperationalError):
        response = portal.get(HOW)
    assert is_problem(response, "even-niet-beschikbaar", status=503)
    assert response["Retry-After"] == "5"


def test_it_never_shows_what_went_wrong_inside(portal: Machine, caplog: object) -> None:  # noqa: ARG001 - kept quiet
    portal.log_in()
    with mock.patch.object(registration, "OwnRegistration", side_effect=RuntimeError("999990019")):
        response = portal.get(HOW)
    assert is_problem(response, "fout-bij-namens", status=500)
    assert b"999990019" not in response.content


def test_it_describes_itself_to_everybody() -> None:
    response = Client().get("/v1/openapi.json")
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["API-Version"] == response.json()["info"]["version"]
    assert "/portaal" in response.json()["paths"]
