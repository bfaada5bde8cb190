"""Letters that a caller asks for: a code once more, everything on paper; each once in a call. And how letters look."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from namens.helpdesk import letters
from namens.helpdesk.models import Call, Caller
from namens.helpdesk.refusals import CallerRefusal, CallRefused
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.mandates.actions import withdraw
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party, Person
from namens.population.addresses import STOPS_A_CODE, STOPS_ANY_LETTER
from namens.signin.models import Staff
from tests.asking import requested
from tests.helpdesk.calling import found
from tests.parallel import at_once
from tests.people import NOW, active, give, load_catalogue, person
from tests.staff import make_agent

LATER = NOW + timedelta(minutes=31)


@pytest.fixture
def call(catalogue: None, hester: Staff, anna: Party) -> Call:  # noqa: ARG001 - asked for its effect
    """Anna calls, and Hester found her."""
    return found(hester)


@pytest.fixture
def waiting(call: Call, anna: Party, bram: Party) -> Mandate:
    """Bram asked for a mandate of Anna, and it waits; the letter that belongs to it was taken along."""
    assert call.party_id == anna.id
    mandate = requested(anna, bram)
    OutboxRow.objects.all().delete()
    return mandate


def asked_for() -> list[str]:
    """Give the kinds of the letters that were asked for."""
    return [row.payload["letter"] for row in OutboxRow.objects.filter(kind=Kind.LETTER).order_by("id")]


def look(call: Call, *, language: str = "en") -> None:
    """Choose large print."""
    letters.choose_look(call=call, large_print=True, language=language, now=NOW)


def test_it_sends_a_new_code_once_in_a_call_and_once_more_in_the_next(
    call: Call, waiting: Mandate, hester: Staff
) -> None:
    for _ in range(2):
        letters.send_again(call=call, mandate=waiting.id, now=NOW)
    assert asked_for() == ["code"]
    entry = JournalEntry.objects.get(event=Event.LETTER_ASKED)
    assert (entry.actor, entry.subject, entry.mandate) == (call.staff_id, call.party_id, waiting.id)
    letters.send_again(call=found(hester, now=LATER), mandate=waiting.id, now=LATER)
    assert asked_for() == ["code", "code"]


def test_it_sends_a_new_code_for_what_the_client_gave(call: Call, anna: Party, bram: Party) -> None:
    letters.send_again(call=call, mandate=give(anna, bram).mandate.id, now=NOW)
    assert asked_for() == ["code"]


def test_it_sends_no_new_code_for_what_does_not_wait(call: Call, anna: Party, bram: Party, carla: Party) -> None:
    running, taken_back = active(anna, bram), requested(anna, carla)
    withdraw(asked=MandateRequest.objects.get(mandate=taken_back).id, by=carla, now=NOW)
    late = requested(anna, bram, keys=("inkomstenbelasting",))
    Mandate.objects.filter(id=late.id).update(waits_until=NOW.date() - timedelta(days=1))
    for mandate in (running, taken_back, late):
        with pytest.raises(MandateRefused, match=MandateReason.NOT_POSSIBLE):
            letters.send_again(call=call, mandate=mandate.id, now=NOW)


def test_it_sends_no_new_code_for_what_somebody_else_gave(call: Call, carla: Party, bram: Party) -> None:
    with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
        letters.send_again(call=call, mandate=give(carla, bram).mandate.id, now=NOW)


def test_it_sends_an_overview_once_in_a_call(call: Call) -> None:
    for _ in range(2):
        letters.send_overview(call=call, now=NOW)
    assert asked_for() == ["overview"]
    entry = JournalEntry.objects.get(event=Event.LETTER_ASKED)
    assert (entry.actor, entry.subject, entry.mandate) == (call.staff_id, call.party_id, None)
    assert entry.channel == Channel.HELPDESK


def test_it_keeps_how_the_caller_wants_letters(call: Call, anna: Party) -> None:
    look(call)
    kept = Person.objects.get(party=anna)
    assert (kept.large_print, kept.letter_language) == (True, "en")
    entry = JournalEntry.objects.get(event=Event.LETTER_PREFERENCES_CHANGED)
    assert (entry.actor, entry.subject, entry.channel) == (call.staff_id, anna.id, Channel.HELPDESK)


def test_it_stops_at_what_stands_in_the_way_of_each_letter(call: Call, waiting: Mandate) -> None:
    for obstacle in STOPS_A_CODE:
        call.obstacles = [obstacle.value]
        with pytest.raises(CallRefused, match=CallerRefusal.LETTER_CANNOT_GO):
            letters.send_again(call=call, mandate=waiting.id, now=NOW)
    for obstacle in STOPS_ANY_LETTER:
        call.obstacles = [obstacle.value]
        with pytest.raises(CallRefused, match=CallerRefusal.LETTER_CANNOT_GO):
            letters.send_overview(call=call, now=NOW)
    assert asked_for() == []


@pytest.mark.parametrize("change", [{"ends_at": NOW}, {"caller": Caller.HELPER}, {"caller": Caller.COLLEAGUE}], ids=str)
def test_it_does_nothing_in_a_call_that_is_over_or_not_a_clients(
    call: Call, waiting: Mandate, change: dict[str, object]
) -> None:
    Call.objects.filter(id=call.id).update(**change)
    acts: list[Callable[[], None]] = [
        lambda: letters.send_again(call=call, mandate=waiting.id, now=NOW),
        lambda: letters.send_overview(call=call, now=NOW),
        lambda: look(call),
    ]
    for act in acts:
        with pytest.raises(CallRefused, match=CallerRefusal.CALL_OVER):
            act()
    assert asked_for() == []
    assert not Person.objects.filter(large_print=True).exists()


@pytest.mark.django_db(transaction=True)
def test_it_sends_one_of_each_when_the_button_is_pressed_many_times_at_once() -> None:
    load_catalogue()
    anna, bram = person("anna"), person("bram")
    mandate = give(anna, bram).mandate
    call = found(make_agent("Racer"))
    at_once([partial(letters.send_again, call=call, mandate=mandate.id, now=NOW)] * 5)
    at_once([partial(letters.send_overview, call=call, now=NOW)] * 5)
    assert asked_for() == ["code", "overview"]
