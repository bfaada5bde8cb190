"""What every login reads with a statement that is made once: held to its query set, for every sort of login."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from namens.grants import reading as grants
from namens.grants import signing
from namens.grants.models import AuthorizationCode, AuthorizationRequest, Family, RefreshToken
from namens.grants.plain import PlainGrant, PlainRefreshToken
from namens.lib.ids import new_id
from namens.made_once import MadeOnce
from namens.organisations.models import Member
from namens.parties.models import Party
from namens.services import queries as services
from namens.services.models import Service, Status
from namens.signin import reading
from tests.made_alike import told
from tests.openid.relying import RelyingParty
from tests.openid.test_visit import begun
from tests.people import NOW, person

SORTS = ("oneself", "client", "member", "organisation", "visit", "ended", "withdrawn portal")
FOR_NOTHING: dict[str, Any] = {"services_asked": {}, "services": {}, "level": "low"}
ALGORITHMS = ["ES256", "RS256"]


def found(once: MadeOnce[Any], **values: object) -> list[Any]:
    """Give what is found, once it is the same as what the query set finds, down to each field of each relation."""
    rows = once.all(**values)
    assert [told(row) for row in rows] == [told(row) for row in once.plain(**values)]
    return rows


@pytest.fixture(params=SORTS)
def family(request: pytest.FixtureRequest, kvk: RelyingParty, anna: Party, bram: Party, mia: Member) -> Family:
    """A login of each sort."""
    asked = {"mijn-toeslagen": str(new_id())}
    login: dict[str, Any] = {"portal": kvk.portal, "party": bram, "level": "low", "auth_time": NOW, "made_at": NOW}
    login |= {"services_asked": asked, "services": asked, "left_out": ["a"], "claims_asked": {"id_token": {}}}
    sort: str = request.param
    if sort in {"member", "organisation"}:
        login |= {"party": mia.party, "organisation": mia.organisation.party}
    if sort in {"client", "member"}:
        login |= {"representee": anna}
    if sort == "visit":
        login |= {"visit": begun(kvk)}
    if sort == "ended":
        login |= {"ended_at": NOW, "ended_by": "revoked"}
    if sort == "withdrawn portal":
        kvk.portal.status = Status.WITHDRAWN
        kvk.portal.save(update_fields=["status"])
    return Family.objects.create(**login)


@pytest.fixture
def asked(kvk: RelyingParty) -> AuthorizationRequest:
    """What a portal asked, and pushed."""
    return AuthorizationRequest.objects.create(
        portal=kvk.portal,
        redirect_uri="https://portal.example/terug",
        services={"mijn-toeslagen": str(new_id())},
        minimum_level="low",
        max_age=60,
        expected=new_id(),
        reference="digest",
        made_at=NOW,
        expires_at=NOW + timedelta(minutes=15),
    )


def test_it_reads_the_login_of_a_token_as_the_query_set_does(family: Family) -> None:
    kid = signing.signing_keys.all(algorithms=["ES256"], now=NOW)[0].kid
    rows = found(grants.living_families, family=family.id, kid=kid, now=NOW, in_use=signing.last_use(NOW))
    assert [row.id for row in rows] == ([] if family.ended_at else [family.id])
    assert all(row.named_key["kid"] == kid for row in rows)


@pytest.mark.parametrize("kid", ["", "of-another"])
def test_it_gives_no_key_for_another_name(family: Family, kid: str) -> None:
    rows = found(grants.living_families, family=family.id, kid=kid, now=NOW, in_use=signing.last_use(NOW))
    assert all(row.named_key is None for row in rows)


def test_it_gives_no_key_that_is_withdrawn_or_long_retired(family: Family) -> None:
    key = signing.signing_keys.all(algorithms=["ES256"], now=NOW)[0]
    for ends in ({"withdrawn_at": NOW}, {"withdrawn_at": None, "retired_at": NOW - timedelta(days=1)}):
        type(key).objects.filter(kid=key.kid).update(**ends)
        rows = found(grants.living_families, family=family.id, kid=key.kid, now=NOW, in_use=signing.last_use(NOW))
        assert all(row.named_key is None for row in rows)


def test_it_reads_the_login_of_a_code_as_the_query_set_does(family: Family, asked: AuthorizationRequest) -> None:
    code = PlainGrant.generate()
    AuthorizationCode.objects.create(
        digest=code.digest(), request=asked, family=family, portal=family.portal, expires_at=NOW
    )
    assert [row.family_id for row in found(grants.codes, digests=code.digests())] == [family.id]
    assert found(grants.codes, digests=PlainGrant.generate().digests()) == []


OTHERS: list[dict[str, Any]] = [
    {"digests": ["of another"]},
    {"portal": new_id()},
    {"redirect_uri": "https://elders.example/terug"},
    {"challenge": ""},
    {"keys": ["", "of another"]},
    {"now": NOW + timedelta(seconds=60)},
]


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: next(iter(other)))
def test_it_takes_a_code_once_and_for_who_it_is_for_only(asked: AuthorizationRequest, other: dict[str, Any]) -> None:
    AuthorizationRequest.objects.update(key_thumbprint="thumbprint")
    login = Family.objects.create(portal=asked.portal, party=person("bram"), auth_time=NOW, made_at=NOW, **FOR_NOTHING)
    address, expires_at = asked.redirect_uri, NOW + timedelta(seconds=60)
    of_login = {"request": asked, "family": login, "portal": asked.portal}
    AuthorizationCode.objects.create(
        digest="digest", redirect_uri=address, challenge="challenge", expires_at=expires_at, **of_login
    )
    right: dict[str, Any] = {"digests": ["digest", "older"], "portal": asked.portal_id, "redirect_uri": address}
    right |= {"challenge": "challenge", "keys": ["", "thumbprint"], "now": NOW}
    assert found(grants.open_codes, **{**right, **other}) == []
    assert grants.open_codes.update({"used_at": NOW}, **{**right, **other}) == 0
    assert len(found(grants.open_codes, **right)) == grants.open_codes.update({"used_at": NOW}, **right) == 1
    assert found(grants.open_codes, **right) == []
    assert grants.open_codes.update({"used_at": NOW}, **right) == 0


def test_it_takes_a_question_once_and_in_time_only(asked: AuthorizationRequest) -> None:
    for other in ({"request": new_id()}, {"now": asked.expires_at}):
        values = {"request": asked.id, "now": NOW, **other}
        assert found(grants.open_questions, **values) == []
        assert grants.open_questions.update({"used_at": NOW}, **values) == 0
    assert found(grants.open_questions, request=asked.id, now=NOW) == [asked]
    assert grants.open_questions.update({"used_at": NOW}, request=asked.id, now=NOW) == 1
    assert grants.open_questions.update({"used_at": NOW}, request=asked.id, now=NOW) == 0
    assert AuthorizationRequest.objects.get().used_at == NOW


def test_it_reads_the_login_of_a_refresh_token_as_the_query_set_does(family: Family) -> None:
    token = PlainRefreshToken.generate()
    kept = RefreshToken.objects.create(digest=token.digest(), family=family, made_at=NOW, expires_at=NOW)
    assert found(grants.refresh_tokens, digests=token.digests()) == [kept]
    assert found(grants.refresh_tokens, digests=PlainRefreshToken.generate().digests()) == []


def test_it_reads_a_question_as_the_query_set_does(asked: AuthorizationRequest) -> None:
    assert found(grants.questions, request=asked.id) == [asked]
    assert found(grants.pushed_questions, digests=["digest", "older digest"]) == [asked]
    assert found(grants.questions, request=UUID(int=0)) == found(grants.pushed_questions, digests=["other"]) == []


def test_it_finds_approved_portals_only(kvk: RelyingParty) -> None:
    assert found(services.approved, client_id=kvk.portal.client_id) == [kvk.portal]
    for status in (Status.PROPOSED, Status.WITHDRAWN):
        type(kvk.portal).objects.update(status=status)
        assert found(services.approved, client_id=kvk.portal.client_id) == []


def test_it_finds_what_this_portal_offers_in_its_order(kvk: RelyingParty, stock: RelyingParty) -> None:
    keys = ["inkomstenbelasting", "mijn-toeslagen", "inspection"]
    first = found(services.active, portal=kvk.portal.id)
    assert [one.key for one in first] == list(kvk.portal.services.values_list("key", flat=True))
    assert found(services.of_keys, portal=kvk.portal.id, keys=keys) == first
    Service.objects.filter(id=first[0].id).update(active=False)
    assert found(services.active, portal=kvk.portal.id) == first[1:]
    assert found(services.of_keys, portal=kvk.portal.id, keys=keys) == first
    assert set(found(services.active, portal=stock.portal.id)) != set(first)


@pytest.mark.usefixtures("signing_keys")
def test_it_finds_the_keys_that_sign_now() -> None:
    keys = found(signing.signing_keys, algorithms=ALGORITHMS, now=NOW)
    assert sorted(key.algorithm for key in keys) == ALGORITHMS
    type(keys[0]).objects.filter(kid=keys[0].kid).update(withdrawn_at=NOW)
    assert found(signing.signing_keys, algorithms=ALGORITHMS, now=NOW) == keys[1:]
    assert found(signing.signing_keys, algorithms=ALGORITHMS, now=NOW - timedelta(days=1)) == []


def test_it_finds_a_visitor_in_their_own_world_only(mia: Member) -> None:
    dirk, organisation = person("dirk"), mia.organisation.party
    assert found(reading.persons, party=dirk.id) == [dirk]
    assert found(reading.members, party=mia.party_id) == [mia.party]
    assert found(reading.members, party=dirk.id) == found(reading.persons, party=mia.party_id) == []
    assert found(reading.persons, party=organisation.id) == found(reading.members, party=organisation.id) == []


def test_it_reads_a_session_until_it_expired(kvk: RelyingParty) -> None:
    session = kvk.browser.session
    session["something"] = "kept"
    session.save()
    assert len(found(reading.sessions, key=session.session_key)) == 1
    session.set_expiry(-1)
    session.save()
    assert found(reading.sessions, key=session.session_key) == []
