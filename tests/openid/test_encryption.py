"""ID token and UserInfo, encrypted for one portal: signed first, with its own key, and never in the clear instead."""

import json

import pytest
from joserfc import jwe
from joserfc.errors import JoseError

from namens.grants.models import AuthorizationCode, Family, SigningKey
from namens.parties.models import Party
from namens.services.models import Portal
from namens.services.refusals import ServiceRefused
from tests.openid.relying import Claims, answer_in, header_of, key, read
from tests.openid.sealed import ENCRYPTION_KEY, KINDS, decrypted, encryption_key, inner, opened, sealing, unsigned
from tests.people import active

pytestmark = pytest.mark.usefixtures("catalogue", "signing_keys")
every_algorithm = pytest.mark.parametrize("algorithm", list(KINDS))


@every_algorithm
def test_it_encrypts_the_signed_id_token_for_the_portal(algorithm: str, anna: Party, bram: Party) -> None:
    portal = sealing("verzegeld", id_token_encryption=algorithm)
    active(anna, bram)
    token = portal.tokens(bram, whom=anna)["id_token"]
    assert (
        header_of(token).items()
        >= {
            "alg": algorithm,
            "enc": "A256GCM",
            "cty": "JWT",
            "kid": key(KINDS[algorithm], ENCRYPTION_KEY).kid,
        }.items()
    )
    claims = opened(token, algorithm=algorithm)
    assert header_of(inner(token, algorithm=algorithm))["typ"] == "JWT"
    assert (claims["aud"], claims["nonce"], claims["represents"]["name"]) == (
        "verzegeld",
        "nonce-of-a-portal-1234",
        "Anna de Vries",
    )


def test_it_is_read_by_no_other_key(bram: Party) -> None:
    token = sealing("verzegeld").tokens(bram)["id_token"]
    other = key("RSA", 8)
    with pytest.raises(JoseError):
        jwe.decrypt_compact(token, other, algorithms=["RSA-OAEP", "A256GCM"])


def test_it_uses_a_new_content_key_every_time(bram: Party) -> None:
    portal = sealing("verzegeld")
    first, second = (portal.tokens(bram)["id_token"].split(".") for _ in range(2))
    assert first[1] != second[1]
    assert first[2] != second[2]


@pytest.mark.parametrize(
    ("signed_with", "encrypted_with"),
    [("", ""), ("PS256", ""), ("", "RSA-OAEP-256"), ("ES256", "ECDH-ES+A256KW")],
)
def test_it_gives_userinfo_in_the_form_of_the_registration(
    anna: Party, bram: Party, signed_with: str, encrypted_with: str
) -> None:
    keys = [encryption_key(encrypted_with or "RSA-OAEP"), encryption_key("RSA-OAEP")]
    portal = sealing(
        "vorm",
        keys=keys,
        id_token_encryption="RSA-OAEP",
        userinfo_algorithm=signed_with,
        userinfo_encryption=encrypted_with,
    )
    active(anna, bram)
    tokens = portal.tokens(bram, whom=anna)
    response = portal.userinfo(tokens["access_token"])
    assert response.status_code == 200
    plain = not (signed_with or encrypted_with)
    assert response["Content-Type"] == ("application/json" if plain else "application/jwt")
    assert response["Cache-Control"] == "no-store"
    said = read_userinfo(response.content, signed_with, encrypted_with)
    id_token = opened(tokens["id_token"])
    assert (said["sub"], said["represents"], said["acr"]) == (id_token["sub"], id_token["represents"], id_token["acr"])
    assert "nonce" not in said
    assert (said.get("iss"), said.get("aud")) == ((None, None) if plain else (id_token["iss"], "vorm"))


def read_userinfo(content: bytes, signed_with: str, encrypted_with: str) -> Claims:
    """Open an answer of UserInfo as its portal does."""
    if not signed_with and not encrypted_with:
        return dict(json.loads(content))
    if not signed_with:
        return unsigned(content, algorithm=encrypted_with)
    token = content.decode() if not encrypted_with else inner(content.decode(), algorithm=encrypted_with)
    assert (header_of(token)["alg"], header_of(token)["typ"]) == (signed_with, "userinfo+jwt")
    if encrypted_with:
        assert decrypted(content.decode(), algorithm=encrypted_with).headers()["cty"] == "JWT"
    return read(token)


def test_it_never_takes_a_userinfo_token_for_another_kind(bram: Party) -> None:
    portal = sealing("soorten", userinfo_algorithm="ES256", userinfo_encryption="")
    tokens = portal.tokens(bram)
    said = portal.userinfo(tokens["access_token"]).content.decode()
    assert portal.userinfo(said).status_code == 401
    answer = portal.browser.get("/openid/logout", {"id_token_hint": said})
    assert answer.status_code == 200
    assert portal.userinfo(tokens["access_token"]).status_code == 200


BROKEN: dict[str, Claims] = {
    "signs only": encryption_key("RSA-OAEP", use="sig"),
    "another algorithm": encryption_key("RSA-OAEP-256"),
    "another kind": encryption_key("ECDH-ES+A256KW"),
    "not for that": {**encryption_key("RSA-OAEP"), "key_ops": ["verify"]},
    "too short": {**encryption_key("RSA-OAEP"), "n": "w" * 171},
    "too long": {**encryption_key("RSA-OAEP"), "n": "w" * 1400},
    "odd operations": {**encryption_key("RSA-OAEP"), "key_ops": [{}, "sign"]},
    "no key at all": {"kty": "RSA", "use": "enc", "alg": "RSA-OAEP", "n": "%", "e": "AQAB"},
}
every_broken_key = pytest.mark.parametrize("broken", list(BROKEN.values()), ids=list(BROKEN))


@every_broken_key
def test_it_gives_nothing_at_all_without_a_key_that_fits(
    bram: Party, broken: Claims, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    portal = sealing("zonder-sleutel")
    good = portal.portal.jwks
    code = portal.code(bram)
    Portal.objects.update(jwks={"keys": [good["keys"][0], broken]})
    response = portal.exchange(code)
    assert response.status_code == 400
    assert response.json()["error"] == "invalid_request"
    assert response.json()["error_description"] == "this portal has no key to encrypt with"
    assert "id_token" not in response.json()
    logged = caplog.text + "".join(capsys.readouterr())
    assert "zonder-sleutel has no key to encrypt with for RSA-OAEP" in logged
    Portal.objects.update(jwks=good)
    assert portal.exchange(code).status_code == 200


@every_broken_key
def test_it_tells_nothing_at_userinfo_without_a_key_that_fits(bram: Party, broken: Claims) -> None:
    portal = sealing("zonder-sleutel")
    token = portal.tokens(bram)["access_token"]
    Portal.objects.update(jwks={"keys": [portal.portal.jwks["keys"][0], broken]})
    response = portal.userinfo(token)
    assert (response.status_code, response.json()["error"]) == (400, "invalid_request")
    assert "sub" not in response.json()


@every_broken_key
def test_it_registers_no_portal_without_a_key_that_fits(broken: Claims) -> None:
    with pytest.raises(ServiceRefused, match=r"no key to encrypt with RSA-OAEP|public keys only is needed"):
        sealing("zonder-sleutel", keys=[broken])
    assert not Portal.objects.exists()


@pytest.mark.parametrize("algorithm", ["RSA1_5", "dir", "A256KW", "ECDH-ES", "none"])
def test_it_registers_no_weak_encryption(algorithm: str) -> None:
    with pytest.raises(ServiceRefused, match="encryption"):
        sealing("zwak", keys=[encryption_key("RSA-OAEP")], id_token_encryption=algorithm)


def test_it_prefers_a_key_that_says_it_is_for_encryption(bram: Party) -> None:
    untold = {**key("RSA", 8).as_dict(private=False)}
    portal = sealing("kiest", keys=[untold, encryption_key("RSA-OAEP")])
    token = portal.tokens(bram)["id_token"]
    assert header_of(token)["kid"] == key("RSA", ENCRYPTION_KEY).kid


def test_it_takes_a_key_that_says_nothing_of_its_use(bram: Party) -> None:
    untold = key("RSA", ENCRYPTION_KEY).as_dict(private=False)
    token = sealing("zwijgt", keys=[untold]).tokens(bram)["id_token"]
    assert opened(token)["aud"] == "zwijgt"


def test_it_logs_out_with_the_signed_token_from_inside_only(bram: Party) -> None:
    portal = sealing("verlaat")
    tokens = portal.tokens(bram)
    whole = portal.browser.get("/openid/logout", {"id_token_hint": tokens["id_token"]})
    assert whole.status_code == 200
    assert Family.objects.get().ended_at is None
    hint = portal.browser.get("/openid/logout", {"id_token_hint": inner(tokens["id_token"])})
    assert hint.status_code == 303
    assert "ticket" in answer_in(hint)
    assert Family.objects.get().ended_by == "logged-out"


def test_it_signs_the_access_token_as_always(bram: Party) -> None:
    portal = sealing("toegang")
    tokens = portal.tokens(bram)
    assert read(tokens["access_token"])["client_id"] == "toegang"


def test_it_answers_503_where_it_cannot_sign_userinfo(bram: Party) -> None:
    portal = sealing("niet-getekend", userinfo_algorithm="PS256", userinfo_encryption="")
    token = portal.tokens(bram)["access_token"]
    SigningKey.objects.filter(algorithm="PS256").update(retired_at="2026-01-01T00:00Z")
    assert portal.userinfo(token).status_code == 503


def test_it_refuses_dirk_what_was_encrypted_for_another_portal(bram: Party) -> None:
    ours = sealing("van-ons")
    code = ours.code(bram)
    dirks = sealing("van-dirk", redirect_uris=ours.portal.redirect_uris)
    assert dirks.exchange(code, redirect_uri=ours.redirect_uri).status_code == 400
    assert AuthorizationCode.objects.get().used_at is None


def test_it_names_no_key_that_has_no_name(bram: Party) -> None:
    nameless = {name: value for name, value in encryption_key("RSA-OAEP").items() if name != "kid"}
    token = sealing("naamloos", keys=[nameless]).tokens(bram)["id_token"]
    assert "kid" not in header_of(token)
    assert opened(token)["aud"] == "naamloos"


@pytest.mark.parametrize("kid", [5, ["a"], None])
def test_it_registers_no_key_whose_name_is_no_text(kid: object) -> None:
    with pytest.raises(ServiceRefused):
        sealing("nummer", keys=[{**encryption_key("RSA-OAEP"), "kid": kid}])


@pytest.mark.parametrize("point", [{"crv": "secp256k1"}, {"x": "A" * 43}, {"crv": ["P-256"]}, {"y": 5}])
def test_it_registers_no_point_that_is_on_no_curve_of_ours(point: Claims) -> None:
    with pytest.raises(ServiceRefused):
        sealing("kromme", keys=[{**encryption_key("ECDH-ES+A256KW"), **point}], id_token_encryption="ECDH-ES+A256KW")
