"""A code letter for a client who calls: whom it names, what stops it, and that twice is once."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.conf import settings

from namens.helpdesk import actions, letters
from namens.helpdesk.letters import Said
from namens.helpdesk.models import Call, Caller
from namens.helpdesk.refusals import CallerRefusal, CallRefused
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.lib.periods import Duration
from namens.mandates.models import Mandate, Origin
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State
from namens.outbox.models import Kind, OutboxRow
from namens.parties.actions import FoundHelper, helper_number_of
from namens.parties.facts import StopSignal
from namens.parties.identifiers import parse_helper_number
from namens.parties.models import HelperNumber, Party
from namens.parties.refusals import PartyRefusal
from namens.population import actions as population
from namens.population.addresses import STOPS_A_CODE, Obstacle
from namens.population.answers import Reason, Unavailable
from namens.signin.models import Staff
from namens.signin.staff import accounts
from tests.helpdesk.calling import Addresses, found
from tests.parallel import at_once
from tests.people import NOW, load_catalogue, person, services, told
from tests.staff import make_agent

FINE = Said(is_administered=False, is_prompted=False, has_reported_move=True)
ADMINISTERED, PROMPTED = replace(FINE, is_administered=True), replace(FINE, is_prompted=True)
MOVED = replace(FINE, has_reported_move=False)


def send(call: Call, helper: Party | None, **changes: object) -> Mandate:
    """Send a letter for allowances, a year; with changes."""
    asked: dict[str, Any] = {
        "services": services("mijn-toeslagen"),
        "duration": Duration.ONE_YEAR,
        "said": FINE,
        "now": NOW,
        **changes,
    }
    return Mandate.objects.get(id=letters.send_code_letter(call=call, helper=helper, **asked))


def refusal(call: Call, helper: Party | None, **changes: object) -> object:
    """Give why a letter is not sent."""
    with pytest.raises((CallRefused, MandateRefused)) as refused:
        send(call, helper, **changes)
    assert not Mandate.objects.exists()
    assert not OutboxRow.objects.filter(kind=Kind.LETTER).exists()
    assert isinstance(refused.value, CallRefused | MandateRefused)
    return refused.value.reason


def named(call: Call, number: str) -> FoundHelper | PartyRefusal:
    """Let the caller name a helper."""
    return letters.name_helper(call=call, number=parse_helper_number(number), now=NOW)


@pytest.fixture
def call(catalogue: None, hester: Staff, anna: Party) -> Call:  # noqa: ARG001 - asked for its effect
    """Anna calls, and Hester found her."""
    return found(hester)


def test_it_lets_the_caller_give_a_mandate_and_asks_for_the_letter(call: Call, bram: Party) -> None:
    mandate = send(call, bram)
    assert (mandate.origin, mandate.state, mandate.representative_id) == (Origin.BY_PHONE, State.REQUESTED, bram.id)
    assert OutboxRow.objects.get(kind=Kind.LETTER).payload["mandate"] == str(mandate.id)
    entry = JournalEntry.objects.get(event=Event.MANDATE_OFFERED)
    assert (entry.actor, entry.subject, entry.channel) == (call.staff_id, call.party_id, Channel.HELPDESK)


def test_it_sends_an_open_code_for_who_cannot_name_a_helper(call: Call) -> None:
    assert send(call, None).representative_id is None


def test_it_sends_one_letter_for_the_same_wish_in_one_call(call: Call, bram: Party) -> None:
    assert send(call, bram) == send(call, bram)
    assert OutboxRow.objects.filter(kind=Kind.LETTER).count() == 1
    assert send(call, bram, duration=Duration.ONE_MONTH) != send(call, bram)


def test_it_sends_again_what_was_stopped_in_the_same_call(call: Call, bram: Party) -> None:
    first = send(call, bram)
    actions.stop(call=call, mandate=first.id, now=NOW)
    assert send(call, bram) != first


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (ADMINISTERED, MandateReason.GIVER_UNDER_ADMINISTRATION),
        (PROMPTED, CallerRefusal.CALLER_PROMPTED),
        (MOVED, CallerRefusal.MOVE_NOT_REPORTED),
    ],
)
def test_it_sends_nothing_when_the_caller_says_so(call: Call, bram: Party, said: Said, reason: object) -> None:
    assert refusal(call, bram, said=said) == reason


@pytest.mark.parametrize("obstacle", sorted(STOPS_A_CODE))
def test_it_sends_nothing_past_an_obstacle_in_the_register(call: Call, bram: Party, obstacle: Obstacle) -> None:
    call.obstacles = [obstacle.value]
    assert refusal(call, bram) == CallerRefusal.LETTER_CANNOT_GO


def test_it_keeps_of_the_registers_answer_the_obstacles_only(hester: Staff, anna: Party, register: Addresses) -> None:
    register.obstacles = frozenset({Obstacle.POSTAL_ADDRESS, Obstacle.CONFIDENTIAL})
    kept = Call.objects.get(id=found(hester).id)
    assert kept.party_id == anna.id
    assert kept.obstacles == ["confidential", "postal-address"]
    assert "Lindenhof" not in str(Call.objects.values())


def test_it_asks_the_register_once_more_when_a_call_takes_long(
    call: Call, bram: Party, register: Addresses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(population, "ask_address", register.ask)
    register.obstacles = frozenset({Obstacle.UNDER_INVESTIGATION})
    later = NOW + timedelta(minutes=16)
    assert refusal(call, bram, now=later) == CallerRefusal.LETTER_CANNOT_GO
    register.answer = Unavailable(Reason.TIMEOUT)
    later += timedelta(minutes=10)
    assert refusal(call, bram, now=later + timedelta(minutes=10)) == CallerRefusal.REGISTER_AWAY


def test_it_sends_nothing_for_who_is_under_guardianship_by_now(
    call: Call, bram: Party, register: Addresses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(population, "ask_address", register.ask)
    register.signals = frozenset({StopSignal.GUARDIANSHIP})
    reason = refusal(call, bram, now=NOW + timedelta(minutes=16))
    assert reason == MandateReason.GIVER_UNDER_GUARDIANSHIP


@pytest.mark.parametrize(
    ("keys", "duration", "reason"),
    [
        (("aow-en-pensioen",), Duration.ONE_YEAR, MandateReason.LEVEL_TOO_LOW),
        (("verhuizing-doorgeven",), Duration.ONE_MONTH, MandateReason.SERVICE_NOT_OFFERED),
        (("mijn-toeslagen",), Duration.TODAY, MandateReason.TOO_LONG),
        ((), Duration.ONE_YEAR, MandateReason.NO_SERVICE),
    ],
)
def test_it_sends_nothing_for_what_no_letter_can_give(
    call: Call, bram: Party, keys: tuple[str, ...], duration: Duration, reason: object
) -> None:
    assert refusal(call, bram, services=services(*keys), duration=duration) == reason


def test_it_sends_nothing_once_the_call_is_over_or_the_account_ended(call: Call, bram: Party) -> None:
    Call.objects.filter(id=call.id).update(ends_at=NOW)
    assert refusal(call, bram) == CallerRefusal.CALL_OVER
    Call.objects.filter(id=call.id).update(ends_at=NOW + timedelta(minutes=5))
    accounts.end(email=call.staff.email, by="olga", now=NOW)
    assert refusal(call, bram) == CallerRefusal.CALL_OVER


@pytest.mark.parametrize("caller", [Caller.HELPER, Caller.COLLEAGUE])
def test_it_sends_nothing_in_a_call_that_is_not_a_clients(call: Call, bram: Party, caller: Caller) -> None:
    Call.objects.filter(id=call.id).update(caller=caller)
    assert refusal(call, bram) == CallerRefusal.CALL_OVER


def test_it_finds_the_helper_whom_the_caller_names_and_keeps_that(call: Call, bram: Party) -> None:
    assert named(call, helper_number_of(party=bram, now=NOW)) == FoundHelper(party=bram, name="Bram Bakker")
    assert Call.objects.get(id=call.id).helper_id == bram.id
    entry = JournalEntry.objects.get(event=Event.HELPER_NUMBER_LOOKED_UP)
    assert (entry.actor, entry.subject, entry.channel) == (call.staff_id, call.party_id, Channel.HELPDESK)


def test_it_forgets_the_helper_when_the_caller_cannot_name_one_after_all(call: Call, bram: Party) -> None:
    named(call, helper_number_of(party=bram, now=NOW))
    letters.name_nobody(call=call)
    kept = Call.objects.get(id=call.id)
    assert (kept.helper, kept.helper_is_open) == (None, True)


def test_it_names_nobody_who_cannot_help(call: Call, anna: Party, bram: Party, dirk: Party) -> None:
    told(bram, born="2010-01-01")
    told(dirk, signals=[StopSignal.DECEASED])
    numbers = [helper_number_of(party=one, now=NOW) for one in (anna, bram, dirk)]
    assert [named(call, number) for number in numbers] == [
        PartyRefusal.OWN_HELPER_NUMBER,
        PartyRefusal.HELPER_UNDER_AGE,
        PartyRefusal.HELPER_BLOCKED,
    ]
    assert Call.objects.get(id=call.id).helper is None


def test_it_counts_unknown_numbers_against_the_agent_in_all_calls_together(
    call: Call, hester: Staff, karim: Staff, bram: Party, carla: Party
) -> None:
    assert carla.person.name.first == "Carla"
    number, unknown = helper_number_of(party=bram, now=NOW), helper_number_of(party=carla, now=NOW)
    HelperNumber.objects.get(party=carla).delete()
    for nth in range(settings.UNKNOWN_HELPER_NUMBERS.times):
        assert named(found(hester, "dirk" if nth % 2 else "anna"), unknown) == PartyRefusal.UNKNOWN_HELPER_NUMBER
    assert named(call, number) == PartyRefusal.TOO_MANY_HELPER_NUMBERS
    assert isinstance(named(found(karim), number), FoundHelper)


@pytest.mark.django_db(transaction=True)
def test_it_sends_one_letter_when_the_button_is_pressed_many_times_at_once() -> None:
    load_catalogue()
    bram, anna = person("bram"), person("anna")
    call = found(make_agent("Racer"))
    assert call.party_id == anna.id
    mandates = at_once([partial(send, call, bram)] * 6)
    assert len({mandate.id for mandate in mandates}) == 1
    assert OutboxRow.objects.filter(kind=Kind.LETTER).count() == 1
