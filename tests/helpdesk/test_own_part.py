"""No agent answers a dispute about what that agent took part in."""

from datetime import timedelta

import pytest

from namens.helpdesk import actions, disputes, queries
from namens.helpdesk.models import Answer, DisputeKind, LookUp, Outcome
from namens.helpdesk.refusals import CallerRefusal, CallRefused
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.mandates.cases import SoundCaseNumber
from namens.mandates.models import Mandate
from namens.parties.models import Party
from namens.services.models import Portal
from namens.signin.models import Staff
from tests.helpdesk.disputing import did, looked_up, opened, says, used
from tests.helpdesk.test_dispute import line, mandate, quiet
from tests.people import NOW
from tests.staff import make_agent

__all__ = ["line", "mandate", "quiet"]

DAY = timedelta(days=1)


def test_it_is_never_answered_by_who_looked_the_client_up(anna: Party, hester: Staff, karim: Staff) -> None:
    said = says(anna, looked_up(anna, hester), DisputeKind.DID_NOT_CALL)
    number = SoundCaseNumber(said.case_number)
    for _ in range(5):
        assert actions.find_case(agent=hester, number=number, now=NOW) == CallerRefusal.OWN_LINE
    assert not LookUp.objects.filter(outcome=Outcome.MISSED).exists()
    disputes.answer(call=opened(karim, said), outcome=Answer.PASSED_ON, now=NOW)


def test_it_refuses_the_agent_also_in_a_call_that_was_open(anna: Party, hester: Staff, karim: Staff) -> None:
    said = says(anna, looked_up(anna, hester), DisputeKind.DID_NOT_CALL)
    case = opened(karim, said)
    case.__class__.objects.filter(id=case.id).update(staff=hester)
    case.refresh_from_db()
    with pytest.raises(CallRefused, match=CallerRefusal.OWN_LINE):
        disputes.answer(call=case, outcome=Answer.RIGHT, now=NOW)
    assert queries.open_disputes() == [said]


@pytest.mark.parametrize("event", [Event.RESTORE_PROPOSED, Event.MANDATE_RESTORED])
def test_it_is_never_answered_by_one_of_two_who_let_a_mandate_go_on(
    anna: Party, mandate: Mandate, line: JournalEntry, hester: Staff, karim: Staff, event: Event
) -> None:
    restored = JournalEntry.objects.get(id=did(anna, make_agent("Ilse"), mandate=mandate, now=NOW + 9 * DAY))
    did(anna, hester, mandate=mandate, now=NOW, event=event)
    for disputed in (restored, line):
        said = says(anna, disputed, DisputeKind.WRONG)
        assert actions.find_case(agent=hester, number=SoundCaseNumber(said.case_number), now=NOW) == (
            CallerRefusal.OWN_LINE
        )
        disputes.answer(call=opened(karim, said), outcome=Answer.PASSED_ON, now=NOW)


@pytest.mark.parametrize(
    ("earlier", "may"),
    [(DAY, False), (-DAY, False), (DAY + timedelta(seconds=1), True), (-DAY - timedelta(seconds=1), True)],
    ids=["a day before", "a day after", "longer before", "longer after"],
)
def test_it_is_never_answered_by_who_served_this_client_then(
    anna: Party,
    line: JournalEntry,
    karim: Staff,
    earlier: timedelta,
    may: bool,  # noqa: FBT001 - a case
) -> None:
    looked_up(anna, karim, now=line.at - earlier)
    said = says(anna, line)
    found = actions.find_case(agent=karim, number=SoundCaseNumber(said.case_number), now=NOW)
    assert (found != CallerRefusal.OWN_LINE) == may


def test_it_may_be_answered_by_who_served_another_client(
    anna: Party, dirk: Party, line: JournalEntry, karim: Staff
) -> None:
    looked_up(dirk, karim, now=line.at)
    disputes.answer(call=opened(karim, says(anna, line)), outcome=Answer.RIGHT, now=NOW)


def test_it_may_be_answered_by_who_answered_another_line_of_this_client(
    anna: Party, mandate: Mandate, toeslagen: Portal, karim: Staff
) -> None:
    for _ in range(3):
        disputes.answer(call=opened(karim, says(anna, used(mandate, toeslagen))), outcome=Answer.RIGHT, now=NOW)


def test_it_is_never_answered_by_who_had_a_part_in_what_is_behind_an_answer(
    anna: Party, hester: Staff, karim: Staff
) -> None:
    disputes.answer(
        call=opened(karim, says(anna, looked_up(anna, hester), DisputeKind.DID_NOT_CALL)), outcome=Answer.RIGHT, now=NOW
    )
    answered = JournalEntry.objects.get(event=Event.DISPUTE_ANSWERED)
    again = says(anna, answered, DisputeKind.DISAGREED, now=NOW + 9 * DAY)
    for agent in (hester, karim):
        found = actions.find_case(agent=agent, number=SoundCaseNumber(again.case_number), now=NOW + 9 * DAY)
        assert found == CallerRefusal.OWN_LINE
    other = opened(make_agent("Ilse"), again, now=NOW + 9 * DAY)
    disputes.answer(call=other, outcome=Answer.PASSED_ON, now=NOW + 9 * DAY)
