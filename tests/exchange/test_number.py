"""Events of a portal are numbered without a gap, and of one thing only the oldest has to leave."""

import pytest
from django.db import transaction

from namens.exchange.models import PortalEvent
from namens.exchange.stream import Draft, EventKind, OutsideTransaction, append, hold, put_next
from namens.lib.ids import new_id
from namens.outbox.models import Kind, OutboxRow
from namens.services.models import Portal
from tests.api.machine import Machine, machine
from tests.people import NOW

ONE, OTHER = new_id(), new_id()


def hearing(portal: Machine) -> Portal:
    Portal.objects.filter(id=portal.portal.id).update(events_uri="https://portaal.example/gebeurtenissen")
    return Portal.objects.get(id=portal.portal.id)


def drafts(*about: object) -> list[Draft]:
    return [Draft(ONE if one == "one" else OTHER, EventKind.CHANGED, {}) for one in about]


def to_leave() -> list[str]:
    rows = OutboxRow.objects.filter(kind=Kind.PORTAL_EVENT, settled_at__isnull=True)
    return [row.payload["event"] for row in rows.order_by("id")]


def test_it_counts_for_each_portal(portal: Machine) -> None:
    other = machine("ander")
    with transaction.atomic():
        append(portal.portal, drafts("one", "other"), now=NOW)
        append(other.portal, drafts("one"), now=NOW)
        append(portal.portal, drafts("one"), now=NOW)
    assert list(PortalEvent.objects.filter(portal=portal.portal).values_list("number", flat=True)) == [1, 2, 3]
    assert list(PortalEvent.objects.filter(portal=other.portal).values_list("number", flat=True)) == [1]


def test_it_lets_one_event_about_one_thing_leave(portal: Machine) -> None:
    hears = hearing(portal)
    with transaction.atomic():
        first, second = append(hears, drafts("one", "one"), now=NOW)
        (third,) = append(hears, drafts("other"), now=NOW)
    assert to_leave() == [str(first.id), str(third.id)]
    with transaction.atomic():
        hold(hears.id)
        PortalEvent.objects.filter(id=first.id).update(delivered_at=NOW)
        put_next(first, now=NOW)
    assert to_leave() == [str(first.id), str(third.id), str(second.id)]


def test_it_sends_nothing_to_a_portal_without_an_address(portal: Machine) -> None:
    with transaction.atomic():
        append(portal.portal, drafts("one"), now=NOW)
    assert to_leave() == []


@pytest.mark.django_db(transaction=True)
def test_it_writes_nothing_outside_a_transaction(catalogue: None, signing_keys: None) -> None:  # noqa: ARG001 - for effect
    with pytest.raises(OutsideTransaction):
        append(machine().portal, drafts("one"), now=NOW)
