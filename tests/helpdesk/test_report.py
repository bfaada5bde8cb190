"""Reports by telephone, and the second agent who finds a case by its number."""

from datetime import timedelta

import pytest

from namens.helpdesk import actions, reports
from namens.helpdesk.models import Call, Caller, LookUp, Outcome
from namens.helpdesk.refusals import CallerRefusal, CallRefused
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import friendly
from namens.mandates.cases import SYMBOLS, SoundCaseNumber, parse_case_number
from namens.mandates.models import Mandate, Report, ReportKind
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import EndReason, State
from namens.parties.models import Party
from namens.signin.models import Staff
from namens.signin.staff import accounts
from tests.asking import requested
from tests.helpdesk.calling import call as look_up
from tests.helpdesk.calling import found
from tests.people import NOW, active, give, of
from tests.staff import make_agent


@pytest.fixture
def call(catalogue: None, hester: Staff, anna: Party) -> Call:  # noqa: ARG001 - asked for its effect
    """Anna calls, and Hester found her."""
    return found(hester)


@pytest.fixture
def mandate(call: Call, anna: Party, bram: Party) -> Mandate:
    """Bram helps Anna."""
    assert call.party_id == anna.id
    return active(anna, bram)


def take(call: Call, mandate: Mandate, kind: ReportKind = ReportKind.UNWANTED) -> None:
    """Take a report."""
    reports.report(call=call, mandate=mandate.id, kind=kind, now=NOW)


def proposed(call: Call, mandate: Mandate) -> SoundCaseNumber:
    """Take a report, propose to let the mandate go on, and give the case number."""
    take(call, mandate)
    return parse_case_number(reports.propose(call=call, mandate=mandate.id, now=NOW))


def opened(agent: Staff, number: SoundCaseNumber) -> Call:
    """Give the case as a second agent opens it."""
    case = actions.find_case(agent=agent, number=number, now=NOW)
    assert isinstance(case, Call)
    return case


@pytest.mark.parametrize("kind", [ReportKind.UNWANTED, ReportKind.UNKNOWN_PERSON])
def test_it_stops_a_mandate_at_once(call: Call, mandate: Mandate, kind: ReportKind) -> None:
    take(call, mandate, kind)
    assert of(mandate).state == State.SUSPENDED
    assert JournalEntry.objects.get(event=Event.MANDATE_REPORTED).actor == call.staff_id


def test_it_stops_nothing_for_a_spelling_error(call: Call, mandate: Mandate) -> None:
    take(call, mandate, ReportKind.SPELLING)
    assert of(mandate).state == State.ACTIVE


def test_it_takes_the_same_report_once_in_a_call(call: Call, mandate: Mandate) -> None:
    for _ in range(2):
        take(call, mandate)
    assert Report.objects.count() == 1


def test_it_says_no_to_what_only_waits(call: Call, anna: Party, carla: Party) -> None:
    waiting = requested(anna, carla)
    for _ in range(2):
        take(call, waiting, ReportKind.UNKNOWN_PERSON)
    assert of(waiting).end_reason == EndReason.DECLINED
    assert Report.objects.count() == 1


def test_it_offers_only_reports_that_can_be_taken(call: Call, mandate: Mandate, anna: Party, carla: Party) -> None:
    assert reports.kinds_for(mandate) == list(ReportKind)
    assert ReportKind.SPELLING not in reports.kinds_for(requested(anna, carla))
    assert reports.kinds_for(give(anna, carla).mandate) == []
    actions.stop(call=call, mandate=mandate.id, now=NOW)
    assert reports.kinds_for(of(mandate)) == []


@pytest.mark.parametrize("who", ["bram", "dirk"])
def test_it_takes_no_report_and_no_proposal_from_anybody_else(
    call: Call, hester: Staff, mandate: Mandate, dirk: Party, who: str
) -> None:
    other = found(hester, who)
    assert dirk.id != call.party_id
    for act in (
        lambda: take(other, mandate),
        lambda: reports.propose(call=other, mandate=mandate.id, now=NOW),
    ):
        with pytest.raises(MandateRefused):
            act()
    assert of(mandate).state == State.ACTIVE
    take(call, mandate)
    with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
        reports.propose(call=other, mandate=mandate.id, now=NOW)


def test_it_does_nothing_once_the_call_is_over(call: Call, mandate: Mandate) -> None:
    actions.hang_up(call=call, now=NOW)
    for act in (lambda: take(call, mandate), lambda: reports.propose(call=call, mandate=mandate.id, now=NOW)):
        with pytest.raises(CallRefused, match=CallerRefusal.CALL_OVER):
            act()
    assert of(mandate).state == State.ACTIVE


def test_it_lets_a_second_agent_find_the_case_and_agree(call: Call, mandate: Mandate, karim: Staff) -> None:
    case = opened(karim, proposed(call, mandate))
    assert (case.caller, case.mandates, case.party_id) == (Caller.COLLEAGUE, [str(mandate.id)], call.party_id)
    entry = JournalEntry.objects.filter(event=Event.CALLER_LOOKED_UP).latest("id")
    assert (entry.actor, entry.subject, entry.mandate) == (karim.id, call.party_id, mandate.id)
    reports.agree(call=case, now=NOW)
    assert of(mandate).state == State.ACTIVE
    with pytest.raises(CallRefused, match=CallerRefusal.CALL_OVER):
        reports.refuse(call=case, now=NOW)


def test_it_lets_a_second_agent_refuse(call: Call, mandate: Mandate, karim: Staff) -> None:
    number = proposed(call, mandate)
    reports.refuse(call=opened(karim, number), now=NOW)
    assert of(mandate).state == State.SUSPENDED
    assert actions.find_case(agent=karim, number=number, now=NOW) == CallerRefusal.NO_MATCH


def test_it_tells_the_first_agent_that_a_colleague_must_do_it(call: Call, mandate: Mandate, hester: Staff) -> None:
    number = proposed(call, mandate)
    for _ in range(5):
        assert actions.find_case(agent=hester, number=number, now=NOW) == CallerRefusal.OWN_PROPOSAL
    assert not LookUp.objects.filter(outcome=Outcome.MISSED).exists()


def test_it_refuses_the_first_agent_also_in_a_case_that_was_open(
    call: Call, mandate: Mandate, hester: Staff, karim: Staff
) -> None:
    first = opened(karim, proposed(call, mandate))
    reports.refuse(call=opened(make_agent("Third"), parse_case_number(Report.objects.get().case_number)), now=NOW)
    reports.propose(call=found(karim), mandate=mandate.id, now=NOW)
    with pytest.raises(MandateRefused, match=MandateReason.SECOND_AGENT):
        reports.agree(call=first, now=NOW)
    assert of(mandate).state == State.SUSPENDED
    reports.agree(call=opened(hester, parse_case_number(Report.objects.get().case_number)), now=NOW)
    assert of(mandate).state == State.ACTIVE


def test_it_counts_wrong_numbers_as_look_ups(call: Call, mandate: Mandate, karim: Staff) -> None:
    number = proposed(call, mandate)
    wrong = SoundCaseNumber(next(one for one in iter(lambda: friendly.generate(SYMBOLS), "") if one != number))
    for _ in range(3):
        assert actions.find_case(agent=karim, number=wrong, now=NOW) == CallerRefusal.NO_MATCH
    assert actions.find_case(agent=karim, number=number, now=NOW) == CallerRefusal.PAUSED
    assert look_up(karim) == CallerRefusal.PAUSED


def test_it_does_nothing_else_in_a_case(call: Call, mandate: Mandate, karim: Staff) -> None:
    case = opened(karim, proposed(call, mandate))
    with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
        actions.stop(call=case, mandate=mandate.id, now=NOW)
    with pytest.raises(CallRefused, match=CallerRefusal.CALL_OVER):
        take(case, mandate)


def test_it_answers_nothing_in_a_call_with_the_client(call: Call, mandate: Mandate) -> None:
    proposed(call, mandate)
    for answer in (reports.agree, reports.refuse):
        with pytest.raises(CallRefused, match=CallerRefusal.CALL_OVER):
            answer(call=call, now=NOW)


def test_it_answers_nothing_after_half_an_hour_or_with_an_ended_account(
    call: Call, mandate: Mandate, karim: Staff
) -> None:
    case = opened(karim, proposed(call, mandate))
    with pytest.raises(CallRefused, match=CallerRefusal.CALL_OVER):
        reports.agree(call=case, now=NOW + timedelta(minutes=30))
    accounts.end(email=karim.email, by="olga", now=NOW)
    with pytest.raises(CallRefused, match=CallerRefusal.CALL_OVER):
        reports.agree(call=case, now=NOW)
    assert of(mandate).state == State.SUSPENDED
