"""Registering people, keeping what the register says, and helper numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import Detail, write
from namens.lib import clock, friendly
from namens.parties import identifiers, vault
from namens.parties.facts import PersonFacts, StopSignal
from namens.parties.identifiers import HELPER_NUMBER_SYMBOLS, Bsn, SoundHelperNumber
from namens.parties.models import HelperNumber, Kind, Party, Person
from namens.parties.refusals import PartyRefusal

ASK_EVERY = timedelta(hours=24)
ASK_AFTER_TROUBLE = timedelta(hours=1)


@dataclass(frozen=True)
class FoundHelper:
    """The person behind a helper number."""

    party: Party
    name: str


def register_person(*, bsn: Bsn, now: datetime, channel: Channel) -> Party:
    """Give the party of this BSN, made now when it was not known yet. Two at the same time give one party."""
    known = find_person(bsn=bsn)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            party = Party.objects.create(kind=Kind.PERSON, created_at=now)
            sealed = vault.seal(bsn)
            Person.objects.create(party=party, bsn_digest=identifiers.digest(bsn), bsn_sealed=sealed, ask_again_at=now)
            write(Event.PERSON_REGISTERED, at=now, channel=channel, subject=party.id)
            return party
    except IntegrityError:
        return Party.objects.get(person__bsn_digest=identifiers.digest(bsn))


def find_person(*, bsn: Bsn) -> Party | None:
    """Give the party of this BSN, or None."""
    return Party.objects.filter(person__bsn_digest__in=identifiers.digests(bsn)).first()


def record_facts(*, party: Party, facts: PersonFacts, now: datetime, channel: Channel = Channel.PAGES) -> Person:
    """Keep what the register said of this person just now."""
    with transaction.atomic():
        Person.objects.filter(party=party).update(
            given_names=facts.name.given_names[:250],
            prefix=facts.name.prefix[:20],
            family_name=facts.name.family_name[:250],
            folded_name=facts.name.sorting[:600],
            birth_date=str(facts.birth_date or ""),
            signals=sorted(facts.signals),
            refreshed_at=now,
            ask_again_at=now + ASK_EVERY,
        )
        write(Event.REGISTER_CONSULTED, at=now, channel=channel, subject=party.id)
        return Person.objects.get(party=party)


def begin_asking(*, person: Person, now: datetime) -> bool:
    """Take the next question about this person upon oneself. False when somebody else did.

    The turn is counted before the question: whatever goes wrong, also with the asker, others come first for an hour.
    """
    waiting = Person.objects.filter(party_id=person.party_id, ask_again_at=person.ask_again_at)
    return bool(waiting.update(ask_again_at=now + ASK_AFTER_TROUBLE))


def ask_soon(*, parties: Iterable[UUID], now: datetime) -> None:
    """Let the daily check ask about these people now: somebody says that their names are not right."""
    Person.objects.filter(party__in=list(parties), ask_again_at__gt=now).update(ask_again_at=now)


def record_no_facts(
    *, party: Party, result: str, now: datetime, channel: Channel, signal: StopSignal | None = None
) -> Person:
    """Keep that the register answered without facts about this person, and the `signal` that lies in that.

    What it said before stays, and so does the time at which it did.
    """
    with transaction.atomic():
        person = Person.objects.get(party=party)
        signals = {*person.signals, *([signal] if signal else [])}
        Person.objects.filter(party=party).update(signals=sorted(signals), ask_again_at=now + ASK_EVERY)
        write(Event.REGISTER_CONSULTED, at=now, channel=channel, subject=party.id, result=result)
        return Person.objects.get(party=party)


def set_letter_preferences(
    *, party: Party, large_print: bool, language: str, by: UUID, channel: Channel, now: datetime
) -> None:
    """Keep how letters to this person look from now on. Raises ValueError for a language that letters do not have."""
    if language not in dict(settings.LANGUAGES):
        raise ValueError("letters do not have this language")
    with transaction.atomic():
        other = Person.objects.filter(party=party).exclude(large_print=large_print, letter_language=language)
        if other.update(large_print=large_print, letter_language=language):
            details: dict[str, Detail] = {"large_print": large_print, "language": language}
            event = Event.LETTER_PREFERENCES_CHANGED
            write(event, at=now, channel=channel, actor=by, subject=party.id, details=details)


def helper_number_of(*, party: Party, now: datetime) -> str:
    """Give this person's helper number, made now when there was none."""
    found, _ = HelperNumber.objects.get_or_create(
        party=party, defaults={"number": friendly.generate(HELPER_NUMBER_SYMBOLS), "since": now}
    )
    return found.number


def reset_helper_number(*, party: Party, now: datetime) -> str:
    """Replace the helper number. The old one names nobody from now on."""
    number = friendly.generate(HELPER_NUMBER_SYMBOLS)
    with transaction.atomic():
        HelperNumber.objects.update_or_create(party=party, defaults={"number": number, "since": now})
        write(Event.HELPER_NUMBER_RESET, at=now, channel=Channel.PAGES, actor=party.id)
    return number


def find_helper(
    *, number: SoundHelperNumber, asker: Party, now: datetime, desk: UUID | None = None
) -> FoundHelper | PartyRefusal:
    """Look a helper up for `asker`: the name only, ten unknown numbers a day, never oneself, adults only.

    `desk` is the helpdesk agent who does it because the asker calls: then the agent's tries are counted.
    """
    actor = desk or asker.id
    with transaction.atomic():
        hold(party=asker)
        if settings.UNKNOWN_HELPER_NUMBERS.is_reached(_misses(actor, now)):
            return PartyRefusal.TOO_MANY_HELPER_NUMBERS
        outcome = _helper_or_refusal(number, asker, now)
        write(
            Event.HELPER_NUMBER_LOOKED_UP,
            at=now,
            channel=Channel.HELPDESK if desk else Channel.PAGES,
            actor=actor,
            subject=asker.id if desk else None,
            result=outcome if isinstance(outcome, PartyRefusal) else "done",
        )
        return outcome


def hold(*, party: Party) -> None:
    """Hold this party until the transaction ends, so that tries of one person count one by one.

    An UPDATE, since SQLite ignores `select_for_update`.
    """
    Party.objects.filter(id=party.id).update(kind=F("kind"))


def _misses(asker: UUID, now: datetime) -> int:
    return JournalEntry.objects.filter(
        actor=asker,
        event=Event.HELPER_NUMBER_LOOKED_UP,
        result=PartyRefusal.UNKNOWN_HELPER_NUMBER,
        at__gt=settings.UNKNOWN_HELPER_NUMBERS.since(now),
    ).count()


def _helper_or_refusal(number: SoundHelperNumber, asker: Party, now: datetime) -> FoundHelper | PartyRefusal:
    person = Person.objects.select_related("party").filter(party__helper_number__number=number).first()
    if person is None:
        return PartyRefusal.UNKNOWN_HELPER_NUMBER
    if person.party_id == asker.id:
        return PartyRefusal.OWN_HELPER_NUMBER
    if person.refreshed_at is None or person.facts.signals & {StopSignal.DECEASED, StopSignal.ERRONEOUS}:
        return PartyRefusal.HELPER_BLOCKED
    if not person.is_adult_on(clock.day_of(now)):
        return PartyRefusal.HELPER_UNDER_AGE
    return FoundHelper(party=person.party, name=person.name.full)
