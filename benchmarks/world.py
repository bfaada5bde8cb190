"""People, mandates and sessions for benchmarks, made by the same actions as the pages use."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from benchmarks import ready
from namens.codes.actions import Match
from namens.commands import DEFAULT_CATALOGUE
from namens.grants.actions import make_keys
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import write_many
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.lib.partial_date import PartialDate
from namens.lib.periods import Duration
from namens.mandates.actions import activate, offer, try_code
from namens.mandates.actions.offer import GivenMandate
from namens.mandates.terms import Terms
from namens.parties import vault
from namens.parties.actions import record_facts, register_person
from namens.parties.facts import PersonFacts, PersonName
from namens.parties.identifiers import BSN_WEIGHTS, Bsn
from namens.parties.models import Party
from namens.services import catalogue
from namens.services.actions import approve_catalogue, propose_catalogue
from namens.services.models import Service
from namens.signin import lasting, session

SERVICE = "mijn-toeslagen"


def fill() -> None:
    """Make the tables, the practice catalogue and the signing keys."""
    ready.tables()
    version = propose_catalogue(content=catalogue.load(DEFAULT_CATALOGUE), by="one", now=clock.now())
    approve_catalogue(number=version.number, by="two", now=clock.now())
    make_keys(now=clock.now())


def people(count: int, *, now: datetime, skipped: int = 0) -> list[Party]:
    """Register `count` adults about whom the register was asked just now, after `skipped` who are there already."""
    parties = []
    for number, bsn in enumerate(islice(_bsns(), skipped, skipped + count)):
        party = register_person(bsn=bsn, now=now, channel=Channel.COMMAND)
        facts = PersonFacts(PersonName(f"Persoon{number}", "", "Proef"), PartialDate(1970, 1, 1))
        record_facts(party=party, facts=facts, now=now)
        parties.append(party.id)
    return list(Party.objects.select_related("person").filter(id__in=parties).order_by("id"))


def mandate(giver: Party, helper: Party, *, now: datetime) -> UUID:
    """Let `giver` give and `helper` activate a mandate for a year. Gives its id."""
    today = clock.day_of(now)
    chosen = list(Service.objects.filter(key=SERVICE))
    given = offer(
        representee=giver,
        representative=helper,
        terms=Terms(services=chosen, first_day=today, last_day=Duration.ONE_YEAR.last_day(today)),
        level=AssuranceLevel.LOW,
        under_administration=False,
        now=now,
    )
    assert isinstance(given, GivenMandate)
    match = try_code(code=given.code, bsn=vault.open_(giver.person.bsn_sealed), helper=helper, now=now)
    assert isinstance(match, Match)
    activate(code=match.code, helper=helper, now=now)
    return given.mandate.id


def logins(client: Party, helper: Party, *, mandate: UUID, count: int, now: datetime) -> JournalEntry:
    """Write down that the helper logged in for the client so many times in the last five years. Gives the oldest."""
    between = timedelta(days=5 * 365) / count
    entries = [
        JournalEntry(
            at=now - between * number,
            event=Event.MANDATE_USED,
            channel=Channel.PORTAL,
            actor=helper.id,
            subject=client.id,
            mandate=mandate,
            details={"services": [SERVICE]},
        )
        for number in range(count)
    ]
    with transaction.atomic():
        write_many(entries)
    return entries[-1]


def visit(party: Party, *, now: datetime) -> str:
    """Write the session of somebody who is logged in, and give its key.

    The broker's part is left out: the login lies an hour ahead, so that it is not older than any request of a portal.
    """
    store = SessionStore()
    moments = {lasting.SINCE: now.isoformat(), lasting.SEEN: now.isoformat()}
    ahead = (now + timedelta(hours=1)).isoformat()
    level = AssuranceLevel.SUBSTANTIAL.value
    who = {session.PARTY: str(party.id), session.WORLD: party.kind}
    store.update({**who, session.LEVEL: level, session.AUTH_TIME: ahead, **moments})
    store.save()
    return str(store.session_key)


def lead_to(path: str, *, visit: str) -> None:
    """Let the login of this session be one that was made for `path`, as the broker's answer would make it."""
    store = SessionStore(visit)
    store[session.MADE_FOR] = path
    store.save()


def _bsns() -> Iterator[Bsn]:
    """Give made-up numbers that pass the eleven-test."""
    for head in map(str, range(10_000_000, 99_999_999)):
        rest = sum(weight * int(digit) for weight, digit in zip(BSN_WEIGHTS, head, strict=False)) % 11
        if rest < 10:
            yield Bsn(f"{head}{rest}")
