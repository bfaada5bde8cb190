"""A helper who calls: found by helper number and the client's birth date, for nothing but stopping."""

from datetime import date

import pytest

from namens.helpdesk import actions, queries
from namens.helpdesk.models import Call
from namens.helpdesk.refusals import CallerRefusal
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.partial_date import PartialDate
from namens.mandates.actions import report
from namens.mandates.models import Mandate, ReportKind
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import EndReason, State
from namens.parties.actions import helper_number_of
from namens.parties.models import Party
from namens.signin.models import Staff
from tests.helpdesk.calling import helper_call
from tests.people import NOW, active, give, of, terms

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def number(bram: Party) -> str:
    """Bram's helper number."""
    return helper_number_of(party=bram, now=NOW)


@pytest.fixture
def mandate(anna: Party, bram: Party) -> Mandate:
    """A mandate by which Bram helps Anna."""
    return active(anna, bram, what=terms("mijn-toeslagen", "inkomstenbelasting"))


@pytest.fixture
def begun(hester: Staff, number: str, mandate: Mandate) -> Call:
    """Bram calls."""
    assert mandate.state == State.ACTIVE
    answer = helper_call(hester, number)
    assert isinstance(answer, Call)
    return answer


def refusal_of(call: Call, mandate: Mandate, *, service: str | None = None) -> MandateReason:
    with pytest.raises(MandateRefused) as refused:
        actions.stop(call=call, mandate=mandate.id, now=NOW, service=service)
    return refused.value.reason


def test_it_finds_the_running_mandates_with_that_client(begun: Call, mandate: Mandate, bram: Party) -> None:
    assert (begun.party_id, begun.mandates) == (bram.id, [str(mandate.id)])


def test_it_tells_the_client_in_the_journal(begun: Call, mandate: Mandate, anna: Party) -> None:
    entry = JournalEntry.objects.get(event=Event.CALLER_LOOKED_UP)
    assert (entry.actor, entry.subject, entry.mandate) == (begun.staff_id, anna.id, mandate.id)
    assert entry.details == {"caller": "helper"}


def test_it_finds_nothing_with_another_birth_date_or_number(
    hester: Staff, number: str, mandate: Mandate, dirk: Party
) -> None:
    other = helper_number_of(party=dirk, now=NOW)
    assert mandate.state == State.ACTIVE
    assert helper_call(hester, number, born=PartialDate(1980, 5, 7)) == CallerRefusal.NO_MATCH
    assert helper_call(hester, other) == CallerRefusal.NO_MATCH


def test_it_finds_no_mandate_that_waits_or_is_over(hester: Staff, number: str, anna: Party, bram: Party) -> None:
    give(anna, bram)
    assert helper_call(hester, number) == CallerRefusal.NO_MATCH


def test_it_finds_no_mandate_that_the_client_reported(
    hester: Staff, number: str, mandate: Mandate, anna: Party
) -> None:
    report(mandate=mandate.id, by=anna, kind=ReportKind.UNWANTED, now=NOW)
    assert helper_call(hester, number) == CallerRefusal.NO_MATCH


def test_it_shows_as_stopped_what_the_client_reported_during_the_call(
    begun: Call, mandate: Mandate, anna: Party
) -> None:
    report(mandate=mandate.id, by=anna, kind=ReportKind.UNWANTED, now=NOW)
    assert [one.state for one in queries.found_for_helper(begun)] == [State.ENDED]
    assert refusal_of(begun, mandate) == MandateReason.NOT_POSSIBLE
    assert of(mandate).state == State.SUSPENDED


def test_it_counts_misses_together_with_those_of_clients(hester: Staff, number: str, mandate: Mandate) -> None:
    assert mandate.state == State.ACTIVE
    for _ in range(3):
        helper_call(hester, number, born=PartialDate(1980, 5, 7))
    assert helper_call(hester, number) == CallerRefusal.PAUSED


def test_it_stops_the_mandate_and_says_who_asked(begun: Call, mandate: Mandate, anna: Party) -> None:
    actions.stop(call=begun, mandate=mandate.id, now=NOW)
    assert (of(mandate).state, of(mandate).end_reason) == (State.ENDED, EndReason.STOPPED_BY_HELPDESK)
    entry = JournalEntry.objects.get(event=Event.MANDATE_STOPPED)
    assert (entry.actor, entry.subject, entry.channel) == (begun.staff_id, anna.id, "helpdesk")
    assert entry.details["asked_by"] == "representative"


def test_it_stops_no_single_service_for_a_helper(begun: Call, mandate: Mandate) -> None:
    assert refusal_of(begun, mandate, service="mijn-toeslagen") == MandateReason.NOT_YOURS


def test_it_stops_no_mandate_that_was_not_found(begun: Call, carla: Party, bram: Party) -> None:
    given = give(carla, bram).mandate
    assert refusal_of(begun, given) == MandateReason.NOT_YOURS


def test_it_shortens_nothing_for_a_helper(begun: Call, mandate: Mandate) -> None:
    with pytest.raises(MandateRefused):
        actions.shorten(call=begun, mandate=mandate.id, last_day=date(2026, 12, 1), now=NOW)


def test_it_refuses_what_ended_meanwhile(begun: Call, mandate: Mandate) -> None:
    actions.stop(call=begun, mandate=mandate.id, now=NOW)
    assert refusal_of(begun, mandate) == MandateReason.NOT_POSSIBLE
