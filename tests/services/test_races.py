"""Operators who decide about one portal at the same moment."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.services.actions import approve_change, propose_change, refuse_change, terms_of, withdraw_portal
from namens.services.models import Portal, PortalChange, Status
from namens.services.refusals import ServiceReason, ServiceRefused
from tests.parallel import at_once
from tests.people import NOW, load_catalogue, portal

pytestmark = pytest.mark.django_db(transaction=True)
Outcome = ServiceReason | None


@pytest.fixture
def held(transactional_db: None) -> Portal:  # noqa: ARG001 - asked for its effect
    """A portal in a database that really commits."""
    load_catalogue()
    return portal()


def propose(held: Portal, *, name: str = "Anders") -> PortalChange:
    terms = replace(terms_of(held), name=name)
    return propose_change(portal=held.id, terms=terms, by="olga", channel=Channel.PAGES, now=NOW)


def tried(act: Callable[[], object]) -> Outcome:
    try:
        act()
    except ServiceRefused as refused:
        return refused.reason
    return None


def test_it_lets_one_of_many_approvals_count(held: Portal) -> None:
    change = propose(held)
    acts = [
        partial(tried, partial(approve_change, change=change.id, by=f"otto-{n}", channel=Channel.PAGES, now=NOW))
        for n in range(6)
    ]
    outcomes = at_once(acts)
    assert sorted(outcomes, key=str).count(None) == 1
    assert JournalEntry.objects.filter(event=Event.PORTAL_CHANGE_APPROVED).count() == 1


def test_it_keeps_one_of_many_proposals(held: Portal) -> None:
    outcomes = at_once([partial(tried, partial(propose, held, name=f"Naam {n}")) for n in range(6)])
    assert (outcomes.count(None), outcomes.count(ServiceReason.CHANGE_OPEN)) == (1, 5)


@pytest.mark.parametrize("_turn", range(4))
def test_it_leaves_no_portal_open_that_was_stopped_while_a_change_was_approved(held: Portal, _turn: int) -> None:
    change = propose(held)
    stop = partial(withdraw_portal, portal=held.id, by="oscar", channel=Channel.PAGES, now=NOW)
    agree = partial(approve_change, change=change.id, by="otto", channel=Channel.PAGES, now=NOW)
    assert at_once([partial(tried, stop), partial(tried, agree)])[0] is None
    assert Portal.objects.get().status == Status.WITHDRAWN


@pytest.mark.parametrize("_turn", range(4))
def test_it_takes_a_change_away_or_lets_it_hold_never_both(held: Portal, _turn: int) -> None:
    change = propose(held)
    drop = partial(refuse_change, change=change.id, by="olga", channel=Channel.PAGES, now=NOW)
    agree = partial(approve_change, change=change.id, by="otto", channel=Channel.PAGES, now=NOW)
    outcomes = at_once([partial(tried, drop), partial(tried, agree)])
    assert outcomes.count(None) == 1
    assert (Portal.objects.get().name == "Anders") == (PortalChange.objects.get().status == Status.APPROVED)
