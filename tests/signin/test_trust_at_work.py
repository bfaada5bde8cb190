"""What an ID token of a broker for organisations must say before it is believed, and what of it is never read."""

import re
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.parties.identifiers import Bsn, KvkNumber, Pseudonym
from namens.signin import brokers
from namens.signin.brokers import Broker
from namens.signin.claims import MemberClaims
from namens.signin.login import (
    Departure,
    LoginKind,
    LoginReason,
    LoginRefused,
    MemberLogin,
    PersonLogin,
    VerifiedLogin,
)
from namens.signin.openid_connect import OpenIdConnect
from tests.people import BSNS, NOW
from tests.signin.lying import Claims, LyingBroker
from tests.signin.walking import AT_WORK, BROKER

CALLBACK = "http://localhost:8000/signin/eherkenning/callback"
KVK = "urn:etoegang:core:LegalSubjectID"
PSEUDONYM = "urn:etoegang:core:ActingSubjectID"
ESTABLISHMENT = "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"
CLASS = "urn:etoegang:core:assurance-class:"
MARIJKE: Claims = {
    "namequalifier": "urn:etoegang:1.9:EntityConcernedID:KvKnr",
    KVK: "00110019",
    PSEUDONYM: "SST-6F1C20",
    "acr": f"{CLASS}loa3",
    "bsn": None,
}
REFUSED = LoginRefused(LoginReason.NOT_TRUSTED)


def log_in(liar: LyingBroker, claims: Claims, *, broker: str = AT_WORK) -> VerifiedLogin | LoginRefused:
    """Go to the broker and come back with these claims, and give what Namens makes of it."""
    found = brokers.find(broker)
    assert found is not None
    with clock.frozen(NOW):
        return arrive(found, liar, claims)


def arrive(broker: Broker, liar: LyingBroker, claims: Claims) -> VerifiedLogin | LoginRefused:
    adapter = OpenIdConnect(broker)
    departure = adapter.depart(level=AssuranceLevel.LOW, callback=CALLBACK, now=NOW)
    assert isinstance(departure, Departure)
    memory: dict[str, Any] = departure.memory
    liar.nonce, liar.claims = memory["nonce"], claims
    return adapter.arrive(answer={"code": "the code"}, memory=memory, callback=CALLBACK, now=NOW)


def test_it_knows_who_logged_in_for_which_organisation(liar: LyingBroker) -> None:
    assert log_in(liar, MARIJKE) == MemberLogin(
        identifier=Pseudonym("SST-6F1C20"),
        organisation=KvkNumber("00110019"),
        establishment=None,
        assurance=AssuranceLevel.SUBSTANTIAL,
        auth_time=NOW,
        adapter="eherkenning",
    )


def test_it_knows_for_which_establishment(liar: LyingBroker) -> None:
    login = log_in(liar, {**MARIJKE, ESTABLISHMENT: "000011001902"})
    assert isinstance(login, MemberLogin)
    assert login.establishment == "000011001902"


def test_it_prints_no_pseudonym(liar: LyingBroker) -> None:
    assert "SST-6F1C20" not in repr(log_in(liar, MARIJKE))


@pytest.mark.parametrize(
    "claims",
    [
        {KVK: None},
        {KVK: ""},
        {KVK: "1234567"},
        {KVK: "123456789"},
        {KVK: "00110019\n"},
        {KVK: " 00110019"},
        {KVK: 12345678},
        {KVK: ["00110019", "00220027"]},
        {KVK: {"nl": "00110019"}},
        {PSEUDONYM: None},
        {PSEUDONYM: ""},
        {PSEUDONYM: "   "},
        {PSEUDONYM: 123},
        {PSEUDONYM: ["SST-6F1C20"]},
        {PSEUDONYM: "SST-6F1C20\n"},
        {PSEUDONYM: "SST\x006F1C20"},
        {PSEUDONYM: "SST\u200b-6F1C20"},
        {PSEUDONYM: "\u202eSST-6F1C20"},
        {PSEUDONYM: "x" * 257},
        {"namequalifier": None},
        {"namequalifier": ""},
        {"namequalifier": "urn:etoegang:1.9:EntityConcernedID:RSIN"},
        {"namequalifier": "urn:etoegang:1.9:entityconcernedid:kvknr"},
        {"namequalifier": ["urn:etoegang:1.9:EntityConcernedID:KvKnr"]},
        {ESTABLISHMENT: ""},
        {ESTABLISHMENT: "12345"},
        {ESTABLISHMENT: 123456789012},
        {ESTABLISHMENT: ["000011001902"]},
    ],
    ids=ascii,
)
def test_it_does_not_trust_a_token_that(liar: LyingBroker, claims: Claims) -> None:
    assert log_in(liar, {**MARIJKE, **claims}) == REFUSED


@pytest.mark.parametrize("acr", [None, "", f"{CLASS}loa1", f"{CLASS}loa2", f"{CLASS}loa5", f"{CLASS}LOA3", 3], ids=str)
def test_it_knows_no_level_that_is_too_low_or_unknown(liar: LyingBroker, acr: object) -> None:
    assert log_in(liar, {**MARIJKE, "acr": acr}) == LoginRefused(LoginReason.NO_LEVEL)


@pytest.mark.parametrize("bsn", [BSNS["anna"].digits, "nonsense", 1, ["999990019"]], ids=str)
def test_it_never_reads_a_bsn_of_a_broker_for_members(liar: LyingBroker, bsn: object) -> None:
    assert log_in(liar, {**MARIJKE, "bsn": bsn}) == log_in(liar, MARIJKE)


def test_it_takes_nobody_for_a_member_who_only_has_a_bsn(liar: LyingBroker) -> None:
    assert log_in(liar, {"acr": f"{CLASS}loa3", "bsn": BSNS["anna"].digits}) == REFUSED


def test_it_makes_no_member_of_a_person_whose_broker_says_an_organisation(liar: LyingBroker) -> None:
    login = log_in(liar, {**MARIJKE, "acr": "midden", "bsn": BSNS["anna"].digits}, broker=BROKER)
    assert login == PersonLogin(Bsn("999990019"), AssuranceLevel.LOW, NOW, "digid")


def test_it_takes_nobody_for_a_person_who_only_has_an_organisation(liar: LyingBroker) -> None:
    assert log_in(liar, {**MARIJKE, "acr": "midden"}, broker=BROKER) == REFUSED


def test_it_does_not_know_the_levels_of_the_other_kind(liar: LyingBroker) -> None:
    unknown = LoginRefused(LoginReason.NO_LEVEL)
    assert log_in(liar, {**MARIJKE, "acr": "midden"}) == unknown
    assert log_in(liar, {"acr": f"{CLASS}loa3"}, broker=BROKER) == unknown


def test_it_can_do_without_a_name_qualifier_where_the_operator_says_so(liar: LyingBroker) -> None:
    strict = brokers.first(kind=LoginKind.MEMBER)
    lenient = replace(strict, claims=MemberClaims(name_qualifier=None))
    with clock.frozen(NOW):
        assert isinstance(arrive(lenient, liar, {**MARIJKE, "namequalifier": None}), MemberLogin)
        assert arrive(strict, liar, {**MARIJKE, "namequalifier": None}) == REFUSED


def test_it_logs_nothing_of_what_it_does_not_trust(liar: LyingBroker) -> None:
    with capture_logs() as lines:
        log_in(liar, {**MARIJKE, KVK: "00110019-wrong", ESTABLISHMENT: "wrong-too"})
    assert lines
    assert not {"00110019", "SST-6F1C20", "wrong"} & set(re.split(r"\W", str(lines)))
