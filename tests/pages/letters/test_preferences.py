"""In which language and in which size the own letters come."""

import pytest
from django.test import Client

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.mandates.models import Mandate
from namens.parties.models import Party, Person
from tests.counting import statements
from tests.letters import made
from tests.pages.visiting import send, shown
from tests.people import BSNS, NOW

PAGE = "/mijn-brieven/voorkeuren"
ENGLISH = {"language": "en", "size": "large"}


def kept(party: Party) -> tuple[str, bool]:
    person = Person.objects.get(party=party)
    return person.letter_language, person.large_print


def notes() -> list[JournalEntry]:
    return list(JournalEntry.objects.filter(event=Event.LETTER_PREFERENCES_CHANGED))


def test_it_begins_with_how_it_is_now(at_anna: Client, anna: Party) -> None:
    Person.objects.filter(party=anna).update(letter_language="en")
    page = at_anna.get(PAGE).content.decode()
    assert page.count("checked") == 2
    assert "Gewone letters" in shown(at_anna.get("/mijn-brieven"))


def test_it_keeps_what_was_chosen_and_notes_it(at_anna: Client, anna: Party) -> None:
    assert send(at_anna, PAGE, ENGLISH)["Location"] == "/mijn-brieven"
    assert kept(anna) == ("en", True)
    (note,) = notes()
    assert (note.actor, note.subject, note.at) == (anna.id, anna.id, NOW)
    assert note.details == {"language": "en", "large_print": True}
    page = shown(at_anna.get("/mijn-brieven"))
    assert "Taal van uw brieven English" in page
    assert "Grootte van de letters Grote letters Wijzig" in page


def test_it_notes_nothing_when_nothing_changes(at_anna: Client, anna: Party) -> None:
    for _ in range(2):
        send(at_anna, PAGE, {"language": "nl", "size": "ordinary"})
    assert (kept(anna), notes()) == (("nl", False), [])


@pytest.mark.usefixtures("mandate")
def test_it_holds_for_the_next_letter(at_anna: Client) -> None:
    send(at_anna, PAGE, ENGLISH)
    assert made("confirmation").sealed


@pytest.mark.parametrize("typed", [{}, {"language": "nl"}, {"language": "tr", "size": "large"}, {"size": "9" * 300}])
def test_it_asks_for_one_of_the_answers(at_anna: Client, anna: Party, typed: dict[str, str]) -> None:
    page = send(at_anna, PAGE, typed)
    assert "Kies een van de antwoorden" in shown(page)
    assert kept(anna) == ("nl", False)


def test_it_changes_nothing_of_anybody_else(at_dirk: Client, anna: Party, dirk: Party, mandate: Mandate) -> None:
    send(at_dirk, PAGE, {**ENGLISH, "party": str(anna.id), "bsn": BSNS["anna"].digits})
    assert (kept(anna), kept(dirk)) == (("nl", False), ("en", True))
    assert mandate.representee_id == anna.id


def test_it_asks_in_four_statements_and_keeps_in_six(at_anna: Client) -> None:
    assert statements(lambda: at_anna.get(PAGE)) <= 4
    assert statements(lambda: send(at_anna, PAGE, ENGLISH)) <= 6
