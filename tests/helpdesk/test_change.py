"""Stopping and shortening for a client who calls: the agent acts, the journal says so, portals hear it."""

from datetime import date

import pytest

from namens.helpdesk import actions
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.mandates.models import MandateService
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import EndReason, State
from namens.outbox.models import OutboxRow
from namens.parties.models import Party
from namens.signin.models import Staff
from tests.helpdesk.calling import found
from tests.people import NOW, active, give, of, terms

pytestmark = pytest.mark.usefixtures("catalogue")
BOTH = ("mijn-toeslagen", "inkomstenbelasting")


def test_it_stops_a_mandate_in_the_name_of_the_agent(hester: Staff, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    actions.stop(call=found(hester), mandate=mandate.id, now=NOW)
    assert (of(mandate).state, of(mandate).end_reason) == (State.ENDED, EndReason.STOPPED_BY_HELPDESK)
    entry = JournalEntry.objects.get(event=Event.MANDATE_STOPPED)
    assert (entry.actor, entry.subject, entry.channel) == (hester.id, anna.id, "helpdesk")
    assert entry.details == {"reason": "stopped-by-helpdesk", "asked_by": "representee"}
    assert OutboxRow.objects.filter(payload={"mandate": str(mandate.id)}).exists()


def test_it_stops_one_service(hester: Staff, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(*BOTH))
    actions.stop(call=found(hester), mandate=mandate.id, now=NOW, service=BOTH[0])
    running = MandateService.objects.filter(mandate=mandate, stopped_at__isnull=True)
    assert [line.service.key for line in running] == [BOTH[1]]
    entry = JournalEntry.objects.get(event=Event.SERVICE_STOPPED)
    assert (entry.actor, entry.subject, entry.channel) == (hester.id, anna.id, "helpdesk")


def test_it_takes_back_a_mandate_that_waits(hester: Staff, anna: Party, bram: Party) -> None:
    mandate = give(anna, bram).mandate
    actions.stop(call=found(hester), mandate=mandate.id, now=NOW)
    assert of(mandate).end_reason == EndReason.WITHDRAWN
    assert JournalEntry.objects.get(event=Event.MANDATE_STOPPED).actor == hester.id


def test_it_brings_the_end_forward(hester: Staff, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    actions.shorten(call=found(hester), mandate=mandate.id, last_day=date(2026, 12, 1), now=NOW)
    assert of(mandate).last_day == date(2026, 12, 1)
    entry = JournalEntry.objects.get(event=Event.MANDATE_SHORTENED)
    assert (entry.actor, entry.subject, entry.channel) == (hester.id, anna.id, "helpdesk")


def test_it_never_makes_a_mandate_longer(hester: Staff, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    with pytest.raises(MandateRefused) as refused:
        actions.shorten(call=found(hester), mandate=mandate.id, last_day=date(2028, 1, 1), now=NOW)
    assert refused.value.reason == MandateReason.NOT_SHORTER


@pytest.mark.parametrize("who", ["bram", "dirk"])
def test_it_stops_nothing_that_another_gave(hester: Staff, anna: Party, bram: Party, dirk: Party, who: str) -> None:
    mandate = active(anna, bram)
    assert dirk.id not in {mandate.representee_id, mandate.representative_id}
    with pytest.raises(MandateRefused) as refused:
        actions.stop(call=found(hester, who), mandate=mandate.id, now=NOW)
    assert refused.value.reason == MandateReason.NOT_YOURS
    assert of(mandate).state == State.ACTIVE
