import pytest

from tests.rehearsal.playing import BASE, CALLBACK, QUESTION, Visitor, returned


def test_it_says_where_everything_is(visitor: Visitor) -> None:
    found = visitor.http.get("/digid/.well-known/openid-configuration").json()
    assert found["issuer"] == f"{BASE}/digid"
    assert found["code_challenge_methods_supported"] == ["S256"]
    assert {
        found[name] for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint")
    } == {f"{BASE}/digid/{place}" for place in ("authorize", "token", "jwks", "logout")}


def test_it_publishes_only_the_public_half_of_its_key(visitor: Visitor) -> None:
    (key,) = visitor.http.get("/digid/jwks").json()["keys"]
    assert key["kid"]
    assert key["alg"] == "RS256"
    assert not {"d", "p", "q", "dp", "dq", "qi"} & key.keys()


def test_it_shows_a_login_page_with_everybody_who_has_digid(visitor: Visitor) -> None:
    page = visitor.arrive()
    assert page.status_code == 200
    assert 'value="999990019"' in page.text
    assert "Oefenomgeving" in page.text


def test_it_does_not_offer_somebody_without_digid(visitor: Visitor) -> None:
    assert "Grietje" not in visitor.arrive().text


def test_it_takes_the_question_by_post_too(visitor: Visitor) -> None:
    assert "Wie bent u?" in visitor.http.post("/digid/authorize", data=QUESTION).text


def test_it_writes_a_hostile_name_as_text(visitor: Visitor) -> None:
    page = visitor.arrive().text
    assert "&lt;b&gt;vet&lt;/b&gt;" in page
    assert "<b>vet" not in page


def test_it_keeps_scripts_and_caches_out(visitor: Visitor) -> None:
    headers = visitor.arrive().headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("uri", "level"),
    [
        ("http://eidas.europa.eu/LoA/substantial", "substantial"),
        ("http://eid.logius.nl/loa/basic", "basic"),
        ("http://eidas.europa.eu/LoA/high http://eidas.europa.eu/LoA/substantial", "substantial"),
        ("https://unknown.example", "low"),
    ],
)
def test_it_proposes_the_lowest_level_that_was_asked(visitor: Visitor, uri: str, level: str) -> None:
    assert f'name="level" value="{level}" checked' in visitor.arrive(acr_values=uri).text


@pytest.mark.parametrize("client", ["unknown", None])
def test_it_sends_nobody_to_an_unknown_client(visitor: Visitor, client: str | None) -> None:
    page = visitor.arrive(client_id=client)
    assert page.status_code == 400
    assert "location" not in page.headers


@pytest.mark.parametrize(
    "address",
    ["https://evil.example", f"{CALLBACK}/", f"{CALLBACK}?x=1", CALLBACK.replace("localhost", "127.0.0.1"), None],
)
def test_it_sends_nobody_to_an_address_that_is_not_registered(visitor: Visitor, address: str | None) -> None:
    page = visitor.arrive(redirect_uri=address, response_type="token")
    assert page.status_code == 400
    assert "location" not in page.headers


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": None}, "invalid_request"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"scope": "bsn"}, "invalid_scope"),
        ({"scope": None}, "invalid_scope"),
        ({"nonce": None}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "too-short"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"max_age": "-1"}, "invalid_request"),
        ({"request": "a.b.c"}, "request_not_supported"),
        ({"request_uri": "https://client.example/request"}, "request_uri_not_supported"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_it_tells_the_client_what_is_wrong(visitor: Visitor, changes: dict[str, str | None], error: str) -> None:
    sent = returned(visitor.arrive(**changes))
    assert (sent["error"], sent["state"], sent["iss"]) == (error, "the state", f"{BASE}/digid")


def test_it_wants_a_state(visitor: Visitor) -> None:
    sent = returned(visitor.arrive(state=None))
    assert sent["error"] == "invalid_request"
    assert "state" not in sent


def test_it_refuses_a_parameter_that_is_given_twice(visitor: Visitor) -> None:
    sent = returned(visitor.http.get("/digid/authorize", params=[*QUESTION.items(), ("nonce", "another")]))
    assert sent["error"] == "invalid_request"


@pytest.mark.parametrize("changes", [{"prompt": "login"}, {"prompt": None}, {"max_age": "3600", "prompt": None}])
def test_it_asks_everybody_to_log_in_again(visitor: Visitor, changes: dict[str, str | None]) -> None:
    visitor.log_in()
    assert "Wie bent u?" in visitor.arrive(**changes).text
    assert not visitor.http.cookies
