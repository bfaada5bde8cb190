"""Helper numbers: looking one up, and having one."""

from datetime import timedelta

import pytest

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.lib import friendly
from namens.parties.actions import (
    FoundHelper,
    find_helper,
    helper_number_of,
    register_person,
    reset_helper_number,
)
from namens.parties.facts import StopSignal
from namens.parties.identifiers import HELPER_NUMBER_SYMBOLS, SoundHelperNumber, parse_helper_number
from namens.parties.models import Party
from namens.parties.refusals import PartyRefusal
from tests.parallel import at_once
from tests.people import BSNS, NOW, person, told

DAY = timedelta(hours=24)


def number_of(party: Party) -> SoundHelperNumber:
    return parse_helper_number(helper_number_of(party=party, now=NOW))


def unknown() -> SoundHelperNumber:
    return SoundHelperNumber(friendly.generate(HELPER_NUMBER_SYMBOLS))


def miss(asker: Party, *, times: int) -> None:
    for _ in range(times):
        find_helper(number=unknown(), asker=asker, now=NOW)


def test_it_gives_the_helper_with_a_name(anna: Party, bram: Party) -> None:
    found = find_helper(number=number_of(bram), asker=anna, now=NOW)
    assert found == FoundHelper(party=bram, name="Bram Bakker")


def test_it_does_not_know_a_number_that_nobody_has(anna: Party) -> None:
    assert find_helper(number=unknown(), asker=anna, now=NOW) is PartyRefusal.UNKNOWN_HELPER_NUMBER


def test_it_refuses_the_own_number(anna: Party) -> None:
    assert find_helper(number=number_of(anna), asker=anna, now=NOW) is PartyRefusal.OWN_HELPER_NUMBER


@pytest.mark.parametrize("born", ["2008-11-24", "2008-12", "2008", "2020-01-01"])
def test_it_refuses_who_is_not_surely_an_adult(anna: Party, bram: Party, born: str) -> None:
    told(bram, born=born)
    assert find_helper(number=number_of(bram), asker=anna, now=NOW) is PartyRefusal.HELPER_UNDER_AGE


def test_it_takes_who_is_eighteen_today(anna: Party, bram: Party) -> None:
    told(bram, born="2008-11-23")
    assert isinstance(find_helper(number=number_of(bram), asker=anna, now=NOW), FoundHelper)


@pytest.mark.parametrize("signal", [StopSignal.DECEASED, StopSignal.ERRONEOUS])
def test_it_refuses_who_cannot_help(anna: Party, bram: Party, signal: StopSignal) -> None:
    told(bram, signals=[signal])
    assert find_helper(number=number_of(bram), asker=anna, now=NOW) is PartyRefusal.HELPER_BLOCKED


def test_it_refuses_who_the_register_was_never_asked_about(anna: Party) -> None:
    stranger = register_person(bsn=BSNS["dirk"], now=NOW, channel=Channel.PAGES)
    assert find_helper(number=number_of(stranger), asker=anna, now=NOW) is PartyRefusal.HELPER_BLOCKED


def test_it_pauses_after_ten_unknown_numbers(anna: Party, bram: Party) -> None:
    miss(anna, times=10 - 1)
    assert isinstance(find_helper(number=number_of(bram), asker=anna, now=NOW), FoundHelper)
    miss(anna, times=1)
    assert find_helper(number=number_of(bram), asker=anna, now=NOW) is PartyRefusal.TOO_MANY_HELPER_NUMBERS


def test_it_is_free_again_after_a_day(anna: Party, bram: Party) -> None:
    miss(anna, times=10)
    just_before = find_helper(number=number_of(bram), asker=anna, now=NOW + DAY - timedelta(seconds=1))
    assert just_before is PartyRefusal.TOO_MANY_HELPER_NUMBERS
    assert isinstance(find_helper(number=number_of(bram), asker=anna, now=NOW + DAY), FoundHelper)


def test_it_pauses_nobody_else(anna: Party, bram: Party, carla: Party) -> None:
    miss(anna, times=10)
    assert isinstance(find_helper(number=number_of(bram), asker=carla, now=NOW), FoundHelper)


def test_it_never_pauses_for_known_numbers(anna: Party, bram: Party) -> None:
    number = number_of(bram)
    answers = [find_helper(number=number, asker=anna, now=NOW) for _ in range(10 + 1)]
    assert all(isinstance(answer, FoundHelper) for answer in answers)


def test_it_does_not_write_who_was_found(anna: Party, bram: Party) -> None:
    find_helper(number=number_of(bram), asker=anna, now=NOW)
    entry = JournalEntry.objects.get(event=Event.HELPER_NUMBER_LOOKED_UP)
    assert (entry.actor, entry.subject, entry.result, entry.details) == (anna.id, None, "done", {})


def test_it_keeps_one_number(bram: Party) -> None:
    assert number_of(bram) == number_of(bram)


def test_it_names_nobody_by_a_number_that_was_reset(anna: Party, bram: Party) -> None:
    before = number_of(bram)
    after = reset_helper_number(party=bram, now=NOW)
    assert (number_of(bram), before != after) == (after, True)
    assert find_helper(number=before, asker=anna, now=NOW) is PartyRefusal.UNKNOWN_HELPER_NUMBER


def test_it_can_reset_a_number_that_was_never_asked(bram: Party) -> None:
    number = reset_helper_number(party=bram, now=NOW)
    assert number_of(bram) == number
    assert JournalEntry.objects.filter(event=Event.HELPER_NUMBER_RESET, actor=bram.id).count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_counts_tries_at_one_moment_one_by_one() -> None:
    anna = person("anna")
    answers = at_once([lambda: find_helper(number=unknown(), asker=anna, now=NOW)] * 14)
    assert answers.count(PartyRefusal.UNKNOWN_HELPER_NUMBER) == 10
    assert answers.count(PartyRefusal.TOO_MANY_HELPER_NUMBERS) == 4


@pytest.mark.django_db(transaction=True)
def test_it_gives_one_number_to_who_asks_twice_at_once() -> None:
    bram = person("bram")
    assert len(set(at_once([lambda: helper_number_of(party=bram, now=NOW)] * 6))) == 1
