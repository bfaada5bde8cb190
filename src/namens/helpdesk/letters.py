"""What an agent lets be sent because a client calls: a code, a code once more, an overview. And how letters look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from namens.helpdesk.holding import held
from namens.helpdesk.models import Call, Caller
from namens.helpdesk.refusals import CallerRefusal, CallRefused
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import write
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates import letters as mandate_letters
from namens.mandates.actions import block, offer_by_phone
from namens.mandates.actions import letter_again as send_mandate_letter
from namens.mandates.models import Mandate, Origin
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State
from namens.mandates.terms import REGISTER_IS_FRESH
from namens.parties.actions import FoundHelper, find_helper, record_facts, set_letter_preferences
from namens.parties.identifiers import SoundHelperNumber
from namens.parties.models import Party, Person
from namens.parties.refusals import PartyRefusal
from namens.population import actions as population
from namens.population.addresses import STOPS_A_CODE, STOPS_ANY_LETTER, Obstacle
from namens.population.answers import NotFound, Unavailable
from namens.services.models import Service
from namens.signin.models import Staff


@dataclass(frozen=True)
class Said:
    """What only the caller can tell: whether somebody decides for them, whispers to them, and where they live now."""

    is_administered: bool
    is_prompted: bool
    has_reported_move: bool


def stops_a_code(call: Call) -> list[Obstacle]:
    """Give what stands in the way of a code letter to this caller."""
    return sorted(STOPS_A_CODE.intersection(map(Obstacle, call.obstacles)))


def stops_any_letter(call: Call) -> list[Obstacle]:
    """Give what stands in the way of any letter to this caller."""
    return sorted(STOPS_ANY_LETTER.intersection(map(Obstacle, call.obstacles)))


def name_helper(*, call: Call, number: SoundHelperNumber, now: datetime) -> FoundHelper | PartyRefusal:
    """Look up whom the caller names, and keep that for the letter. The agent's wrong numbers are counted."""
    with transaction.atomic():
        # Tries of one agent count one by one, in however many calls.
        Staff.objects.filter(id=call.staff_id).update(name=F("name"))
        outcome = find_helper(number=number, asker=call.party, now=now, desk=call.staff_id)
        if isinstance(outcome, FoundHelper):
            Call.objects.filter(id=call.id).update(helper=outcome.party, helper_is_open=False)
        return outcome


def name_nobody(*, call: Call) -> None:
    """Keep that the caller cannot name a helper: whoever brings the code will be the one."""
    Call.objects.filter(id=call.id).update(helper=None, helper_is_open=True)


def send_code_letter(
    *, call: Call, helper: Party | None, services: Sequence[Service], duration: Duration, said: Said, now: datetime
) -> UUID:
    """Let the caller give a mandate, with a code that comes by letter. Gives the mandate.

    The same again in one call is one letter. Asks the register, outside any transaction, when its answer is not fresh
    any more. Raises CallRefused and MandateRefused.
    """
    _check_said(said)
    obstacles = _obstacles_now(call, now)
    if obstacles & STOPS_A_CODE:
        raise CallRefused(CallerRefusal.LETTER_CANNOT_GO)
    with held(call, caller=Caller.CLIENT, now=now):
        sent = _sent_in_this_call(call, helper, services, duration)
        if sent is not None:
            return sent
        mandate = offer_by_phone(
            caller=call.party, helper=helper, services=services, duration=duration, agent=call.staff_id, now=now
        )
        return mandate.id


def send_again(*, call: Call, mandate: UUID, now: datetime) -> None:
    """Send a new letter for a mandate that waits; once in a call. Raises CallRefused and MandateRefused."""
    if stops_a_code(call):
        raise CallRefused(CallerRefusal.LETTER_CANNOT_GO)
    with held(call, caller=Caller.CLIENT, now=now):
        if not _asked_in_this_call(call, mandate=mandate):
            send_mandate_letter(mandate=mandate, caller=call.party_id, agent=call.staff_id, now=now)


def send_overview(*, call: Call, now: datetime) -> None:
    """Send a letter with everything that the caller gave and holds; once in a call. Raises CallRefused."""
    if stops_any_letter(call):
        raise CallRefused(CallerRefusal.LETTER_CANNOT_GO)
    with held(call, caller=Caller.CLIENT, now=now):
        if _asked_in_this_call(call, mandate=None):
            return
        mandate_letters.ask_overview(party=call.party_id, now=now)
        write(Event.LETTER_ASKED, at=now, channel=Channel.HELPDESK, actor=call.staff_id, subject=call.party_id)


def choose_look(*, call: Call, large_print: bool, language: str, now: datetime) -> None:
    """Keep how the caller wants letters: large print or not, in which language. Raises CallRefused."""
    with held(call, caller=Caller.CLIENT, now=now):
        set_letter_preferences(
            party=call.party,
            large_print=large_print,
            language=language,
            by=call.staff_id,
            channel=Channel.HELPDESK,
            now=now,
        )


def _check_said(said: Said) -> None:
    if said.is_administered:
        raise MandateRefused(MandateReason.GIVER_UNDER_ADMINISTRATION)
    if said.is_prompted:
        raise CallRefused(CallerRefusal.CALLER_PROMPTED)
    if not said.has_reported_move:
        raise CallRefused(CallerRefusal.MOVE_NOT_REPORTED)


def _obstacles_now(call: Call, now: datetime) -> frozenset[Obstacle]:
    """Give the obstacles, from the look-up or, when that is too long ago for a yes, from the register now."""
    told = Person.objects.get(party=call.party_id).refreshed_at
    if told is not None and now - told <= REGISTER_IS_FRESH:
        return frozenset(map(Obstacle, call.obstacles))
    answer = population.address_question(party=call.party_id, today=clock.day_of(now))()
    if isinstance(answer, Unavailable):
        raise CallRefused(CallerRefusal.REGISTER_AWAY)
    if isinstance(answer, NotFound):
        raise MandateRefused(MandateReason.GIVER_ERRONEOUS)
    with transaction.atomic():
        person = record_facts(party=call.party, facts=answer.facts, now=now, channel=Channel.HELPDESK)
        block(person=person, now=now, channel=Channel.HELPDESK)
        Call.objects.filter(id=call.id).update(obstacles=sorted(answer.obstacles))
    return answer.obstacles


def _sent_in_this_call(
    call: Call, helper: Party | None, services: Sequence[Service], duration: Duration
) -> UUID | None:
    same = Mandate.objects.filter(
        representee=call.party_id,
        representative=helper,
        origin=Origin.BY_PHONE,
        state=State.REQUESTED,
        duration=duration,
        offered_at__gte=call.began_at,
    )
    asked = {service.id for service in services}
    lines = {
        mandate.id: {line.service_id for line in mandate.lines.all()} for mandate in same.prefetch_related("lines")
    }
    return next((mandate for mandate, known in lines.items() if known == asked), None)


def _asked_in_this_call(call: Call, *, mandate: UUID | None) -> bool:
    asked = JournalEntry.objects.filter(
        event=Event.LETTER_ASKED, actor=call.staff_id, subject=call.party_id, mandate=mandate, at__gte=call.began_at
    )
    return asked.exists()
