import pytest

from tests.rehearsal.playing import Visitor

HOME = "http://localhost:8000/"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_it_sends_somebody_back_to_a_registered_address(visitor: Visitor, method: str) -> None:
    asked = {"client_id": "namens", "post_logout_redirect_uri": HOME, "state": "s"}
    sent = {"params": asked} if method == "GET" else {"data": asked}
    answer = visitor.http.request(method, "/digid/logout", **sent)  # type: ignore[arg-type] # either params or data
    assert (answer.status_code, answer.headers["location"]) == (303, f"{HOME}?state=s")


def test_it_knows_the_client_by_an_id_token(visitor: Visitor) -> None:
    token = visitor.exchange(visitor.log_in()).json()["id_token"]
    answer = visitor.http.get("/digid/logout", params={"id_token_hint": token, "post_logout_redirect_uri": HOME})
    assert answer.headers["location"] == HOME


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"client_id": "namens", "post_logout_redirect_uri": "https://evil.example"},
        {"client_id": "nobody", "post_logout_redirect_uri": HOME},
        {"id_token_hint": "not.a.token", "post_logout_redirect_uri": HOME},
    ],
)
def test_it_only_says_goodbye_otherwise(visitor: Visitor, asked: dict[str, str]) -> None:
    answer = visitor.http.get("/digid/logout", params=asked)
    assert answer.status_code == 200
    assert "U bent uitgelogd" in answer.text
