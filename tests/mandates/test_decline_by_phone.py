"""No, by telephone: in the client's name, with a report, and silent for the helper."""

import pytest

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.mandates.actions import decline_by_phone, withdraw
from namens.mandates.models import Mandate, MandateRequest, Report, ReportKind
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import EndReason, State
from namens.parties.models import Party
from tests.asking import requested
from tests.people import NOW, active, give, of

AGENT = Party().id


@pytest.fixture
def waiting(anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """Bram asked, and it waits for Anna."""
    return requested(anna, bram)


def decline(mandate: Mandate, caller: Party, *, kind: ReportKind = ReportKind.UNKNOWN_PERSON) -> None:
    """Say no by telephone."""
    decline_by_phone(mandate=mandate.id, caller=caller, kind=kind, agent=AGENT, now=NOW)


@pytest.mark.parametrize("kind", [ReportKind.UNWANTED, ReportKind.UNKNOWN_PERSON])
def test_it_ends_what_waits_and_opens_a_case(waiting: Mandate, anna: Party, kind: ReportKind) -> None:
    decline(waiting, anna, kind=kind)
    assert (of(waiting).state, of(waiting).end_reason) == (State.ENDED, EndReason.DECLINED)
    assert (Report.objects.get().kind, Report.objects.get().reported_by) == (kind, AGENT)
    for event in (Event.MANDATE_DECLINED, Event.MANDATE_REPORTED):
        entry = JournalEntry.objects.get(event=event)
        assert (entry.actor, entry.subject, entry.channel) == (AGENT, anna.id, Channel.HELPDESK)


def test_it_refuses_dirk_and_the_helper(waiting: Mandate, bram: Party, dirk: Party) -> None:
    for caller in (bram, dirk):
        with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
            decline(waiting, caller)
    assert of(waiting).state == State.REQUESTED


def test_it_refuses_what_does_not_wait_for_a_yes(anna: Party, bram: Party, carla: Party, waiting: Mandate) -> None:
    running, given = active(anna, carla), give(anna, carla).mandate
    for mandate in (running, given):
        with pytest.raises(MandateRefused, match=MandateReason.NOT_POSSIBLE):
            decline(mandate, anna)
    with pytest.raises(MandateRefused, match=MandateReason.NOT_POSSIBLE):
        decline(waiting, anna, kind=ReportKind.SPELLING)
    withdraw(asked=MandateRequest.objects.get(mandate=waiting).id, by=bram, now=NOW)
    with pytest.raises(MandateRefused, match=MandateReason.NOT_POSSIBLE):
        decline(waiting, anna)
    assert not Report.objects.exists()
