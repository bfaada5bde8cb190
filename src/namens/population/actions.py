"""Asking the population register, and keeping what it said."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from uuid import UUID

from namens.journal.events import Channel
from namens.parties import stating, vault
from namens.parties.actions import record_facts, record_no_facts
from namens.parties.facts import StopSignal
from namens.parties.identifiers import Bsn
from namens.parties.models import Party, Person
from namens.population.addresses import AddressAnswer, ask_address
from namens.population.answers import Answer, Found, NotFound, Unavailable
from namens.population.connection import register

NOT_FOUND = "not-found"


def ask(*, bsn: Bsn) -> Answer:
    """Ask about one person. Takes up to the set total of seconds, so never inside a transaction."""
    return register().ask(bsn=bsn)


def question(*, party: Party) -> Callable[[], Answer]:
    """Give the asking about a person we know, to be done by any thread: it needs no database."""
    return partial(ask, bsn=vault.open_(Person.objects.get(party=party).bsn_sealed))


def stated_question(*, stated: UUID | None) -> Callable[[], Answer] | None:
    """Give the asking about somebody who was only stated; None when nothing is kept of that any more."""
    bsn = stating.bsn_of(stated=stated) if stated else None
    return partial(ask, bsn=bsn) if bsn else None


def address_question(*, party: UUID, today: date) -> Callable[[], AddressAnswer]:
    """Give the asking where a letter to this person can go; any thread can do it."""
    return partial(ask_address, bsn=vault.open_(Person.objects.get(party=party).bsn_sealed), today=today)


def refresh(*, party: Party, now: datetime, channel: Channel = Channel.PAGES) -> Answer:
    """Ask about a person we know, and keep the facts when they are found. Nothing changes when they are not."""
    answer = question(party=party)()
    if isinstance(answer, Found):
        record_facts(party=party, facts=answer.facts, now=now, channel=channel)
    return answer


def keep_daily_answer(*, party: Party, answer: Answer, now: datetime) -> Person | None:
    """Keep what came of the daily question about a person. Gives None when the register is away for everybody.

    Whom the register knew and does not give any more had a record that was wrong: that stops as its own word does. It
    must say so on two days: an ended mandate never comes back, and an address can be wrong for a day.
    """
    match answer:
        case Found(facts=facts):
            return record_facts(party=party, facts=facts, now=now, channel=Channel.WORKER)
        case NotFound():
            signal = StopSignal.ERRONEOUS if _is_missing(party) else StopSignal.MISSING
            return record_no_facts(party=party, result=NOT_FOUND, now=now, channel=Channel.WORKER, signal=signal)
        case Unavailable(reason=reason) if answer.is_about_one:
            return record_no_facts(party=party, result=reason, now=now, channel=Channel.WORKER)
    return None


def _is_missing(party: Party) -> bool:
    return bool(Person.objects.get(party=party).facts.signals & {StopSignal.MISSING, StopSignal.ERRONEOUS})
