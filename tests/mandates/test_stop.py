"""Stopping, at any moment."""

from datetime import timedelta
from functools import partial

import pytest

from namens.codes.refusals import CodeRefusal
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.ids import new_id
from namens.mandates import queries
from namens.mandates.actions import stop, try_code
from namens.mandates.decision import Permit, Question, Reason, Refusal, Representative
from namens.mandates.models import Mandate, MandateService
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.parties.models import Party
from namens.services.models import Portal
from tests.people import BSNS, LOW, NOW, TODAY, active, give, of, terms, told_portals

pytestmark = pytest.mark.usefixtures("catalogue")
BOTH = ("mijn-toeslagen", "inkomstenbelasting")


def refusal(mandate: Mandate, by: Party, *, service: str | None = None) -> MandateReason:
    before = (of(mandate).state, MandateService.objects.filter(stopped_at__isnull=True).count())
    with pytest.raises(MandateRefused) as refused:
        stop(mandate=mandate.id, by=by, now=NOW, service=service)
    assert (of(mandate).state, MandateService.objects.filter(stopped_at__isnull=True).count()) == before
    return refused.value.reason


@pytest.mark.parametrize(("who", "reason"), [("anna", "representee"), ("bram", "representative")])
def test_it_ends_the_mandate(who: str, reason: str, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(*BOTH))
    stop(mandate=mandate.id, by={"anna": anna, "bram": bram}[who], now=NOW)
    ended = of(mandate)
    assert (ended.state, ended.end_reason, ended.ended_at) == ("ended", f"stopped-by-{reason}", NOW)
    lines = MandateService.objects.filter(mandate=mandate)
    assert [(line.stopped_at, line.current) for line in lines] == [(NOW, None)] * 2


def test_it_works_from_the_next_question_on(anna: Party, bram: Party, toeslagen: Portal) -> None:
    mandate = active(anna, bram)
    question = Question(service="mijn-toeslagen", assurance=LOW)
    ask = partial(
        queries.decide_for,
        portal=toeslagen,
        representative=Representative(bram.id),
        representee=anna.id,
        question=question,
        at=NOW,
    )
    assert isinstance(ask(), Permit)
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert ask() == Refusal(Reason.STOPPED)


def test_it_writes_one_entry_and_tells_the_portals(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    stop(mandate=mandate.id, by=bram, now=NOW)
    entry = JournalEntry.objects.get(event=Event.MANDATE_STOPPED)
    assert (entry.actor, entry.subject, entry.mandate) == (bram.id, anna.id, mandate.id)
    row = told_portals().get()
    assert (row.kind, row.payload) == ("access-ended", {"mandate": str(mandate.id)})


def test_it_withdraws_one_that_waits_with_its_code(anna: Party, bram: Party) -> None:
    given = give(anna, bram)
    stop(mandate=given.mandate.id, by=anna, now=NOW)
    assert of(given.mandate).end_reason == "withdrawn"
    assert isinstance(try_code(code=given.code, bsn=BSNS["anna"], helper=bram, now=NOW), CodeRefusal)


def test_it_refuses_dirk(anna: Party, bram: Party, dirk: Party) -> None:
    mandate = active(anna, bram, what=terms(*BOTH))
    assert refusal(mandate, dirk) is MandateReason.NOT_YOURS
    assert refusal(mandate, dirk, service="mijn-toeslagen") is MandateReason.NOT_YOURS
    assert not told_portals().exists()


def test_it_refuses_everybody_but_the_client_while_an_open_code_waits(anna: Party, bram: Party) -> None:
    mandate = give(anna, None, what=terms(last_day=TODAY)).mandate
    assert refusal(mandate, bram) is MandateReason.NOT_YOURS


def test_it_does_not_know_a_mandate_that_is_not_there(anna: Party) -> None:
    with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
        stop(mandate=new_id(), by=anna, now=NOW)


def test_it_is_done_once(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert refusal(mandate, bram) is MandateReason.NOT_POSSIBLE
    assert (of(mandate).end_reason, told_portals().count()) == ("stopped-by-representee", 1)


def test_it_stops_one_service(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(*BOTH))
    stop(mandate=mandate.id, by=anna, now=NOW, service="mijn-toeslagen")
    lines = {line.service.key: line for line in MandateService.objects.select_related("service")}
    assert (lines["mijn-toeslagen"].stopped_at, lines["inkomstenbelasting"].stopped_at) == (NOW, None)
    assert (lines["mijn-toeslagen"].current, lines["inkomstenbelasting"].current) == (None, True)
    assert (of(mandate).state, told_portals().count()) == ("active", 1)
    assert JournalEntry.objects.get(event=Event.SERVICE_STOPPED).details == {"service": "mijn-toeslagen"}


def test_it_ends_the_mandate_with_the_last_service(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(*BOTH))
    for service in BOTH:
        stop(mandate=mandate.id, by=anna, now=NOW, service=service)
    assert (of(mandate).state, of(mandate).end_reason) == ("ended", "stopped-by-representee")


def test_it_writes_one_entry_for_the_last_service(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    stop(mandate=mandate.id, by=anna, now=NOW, service="mijn-toeslagen")
    written = JournalEntry.objects.filter(mandate=mandate.id, event__in=[Event.SERVICE_STOPPED, Event.MANDATE_STOPPED])
    assert [entry.event for entry in written] == [Event.MANDATE_STOPPED]


@pytest.mark.parametrize("service", ["aow-en-pensioen", "", "onbekend"])
def test_it_refuses_a_service_that_the_mandate_has_not(service: str, anna: Party, bram: Party) -> None:
    assert refusal(active(anna, bram), anna, service=service) is MandateReason.NOT_POSSIBLE


def test_it_refuses_a_service_twice(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(*BOTH))
    stop(mandate=mandate.id, by=anna, now=NOW, service="mijn-toeslagen")
    assert refusal(mandate, anna, service="mijn-toeslagen") is MandateReason.NOT_POSSIBLE


def test_it_lets_the_helper_stop_only_the_whole(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(*BOTH))
    assert refusal(mandate, bram, service="mijn-toeslagen") is MandateReason.NOT_YOURS


def test_it_goes_by_the_services_that_are_left_for_the_last_day(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(*BOTH))
    short = TODAY + timedelta(days=5)
    MandateService.objects.filter(service__key="inkomstenbelasting").update(last_day=short)
    stop(mandate=mandate.id, by=anna, now=NOW, service="mijn-toeslagen")
    assert of(mandate).last_day == short


def test_it_lets_the_client_give_again(anna: Party, bram: Party) -> None:
    stop(mandate=active(anna, bram).id, by=anna, now=NOW)
    assert active(anna, bram).state == "active"
