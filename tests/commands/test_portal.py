"""`namens portal add|approve|list`: one operator proposes a portal, another lets it in."""

import json
from pathlib import Path

import pytest

from namens.services.actions.portals import secret_digests
from namens.services.models import Portal, Status
from namens.services.profiles import Authentication, Binding, MachineScope, Profile
from tests.commands.saying import Namens, Said, refused, wrong
from tests.people import PUBLIC_KEY

pytestmark = pytest.mark.usefixtures("catalogue")
SECRET = "a-secret-of-forty-three-symbols-or-so-12345"
NAME = "SITE_SECRET_OF_THIS_TEST"
TERMS = (
    *("portal", "add", "gemeente", "--name", "Gemeente", "--service", "mijn-toeslagen", "--sector", "gemeente"),
    *("--redirect-uri", "https://gemeente.example/terug", "--by", "olga"),
)
ADDED = Said(0, "portal gemeente proposed; another operator approves it\n", "")
COMPAT = ("--profile", "compat", "--secret-env", NAME)


@pytest.fixture
def jwks(tmp_path: Path) -> Path:
    """A file with the portal's public keys."""
    return written(tmp_path, json.dumps({"keys": [PUBLIC_KEY]}).encode())


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> str:
    """A secret in the environment."""
    monkeypatch.setenv(NAME, SECRET)
    return SECRET


def written(folder: Path, content: bytes) -> Path:
    file = folder / "jwks.json"
    file.write_bytes(content)
    return file


def test_it_adds_a_portal_with_its_public_keys(namens: Namens, jwks: Path) -> None:
    assert namens(*TERMS, "--jwks", str(jwks)) == ADDED
    portal = Portal.objects.get()
    assert (portal.status, portal.profile, portal.jwks) == (Status.PROPOSED, Profile.NLGOV, {"keys": [PUBLIC_KEY]})


def test_it_adds_a_portal_with_a_secret_from_the_environment_and_never_shows_it(namens: Namens, secret: str) -> None:
    said = namens(*TERMS, *COMPAT)
    assert said == ADDED
    assert Portal.objects.get().secret_digest in secret_digests(secret)


def test_it_keeps_other_names_of_claims(namens: Namens, secret: str) -> None:
    assert secret
    namens(*TERMS, *COMPAT, "--claim", "bsn=urn:example:bsn", "--claim", "service=", "--claim", "level=a=b")
    assert Portal.objects.get().claim_names == {"bsn": "urn:example:bsn", "service": "", "level": "a=b"}


@pytest.mark.parametrize("word", ["bsn", "", "=name", "Bsn=name", "bsm=name"])
def test_it_says_how_a_claim_is_renamed_when_the_words_are_no_pair(namens: Namens, secret: str, word: str) -> None:
    assert secret
    of_person = "bsn, representee, representative, service, level"
    of_member = "qualifier, organisation, member, establishment, client, service-key, service-uuid"
    keys = f"{of_person}, {of_member}"
    key = word.partition("=")[0]
    expected = wrong(f"--claim: {key!r} must be KEY=NAME, where KEY is one of {keys}")
    assert namens(*TERMS, *COMPAT, "--claim", "service=", "--claim", word) == expected
    assert not Portal.objects.exists()


@pytest.mark.parametrize("value", [None, ""])
def test_it_says_which_variable_should_hold_the_secret(
    namens: Namens, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv(NAME, raising=False)
    if value is not None:
        monkeypatch.setenv(NAME, value)
    assert namens(*TERMS, *COMPAT) == wrong(f"--secret-env: the environment variable {NAME} is not set")


def test_it_says_which_file_with_keys_is_not_there(namens: Namens, tmp_path: Path) -> None:
    file = tmp_path / "nothing.json"
    expected = wrong(f"--jwks: {file} cannot be read: No such file or directory")
    assert namens(*TERMS, "--jwks", str(file)) == expected


def test_it_says_that_a_folder_holds_no_keys(namens: Namens, tmp_path: Path) -> None:
    assert namens(*TERMS, "--jwks", str(tmp_path)) == wrong(f"--jwks: {tmp_path} cannot be read: Is a directory")


@pytest.mark.parametrize("content", [b"", b"{", b"keys: []", b"\xff\xfe"])
def test_it_says_that_a_file_is_not_json(namens: Namens, tmp_path: Path, content: bytes) -> None:
    file = written(tmp_path, content)
    assert namens(*TERMS, "--jwks", str(file)) == wrong(f"--jwks: {file} is not JSON")


@pytest.mark.parametrize("content", [b"{}", b"[]", b"null", b'"keys"', b'{"keys": []}', b'{"key": [1]}'])
def test_it_says_that_a_file_holds_no_keys(namens: Namens, tmp_path: Path, content: bytes) -> None:
    file = written(tmp_path, content)
    expected = wrong(f'--jwks: {file} holds no key set; it looks like {{"keys": [...]}}')
    assert namens(*TERMS, "--jwks", str(file)) == expected


@pytest.mark.parametrize("keys", [[1], "RSA", [{**PUBLIC_KEY, "d": "private"}], [{"kty": "oct", "k": "shared"}]])
def test_it_refuses_keys_that_are_not_public(namens: Namens, tmp_path: Path, keys: object) -> None:
    file = written(tmp_path, json.dumps({"keys": keys}).encode())
    expected = refused("credential-wrong: a key set with public keys only is needed")
    assert namens(*TERMS, "--jwks", str(file)) == expected


def test_it_refuses_a_portal_without_keys(namens: Namens) -> None:
    assert namens(*TERMS) == refused("credential-wrong: a key set with public keys only is needed")


def test_it_refuses_a_name_that_another_portal_has(namens: Namens, jwks: Path) -> None:
    namens(*TERMS, "--jwks", str(jwks))
    assert namens(*TERMS, "--jwks", str(jwks)) == refused("client-id-taken: gemeente")


def test_it_refuses_a_service_that_the_catalogue_does_not_have(namens: Namens, jwks: Path) -> None:
    assert namens(*TERMS, "--service", "niets", "--jwks", str(jwks)) == refused("unknown-service")


def test_it_lets_a_portal_in_once_another_operator_approved_it(namens: Namens, jwks: Path) -> None:
    namens(*TERMS, "--jwks", str(jwks))
    said = namens("portal", "approve", "gemeente", "--by", "otto")
    assert said == Said(0, "portal gemeente may be used from now on\n", "")
    assert Portal.objects.get().status == Status.APPROVED


def test_it_refuses_the_operator_who_proposed_it(namens: Namens, jwks: Path) -> None:
    namens(*TERMS, "--jwks", str(jwks))
    assert namens("portal", "approve", "gemeente", "--by", "olga") == refused("second-operator")
    assert Portal.objects.get().status == Status.PROPOSED


@pytest.mark.parametrize("client_id", ["gemeente", ""])
def test_it_refuses_to_approve_what_nobody_proposed(namens: Namens, client_id: str) -> None:
    assert namens("portal", "approve", client_id, "--by", "otto") == refused("not-proposed")


FAPI = ("--profile", "fapi")
SUBJECT = "CN=portaal.gemeente.example,O=Gemeente,C=NL"


def made(namens: Namens, *words: str) -> Portal:
    assert namens(*TERMS, *words) == ADDED
    return Portal.objects.get()


def test_it_adds_a_strict_portal_with_what_such_a_portal_usually_has(namens: Namens, jwks: Path) -> None:
    portal = made(namens, *FAPI, "--jwks", str(jwks))
    assert (portal.profile, portal.authentication) == (Profile.FAPI, Authentication.PRIVATE_KEY)
    assert (portal.token_binding, portal.id_token_algorithm) == (Binding.PROOF, "PS256")


def test_it_binds_tokens_to_the_certificate_of_a_strict_portal_that_has_one(namens: Namens) -> None:
    words = ("--authentication", "tls_client_auth", "--certificate-subject", SUBJECT)
    portal = made(namens, *FAPI, *words, "--jwks-uri", "https://gemeente.example/jwks")
    assert (portal.authentication, portal.certificate_subject) == (Authentication.AUTHORITY_CERTIFICATE, SUBJECT)
    assert (portal.token_binding, portal.jwks_uri) == (Binding.CERTIFICATE, "https://gemeente.example/jwks")


def test_it_adds_a_portal_with_the_tokens_that_were_asked(namens: Namens) -> None:
    words = ["--algorithm", "ES256", "--binding", "dpop", "--refresh", "--id-token-encryption", "RSA-OAEP-256"]
    words += ("--userinfo-algorithm", "PS256", "--userinfo-encryption", "RSA-OAEP", "--bsn-basis", "Awir artikel 1")
    portal = made(namens, *words, "--jwks-uri", "https://gemeente.example/jwks")
    assert (portal.id_token_algorithm, portal.token_binding, portal.refresh_tokens) == ("ES256", "dpop", True)
    assert (portal.id_token_encryption, portal.userinfo_encryption) == ("RSA-OAEP-256", "RSA-OAEP")
    assert (portal.userinfo_algorithm, portal.may_receive_bsn) == ("PS256", True)


def test_it_refuses_encryption_for_which_the_portal_has_no_key(namens: Namens, jwks: Path) -> None:
    words = (*TERMS, "--id-token-encryption", "RSA-OAEP-256", "--jwks", str(jwks))
    assert namens(*words) == refused("credential-wrong: the key set has no key to encrypt with RSA-OAEP-256")


def test_it_adds_a_portal_with_what_it_may(namens: Namens, jwks: Path) -> None:
    scopes = [MachineScope.DECISIONS, MachineScope.PORTALS]
    words = ["--organisations-themselves", "--act", "inkomen=Inkomen gewijzigd", "--act", "gezien=Gezien = gelezen"]
    words += ("--machine-scope", scopes[0], "--machine-scope", scopes[1], "--search-basis", "Awir artikel 1a")
    portal = made(namens, *words, "--jwks", str(jwks))
    acts = [{"key": "inkomen", "name": "Inkomen gewijzigd"}, {"key": "gezien", "name": "Gezien = gelezen"}]
    assert (portal.acts, portal.machine_scopes) == (acts, scopes)
    assert (portal.organisations_themselves, portal.search_basis) == (True, "Awir artikel 1a")


def test_it_adds_a_portal_with_what_its_machine_hears(namens: Namens, jwks: Path) -> None:
    portal = made(namens, "--jwks", str(jwks), "--no-gives-reasons", "--journals-decisions")
    assert (portal.gives_reasons, portal.journals_decisions) == (False, True)


def test_it_gives_reasons_and_journals_no_decisions_unasked(namens: Namens, jwks: Path) -> None:
    portal = made(namens, "--jwks", str(jwks))
    assert (portal.gives_reasons, portal.journals_decisions) == (True, False)


EVENTS = ("--events-uri", "https://gemeente.example/gebeurtenissen")


def test_it_adds_a_portal_with_where_it_hears_events(namens: Namens, jwks: Path) -> None:
    portal = made(namens, "--jwks", str(jwks), "--machine-scope", MachineScope.PORTALS, *EVENTS)
    assert portal.events_uri == EVENTS[1]


@pytest.mark.parametrize("scope", ["", MachineScope.DECISIONS], ids=["none", "decisions"])
def test_it_refuses_events_for_a_portal_that_cannot_read_them_again(namens: Namens, jwks: Path, scope: str) -> None:
    said = namens(*TERMS, "--jwks", str(jwks), "--machine-scope", scope, *EVENTS)
    assert said == refused("machine-scope-wrong: events go to portals with the scope for portals")
    assert not Portal.objects.exists()


def test_it_refuses_events_at_an_address_that_cannot_be(namens: Namens, jwks: Path) -> None:
    words = ("--machine-scope", MachineScope.PORTALS, "--events-uri", "http://gemeente.example/")
    assert namens(*TERMS, "--jwks", str(jwks), *words) == refused("redirect-uri-wrong")


def test_it_gives_a_portal_none_of_that_unasked(namens: Namens, jwks: Path) -> None:
    portal = made(namens, "--jwks", str(jwks))
    assert not any((portal.refresh_tokens, portal.acts, portal.machine_scopes, portal.search_basis, portal.events_uri))
    assert not any((portal.organisations_themselves, portal.receives_names, portal.may_receive_bsn))
    assert portal.token_binding == Binding.NONE


@pytest.mark.parametrize("word", ["inkomen", "=Inkomen", "inkomen=", "inkomen= "])
def test_it_says_how_an_act_is_written_when_the_words_are_no_pair(namens: Namens, jwks: Path, word: str) -> None:
    expected = wrong(f"--act: {word!r} must be KEY=NAME, for example change-income=Inkomen gewijzigd")
    assert namens(*TERMS, "--jwks", str(jwks), "--act", word) == expected


def test_it_refuses_an_act_that_is_named_twice(namens: Namens, jwks: Path) -> None:
    assert namens(*TERMS, "--jwks", str(jwks), "--act", "a=Een", "--act", "a=Twee") == refused("act-wrong")


def test_it_refuses_bearer_tokens_for_a_strict_portal(namens: Namens, jwks: Path) -> None:
    assert namens(*TERMS, *FAPI, "--binding", "none", "--jwks", str(jwks)) == refused("credential-wrong: binding")


def test_it_refuses_a_secret_for_a_strict_portal(namens: Namens, secret: str) -> None:
    assert secret
    words = (*FAPI, "--authentication", "client_secret", "--secret-env", NAME)
    assert namens(*TERMS, *words) == refused("credential-wrong: method")


def test_it_refuses_keys_from_two_places(namens: Namens, jwks: Path) -> None:
    expected = refused("credential-wrong: a key set with public keys only is needed")
    assert namens(*TERMS, "--jwks", str(jwks), "--jwks-uri", "https://gemeente.example/jwks") == expected


def test_it_lists_the_portals_with_their_services(namens: Namens, jwks: Path, secret: str) -> None:
    assert secret
    namens(*TERMS, "--service", "inkomstenbelasting", "--jwks", str(jwks))
    namens("portal", "approve", "gemeente", "--by", "otto")
    namens("portal", "add", "belasting", *TERMS[3:], *COMPAT)
    first, second = namens("portal", "list").out.splitlines()
    assert first.split() == ["belasting", "proposed", "compat", "Gemeente:", "mijn-toeslagen"]
    assert second.split()[:4] == ["gemeente", "approved", "nlgov", "Gemeente:"]
    assert set(second.partition(": ")[2].split(", ")) == {"mijn-toeslagen", "inkomstenbelasting"}


def test_it_lists_nothing_when_there_is_nothing(namens: Namens) -> None:
    assert namens("portal", "list") == Said(0, "", "")
