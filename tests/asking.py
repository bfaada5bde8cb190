"""Asking for a mandate, in short words: what a helper states, and what the worker makes of it."""

from collections.abc import Sequence
from datetime import datetime

from namens.lib.assurance import AssuranceLevel
from namens.lib.partial_date import PartialDate
from namens.lib.periods import Duration
from namens.mandates.actions import ForMeeting, Stated, Yes, approve, compare, offer_by_phone, request
from namens.mandates.models import Mandate, MandateRequest
from namens.organisations.models import Member
from namens.parties import stating
from namens.parties.facts import PersonFacts
from namens.parties.identifiers import Bsn
from namens.parties.models import Party
from tests.people import BSNS, NOW, fresh, of, services

BORN = PartialDate(1980, 5, 6)
UNKNOWN = Bsn("999990421")


def stated(
    who: str | Bsn = "anna", *, born: PartialDate = BORN, label: str = "Mevrouw A.", now: datetime = NOW
) -> Stated:
    """Give a person as a helper states them."""
    bsn = who if isinstance(who, Bsn) else BSNS[who]
    return Stated(label=label, kept=stating.state(bsn=bsn, birth_date=born, now=now))


def asks(
    helper: Party,
    *people: Stated,
    keys: Sequence[str] = ("mijn-toeslagen",),
    duration: Duration = Duration.ONE_YEAR,
    now: datetime = NOW,
    member: Member | None = None,
    meeting: ForMeeting | None = None,
) -> MandateRequest:
    """Let a helper ask (for Anna when nobody is named), and give the client's request."""
    return request(
        helper=helper,
        stated=people or (stated(now=now),),
        services=services(*keys),
        duration=duration,
        now=now,
        member=member,
        meeting=meeting,
    )[0]


def asks_at_work(
    member: Member,
    *people: Stated,
    keys: Sequence[str] = ("mijn-toeslagen",),
    duration: Duration = Duration.ONE_YEAR,
    now: datetime = NOW,
) -> MandateRequest:
    """Let a member ask in the name of the organisation."""
    return asks(member.organisation.party, *people, keys=keys, duration=duration, now=now, member=member)


def met(asked: MandateRequest, client: Party, *, now: datetime = NOW, facts: PersonFacts | None = None) -> Mandate:
    """Let the worker compare, and give the mandate that waits."""
    mandate = compare(request=asked.id, facts=facts or client.person.facts, now=now)
    assert mandate is not None
    return of(mandate)


def requested(
    client: Party, helper: Party, *, keys: Sequence[str] = ("mijn-toeslagen",), now: datetime = NOW
) -> Mandate:
    """Give a mandate that a helper asked for and that waits for the client."""
    return met(asks(helper, keys=keys, now=now), client, now=now)


def yes(
    *,
    duration: Duration = Duration.ONE_YEAR,
    granted: Sequence[str] = (),
    level: AssuranceLevel | None = AssuranceLevel.SUBSTANTIAL,
    administered: bool = False,
) -> Yes:
    """Give a yes for a year, without sensitive actions, from a strong login."""
    return Yes(duration=duration, granted_actions=frozenset(granted), level=level, under_administration=administered)


def says_yes(mandate: Mandate, client: Party, *, answer: Yes | None = None, now: datetime = NOW) -> Mandate:
    """Let the client agree; the register is asked first."""
    approve(mandate=mandate.id, by=fresh(client, now=now), yes=answer or yes(), now=now)
    return of(mandate)


def phoned(
    client: Party,
    helper: Party | None,
    *,
    agent: Party,
    duration: Duration = Duration.ONE_YEAR,
    now: datetime = NOW,
) -> Mandate:
    """Give a mandate that a client arranged by telephone."""
    return offer_by_phone(
        caller=fresh(client, now=now),
        helper=helper,
        services=services("mijn-toeslagen"),
        duration=duration,
        agent=agent.id,
        now=now,
    )
