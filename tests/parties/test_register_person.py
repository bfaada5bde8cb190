"""Registering a person."""

import pytest
from pytest_django import Settings

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.lib.keyring import Keyring
from namens.parties import vault
from namens.parties.actions import find_person, register_person
from namens.parties.models import Party, Person
from tests.parallel import at_once
from tests.people import BSNS, NOW, TODAY

ANNA = BSNS["anna"]


def register() -> Party:
    return register_person(bsn=ANNA, now=NOW, channel=Channel.PAGES)


@pytest.mark.django_db
def test_it_gives_the_same_party_again() -> None:
    assert register() == register()
    assert (Party.objects.count(), JournalEntry.objects.filter(event=Event.PERSON_REGISTERED).count()) == (1, 1)


@pytest.mark.django_db
def test_it_stores_no_readable_bsn() -> None:
    register()
    stored = " ".join(map(str, Person.objects.values_list().get()))
    assert ANNA.digits not in stored
    assert vault.open_(Person.objects.get().bsn_sealed) == ANNA


@pytest.mark.django_db
def test_it_does_not_find_who_is_not_registered() -> None:
    register()
    assert find_person(bsn=BSNS["bram"]) is None


@pytest.mark.django_db
def test_it_finds_a_person_who_was_registered_under_an_older_key(settings: Settings) -> None:
    ring: Keyring = settings.KEYRING
    settings.KEYRING = Keyring(ring.masters[1:])
    before = register()
    settings.KEYRING = ring
    assert find_person(bsn=ANNA) == before
    assert register() == before


@pytest.mark.django_db(transaction=True)
def test_it_gives_one_party_to_many_at_once() -> None:
    parties = at_once([register] * 12)
    assert len({party.id for party in parties}) == 1
    assert (Party.objects.count(), JournalEntry.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_it_calls_nobody_adult_before_the_register_was_asked() -> None:
    assert not register().person.is_adult_on(TODAY)
