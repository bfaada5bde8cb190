"""An organisation goes on under another number: each client is asked again, and nothing goes over by itself."""

from datetime import date, timedelta

import pytest

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.mandates.actions import ask_for_successor, end_with_organisation, progress_of_merging
from namens.mandates.actions.organisation import Progress
from namens.mandates.actions.replacing import take_place
from namens.mandates.models import Mandate, MandateService, Origin
from namens.mandates.requests_of import waiting_for
from namens.mandates.states import EndReason, State
from namens.organisations.actions import Terms, agree_to_merger, propose_merger
from namens.organisations.models import Merger, Organisation
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from tests.organisations.joining import LAST_DAY, OLGA, OTTO
from tests.organisations.test_change import MERGED, NOOR
from tests.people import NOW, TODAY, of
from tests.working import mandate_of, organisation

pytestmark = pytest.mark.usefixtures("catalogue")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def merger(db: None) -> Merger:  # noqa: ARG001 - asked for its effect
    """Samen Sterk goes on as Samen Verder; both operators agreed."""
    proposed = propose_merger(
        organisation=organisation().party_id,
        terms=Terms(MERGED, "Samen Verder"),
        manager=NOOR,
        last_day=LAST_DAY,
        by=OLGA,
        channel=Channel.PAGES,
        now=NOW,
    )
    agree_to_merger(merger=proposed.id, by=OTTO, channel=Channel.PAGES, now=NOW)
    return Merger.objects.select_related("organisation__successor__party").get(id=proposed.id)


def new(merger: Merger) -> Organisation:
    successor = merger.organisation.successor
    assert successor is not None
    return successor


def asked_of(client: Party, merger: Merger) -> Mandate:
    return Mandate.objects.get(representee=client, representative=new(merger).party_id)


def codes_by_letter() -> list[str]:
    rows = OutboxRow.objects.filter(kind=Kind.LETTER, payload__letter="code").order_by("id")
    return [row.payload["party"] for row in rows]


def test_it_asks_each_client_for_the_same_services_with_a_code_letter(merger: Merger, anna: Party) -> None:
    mandate_of(anna, merger.organisation, "mijn-toeslagen", "inkomstenbelasting")
    assert ask_for_successor(merger=merger.id, now=LATER) is False
    asked = asked_of(anna, merger)
    keys = set(MandateService.objects.filter(mandate=asked).values_list("service__key", flat=True))
    assert keys == {"mijn-toeslagen", "inkomstenbelasting"}
    assert (asked.state, asked.origin, asked.activated_at) == (State.REQUESTED, Origin.REQUESTED, None)
    assert codes_by_letter() == [str(anna.id)]
    assert list(waiting_for(anna, now=NOW)) == [asked]
    entry = JournalEntry.objects.get(event=Event.MANDATE_REQUESTED)
    assert (entry.subject, entry.mandate, entry.details["reason"]) == (anna.id, asked.id, "merger")


def test_it_gives_the_new_organisation_nothing_before_a_yes(merger: Merger, anna: Party) -> None:
    mandate_of(anna, merger.organisation)
    ask_for_successor(merger=merger.id, now=LATER)
    of_new = MandateService.objects.filter(representative=new(merger).party_id)
    assert not of_new.filter(current=True).exists()


def test_it_asks_for_no_longer_than_is_left_and_at_most_a_year(merger: Merger, anna: Party, bram: Party) -> None:
    mandate_of(anna, merger.organisation, last_day=TODAY + timedelta(days=20))
    mandate_of(bram, merger.organisation, last_day=date(2031, 11, 22))
    ask_for_successor(merger=merger.id, now=LATER)
    assert (asked_of(anna, merger).duration, asked_of(bram, merger).duration) == ("1-month", "1-year")


def test_it_asks_nobody_twice_and_goes_on_where_it_was_stopped(
    merger: Merger, anna: Party, bram: Party, dirk: Party
) -> None:
    for client in (anna, bram, dirk):
        mandate_of(client, merger.organisation)
    old, successor = merger.organisation_id, new(merger).party_id
    assert ask_for_successor(merger=merger.id, now=LATER, most=2) is True
    half_way = progress_of_merging(organisation=old, successor=successor, today=TODAY)
    assert half_way == Progress(done=2, to_do=1)
    assert ask_for_successor(merger=merger.id, now=LATER, most=2) is False
    assert ask_for_successor(merger=merger.id, now=LATER, most=2) is False
    assert sorted(codes_by_letter()) == sorted(str(client.id) for client in (anna, bram, dirk))


def test_it_asks_once_of_a_client_with_two_mandates(merger: Merger, anna: Party) -> None:
    mandate_of(anna, merger.organisation, "mijn-toeslagen")
    mandate_of(anna, merger.organisation, "inkomstenbelasting")
    ask_for_successor(merger=merger.id, now=LATER)
    assert MandateService.objects.filter(mandate=asked_of(anna, merger)).count() == 2


def test_it_asks_nobody_whose_mandate_is_over_or_reported(merger: Merger, anna: Party, bram: Party) -> None:
    mandate_of(anna, merger.organisation, last_day=TODAY)
    reported = mandate_of(bram, merger.organisation)
    Mandate.objects.filter(id=reported.id).update(state=State.SUSPENDED, suspended_at=NOW)
    ask_for_successor(merger=merger.id, now=NOW + timedelta(days=1))
    assert not Mandate.objects.filter(representative=new(merger).party_id).exists()


def test_it_lets_the_old_mandate_run_until_the_yes_or_the_last_day(merger: Merger, anna: Party) -> None:
    old = mandate_of(anna, merger.organisation)
    ask_for_successor(merger=merger.id, now=LATER)
    end_with_organisation(organisation=merger.organisation_id, now=LATER)
    assert (of(old).state, of(old).last_day) == (State.ACTIVE, LAST_DAY)
    assert asked_of(anna, merger).state == State.REQUESTED


def test_it_lets_the_old_mandate_give_way_at_the_yes(merger: Merger, anna: Party) -> None:
    old = mandate_of(anna, merger.organisation)
    ask_for_successor(merger=merger.id, now=LATER)
    asked = asked_of(anna, merger)
    Mandate.objects.filter(id=asked.id).update(state=State.ACTIVE, activated_at=LATER, offered_at=LATER)
    assert take_place(of(asked), helper=new(merger).party, now=LATER)
    assert (of(old).state, of(old).end_reason) == (State.ENDED, EndReason.REPLACED)
    current = MandateService.objects.get(current=True)
    assert (current.mandate_id, current.representative_id) == (asked.id, new(merger).party_id)


def test_it_replaces_nothing_of_an_organisation_that_only_has_the_same_client(merger: Merger, anna: Party) -> None:
    other = mandate_of(anna, organisation("De Brug"))
    mandate_of(anna, merger.organisation)
    ask_for_successor(merger=merger.id, now=LATER)
    asked = asked_of(anna, merger)
    Mandate.objects.filter(id=asked.id).update(state=State.ACTIVE, activated_at=LATER, offered_at=LATER)
    take_place(of(asked), helper=new(merger).party, now=LATER)
    assert of(other).state == State.ACTIVE
