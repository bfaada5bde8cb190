"""Tokens of our own machine: each is fetched once, kept until it nearly ends, and never given to somebody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from joserfc.jwk import ECKey, RSAKey
from namens_client import Namens, NoAnswer, NotTaken
from namens_client._tokens import ALMOST_OVER

from tests.conftest import Make, private_key
from tests.place import CLIENT, Place, Said, problem
from tests.test_ask import NO, ONE, YES, may

HERE = "/v1/portaal"


def test_it_fetches_one_for_many_questions(namens: Namens, place: Place) -> None:
    place.says(ONE, YES)
    assert [may(namens) for _ in range(3)] == [True, True, True]
    assert [form["scope"] for form in place.asked_tokens] == ["urn:namens:1.0:scope:decisions"]
    assert place.looked_up == 1


def test_it_fetches_one_for_many_threads_and_tasks(namens: Namens, place: Place) -> None:
    place.says(ONE, YES)
    place.token_after = 0.2
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(lambda _: may(namens), range(8)))
    assert len(place.asked_tokens) == 1


def test_it_keeps_another_for_another_door(namens: Namens, place: Place) -> None:
    place.says(ONE, YES)
    may(namens)
    with pytest.raises(NotTaken):
        namens.registration()
    assert [form["scope"].rpartition(":")[2] for form in place.asked_tokens] == ["decisions", "portals"]


def test_it_takes_another_before_the_last_one_ends(namens: Namens, place: Place) -> None:
    place.says(ONE, YES)
    place.token_seconds = ALMOST_OVER
    may(namens)
    may(namens)
    assert len(place.asked_tokens) == 2
    assert place.looked_up == 1


def test_it_asks_once_more_with_another_when_one_is_refused(namens: Namens, place: Place) -> None:
    place.says(ONE, YES)
    may(namens)
    place.tokens.update(dict.fromkeys(place.tokens, "of other keys"))
    assert may(namens)
    assert len(place.asked_tokens) == 2


def test_it_gives_up_when_the_next_one_is_refused_too(namens: Namens, place: Place) -> None:
    place.says(ONE, problem(401, "token-niet-aanvaard"))
    with pytest.raises(NotTaken) as raised:
        may(namens)
    assert raised.value.status == 401
    assert (len(place.asked_tokens), len(place.heard)) == (2, 2)


def test_it_looks_up_again_where_tokens_are_after_one_was_not_given(namens: Namens, place: Place) -> None:
    place.says(ONE, YES)
    place.token_seconds = ALMOST_OVER
    may(namens)
    place.token_path = "/moved"
    with pytest.raises(NoAnswer):
        may(namens)
    assert may(namens)
    assert place.looked_up == 2


@pytest.mark.parametrize("code", ["invalid_client", "unauthorized_client"])
def test_it_says_so_when_namens_does_not_know_us(namens: Namens, place: Place, code: str) -> None:
    place.token_said = Said(401, {"error": code})
    with pytest.raises(NotTaken) as raised:
        may(namens)
    assert raised.value.code == code
    assert place.heard == []


@pytest.mark.parametrize(
    "said",
    [
        Said(500),
        Said(302, {}, {"Location": "/elsewhere"}),
        Said(200, {"access_token": "x", "token_type": "DPoP", "expires_in": 300}),
        Said(200, {"access_token": "", "token_type": "Bearer", "expires_in": 300}),
        Said(200, {"access_token": "x", "token_type": "Bearer", "expires_in": "300"}),
        Said(200, b"{"),
    ],
    ids=["broken", "elsewhere", "other-kind", "empty", "text", "half"],
)
def test_it_takes_no_token_that_is_not_as_described(namens: Namens, place: Place, said: Said) -> None:
    place.token_said = said
    with pytest.raises(NoAnswer):
        may(namens)
    assert place.heard == []


def test_it_believes_no_document_of_somebody_else(namens: Namens, place: Place) -> None:
    place.named = "https://somebody.example"
    with pytest.raises(NoAnswer, match="issuer"):
        may(namens)
    assert place.asked_tokens == []


def test_it_sends_no_proof_over_a_wire_that_anybody_reads(namens: Namens, place: Place) -> None:
    place.token_path = "@somebody.example/token"
    with pytest.raises(NoAnswer, match="token_endpoint"):
        may(namens)
    assert place.asked_tokens == []


@pytest.mark.parametrize(
    ("key", "algorithm", "expected"),
    [
        (RSAKey.generate_key(2048), "", "RS256"),
        (RSAKey.generate_key(2048), "PS256", "PS256"),
        (RSAKey.generate_key(2048, {"alg": "PS256"}), "", "PS256"),
        (ECKey.generate_key("P-256", auto_kid=True), "", "ES256"),
    ],
    ids=["rsa", "pss", "pss-by-key", "ec"],
)
def test_it_proves_who_it_is_with_its_key(
    make: Make, place: Place, key: RSAKey | ECKey, algorithm: str, expected: str
) -> None:
    place.keys[0] = key
    place.says(ONE, YES)
    assert may(make(key=key, algorithm=algorithm))
    assert place.proofs[0]["alg"] == expected
    assert place.proofs[0].get("kid") == key.kid


@pytest.mark.parametrize("as_text", [True, False])
def test_it_reads_a_key_from_its_file(make: Make, place: Place, *, as_text: bool) -> None:
    pem = private_key().as_pem(private=True)
    place.says(ONE, NO)
    assert not may(make(key=pem.decode() if as_text else pem))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"issuer": ""}, "issuer"),
        ({"issuer": "http://namens.example.nl"}, "issuer"),
        ({"issuer": "https://namens.example.nl?a=b"}, "issuer"),
        ({"decisions": "ftp://namens.example.nl"}, "decisions"),
        ({"client_id": ""}, "client_id"),
        ({"key": b"no key"}, "key"),
        ({"key": RSAKey.import_key(private_key().as_pem(private=False))}, "private"),
        ({"key": ECKey.generate_key("P-384")}, "P-256"),
        ({"algorithm": "ES256"}, "algorithm"),
        ({"algorithm": "none"}, "algorithm"),
        ({"patience": timedelta(0)}, "patience"),
    ],
    ids=[
        "no-issuer",
        "plain",
        "query",
        "ftp",
        "no-client",
        "no-key",
        "public",
        "curve",
        "other",
        "none",
        "no-patience",
    ],
)
def test_it_refuses_a_setup_that_cannot_be_right(make: Make, changes: dict[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        make(**changes)


def test_it_asks_the_decisions_door_where_that_is(make: Make, place: Place) -> None:
    door = Place(keys=place.keys, tokens=place.tokens)
    door.start()
    door.says(ONE, YES)
    try:
        assert may(make(decisions=f"{door.address}/"))
    finally:
        door.stop()
    assert (len(door.heard), len(place.heard)) == (1, 0)


def test_it_shows_neither_key_nor_secret() -> None:
    shown = repr(Namens(issuer="https://namens.example.nl", client_id=CLIENT, key=private_key()))
    assert shown == "Namens(issuer='https://namens.example.nl', client_id='mijn-portaal')"
