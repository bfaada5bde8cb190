"""What a portal may ask, and what it hears when it asks something else (`nlgov`)."""

from datetime import timedelta

import pytest

from namens.grants.models import AuthorizationRequest
from namens.parties.models import Party
from namens.services.models import Portal, Service, Status
from tests.openid.relying import STATE, Changes, RelyingParty, answer_in
from tests.people import NOW

ISSUER = "http://localhost:8000"
PUBLIC = "urn:uuid:91f4c6aa-7e15-4d29-b3c8-0d2e8f6a1b05"


def error_of(portal: RelyingParty, **changes: Changes) -> str:
    response = portal.authorize(**changes)
    assert response.status_code == 303
    assert response["Location"].startswith(portal.redirect_uri)
    answer = answer_in(response)
    assert answer["iss"] == ISSUER
    assert "code" not in answer
    return answer["error"]


def test_it_sends_the_person_to_the_broker_and_then_to_the_question(portal: RelyingParty) -> None:
    response = portal.authorize()
    kept = AuthorizationRequest.objects.get()
    assert response["Location"].startswith("/signin/digid?")
    assert answer_in(response) == {"next": f"/openid/choose/{kept.id}", "level": "low"}
    assert kept.expires_at == NOW + timedelta(minutes=15)


def test_it_takes_the_same_question_by_post(portal: RelyingParty) -> None:
    response = portal.browser.post("/openid/authorize", portal.question())
    assert response.status_code == 303
    assert response["Location"].startswith("/signin/digid?")


def test_it_lets_nobody_keep_an_answer(portal: RelyingParty) -> None:
    assert portal.authorize()["Cache-Control"] == "no-store"
    assert portal.authorize(scope=None)["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"scope": None}, "invalid_scope"),
        ({"scope": "openid"}, "invalid_scope"),
        ({"scope": "urn:uuid:6f1d2a8e-4b0c-4f0e-9a53-1c7d5e2b9a01"}, "invalid_scope"),
        ({"scope": f"openid {PUBLIC}"}, "invalid_scope"),
        ({"scope": "openid profile"}, "invalid_scope"),
        ({"state": None}, "invalid_request"),
        ({"state": "too-short"}, "invalid_request"),
        ({"nonce": None}, "invalid_request"),
        ({"nonce": "too-short"}, "invalid_request"),
        ({"nonce": "x" * 513}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge": "ü" * 43}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"prompt": "dance"}, "invalid_request"),
        ({"max_age": "-1"}, "invalid_request"),
        ({"max_age": "soon"}, "invalid_request"),
        ({"request_uri": "https://mijn-overheid.example/request"}, "request_uri_not_supported"),
        ({"registration": "{}"}, "registration_not_supported"),
        ({"acr_values": "urn:example:gold"}, "unmet_authentication_requirements"),
    ],
)
def test_it_tells_the_portal_what_is_wrong(portal: RelyingParty, changes: dict[str, Changes], error: str) -> None:
    assert error_of(portal, **changes) == error
    assert not AuthorizationRequest.objects.exists()


def test_it_gives_state_back_with_an_error(portal: RelyingParty) -> None:
    assert answer_in(portal.authorize(scope=None))["state"] == STATE


def test_it_gives_state_back_letter_for_letter(portal: RelyingParty) -> None:
    state = "a b+c/d=e&f?g#h%20ü-and-more"
    assert answer_in(portal.authorize(state=state, scope=None))["state"] == state


def test_it_refuses_a_parameter_that_comes_twice(portal: RelyingParty) -> None:
    response = portal.browser.get("/openid/authorize", {**portal.question(), "nonce": ["n" * 20, "m" * 20]})
    assert answer_in(response)["error"] == "invalid_request"


def test_it_refuses_control_characters(portal: RelyingParty) -> None:
    assert error_of(portal, nonce="nonce-with-\0-in-the-middle") == "invalid_request"


def test_it_refuses_half_a_character(portal: RelyingParty) -> None:
    kind = "multipart/form-data; boundary=x; charset=utf-7"
    parts = {**portal.question(), "nonce": "nonce-of-a-portal-+2AA-"}.items()
    form = "".join(f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts)
    response = portal.browser.generic("POST", "/openid/authorize", f"{form}--x--\r\n", content_type=kind)
    assert answer_in(response)["error"] == "invalid_request"


def test_it_takes_an_empty_parameter_as_absent(portal: RelyingParty) -> None:
    assert error_of(portal, code_challenge="") == "invalid_request"
    assert portal.authorize(prompt="", max_age="", acr_values="")["Location"].startswith("/signin/")


def test_it_takes_parameters_that_it_does_not_know(portal: RelyingParty) -> None:
    response = portal.authorize(ui_locales="nl", login_hint="bram", display="page", vtr="P1", claims="{}", extra="1")
    assert response["Location"].startswith("/signin/")


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": None},
        {"client_id": "nobody"},
        {"client_id": "nul\0"},
        {"redirect_uri": None},
        {"redirect_uri": "https://attacker.example/"},
        {"redirect_uri": "https://mijn-overheid.example/inloggen/terug"},
        {"redirect_uri": "https://mijn-overheid.example/inloggen/terug?taal=nl&x=1"},
        {"redirect_uri": "https://mijn-overheid.example.attacker.example/inloggen/terug?taal=nl"},
    ],
)
def test_it_sends_nobody_to_an_address_that_is_not_registered(
    portal: RelyingParty, changes: dict[str, Changes]
) -> None:
    response = portal.authorize(**changes)
    assert response.status_code == 400
    assert "Location" not in response
    assert response.headers["X-Request-ID"] in response.content.decode()
    assert "attacker" not in response.content.decode()


@pytest.mark.parametrize("state", ["x" * 2049, "\N{GRINNING FACE}" * 171, "\N{GRINNING FACE}" * 2048])
@pytest.mark.parametrize("changes", [{}, {"scope": None}])
def test_it_shows_its_own_page_for_a_state_that_no_address_can_hold(
    portal: RelyingParty, state: str, changes: dict[str, Changes]
) -> None:
    response = portal.browser.post("/openid/authorize", portal.question(**{"state": state, **changes}))
    assert (response.status_code, "Location" in response) == (400, False)
    assert response.headers["X-Request-ID"] in response.content.decode()
    assert not AuthorizationRequest.objects.exists()


@pytest.mark.parametrize("state", ["x" * 2048, "\N{GRINNING FACE}" * 170])
def test_it_gives_back_the_longest_state_with_the_code(portal: RelyingParty, bram: Party, state: str) -> None:
    address = portal.ask(state=state)
    portal.log_in(bram)
    answer = answer_in(portal.choose(address, None))
    assert (answer["state"], "code" in answer) == (state, True)


@pytest.mark.parametrize("name", ["client_id", "redirect_uri"])
def test_it_sends_nobody_anywhere_when_it_is_named_twice(portal: RelyingParty, name: str) -> None:
    good = portal.question()
    response = portal.browser.get("/openid/authorize", {**good, name: [good[name], good[name]]})
    assert response.status_code == 400


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.WITHDRAWN])
def test_it_answers_no_portal_that_is_not_approved(portal: RelyingParty, status: Status) -> None:
    Portal.objects.update(status=status)
    assert portal.authorize().status_code == 400


def test_it_asks_the_broker_for_the_level_that_the_portal_wants(portal: RelyingParty) -> None:
    response = portal.authorize(acr_values="http://eidas.europa.eu/LoA/high http://eidas.europa.eu/LoA/substantial")
    assert answer_in(response)["level"] == "substantial"


def test_it_asks_the_broker_for_the_level_that_the_easiest_service_needs(portal: RelyingParty) -> None:
    Service.objects.filter(key="mijn-toeslagen").update(minimum_level="high")
    Service.objects.filter(key="inkomstenbelasting").update(minimum_level="substantial")
    assert answer_in(portal.authorize())["level"] == "substantial"


def test_it_knows_no_service_that_is_not_offered_any_more(portal: RelyingParty) -> None:
    Service.objects.update(active=False)
    assert error_of(portal) == "invalid_scope"


def test_it_logs_in_anew_although_somebody_is_logged_in(portal: RelyingParty, bram: Party) -> None:
    portal.log_in(bram)
    assert portal.authorize(max_age="3600")["Location"].startswith("/signin/digid?")
    assert error_of(portal, prompt="none") == "login_required"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_it_refuses_other_methods(portal: RelyingParty, method: str) -> None:
    assert portal.browser.generic(method.upper(), "/openid/authorize").status_code == 405
