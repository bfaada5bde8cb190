"""Dit klopt niet, of a line: whose it is, what can be wrong, once, taken back, and answered by another agent."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from namens.helpdesk import actions, disputes, queries
from namens.helpdesk.lines import kinds_for
from namens.helpdesk.models import Answer, Caller, Dispute, DisputeKind
from namens.helpdesk.refusals import CallerRefusal, CallRefused, DisputeRefusal, DisputeRefused
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.ids import new_id
from namens.lib.limits import Limit
from namens.mandates.actions import report, stop
from namens.mandates.cases import SoundCaseNumber
from namens.mandates.models import Mandate, ReportKind
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.services.models import Portal
from namens.signin.models import Staff
from namens.signin.staff import accounts
from tests.helpdesk.disputing import acted, looked_up, opened, says, used
from tests.people import NOW, active
from tests.staff import make_agent

DAY = timedelta(days=1)


@pytest.fixture
def mandate(anna: Party, bram: Party, toeslagen: Portal) -> Mandate:  # noqa: ARG001 - asked for its effect
    """Bram helps Anna."""
    return active(anna, bram)


@pytest.fixture
def line(mandate: Mandate, toeslagen: Portal) -> JournalEntry:
    """Bram logged in for Anna."""
    return used(mandate, toeslagen)


@pytest.fixture
def act(mandate: Mandate, toeslagen: Portal) -> JournalEntry:
    """A portal reported what Bram did for Anna."""
    return acted(mandate, toeslagen)


def told() -> list[OutboxRow]:
    return list(OutboxRow.objects.filter(kind=Kind.LINE_DISPUTED))


def test_it_is_kept_with_a_journal_entry_and_a_number(anna: Party, line: JournalEntry) -> None:
    dispute = says(anna, line)
    assert (dispute.entry, dispute.party_id, dispute.is_open) == (line.id, anna.id, True)
    entry = JournalEntry.objects.get(event=Event.LINE_DISPUTED)
    assert (entry.actor, entry.subject, entry.result) == (anna.id, anna.id, "done")
    assert entry.details == {"entry": str(line.id), "kind": "not-done"}
    assert len(dispute.case_number) == 6
    assert told() == []


def test_it_puts_the_message_to_the_portal_with_a_reported_act(anna: Party, act: JournalEntry) -> None:
    says(anna, act)
    (row,) = told()
    assert row.payload == {"entry": str(act.id)}


@pytest.mark.parametrize("who", ["bram", "dirk", "carla"])
def test_it_refuses_the_helper_and_strangers(
    anna: Party, bram: Party, carla: Party, dirk: Party, line: JournalEntry, who: str
) -> None:
    other = {"bram": bram, "dirk": dirk, "carla": carla}[who]
    with pytest.raises(DisputeRefused, match=DisputeRefusal.NOT_YOUR_LINE):
        says(other, line)
    said = says(anna, line)
    with pytest.raises(DisputeRefused, match=DisputeRefusal.CLOSED):
        disputes.withdraw(entry=line.id, party=other, now=NOW)
    assert queries.disputes_of(other, [line.id]) == {}
    assert queries.dispute_of(other, entry=line.id) is None
    assert queries.disputes_of(anna, [line.id]) == {line.id: said}


def test_it_refuses_a_line_that_is_nowhere_or_in_no_overview(anna: Party) -> None:
    for entry in (new_id(), _registered(anna)):
        with pytest.raises(DisputeRefused, match=DisputeRefusal.NOT_YOUR_LINE):
            disputes.dispute(entry=entry, party=anna, kind=DisputeKind.WRONG, now=NOW)


def _registered(party: Party) -> UUID:
    return JournalEntry.objects.get(event=Event.PERSON_REGISTERED, subject=party.id).id


def test_it_offers_only_what_can_be_wrong_with_the_line(anna: Party, line: JournalEntry, hester: Staff) -> None:
    by_phone = looked_up(anna, hester)
    assert DisputeKind.DID_NOT_CALL not in kinds_for(line)
    assert kinds_for(by_phone) == [DisputeKind.DID_NOT_CALL, DisputeKind.WRONG]
    with pytest.raises(DisputeRefused, match=DisputeRefusal.NOT_YOUR_LINE):
        says(anna, by_phone, DisputeKind.NOT_DONE)


def test_it_is_one_dispute_in_two_tabs(anna: Party, act: JournalEntry) -> None:
    assert says(anna, act) == says(anna, act)
    with pytest.raises(DisputeRefused, match=DisputeRefusal.ALREADY_DISPUTED):
        says(anna, act, DisputeKind.UNWANTED)
    assert (Dispute.objects.count(), len(told())) == (1, 1)


def test_it_is_once_for_a_line_in_the_database_too(anna: Party, line: JournalEntry) -> None:
    says(anna, line)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.create(entry=line.id, party=anna, kind="wrong", case_number="BCDFGH", opened_at=NOW)


def test_it_can_be_taken_back_and_said_again(anna: Party, line: JournalEntry) -> None:
    says(anna, line)
    disputes.withdraw(entry=line.id, party=anna, now=NOW)
    assert queries.disputes_of(anna, [line.id]) == {}
    assert queries.open_disputes() == []
    with pytest.raises(DisputeRefused, match=DisputeRefusal.CLOSED):
        disputes.withdraw(entry=line.id, party=anna, now=NOW)
    again = says(anna, line, DisputeKind.WRONG)
    assert queries.open_disputes() == [again]
    results = JournalEntry.objects.filter(event=Event.LINE_DISPUTED).order_by("id").values_list("result", flat=True)
    assert list(results) == ["done", "withdrawn", "done"]


def test_it_stops_after_so_many_a_day_and_goes_on_the_next(
    anna: Party, mandate: Mandate, toeslagen: Portal, settings: Settings
) -> None:
    settings.DISPUTES = Limit(times=2, window=DAY)
    lines = [used(mandate, toeslagen) for _ in range(3)]
    for one in lines[:2]:
        says(anna, one)
        disputes.withdraw(entry=one.id, party=anna, now=NOW)
    with pytest.raises(DisputeRefused, match=DisputeRefusal.TOO_MANY):
        says(anna, lines[2])
    says(anna, lines[2], now=NOW + DAY)


def test_it_promises_an_answer_within_a_working_day(anna: Party, mandate: Mandate, toeslagen: Portal) -> None:
    christmas = datetime(2026, 12, 24, 9, tzinfo=UTC)
    said = says(anna, used(mandate, toeslagen, now=christmas), now=christmas)
    monday = (christmas + 4 * DAY).date()
    assert queries.answer_by(said) == monday
    assert not queries.is_overdue(said, today=monday)
    assert queries.is_overdue(said, today=monday + DAY)


def test_it_is_opened_by_number_and_the_client_reads_that(anna: Party, line: JournalEntry, karim: Staff) -> None:
    case = opened(karim, says(anna, line))
    assert (case.caller, case.party_id, case.mandates) == (Caller.LINE, anna.id, [])
    entry = JournalEntry.objects.filter(event=Event.CALLER_LOOKED_UP).latest("id")
    assert (entry.actor, entry.subject, entry.details) == (karim.id, anna.id, {"caller": "line"})


def test_it_is_answered_once_and_the_client_is_told(
    anna: Party, line: JournalEntry, karim: Staff, settings: Settings
) -> None:
    settings.MAILER = "smtp"
    said = says(anna, line)
    case, other = opened(karim, said), opened(make_agent("Third"), said)
    disputes.answer(call=case, outcome=Answer.RIGHT, now=NOW)
    with pytest.raises(CallRefused, match=CallerRefusal.LINE_CLOSED):
        disputes.answer(call=other, outcome=Answer.PASSED_ON, now=NOW)
    with pytest.raises(CallRefused, match=CallerRefusal.CALL_OVER):
        disputes.answer(call=case, outcome=Answer.PASSED_ON, now=NOW)
    said.refresh_from_db()
    assert (said.answer, said.answered_by_id, said.answered_at) == ("right", karim.id, NOW)
    entry = JournalEntry.objects.get(event=Event.DISPUTE_ANSWERED)
    assert (entry.actor, entry.subject, entry.result) == (karim.id, anna.id, "right")
    assert OutboxRow.objects.get(kind=Kind.EMAIL, payload__email="attention").party == anna.id


def test_it_is_not_taken_back_or_said_again_after_the_answer(anna: Party, line: JournalEntry, karim: Staff) -> None:
    disputes.answer(call=opened(karim, says(anna, line)), outcome=Answer.RIGHT, now=NOW)
    with pytest.raises(DisputeRefused, match=DisputeRefusal.CLOSED):
        disputes.withdraw(entry=line.id, party=anna, now=NOW)
    with pytest.raises(DisputeRefused, match=DisputeRefusal.ALREADY_DISPUTED):
        says(anna, line)


def test_it_is_not_answered_once_it_was_taken_back(anna: Party, line: JournalEntry, karim: Staff) -> None:
    said = says(anna, line)
    case = opened(karim, said)
    disputes.withdraw(entry=line.id, party=anna, now=NOW)
    with pytest.raises(CallRefused, match=CallerRefusal.LINE_CLOSED):
        disputes.answer(call=case, outcome=Answer.RIGHT, now=NOW)
    number = SoundCaseNumber(said.case_number)
    assert actions.find_case(agent=karim, number=number, now=NOW) == CallerRefusal.NO_MATCH


def test_it_waits_for_five_answers_at_most(anna: Party, mandate: Mandate, toeslagen: Portal, karim: Staff) -> None:
    lines = [used(mandate, toeslagen) for _ in range(6)]
    said = [says(anna, line) for line in lines[:5]]
    with pytest.raises(DisputeRefused, match=DisputeRefusal.TOO_MANY_OPEN):
        says(anna, lines[5])
    assert says(anna, lines[0]) == said[0]
    disputes.answer(call=opened(karim, said[0]), outcome=Answer.RIGHT, now=NOW)
    says(anna, lines[5])


def test_it_counts_in_the_database_what_is_overdue(anna: Party, mandate: Mandate, toeslagen: Portal) -> None:
    said = says(anna, used(mandate, toeslagen))
    for days in range(14):
        opened_at = datetime(2026, 12, 18, 22, 59, tzinfo=UTC) + days * DAY
        Dispute.objects.update(opened_at=opened_at)
        said.opened_at = opened_at
        for later in range(8):
            today = (opened_at + later * DAY).date()
            found = queries.overdue_disputes(today=today).exists()
            assert found == queries.is_overdue(said, today=today), (opened_at, today)


@pytest.mark.parametrize("ended", ["stopped", "reported"])
def test_it_offers_only_answers_that_fit(
    anna: Party, mandate: Mandate, line: JournalEntry, act: JournalEntry, karim: Staff, ended: str
) -> None:
    assert disputes.answers_for(line) == [Answer.RIGHT, Answer.PASSED_ON]
    assert disputes.answers_for(act) == [Answer.CORRECTED, Answer.RIGHT, Answer.PASSED_ON]
    case = opened(karim, says(anna, line))
    for wrong in (Answer.CORRECTED, Answer.STOPPED):
        with pytest.raises(CallRefused, match=CallerRefusal.ANSWER_DOES_NOT_FIT):
            disputes.answer(call=case, outcome=wrong, now=NOW)
    if ended == "stopped":
        stop(mandate=mandate.id, by=anna, now=NOW)
    else:
        report(mandate=mandate.id, by=anna, kind=ReportKind.UNWANTED, now=NOW)
    disputes.answer(call=case, outcome=Answer.STOPPED, now=NOW)


def test_it_is_answered_within_the_call_only(anna: Party, line: JournalEntry, karim: Staff) -> None:
    case = opened(karim, says(anna, line))
    with pytest.raises(CallRefused, match=CallerRefusal.CALL_OVER):
        disputes.answer(call=case, outcome=Answer.RIGHT, now=NOW + timedelta(minutes=30))
    accounts.end(email=karim.email, by="olga", now=NOW)
    with pytest.raises(CallRefused, match=CallerRefusal.CALL_OVER):
        disputes.answer(call=case, outcome=Answer.RIGHT, now=NOW)


def test_it_counts_wrong_numbers_as_look_ups(anna: Party, line: JournalEntry, karim: Staff) -> None:
    said = says(anna, line)
    wrong = SoundCaseNumber("ZZZZZZ")
    for _ in range(3):
        assert actions.find_case(agent=karim, number=wrong, now=NOW) == CallerRefusal.NO_MATCH
    number = SoundCaseNumber(said.case_number)
    assert actions.find_case(agent=karim, number=number, now=NOW) == CallerRefusal.PAUSED


@pytest.fixture(autouse=True)
def quiet(settings: Settings) -> None:
    """Send no e-mail unless a test wants it."""
    settings.MAILER = "none"
