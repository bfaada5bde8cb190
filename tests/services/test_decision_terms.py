"""What a portal is registered for at the door that answers machines: two operators, and what holds without a word."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from namens.journal.events import Channel
from namens.lib.ids import new_id
from namens.services.actions import approve_change, propose_change, propose_portal, terms_of, what_changes
from namens.services.models import Portal, PortalChange, Status
from namens.services.refusals import ServiceReason, ServiceRefused
from tests.people import NOW, portal, portal_terms

BEFORE = [("services", "0005_portal_changes")]
NEW = ("gives_reasons", "journals_decisions")


def switches(held: Portal) -> tuple[bool, bool]:
    now = Portal.objects.get(id=held.id)
    return now.gives_reasons, now.journals_decisions


def propose(held: Portal, **other: Any) -> PortalChange:  # noqa: ANN401 - any term
    terms = replace(terms_of(held), **other)
    return propose_change(portal=held.id, terms=terms, by="olga", channel=Channel.PAGES, now=NOW)


@pytest.mark.usefixtures("catalogue")
def test_it_gives_reasons_and_journals_nothing_without_a_word() -> None:
    assert switches(portal()) == (True, False)


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("wanted", [(False, False), (True, True), (False, True)], ids=["silent", "kept", "both"])
def test_it_switches_with_two_operators_only(wanted: tuple[bool, bool]) -> None:
    held = portal()
    change = propose(held, **dict(zip(NEW, wanted, strict=True)))
    assert set(what_changes(change)) <= set(NEW)
    with pytest.raises(ServiceRefused, match=ServiceReason.SECOND_OPERATOR):
        approve_change(change=change.id, by="olga", channel=Channel.PAGES, now=NOW)
    assert switches(held) == (True, False)
    approve_change(change=change.id, by="otto", channel=Channel.PAGES, now=NOW)
    assert switches(held) == wanted


@pytest.mark.usefixtures("catalogue")
def test_it_takes_a_change_that_waited_since_before_there_were_these_terms() -> None:
    held = portal()
    change = propose(held, name="Anders")
    for terms in (change.before, change.terms):
        for name in NEW:
            del terms[name]
    change.save()
    assert what_changes(change) == ["name"]
    approve_change(change=change.id, by="otto", channel=Channel.PAGES, now=NOW)
    assert switches(held) == (True, False)


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("law", [" ", "   "], ids=["one", "three"])
def test_it_takes_no_law_of_blanks_for_searching(law: str) -> None:
    with pytest.raises(ServiceRefused, match=ServiceReason.TERM_WRONG):
        propose_portal(terms=replace(portal_terms(), search_basis=law), by="olga", now=NOW)


def up_to_date() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def a_row(kind: Any, client_id: str) -> None:  # noqa: ANN401 - a model as it was
    said = {"name": "Oud", "profile": "nlgov", "status": Status.PROPOSED, "representation": "both", "sector": "oud"}
    kind.objects.create(id=new_id(), client_id=client_id, proposed_by="olga", proposed_at=NOW, **said)


@pytest.mark.django_db(transaction=True)
def test_it_lets_portals_from_before_be_as_they_were_and_the_program_from_before_go_on() -> None:
    executor = MigrationExecutor(connection)
    try:
        executor.migrate(BEFORE)
        old = executor.loader.project_state(BEFORE).apps.get_model("services", "Portal")
        a_row(old, "van-eerder")
        up_to_date()
        a_row(old, "van-het-oude-programma")
    finally:
        up_to_date()
    found = dict(Portal.objects.values_list("client_id", "gives_reasons"))
    assert found == {"van-eerder": True, "van-het-oude-programma": True}
    assert not Portal.objects.filter(journals_decisions=True).exists()
