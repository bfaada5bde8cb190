"""A reported mandate goes on when two agents say so: one proposes, another agrees, and neither can do both."""

from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.lib import friendly
from namens.mandates.actions import (
    agree_to_restore,
    propose_restore,
    proposed_number,
    refuse_to_restore,
    report,
    restore,
    stop,
)
from namens.mandates.cases import (
    InvalidCaseNumber,
    case_in_words,
    is_late,
    open_cases,
    parse_case_number,
    proposed_case,
)
from namens.mandates.models import Mandate, Report, ReportKind, Suspension
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State
from namens.parties.models import Party
from tests.parallel import at_once
from tests.people import NOW, active, load_catalogue, of, person

LATER = NOW + timedelta(hours=2)
FIRST, SECOND, THIRD = uuid4(), uuid4(), uuid4()


@pytest.fixture
def wrong(anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """A mandate that Anna reported."""
    return reported(anna, bram)


def reported(client: Party, helper: Party) -> Mandate:
    """Give a mandate that the client did not want."""
    mandate = active(client, helper)
    report(mandate=mandate.id, by=client, kind=ReportKind.UNWANTED, now=NOW)
    return mandate


def propose(mandate: Mandate, *, agent: UUID = FIRST) -> str:
    """Let an agent propose that it goes on."""
    return propose_restore(mandate=mandate.id, caller=mandate.representee_id, agent=agent, now=NOW)


def test_it_goes_on_when_a_second_agent_agrees(wrong: Mandate, anna: Party) -> None:
    propose(wrong)
    assert of(wrong).state == State.SUSPENDED
    agree_to_restore(mandate=wrong.id, agent=SECOND, now=LATER)
    assert of(wrong).state == State.ACTIVE
    assert (Suspension.objects.get().until, Report.objects.get().closed_at) == (LATER, LATER)
    entry = JournalEntry.objects.get(event=Event.MANDATE_RESTORED)
    assert (entry.actor, entry.subject, entry.channel) == (SECOND, anna.id, Channel.HELPDESK)


def test_it_gives_the_same_number_however_often_and_by_whomever_it_is_proposed(wrong: Mandate) -> None:
    numbers = {propose(wrong), propose(wrong), propose(wrong, agent=SECOND)}
    assert len(numbers) == 1
    assert proposed_number(wrong) in numbers
    assert Report.objects.get().first_agent == FIRST
    assert JournalEntry.objects.filter(event=Event.RESTORE_PROPOSED).count() == 1


def test_it_does_not_go_on_for_one_agent_alone(wrong: Mandate) -> None:
    propose(wrong)
    for answer in (agree_to_restore, refuse_to_restore):
        with pytest.raises(MandateRefused, match=MandateReason.SECOND_AGENT):
            answer(mandate=wrong.id, agent=FIRST, now=NOW)
    assert of(wrong).state == State.SUSPENDED
    assert proposed_number(wrong)


def test_it_needs_a_proposal_first(wrong: Mandate) -> None:
    for answer in (agree_to_restore, refuse_to_restore):
        with pytest.raises(MandateRefused, match=MandateReason.NOT_POSSIBLE):
            answer(mandate=wrong.id, agent=SECOND, now=NOW)
        with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
            answer(mandate=uuid4(), agent=SECOND, now=NOW)


def test_it_takes_the_proposal_away_when_the_second_agent_does_not_agree(wrong: Mandate) -> None:
    propose(wrong)
    refuse_to_restore(mandate=wrong.id, agent=SECOND, now=LATER)
    assert (of(wrong).state, proposed_number(wrong)) == (State.SUSPENDED, None)
    assert JournalEntry.objects.get(event=Event.RESTORE_REFUSED).actor == SECOND
    with pytest.raises(MandateRefused, match=MandateReason.NOT_POSSIBLE):
        agree_to_restore(mandate=wrong.id, agent=THIRD, now=LATER)


def test_it_takes_the_proposal_away_when_the_client_reports_it_once_more(wrong: Mandate, anna: Party) -> None:
    propose(wrong)
    report(mandate=wrong.id, by=anna, kind=ReportKind.UNKNOWN_PERSON, now=LATER)
    assert proposed_number(wrong) is None


def test_it_finds_a_case_by_number_only_while_something_is_proposed(wrong: Mandate, anna: Party) -> None:
    number = parse_case_number(Report.objects.get().case_number)
    assert proposed_case(number=number) is None
    propose(wrong)
    assert proposed_case(number=number) == Report.objects.get()
    restore(mandate=wrong.id, by=anna, now=LATER)
    assert proposed_case(number=number) is None


def test_it_finds_no_case_about_spelling_or_a_mandate_that_stopped(wrong: Mandate, anna: Party) -> None:
    spelling = report(mandate=wrong.id, by=anna, kind=ReportKind.SPELLING, now=NOW)
    number = parse_case_number(propose(wrong))
    assert proposed_case(number=parse_case_number(spelling.case_number)) is None
    stop(mandate=wrong.id, by=anna, now=NOW)
    assert proposed_case(number=number) is None


def test_it_gives_numbers_that_look_like_no_code(wrong: Mandate) -> None:
    shown = case_in_words(propose(wrong))
    assert shown.startswith("ZAAK-")
    assert "Z" not in friendly.ALPHABET
    for symbols in (9, 12):
        assert not friendly.is_sound(friendly.tidy(shown), symbols=symbols)


@pytest.mark.parametrize("change", [str.lower, str.upper, lambda text: text.replace("-", " "), lambda text: text[5:]])
def test_it_reads_a_number_however_it_is_typed(wrong: Mandate, change: object) -> None:
    assert callable(change)
    assert parse_case_number(change(case_in_words(propose(wrong)))) == proposed_number(wrong)


@pytest.mark.parametrize("typed", ["", "ZAAK", "ZAAK-346-78", "346789BCDFGH", "<script>", "ZAAK-AAA-AAA", "3" * 500])
def test_it_reads_nothing_else_as_a_number(typed: str) -> None:
    with pytest.raises(InvalidCaseNumber):
        parse_case_number(typed)


def test_it_counts_one_working_day(wrong: Mandate) -> None:
    assert of(wrong).state == State.SUSPENDED
    (case,) = open_cases()
    monday = NOW.date()
    assert [is_late(case, today=monday + timedelta(days=days)) for days in (0, 1, 2)] == [False, False, True]
    case.opened_at = NOW + timedelta(days=4)
    assert [is_late(case, today=monday + timedelta(days=days)) for days in (6, 7, 8)] == [False, False, True]


def test_it_lists_no_case_that_stops_nothing(wrong: Mandate, anna: Party, carla: Party) -> None:
    report(mandate=active(anna, carla).id, by=anna, kind=ReportKind.SPELLING, now=NOW)
    assert [case.mandate_id for case in open_cases()] == [wrong.id]
    stop(mandate=wrong.id, by=anna, now=NOW)
    assert open_cases() == []


@pytest.mark.django_db(transaction=True)
def test_it_lets_one_of_two_second_agents_answer_when_they_do_at_one_moment() -> None:
    load_catalogue()
    mandate = reported(person("anna"), person("bram"))
    propose(mandate)

    def answer(agent: UUID, *, agrees: bool) -> bool:
        act = agree_to_restore if agrees else refuse_to_restore
        try:
            act(mandate=mandate.id, agent=agent, now=LATER)
        except MandateRefused:
            return False
        return True

    answers = at_once([partial(answer, SECOND, agrees=True), partial(answer, THIRD, agrees=False)] * 3)
    assert answers.count(True) == 1
    restored = JournalEntry.objects.filter(event=Event.MANDATE_RESTORED).count()
    assert restored + JournalEntry.objects.filter(event=Event.RESTORE_REFUSED).count() == 1
    assert (of(mandate).state == State.ACTIVE) == bool(restored)
