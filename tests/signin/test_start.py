"""Where a login starts, and where it may lead to."""

import pytest
from django.urls import reverse

from tests.people import BSNS
from tests.signin.lying import LyingBroker
from tests.signin.walking import Person, asked, callback_url, start_url

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "evil.example",
    "/\t/evil.example",
    " //evil.example",
    "",
]


def come_back(visitor: Person, liar: LyingBroker, address: str) -> str:
    """Come back with what an honest broker says, and give where Namens leads."""
    liar.nonce = asked(address)["nonce"]
    answer = {"state": asked(address)["state"], "code": "the code"}
    return str(visitor.get(callback_url(), answer)["Location"])


@pytest.mark.usefixtures("anna", "register")
@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_it_leads_nobody_to_another_site(visitor: Person, liar: LyingBroker, wanted: str) -> None:
    assert come_back(visitor, liar, visitor.leave_for_broker(wanted)) == reverse("pages:mandates")


@pytest.mark.usefixtures("anna", "register")
def test_it_leads_to_a_page_of_ours(visitor: Person, liar: LyingBroker) -> None:
    assert come_back(visitor, liar, visitor.leave_for_broker("/hulp?deel=2")) == "/hulp?deel=2"


def test_it_does_not_know_another_broker(visitor: Person, liar: LyingBroker) -> None:  # noqa: ARG001 - asked for its effect
    assert visitor.get(start_url("ehkerkenning")).status_code == 404
    assert visitor.get(callback_url("ehkerkenning")).status_code == 404


@pytest.mark.usefixtures("liar")
def test_it_reads_an_unknown_level_as_low(visitor: Person) -> None:
    assert asked(visitor.leave_for_broker(level="highest"))["acr_values"] == "midden"


@pytest.mark.usefixtures("liar")
def test_it_only_starts_with_a_get(visitor: Person) -> None:
    assert visitor.browser.post(start_url()).status_code == 405


def test_it_asks_the_broker_about_itself_once(visitor: Person, liar: LyingBroker) -> None:
    visitor.leave_for_broker()
    visitor.leave_for_broker()
    assert liar.asked == ["/.well-known/openid-configuration", "/jwks"]


@pytest.mark.usefixtures("anna", "register")
def test_it_sends_no_personal_data_to_the_broker(visitor: Person, liar: LyingBroker) -> None:
    come_back(visitor, liar, visitor.leave_for_broker())
    question = asked(visitor.leave_for_broker())
    assert BSNS["anna"].digits not in str(question)
    assert question.keys() == {
        "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "prompt", "max_age", "acr_values",
        "code_challenge", "code_challenge_method",
    }  # fmt: skip
