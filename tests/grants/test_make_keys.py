"""Our signing keys: made once, kept sealed, used when they may be."""

import json
from datetime import timedelta

import pytest

from namens.grants import signing
from namens.grants.actions import make_keys
from namens.grants.models import SigningKey
from namens.grants.signing import NoSigningKey, NotOurs, Signer
from tests.people import NOW


@pytest.mark.django_db
def test_it_makes_a_key_for_each_algorithm_and_then_no_more() -> None:
    assert len(make_keys(now=NOW)) == 3
    assert make_keys(now=NOW) == []
    assert set(SigningKey.objects.values_list("algorithm", flat=True)) == {"RS256", "PS256", "ES256"}


@pytest.mark.usefixtures("signing_keys")
def test_it_makes_keys_that_are_long_enough() -> None:
    """FAPI 2.0 5.4.1: 2048 bits for RSA, 224 for curves. Base64 holds six bits in a symbol."""
    published = {key["alg"]: key for key in signing.published(now=NOW)}
    assert [len(published[alg]["n"]) * 6 >= 2048 for alg in ("RS256", "PS256")] == [True, True]
    assert published["ES256"]["crv"] == "P-256"
    assert len({key["kid"] for key in published.values()}) == 3


@pytest.mark.usefixtures("signing_keys")
def test_it_makes_a_key_that_is_missing_again() -> None:
    SigningKey.objects.filter(algorithm="ES256").update(retired_at=NOW)
    made = make_keys(now=NOW)
    assert [SigningKey.objects.get(kid=kid).algorithm for kid in made] == ["ES256"]


@pytest.mark.usefixtures("signing_keys")
def test_it_keeps_the_private_part_sealed() -> None:
    for key in SigningKey.objects.all():
        assert '"d"' not in key.sealed
        assert "d" not in key.public
        assert key.sealed.startswith("new:")


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256"])
@pytest.mark.usefixtures("signing_keys")
def test_it_recognises_what_it_signed(algorithm: str) -> None:
    token = Signer([algorithm], now=NOW).sign({"sub": "x"}, algorithm=algorithm, typ="at+jwt")
    assert signing.opened(token, typ="at+jwt", now=NOW) == {"sub": "x"}
    with pytest.raises(NotOurs):
        signing.opened(token, typ="JWT", now=NOW)


@pytest.mark.usefixtures("signing_keys")
def test_it_does_not_recognise_a_token_under_a_key_that_is_gone() -> None:
    token = Signer(["ES256"], now=NOW).sign({"sub": "x"}, algorithm="ES256", typ="JWT")
    SigningKey.objects.all().delete()
    with pytest.raises(NotOurs):
        signing.opened(token, typ="JWT", now=NOW)


@pytest.mark.usefixtures("signing_keys")
def test_it_signs_with_the_newest_active_key() -> None:
    later = NOW + timedelta(days=8)
    SigningKey.objects.filter(algorithm="ES256").update(active_from=later)
    with pytest.raises(NoSigningKey):
        Signer(["ES256"], now=NOW).sign({}, algorithm="ES256", typ="JWT")
    assert Signer(["ES256"], now=later).sign({}, algorithm="ES256", typ="JWT")


@pytest.mark.usefixtures("signing_keys")
def test_it_signs_nothing_with_a_retired_key() -> None:
    SigningKey.objects.update(retired_at=NOW)
    with pytest.raises(NoSigningKey):
        Signer(["RS256"], now=NOW).sign({}, algorithm="RS256", typ="JWT")


@pytest.mark.usefixtures("signing_keys")
def test_it_recognises_nothing_under_a_key_that_is_published_no_more() -> None:
    token = Signer(["ES256"], now=NOW).sign({"sub": "x"}, algorithm="ES256", typ="JWT")
    SigningKey.objects.update(retired_at=NOW)
    assert signing.opened(token, typ="JWT", now=NOW + timedelta(hours=23)) == {"sub": "x"}
    with pytest.raises(NotOurs):
        signing.opened(token, typ="JWT", now=NOW + timedelta(hours=24))


@pytest.mark.usefixtures("signing_keys")
def test_it_publishes_no_key_before_its_time() -> None:
    soon = NOW + timedelta(days=1)
    SigningKey.objects.filter(algorithm="ES256").update(published_from=soon, active_from=soon)
    assert {key["alg"] for key in signing.published(now=NOW)} == {"RS256", "PS256"}
    assert "d" not in json.dumps([sorted(key) for key in signing.published(now=soon)]).replace('"kid"', "")
