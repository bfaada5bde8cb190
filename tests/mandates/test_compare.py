"""The worker compares what was stated with the register; only a whole match makes something that waits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.partial_date import PartialDate
from namens.lib.periods import Duration
from namens.mandates.actions import compare, lapse, waits_for_comparison, withdraw
from namens.mandates.models import Mandate, MandateRequest, MandateService, Origin
from namens.mandates.states import EndReason, State
from namens.outbox.models import Kind, OutboxRow
from namens.parties.facts import PersonFacts, PersonName, StopSignal
from namens.parties.models import Party, Person, StatedPerson
from tests.asking import BORN, UNKNOWN, asks, met, requested, says_yes, stated
from tests.letters import code_by_letter
from tests.people import NOW, TODAY, active, of, told

pytestmark = pytest.mark.usefixtures("catalogue")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FACTS = PersonFacts(name=PersonName("Yara", "", "Yilmaz"), birth_date=BORN)


def results() -> list[str]:
    return list(JournalEntry.objects.filter(event=Event.REQUEST_COMPARED).values_list("result", flat=True))


def letters() -> list[OutboxRow]:
    return list(OutboxRow.objects.filter(kind=Kind.LETTER).order_by("due_at"))


def test_it_makes_a_mandate_that_waits_for_the_client(anna: Party, bram: Party) -> None:
    mandate = met(asks(bram, keys=("mijn-toeslagen", "inkomstenbelasting")), anna)
    assert (mandate.state, mandate.origin) == (State.REQUESTED, Origin.REQUESTED)
    assert (mandate.representee, mandate.representative) == (anna, bram)
    assert (mandate.duration, mandate.waits_until) == ("1-year", TODAY + 42 * DAY)
    assert MandateService.objects.filter(mandate=mandate, representative=bram, current=None).count() == 2


def test_it_puts_the_code_letter(anna: Party, bram: Party) -> None:
    mandate = requested(anna, bram)
    [row] = letters()
    assert row.payload["letter"] == "code"
    assert (row.payload["mandate"], row.payload["party"]) == (str(mandate.id), str(anna.id))


def test_it_registers_somebody_who_was_never_here(bram: Party) -> None:
    mandate = compare(request=asks(bram, stated(UNKNOWN)).id, facts=FACTS, now=NOW)
    assert mandate is not None
    assert mandate.representee.person.name.full == "Yara Yilmaz"


@pytest.mark.parametrize(
    ("said", "written", "fits"),
    [
        ("1980-05-06", "1980-05-06", True),
        ("1980-05-07", "1980-05-06", False),
        ("1980-05", "1980-05", True),
        ("1980", "1980-05", False),
        ("1980-05", "1980", False),
        ("1980-05-06", "", False),
    ],
)
def test_it_takes_only_the_whole_date_of_birth(anna: Party, bram: Party, said: str, written: str, fits: bool) -> None:  # noqa: FBT001 - a column of the table
    born = PartialDate.parse(written) if written else None
    facts = replace(anna.person.facts, birth_date=born)
    found = compare(request=asks(bram, stated(born=PartialDate.parse(said))).id, facts=facts, now=NOW)
    assert (found is not None) is fits
    assert results() == ["done" if fits else "no-match"]


def test_it_makes_nothing_of_a_number_that_the_register_does_not_know(bram: Party) -> None:
    assert compare(request=asks(bram, stated(UNKNOWN)).id, facts=None, now=NOW) is None
    assert (results(), letters(), Person.objects.exclude(party=bram).count()) == (["no-match"], [], 0)


@pytest.mark.parametrize("signal", [StopSignal.DECEASED, StopSignal.GUARDIANSHIP, StopSignal.ERRONEOUS])
def test_it_makes_nothing_for_who_cannot_give(anna: Party, bram: Party, signal: StopSignal) -> None:
    facts = replace(anna.person.facts, signals=frozenset({signal}))
    assert compare(request=asks(bram).id, facts=facts, now=NOW) is None
    assert (results(), letters()) == ([f"giver-{_WORDS[signal]}"], [])


_WORDS = {
    StopSignal.DECEASED: "deceased",
    StopSignal.GUARDIANSHIP: "under-guardianship",
    StopSignal.ERRONEOUS: "erroneous",
}


def test_it_makes_nothing_for_a_child(anna: Party, bram: Party) -> None:
    child = PartialDate(2012, 5, 6)
    facts = replace(anna.person.facts, birth_date=child)
    assert compare(request=asks(bram, stated(born=child)).id, facts=facts, now=NOW) is None
    assert results() == ["giver-under-age"]


def test_it_makes_nothing_for_who_asks_for_oneself(bram: Party) -> None:
    assert compare(request=asks(bram, stated("bram")).id, facts=bram.person.facts, now=NOW) is None
    assert results() == ["oneself"]


def test_it_erases_what_was_stated_whatever_came_of_it(anna: Party, bram: Party) -> None:
    met(asks(bram), anna)
    compare(request=asks(bram, stated(UNKNOWN)).id, facts=None, now=NOW)
    assert not StatedPerson.objects.exists()
    assert set(MandateRequest.objects.values_list("stated", flat=True)) == {None}


def test_it_is_done_once(anna: Party, bram: Party) -> None:
    asked = asks(bram)
    met(asked, anna)
    assert waits_for_comparison(asked.id) is None
    assert compare(request=asked.id, facts=anna.person.facts, now=NOW) is None
    assert Mandate.objects.count() == 1


def test_it_writes_to_one_client_for_one_helper_once_a_day(anna: Party, bram: Party, carla: Party) -> None:
    for minute in range(3):
        requested(anna, bram, now=NOW + timedelta(minutes=minute))
    requested(anna, carla)
    assert [row.due_at for row in letters()] == [NOW, NOW, NOW + DAY, NOW + DAY + timedelta(minutes=1)]


def test_it_writes_no_second_letter_within_a_day_of_one_that_took_a_later_request_along(
    anna: Party, bram: Party
) -> None:
    for hours in (0, 1):
        requested(anna, bram, now=NOW + hours * HOUR)
    code_by_letter(Mandate.objects.latest("offered_at"), now=NOW + DAY)
    requested(anna, bram, now=NOW + DAY + HOUR)
    assert [row.due_at for row in letters()] == [NOW, NOW + DAY, NOW + 2 * DAY]


def test_it_ends_what_the_helper_took_back(anna: Party, bram: Party) -> None:
    asked = asks(bram)
    mandate = met(asked, anna)
    withdraw(asked=asked.id, by=bram, now=NOW)
    compare(request=asked.id, facts=None, now=NOW)
    assert of(mandate).end_reason == EndReason.WITHDRAWN


def test_it_compares_nothing_that_the_helper_took_back_first(anna: Party, bram: Party) -> None:
    asked = asks(bram)
    withdraw(asked=asked.id, by=bram, now=NOW)
    assert waits_for_comparison(asked.id) is None
    assert compare(request=asked.id, facts=anna.person.facts, now=NOW) is None
    assert not StatedPerson.objects.exists()


def test_it_does_not_end_a_mandate_that_became_active_before_it_was_taken_back(anna: Party, bram: Party) -> None:
    asked = asks(bram)
    mandate = says_yes(met(asked, anna), anna)
    withdraw(asked=asked.id, by=bram, now=NOW)
    compare(request=asked.id, facts=None, now=NOW)
    assert of(mandate).state == State.ACTIVE


def test_it_lets_lapse_what_nobody_agreed_to_in_time(anna: Party, bram: Party) -> None:
    mandate, running = requested(anna, bram), active(anna, bram)
    lapse(now=NOW + 42 * DAY)
    assert of(mandate).state == State.REQUESTED or of(mandate).end_reason == EndReason.REPLACED
    other = requested(anna, bram)
    lapse(now=NOW + 43 * DAY)
    assert (of(other).end_reason, of(running).state) == (EndReason.LAPSED, State.ACTIVE)


def test_it_erases_requests_that_met_nobody(bram: Party) -> None:
    client = asks(bram, stated(UNKNOWN), stated("dirk", label="De partner"))
    for one in MandateRequest.objects.all():
        compare(request=one.id, facts=None, now=NOW)
    lapse(now=NOW + 43 * DAY)
    assert MandateRequest.objects.filter(id=client.id).exists()
    lapse(now=NOW + 80 * DAY)
    assert not MandateRequest.objects.exists()


def test_it_erases_what_was_stated_when_nobody_could_compare_it_in_time(bram: Party) -> None:
    asks(bram)
    lapse(now=NOW + 43 * DAY)
    assert not StatedPerson.objects.exists()
    assert MandateRequest.objects.get().stated is None


def test_it_gives_a_request_the_length_that_was_asked(anna: Party, bram: Party) -> None:
    mandate = met(asks(bram, duration=Duration.ONE_MONTH), anna)
    assert mandate.duration == Duration.ONE_MONTH


def test_it_makes_nothing_when_the_helper_died_meanwhile(anna: Party, bram: Party) -> None:
    asked = asks(bram)
    told(bram, signals=[StopSignal.DECEASED])
    assert compare(request=asked.id, facts=anna.person.facts, now=NOW) is None
    assert results() == ["helper-blocked"]
