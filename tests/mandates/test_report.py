"""Something is wrong: what stops at once, who can let it go on, and what the helper does not learn."""

from datetime import timedelta
from uuid import uuid4

import pytest

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.assurance import AssuranceLevel
from namens.mandates.actions import agree_to_restore, propose_restore, report, report_by_phone, restore
from namens.mandates.decision import Permit, Question, Reason, Refusal, Representative
from namens.mandates.models import Mandate, Report, ReportKind, Suspension
from namens.mandates.queries import decide_for
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State
from namens.parties.models import Party, Person
from namens.services.models import Portal
from tests.asking import requested
from tests.people import NOW, active, give, of, told_portals

LATER = NOW + timedelta(hours=2)
QUESTION = Question(service="mijn-toeslagen", assurance=AssuranceLevel.SUBSTANTIAL)
FIRST, SECOND = uuid4(), uuid4()


@pytest.fixture
def mandate(anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """A mandate that runs."""
    return active(anna, bram)


@pytest.fixture
def wrong(mandate: Mandate, anna: Party) -> Mandate:
    """The same, after Anna said that she did not want it."""
    report(mandate=mandate.id, by=anna, kind=ReportKind.UNWANTED, now=NOW)
    return mandate


def test_it_stops_at_once_what_the_client_did_not_want(
    mandate: Mandate, toeslagen: Portal, anna: Party, bram: Party
) -> None:
    asked = {
        "portal": toeslagen,
        "representative": Representative(bram.id),
        "representee": anna.id,
        "question": QUESTION,
    }
    assert isinstance(decide_for(**asked, at=NOW), Permit)  # type: ignore[arg-type]  # one mapping for two calls
    report(mandate=mandate.id, by=anna, kind=ReportKind.UNWANTED, now=NOW)
    assert decide_for(**asked, at=NOW) == Refusal(Reason.SUSPENDED)  # type: ignore[arg-type]  # as above
    assert told_portals().get().payload == {"mandate": str(mandate.id)}


def test_it_opens_a_case_and_notes_since_when(wrong: Mandate, anna: Party) -> None:
    assert (of(wrong).state, of(wrong).suspended_at) == (State.SUSPENDED, NOW)
    case, suspension = Report.objects.get(), Suspension.objects.get()
    assert (case.kind, case.reported_by, case.closed_at) == ("unwanted", anna.id, None)
    assert (suspension.since, suspension.until) == (NOW, None)


@pytest.mark.parametrize("who", ["anna", "bram"])
def test_it_stops_nothing_for_a_name_that_is_spelt_wrong(mandate: Mandate, anna: Party, bram: Party, who: str) -> None:
    Person.objects.update(ask_again_at=LATER)
    report(mandate=mandate.id, by={"anna": anna, "bram": bram}[who], kind=ReportKind.SPELLING, now=NOW)
    assert of(mandate).state == State.ACTIVE
    assert set(Person.objects.values_list("ask_again_at", flat=True)) == {NOW}
    assert Report.objects.get().kind == "spelling"


def test_it_lets_no_helper_suspend(mandate: Mandate, bram: Party) -> None:
    with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
        report(mandate=mandate.id, by=bram, kind=ReportKind.UNWANTED, now=NOW)
    assert not Report.objects.exists()


@pytest.mark.parametrize("kind", list(ReportKind))
def test_it_refuses_dirk(wrong: Mandate, dirk: Party, kind: ReportKind) -> None:
    with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
        report(mandate=wrong.id, by=dirk, kind=kind, now=NOW)
    with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
        restore(mandate=wrong.id, by=dirk, now=NOW)
    with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
        report_by_phone(mandate=wrong.id, caller=dirk.id, kind=kind, agent=FIRST, now=NOW)
    with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
        propose_restore(mandate=wrong.id, caller=dirk.id, agent=FIRST, now=NOW)


@pytest.mark.usefixtures("catalogue")
def test_it_takes_no_report_about_what_does_not_run(anna: Party, bram: Party, carla: Party) -> None:
    for waiting in (give(anna, bram).mandate, requested(anna, carla)):
        with pytest.raises(MandateRefused, match=MandateReason.NOT_POSSIBLE):
            report(mandate=waiting.id, by=anna, kind=ReportKind.UNWANTED, now=NOW)


def test_it_opens_a_case_and_no_second_suspension_for_a_second_report(wrong: Mandate, anna: Party) -> None:
    report(mandate=wrong.id, by=anna, kind=ReportKind.UNWANTED, now=LATER)
    assert (Report.objects.count(), Suspension.objects.count(), of(wrong).suspended_at) == (2, 1, NOW)


def test_it_goes_on_when_the_client_alone_says_so(wrong: Mandate, anna: Party, bram: Party) -> None:
    with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
        restore(mandate=wrong.id, by=bram, now=LATER)
    restore(mandate=wrong.id, by=anna, now=LATER)
    assert (of(wrong).state, of(wrong).suspended_at) == (State.ACTIVE, None)
    assert (Suspension.objects.get().until, Report.objects.get().closed_at) == (LATER, LATER)


def test_it_takes_a_report_by_phone_from_an_agent(mandate: Mandate, anna: Party) -> None:
    report_by_phone(mandate=mandate.id, caller=anna.id, kind=ReportKind.UNWANTED, agent=FIRST, now=NOW)
    entry = JournalEntry.objects.get(event=Event.MANDATE_SUSPENDED)
    assert (of(mandate).state, entry.actor, entry.subject) == (State.SUSPENDED, FIRST, anna.id)


def test_it_restores_nothing_that_is_not_suspended(mandate: Mandate, anna: Party) -> None:
    with pytest.raises(MandateRefused, match=MandateReason.NOT_POSSIBLE):
        restore(mandate=mandate.id, by=anna, now=NOW)
    with pytest.raises(MandateRefused, match=MandateReason.NOT_POSSIBLE):
        propose_restore(mandate=mandate.id, caller=anna.id, agent=FIRST, now=NOW)
    with pytest.raises(MandateRefused, match=MandateReason.NOT_POSSIBLE):
        agree_to_restore(mandate=mandate.id, agent=SECOND, now=NOW)
