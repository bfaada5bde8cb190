"""How letters to a person look: kept, written down, and only what letters can be."""

import pytest

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.parties.actions import set_letter_preferences
from namens.parties.models import Party, Person
from tests.people import NOW


def choose(party: Party, *, large_print: bool, language: str) -> None:
    """Let this person choose."""
    set_letter_preferences(
        party=party, large_print=large_print, language=language, by=party.id, channel=Channel.PAGES, now=NOW
    )


def test_it_keeps_how_letters_look_and_writes_it_down_once(anna: Party, bram: Party) -> None:
    for _ in range(2):
        choose(anna, large_print=True, language="en")
    kept = Person.objects.values_list("large_print", "letter_language")
    assert (kept.get(party=anna), kept.get(party=bram)) == ((True, "en"), (False, "nl"))
    entry = JournalEntry.objects.get(event=Event.LETTER_PREFERENCES_CHANGED)
    assert (entry.actor, entry.subject, entry.channel) == (anna.id, anna.id, Channel.PAGES)
    assert entry.details == {"large_print": True, "language": "en"}


@pytest.mark.parametrize("language", ["fr", "", "nl-BE", "<b>"])
def test_it_refuses_a_language_that_letters_do_not_have(anna: Party, language: str) -> None:
    with pytest.raises(ValueError, match="this language"):
        choose(anna, large_print=True, language=language)
    assert Person.objects.get(party=anna).large_print is False
