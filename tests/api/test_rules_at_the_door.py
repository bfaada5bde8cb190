"""What the NLGov API Design Rules 2.2.0 want of every answer, held against the door itself."""

import re
from unittest import mock

import pytest
from django.apps import apps
from django.db import OperationalError
from django.test import Client, override_settings

from namens.api import lists
from namens.api.door import VERSION
from namens.exchange.models import Allowance
from namens.journal.models import JournalEntry
from namens.parties.models import Party
from tests.api.listing import EVENTS, MANDATES, SEARCH, found, happened, page, used
from tests.api.machine import JSON, Machine, is_problem
from tests.api.test_rules import DOCUMENT, every_operation, every_path
from tests.openid.relying import Answer
from tests.people import active

LIVE = ("GET", "/v1/portaal"), ("GET", EVENTS), ("GET", MANDATES), ("POST", SEARCH)


def asked(asking: Machine, method: str, path: str) -> Answer:
    """Ask with a good token; what is sent is an empty object."""
    shown = {"Authorization": f"Bearer {asking.token or asking.log_in()}"}
    body = b"{}" if method == "POST" else b""
    return asking.browser.generic(method, path, body, content_type=JSON, headers=shown)


def test_it_has_no_slash_at_the_end(portal: Machine) -> None:
    assert not [path for path in every_path() if path.endswith("/")]
    for _, path in LIVE:
        assert is_problem(portal.get(f"{path}/"), "niet-gevonden", status=404)


def test_it_takes_every_offset_and_answers_in_utc(portal: Machine, anna: Party, bram: Party) -> None:
    used(active(anna, bram), portal)
    (one,) = page(portal)["machtigingen"]
    assert one["gewijzigdOp"].endswith("Z")
    for later in ("2026-11-23T12:00:00Z", "2026-11-23T12:00:00-03:30"):
        assert found(portal, gewijzigdSinds=later)["machtigingen"] == []
    # Noon is the evening before in UTC there, before the mandate was activated.
    assert found(portal, gewijzigdSinds="2026-11-23T12:00:00.123456+14:00")["machtigingen"] != []


def test_it_writes_nothing_when_it_is_read(portal: Machine, anna: Party, bram: Party) -> None:
    used(active(anna, bram), portal)
    happened(portal, 2)
    portal.log_in()
    # What is read is journaled, and every question is counted.
    models = [one for one in apps.get_models() if one not in {JournalEntry, Allowance} and one._meta.managed]
    before = {model: list(model._default_manager.order_by("pk").values()) for model in models}
    for method, path in LIVE:
        if method == "GET":
            assert asked(portal, "GET", path).status_code == 200
            assert asked(portal, "HEAD", path).status_code == 200
            assert asked(portal, "OPTIONS", path).status_code == 204
    assert {model: list(model._default_manager.order_by("pk").values()) for model in models} == before


@pytest.mark.parametrize("path", ["/v1/portaal", EVENTS, MANDATES, "/v1/openapi.json", "/v1/nergens"])
def test_it_answers_head_like_get_without_a_body(portal: Machine, path: str) -> None:
    whole, head = asked(portal, "GET", path), asked(portal, "HEAD", path)
    assert head.content == b""
    assert head["Content-Length"] == str(len(whole.content))
    different = {"X-Request-ID", "Content-Length"}
    assert {name: value for name, value in head.headers.items() if name not in different} == {
        name: value for name, value in whole.headers.items() if name not in different
    }


@pytest.mark.parametrize(
    ("path", "methods"),
    [("/v1/portaal", "GET, HEAD"), (MANDATES, "GET, HEAD"), (SEARCH, "POST"), ("/v1/openapi.json", "GET, HEAD")],
)
def test_it_says_to_everybody_which_methods_there_are(path: str, methods: str) -> None:
    response = Client().options(path)
    assert (response.status_code, response.content, response["Allow"]) == (204, b"", methods)
    assert response["API-Version"] == VERSION


def test_it_keeps_nothing_of_who_asks(portal: Machine) -> None:
    for method, path in LIVE:
        response = asked(portal, method, path)
        assert not response.cookies, path
        assert "Set-Cookie" not in response.headers


def test_it_says_what_is_wrong_in_problem_documents(portal: Machine) -> None:
    assert is_problem(Client().get("/v1/portaal"), "geen-token", status=401)
    assert is_problem(portal.get(f"{EVENTS}?na=x"), "ongeldige-invoer", status=400)
    for path in ("/v1", "/v1/", "/v1/nergens", "/v1/a%0Ab", "/v1/%0A", "/v1/portaal/x", "/v1/../v1/x"):
        assert is_problem(portal.get(path), "niet-gevonden", status=404), path
    assert is_problem(asked(portal, "DELETE", MANDATES), "methode-niet-mogelijk", status=405)
    assert is_problem(Client().post("/v1/openapi.json"), "methode-niet-mogelijk", status=405)
    assert is_problem(
        portal.post(SEARCH, "a=b", kind="application/x-www-form-urlencoded"), "inhoud-niet-json", status=415
    )
    assert is_problem(portal.post(SEARCH, b" " * (1024 * 1024 + 1)), "te-groot", status=413)
    for body in (b"[]", b'{"a":1,"a":2}', b"\xff", b'{"a":NaN}', b"{" * 9999):
        assert is_problem(portal.post(SEARCH, body), "ongeldige-invoer", status=400), body[:9]


def test_it_says_that_it_is_our_fault_in_problem_documents(portal: Machine) -> None:
    portal.log_in()
    with mock.patch.object(lists, "read_on", side_effect=RuntimeError("999990019")):
        assert is_problem(portal.get(EVENTS), "fout-bij-namens", status=500)
    with mock.patch.object(lists, "read_on", side_effect=OperationalError):
        response = portal.get(EVENTS)
    assert is_problem(response, "even-niet-beschikbaar", status=503)
    assert response["Retry-After"]


def test_it_says_all_that_is_wrong_at_once(portal: Machine) -> None:
    detail = portal.post(SEARCH, {"aantal": 0, "diensten": "x", "gewijzigdSinds": 3, "bsn": "999990019"}).json()[
        "detail"
    ]
    assert all(f"`$.{name}`" in detail for name in ("aantal", "diensten", "gewijzigdSinds"))
    assert "niet bekend" in detail
    assert "999990019" not in detail


def test_it_hides_how_it_is_made(portal: Machine) -> None:
    for method, path in (*LIVE, ("GET", "/v1/nergens"), ("PUT", MANDATES)):
        response = asked(portal, method, path)
        shown = f"{response.headers} {response.content.decode()}".lower()
        assert not re.search(r"django|python|postgres|sqlite|gunicorn|traceback|msgspec", shown), path
        assert "Server" not in response.headers
        assert "X-Powered-By" not in response.headers


def test_it_says_its_version_in_every_answer(portal: Machine) -> None:
    for method, path in (*LIVE, ("GET", "/v1/nergens"), ("PUT", MANDATES), ("GET", "/v1/openapi.json")):
        assert asked(portal, method, path)["API-Version"] == VERSION == DOCUMENT["info"]["version"]
    for _, _, part in every_operation():
        assert all("API-Version" in answer["headers"] for answer in part["responses"].values())


def test_it_describes_itself_to_scripts_of_every_site_and_nothing_else() -> None:
    response = Client().get("/v1/openapi.json", headers={"Origin": "https://elders.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json()["openapi"].startswith("3.1")
    for method, path in LIVE:
        answer = Client().generic(method, path, headers={"Origin": "https://elders.example"})
        assert not [name for name in answer.headers if name.startswith("Access-Control-")]
        preflight = Client().options(path, headers={"Origin": "https://elders.example"})
        assert not [name for name in preflight.headers if name.startswith("Access-Control-")]


def test_it_has_every_security_header_in_every_answer(portal: Machine) -> None:
    for method, path in (*LIVE, ("GET", "/v1/nergens"), ("PUT", MANDATES), ("OPTIONS", MANDATES)):
        response = asked(portal, method, path)
        assert response["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response.status_code == 204 or response["Content-Type"] in {JSON, "application/problem+json"}


def test_it_keeps_browsers_to_https(portal: Machine) -> None:
    portal.log_in()
    with override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True):
        # The middleware reads its settings when it is made.
        over_tls = Client(headers={"Authorization": f"Bearer {portal.token}"}).get("/v1/portaal", secure=True)
    assert over_tls.status_code == 200
    assert over_tls["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
