"""Changing a portal with two operators, and stopping one at once."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.lib.ids import new_id
from namens.outbox.models import Kind, OutboxRow
from namens.services.actions import (
    approve_change,
    approve_portal,
    propose_change,
    propose_portal,
    refuse_change,
    refuse_portal,
    terms_of,
    what_changes,
    withdraw_portal,
)
from namens.services.actions.portals import secret_digests
from namens.services.models import Portal, PortalChange, Service, Status
from namens.services.profiles import Authentication, Binding, Profile
from namens.services.refusals import ServiceReason, ServiceRefused
from tests.people import NOW, portal, portal_terms

pytestmark = pytest.mark.usefixtures("catalogue")
SECRET, OTHER_SECRET = "s" * 32, "t" * 32
EVIL = "https://kwaad.example/terug"


def propose(held: Portal, *, by: str = "olga", **other: Any) -> PortalChange:  # noqa: ANN401 - any term
    terms = replace(terms_of(held), **other)
    return propose_change(portal=held.id, terms=terms, by=by, channel=Channel.PAGES, now=NOW)


def approve(change: PortalChange, *, by: str = "otto") -> Portal:
    return approve_change(change=change.id, by=by, channel=Channel.PAGES, now=NOW)


def refuse(change: PortalChange, *, by: str = "otto") -> None:
    refuse_change(change=change.id, by=by, channel=Channel.PAGES, now=NOW)


def withdraw(held: Portal | UUID, *, by: str = "olga") -> None:
    named = held.id if isinstance(held, Portal) else held
    withdraw_portal(portal=named, by=by, channel=Channel.PAGES, now=NOW)


def compat() -> Portal:
    terms = replace(
        portal_terms("oud"), profile=Profile.COMPAT, authentication=Authentication.SECRET, secret=SECRET, jwks={}
    )
    propose_portal(terms=terms, by="olga", now=NOW)
    return approve_portal(client_id="oud", by="otto", now=NOW)


def reason_of(refused: pytest.ExceptionInfo[ServiceRefused]) -> ServiceReason:
    return refused.value.reason


def test_it_changes_nothing_before_another_operator_agreed() -> None:
    held = portal()
    propose(held, redirect_uris=(EVIL,))
    assert Portal.objects.get().redirect_uris == held.redirect_uris


def test_it_changes_all_that_was_proposed_once_another_operator_agreed() -> None:
    held = portal()
    acts, uris = ({"key": "gezien", "name": "Gezien"},), ("https://a.example/1", "https://a.example/2")
    other: dict[str, Any] = {"name": "Anders", "redirect_uris": uris, "acts": acts, "token_binding": Binding.PROOF}
    approve(propose(held, **other, services=("inkomstenbelasting",), receives_names=True))
    now = Portal.objects.get()
    assert (now.name, now.redirect_uris, now.acts) == ("Anders", list(uris), list(acts))
    assert (now.token_binding, now.receives_names) == (Binding.PROOF, True)
    assert [service.key for service in now.services.all()] == ["inkomstenbelasting"]
    assert (now.client_id, now.sector, now.id) == (held.client_id, held.sector, held.id)


def test_it_refuses_the_operator_who_proposed_the_change() -> None:
    held = portal()
    change = propose(held, redirect_uris=(EVIL,))
    with pytest.raises(ServiceRefused) as refused:
        approve(change, by="olga")
    assert reason_of(refused) is ServiceReason.SECOND_OPERATOR
    assert Portal.objects.get().redirect_uris == held.redirect_uris


def test_it_is_refused_by_the_database_too() -> None:
    change = propose(portal(), name="Anders")
    with pytest.raises(IntegrityError), transaction.atomic():
        PortalChange.objects.filter(id=change.id).update(status=Status.APPROVED, decided_by="olga", decided_at=NOW)


@pytest.mark.parametrize("name", ["client_id", "sector"])
def test_it_never_changes_by_what_people_are_known(name: str) -> None:
    held = portal()
    with pytest.raises(ServiceRefused) as refused:
        propose(held, **{name: "anders"})
    assert reason_of(refused) is ServiceReason.NEVER_CHANGES


def test_it_takes_one_change_at_a_time() -> None:
    held = portal()
    first = propose(held, name="Anders")
    with pytest.raises(ServiceRefused) as refused:
        propose(held, by="otto", name="Nog anders")
    assert reason_of(refused) is ServiceReason.CHANGE_OPEN
    refuse(first, by="olga")
    approve(propose(held, name="Nog anders"))
    assert Portal.objects.get().name == "Nog anders"


def test_it_refuses_terms_that_cannot_be() -> None:
    held = portal()
    with pytest.raises(ServiceRefused) as refused:
        propose(held, profile=Profile.FAPI)
    assert reason_of(refused) is ServiceReason.CREDENTIAL_WRONG
    assert not PortalChange.objects.exists()


def test_it_refuses_a_change_that_changes_nothing() -> None:
    with pytest.raises(ServiceRefused) as refused:
        propose(portal())
    assert reason_of(refused) is ServiceReason.NOTHING_CHANGED


def test_it_refuses_a_change_of_what_is_not_there_or_not_let_in_yet() -> None:
    waiting = propose_portal(terms=portal_terms("wacht"), by="olga", now=NOW)
    for named in (waiting.id, new_id()):
        with pytest.raises(ServiceRefused) as refused:
            propose_change(portal=named, terms=portal_terms("wacht"), by="otto", channel=Channel.PAGES, now=NOW)
        assert reason_of(refused) is ServiceReason.UNKNOWN_PORTAL


def test_it_looks_at_the_terms_again_when_they_begin_to_hold() -> None:
    held = portal()
    change = propose(held, services=("inkomstenbelasting",))
    Service.objects.filter(key="inkomstenbelasting").update(active=False)
    with pytest.raises(ServiceRefused) as refused:
        approve(change)
    assert reason_of(refused) is ServiceReason.UNKNOWN_SERVICE
    assert PortalChange.objects.get().status == Status.PROPOSED


@pytest.mark.parametrize("decide", [approve, refuse])
def test_it_is_decided_once(decide: Any) -> None:  # noqa: ANN401 - a verb
    change = propose(portal(), name="Anders")
    refuse(change)
    with pytest.raises(ServiceRefused) as refused:
        decide(change)
    assert reason_of(refused) is ServiceReason.NOT_PROPOSED
    assert Portal.objects.get().name != "Anders"


def test_it_keeps_the_secret_when_no_new_one_is_given() -> None:
    held = compat()
    approve(propose(held, name="Anders"))
    assert Portal.objects.get().secret_digest in secret_digests(SECRET)


def test_it_keeps_a_new_secret_as_a_digest_only() -> None:
    held = compat()
    change = propose(held, secret=OTHER_SECRET)
    kept = PortalChange.objects.get()
    assert OTHER_SECRET not in f"{kept.terms} {kept.before} {kept.secret_digest}"
    assert what_changes(change) == ["secret"]
    assert Portal.objects.get().secret_digest in secret_digests(SECRET)
    approve(change)
    assert Portal.objects.get().secret_digest in secret_digests(OTHER_SECRET)


def test_it_forgets_the_secret_of_a_portal_that_gets_keys() -> None:
    held = compat()
    strict = portal_terms("x")
    approve(propose(held, profile=Profile.NLGOV, authentication=Authentication.PRIVATE_KEY, jwks=strict.jwks))
    assert Portal.objects.get().secret_digest == ""


def test_it_wants_a_secret_of_a_portal_that_had_keys() -> None:
    with pytest.raises(ServiceRefused) as refused:
        propose(portal(), profile=Profile.COMPAT, authentication=Authentication.SECRET, jwks={})
    assert reason_of(refused) is ServiceReason.CREDENTIAL_WRONG


def test_it_stops_a_portal_at_once_with_the_change_that_waited() -> None:
    held = portal()
    propose(held, redirect_uris=(EVIL,))
    withdraw(held)
    now = Portal.objects.get()
    assert (now.status, now.withdrawn_by, now.withdrawn_at) == (Status.WITHDRAWN, "olga", NOW)
    assert PortalChange.objects.get().status == Status.WITHDRAWN
    assert OutboxRow.objects.get(kind=Kind.PORTAL_CHANGED).payload == {"portal": str(held.id)}


def test_it_stops_no_portal_twice_nor_one_that_waits() -> None:
    held = portal()
    waiting = propose_portal(terms=portal_terms("wacht"), by="olga", now=NOW)
    withdraw(held)
    for named in (held.id, waiting.id, new_id()):
        with pytest.raises(ServiceRefused) as refused:
            withdraw(named)
        assert reason_of(refused) is ServiceReason.UNKNOWN_PORTAL


def test_it_lets_a_stopped_portal_come_back_with_two_operators() -> None:
    held = portal()
    withdraw(held)
    change = propose(held)
    assert Portal.objects.get().status == Status.WITHDRAWN
    with pytest.raises(ServiceRefused):
        approve(change, by="olga")
    approve(change)
    now = Portal.objects.get()
    assert (now.status, now.withdrawn_by, now.withdrawn_at) == (Status.APPROVED, "", None)


@pytest.mark.parametrize("by", ["olga", "otto"])
def test_it_leaves_the_name_free_of_a_proposal_that_was_turned_down(by: str) -> None:
    propose_portal(terms=portal_terms(), by="olga", now=NOW)
    refuse_portal(client_id="mijn-toeslagen-portaal", by=by, now=NOW)
    assert portal().status == Status.APPROVED


def test_it_turns_down_no_portal_that_is_in_use() -> None:
    held = portal()
    with pytest.raises(ServiceRefused) as refused:
        refuse_portal(client_id=held.client_id, by="otto", now=NOW)
    assert reason_of(refused) is ServiceReason.NOT_PROPOSED
    assert Portal.objects.exists()


def test_it_writes_who_changed_what_and_never_how() -> None:
    held = portal()
    approve(propose(held, redirect_uris=(EVIL,), name="Anders"))
    refuse(propose(held, name="Weer anders"))
    withdraw(held)
    entries = JournalEntry.objects.filter(portal=held.id, channel=Channel.PAGES).order_by("id")
    told = [(entry.event, entry.details["operator"]) for entry in entries]
    assert told == [
        (Event.PORTAL_CHANGE_PROPOSED, "olga"),
        (Event.PORTAL_CHANGE_APPROVED, "otto"),
        (Event.PORTAL_CHANGE_PROPOSED, "olga"),
        (Event.PORTAL_CHANGE_REFUSED, "otto"),
        (Event.PORTAL_WITHDRAWN, "olga"),
    ]
    assert entries[0].details["what"] == ["name", "redirect_uris"]
    assert "kwaad" not in str([entry.details for entry in entries])


@pytest.mark.parametrize(
    "other", [{"name": ""}, {"name": "x" * 65}, {"name": "a\nb"}, {"bsn_legal_basis": "x" * 301}, {"sector": " "}]
)
def test_it_refuses_a_text_that_does_not_fit(other: dict[str, Any]) -> None:
    with pytest.raises(ServiceRefused) as refused:
        propose_portal(terms=replace(portal_terms(), **other), by="olga", now=NOW)
    assert (reason_of(refused), refused.value.detail) == (ServiceReason.TERM_WRONG, next(iter(other)))


@pytest.mark.parametrize("client_id", ["", "a b", "a\n", "p\u043ertaal", "x" * 61])
def test_it_refuses_a_client_id_that_no_client_can_send(client_id: str) -> None:
    with pytest.raises(ServiceRefused) as refused:
        propose_portal(terms=replace(portal_terms(), client_id=client_id), by="olga", now=NOW)
    assert (reason_of(refused), refused.value.detail) == (ServiceReason.TERM_WRONG, "client_id")
