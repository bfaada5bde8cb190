"""A client looks for an organisation: those that take part now, ten at most, so many times a day."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.limits import Limit
from namens.organisations.actions.finding import Hits, find_organisations
from namens.organisations.models import Block, Organisation, Status
from namens.parties.models import Kind, Party
from namens.parties.refusals import PartyRefusal
from tests.people import NOW, TODAY
from tests.working import organisation


def another(name: str, number: int) -> Organisation:
    return Organisation.objects.create(
        party=Party.objects.create(kind=Kind.ORGANISATION, created_at=NOW),
        kvk_number=f"{number:08}",
        name=name,
        status=Status.ADMITTED,
        proposed_at=NOW,
        admitted_at=NOW,
    )


def names(asker: Party, text: str) -> list[str]:
    found = find_organisations(text=text, asker=asker, now=NOW)
    assert isinstance(found, Hits)
    return [one.name for one in found.organisations]


def test_it_finds_a_part_of_the_name_in_whatever_letters(anna: Party) -> None:
    organisation()
    organisation("De Brug")
    assert names(anna, "samen") == names(anna, "STERK") == names(anna, "sterk sam") == ["Samen Sterk"]
    assert names(anna, "Sterker") == []


@pytest.mark.parametrize("text", ["90000011", "9000 0011", " 9000.0011 "])
def test_it_finds_a_number_however_it_is_written(anna: Party, text: str) -> None:
    organisation()
    assert names(anna, text) == ["Samen Sterk"]


def test_it_finds_no_part_of_a_number(anna: Party) -> None:
    organisation()
    assert names(anna, "9000001") == []


def test_it_puts_first_what_begins_so(anna: Party) -> None:
    for number, name in enumerate(["Alle hulp", "Hulp dichtbij", "Burenhulp"], 1):
        another(name, number)
    assert names(anna, "hulp") == ["Hulp dichtbij", "Alle hulp", "Burenhulp"]


@pytest.mark.parametrize("text", ["%%%", "___", "sam%", "'; --"])
def test_it_takes_signs_as_they_are(anna: Party, text: str) -> None:
    organisation()
    assert names(anna, text) == []


def test_it_finds_only_those_that_take_part_now(anna: Party) -> None:
    for number, name in enumerate(["Hulp gevraagd", "Hulp geweigerd", "Hulp weg", "Hulp stil", "Hulp hier"], 1):
        another(name, number)
    every = {one.name: one for one in Organisation.objects.all()}
    Organisation.objects.filter(name="Hulp gevraagd").update(status=Status.PROPOSED, admitted_at=None)
    Organisation.objects.filter(name="Hulp geweigerd").update(status=Status.REFUSED)
    Organisation.objects.filter(name="Hulp weg").update(last_day=TODAY - timedelta(days=1))
    Organisation.objects.filter(name="Hulp hier").update(last_day=TODAY)
    Block.objects.create(organisation=every["Hulp stil"], blocked_by="Olga", since=NOW)
    assert names(anna, "hulp") == ["Hulp hier"]
    Block.objects.update(until=NOW, first_lifter="Otto", second_lifter="Olaf")
    assert names(anna, "hulp") == ["Hulp hier", "Hulp stil"]


def test_it_shows_ten_of_a_great_many_in_as_many_statements(
    anna: Party, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(11):
        another(f"Hulp {number}", number + 1)
    with django_assert_num_queries(6):
        found = find_organisations(text="hulp", asker=anna, now=NOW)
    assert isinstance(found, Hits)
    assert (len(found.organisations), found.has_more) == (10, True)


def test_it_stops_after_so_many_times_for_this_client_alone(anna: Party, dirk: Party, settings: Settings) -> None:
    organisation()
    settings.ORGANISATION_SEARCHES = Limit(times=2, window=timedelta(days=1))
    for _ in range(2):
        assert names(anna, "samen") == ["Samen Sterk"]
    assert find_organisations(text="samen", asker=anna, now=NOW) is PartyRefusal.TOO_MANY_SEARCHES
    assert names(dirk, "samen") == ["Samen Sterk"]
    later = find_organisations(text="samen", asker=anna, now=NOW + timedelta(days=1, seconds=1))
    assert isinstance(later, Hits)


def test_it_writes_down_that_somebody_searched_and_not_for_what(anna: Party) -> None:
    organisation()
    names(anna, "samen")
    entry = JournalEntry.objects.get(event=Event.ORGANISATIONS_SEARCHED)
    assert (entry.actor, entry.details) == (anna.id, {"found": 1})
