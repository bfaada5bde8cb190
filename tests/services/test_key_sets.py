"""Key sets of portals hold public keys only, of kinds that we use and long enough."""

from typing import Any

import pytest
from joserfc.jwk import ECKey, OKPKey, RSAKey

from namens.services.key_sets import MOST_KEYS, BadKeySet, is_usable, public_keys

EC = ECKey.generate_key("P-256", auto_kid=True).as_dict(private=False)
RSA = RSAKey.generate_key(2048, auto_kid=True).as_dict(private=False)
SHORT = {**RSA, "n": RSA["n"][:172]}
LONG = {**RSA, "n": RSA["n"] * 5}
OTHER_KIND = OKPKey.generate_key("Ed25519").as_dict(private=False)


@pytest.mark.parametrize("key", [EC, RSA, {**RSA, "use": "enc", "alg": "RSA-OAEP-256"}, {**EC, "alg": "ES256"}])
def test_it_takes_public_keys(key: dict[str, Any]) -> None:
    assert public_keys({"keys": [key]}) == [key]


@pytest.mark.parametrize(
    "key",
    [
        SHORT,
        LONG,
        OTHER_KIND,
        {**RSA, "alg": "RSA1_5"},
        {**RSA, "alg": "HS256"},
        {**RSA, "alg": ["RS256"]},
        {**RSA, "alg": "ES256"},
        {**RSA, "e": "AQ"},
        {**RSA, "n": 5},
        {**EC, "crv": "secp256k1"},
        {**EC, "x": EC["y"], "y": EC["x"]},
        {**EC, "kid": 1},
        {**EC, "kty": ["EC"]},
        {"kty": "RSA"},
        {},
    ],
)
def test_it_passes_over_what_we_cannot_use(key: dict[str, Any]) -> None:
    assert not is_usable(key)
    assert public_keys({"keys": [key, EC]}) == [EC]


@pytest.mark.parametrize("secret", [{"d": "x"}, {"k": "x"}, {"p": "x"}, {"oth": []}])
def test_it_refuses_a_set_that_shows_a_secret(secret: dict[str, Any]) -> None:
    with pytest.raises(BadKeySet, match="private or shared"):
        public_keys({"keys": [EC, {**EC, **secret}]})


@pytest.mark.parametrize("key_set", [None, [], {}, {"keys": {}}, {"keys": [1]}, {"keys": "RSA"}])
def test_it_refuses_what_is_no_set(key_set: object) -> None:
    with pytest.raises(BadKeySet, match="no key set"):
        public_keys(key_set)


def test_it_refuses_more_keys_than_anybody_needs() -> None:
    assert len(public_keys({"keys": [EC] * MOST_KEYS})) == MOST_KEYS
    with pytest.raises(BadKeySet, match="too many"):
        public_keys({"keys": [EC] * (MOST_KEYS + 1)})
