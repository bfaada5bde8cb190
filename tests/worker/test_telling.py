"""The worker writes down for portals what changed: each change once, in its order, whatever goes wrong in between."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import OperationalError

from namens.exchange.telling import tell_mandate
from namens.lib.ids import new_id
from namens.mandates.actions import leave_out, report, stop
from namens.mandates.changes import MandateChange
from namens.mandates.models import Mandate, ReportKind
from namens.organisations.actions import pause_licence
from namens.organisations.models import Licence
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.services.models import Portal
from namens.worker import Worker, telling
from tests.exchange.hearing import heard, hearing, kinds, used
from tests.faults import Kind as Fault
from tests.faults import failing
from tests.organisations.managing import mia
from tests.parallel import at_once
from tests.people import NOW, TODAY, active, terms
from tests.worker.portals import put
from tests.worker.working import work
from tests.working import licence, mandate_of, member, organisation

HOUR = timedelta(hours=1)
MOST_STATEMENTS = 80
TOLD = (Kind.MANDATE_CHANGED, Kind.LICENCE_CHANGED, Kind.EXCLUSION_CHANGED)


@pytest.fixture
def portals(catalogue: None) -> list[Portal]:  # noqa: ARG001 - asked for its effect
    """Two portals that listen, and hear of everything about *Mijn toeslagen*."""
    both = [hearing("een", "mijn-toeslagen"), hearing("twee", "mijn-toeslagen")]
    Portal.objects.update(events_uri="https://portaal.example/gebeurtenissen")
    return both


def waiting() -> int:
    """Give how many rows were not told yet."""
    return OutboxRow.objects.filter(kind__in=TOLD, settled_at__isnull=True).count()


def test_it_tells_within_a_turn(worker: Worker, anna: Party, bram: Party, portals: list[Portal]) -> None:
    mandate = active(anna, bram)
    stop(mandate=mandate.id, by=anna, now=NOW)
    worker.turn()
    assert [kinds(portal) for portal in portals] == [["machtiging.actief", "machtiging.gestopt"]] * 2
    assert waiting() == 0


def test_it_notes_the_day_after_that_a_mandate_is_over(
    worker: Worker, anna: Party, bram: Party, portals: list[Portal]
) -> None:
    active(anna, bram, what=terms("mijn-toeslagen", last_day=TODAY))
    for later in (HOUR, timedelta(days=1), timedelta(days=1, hours=1)):
        worker.upkeep_due = NOW + later
        work(worker, at=NOW + later)
    assert kinds(portals[0]) == ["machtiging.actief", "machtiging.beeindigd"]
    assert heard(portals[0])[-1].at == NOW + timedelta(days=1)


def test_it_goes_on_past_what_cannot_be_told(anna: Party, bram: Party, portals: list[Portal]) -> None:
    hopeless = put(Kind.LICENCE_CHANGED, member=str(new_id()))
    active(anna, bram)
    telling.turn()
    hopeless.refresh_from_db()
    assert (hopeless.settled_at, hopeless.last_problem) == (None, "DoesNotExist")
    assert hopeless.due_at > NOW
    assert len(heard(portals[0])) == 1


def of_mandate(anna: Party, bram: Party) -> list[str]:
    mandate = active(anna, bram)
    report(mandate=mandate.id, by=anna, kind=ReportKind.UNWANTED, now=NOW + HOUR)
    OutboxRow.objects.filter(kind=Kind.MANDATE_CHANGED).first().delete()  # type: ignore[union-attr]  # two are there
    return ["machtiging.actief", "machtiging.onderbroken"]


def of_member(anna: Party, _bram: Party) -> list[str]:
    sam = member(organisation())
    mandate_of(anna, sam.organisation)
    pause_licence(by=mia(), licence=licence(sam).id, version=Licence.objects.get().version, now=NOW)
    return ["licentie.gewijzigd"]


def of_exclusion(anna: Party, _bram: Party) -> list[str]:
    sam = member(organisation())
    mandate = mandate_of(anna, sam.organisation)
    used(mandate, Portal.objects.earliest("client_id"), by=sam.party)
    leave_out(mandate=mandate.id, member=sam.party_id, by=anna, now=NOW)
    return ["uitsluiting.gewijzigd"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", [of_mandate, of_member, of_exclusion])
def test_it_loses_and_doubles_nothing_at_whatever_statement_it_fails(
    anna: Party, bram: Party, portals: list[Portal], change: Callable[[Party, Party], list[str]]
) -> None:
    words = change(anna, bram)
    for number in range(1, MOST_STATEMENTS):
        with failing(at=number, kind=Fault.HICCUP) as fault, suppress(OperationalError):
            telling.turn()
        if not fault.struck:
            break
        assert {tuple(kinds(portal)) for portal in portals} in ({()}, {tuple(words)})
        assert (waiting() == 0) == (kinds(portals[0]) == words)
        OutboxRow.objects.filter(settled_at__isnull=True).update(leased_until=None, due_at=NOW - HOUR)
    assert [kinds(portal) for portal in portals] == [words, words]
    assert [[event.number for event in heard(portal)] for portal in portals] == [list(range(1, len(words) + 1))] * 2
    assert OutboxRow.objects.filter(kind=Kind.PORTAL_EVENT).count() == 2
    assert waiting() == 0


@pytest.mark.django_db(transaction=True)
def test_it_tells_once_when_several_come_at_one_moment(anna: Party, bram: Party, portals: list[Portal]) -> None:
    mandate = active(anna, bram)
    stop(mandate=mandate.id, by=anna, now=NOW)
    told = at_once([lambda: tell_mandate(mandate.id, now=NOW)] * 4)
    assert sorted(told) == [0, 0, 0, 2]
    assert [event.data["volgnummer"] for event in heard(portals[0])] == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_it_tells_in_order_while_things_happen(anna: Party, bram: Party, portals: list[Portal]) -> None:
    mandate = active(anna, bram)
    desk = [lambda: tell_mandate(mandate.id, now=NOW), lambda: suspend(mandate, anna)]
    at_once(desk)
    tell_mandate(mandate.id, now=NOW)
    assert [event.data["volgnummer"] for event in heard(portals[0])] == [1, 2]
    assert not MandateChange.objects.filter(told_at__isnull=True).exists()


def suspend(mandate: Mandate, anna: Party) -> int:
    report(mandate=mandate.id, by=anna, kind=ReportKind.UNWANTED, now=NOW + HOUR)
    return 0
