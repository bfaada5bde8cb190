"""What a login at a portal is worth right now. Asked at every step: portal, services, mandates and stop flags."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from namens.grants.models import Family
from namens.lib import assurance
from namens.lib.assurance import AssuranceLevel
from namens.mandates import queries
from namens.mandates.decision import Permit, Question, Reason, Refusal, Representative
from namens.organisations.queries import manages
from namens.parties.facts import StopSignal
from namens.parties.models import Kind, Party, Person
from namens.services.models import Portal, Service, Status
from namens.services.queries import services_at

STOPS_EVERYBODY = frozenset({StopSignal.DECEASED, StopSignal.ERRONEOUS})
STOPS_A_CLIENT = STOPS_EVERYBODY | {StopSignal.GUARDIANSHIP}


@dataclass(frozen=True)
class Login:
    """Who wants to use which services of a portal, for whom (None: for oneself), and how sure we are of who it is.

    `party` is the person at the keyboard; `organisation` is there when they work in the name of one: for a client, or,
    without a representee, for the organisation itself.
    """

    portal: Portal
    party: UUID
    representee: UUID | None
    level: AssuranceLevel
    services: tuple[str, ...]
    organisation: UUID | None = None

    @property
    def representative(self) -> Representative:
        """Give who acts: the person, or the organisation through this member."""
        if self.organisation is None:
            return Representative(self.party)
        return Representative(self.organisation, member=self.party)

    @classmethod
    def of(cls, family: Family) -> "Login":
        """Give the login that a family of tokens came from."""
        return cls(
            portal=family.portal,
            party=family.party_id,
            representee=family.representee_id,
            level=family.assurance,
            services=tuple(family.services),
            organisation=family.organisation_id,
        )


@dataclass(frozen=True)
class Standing:
    """A yes: the services that may be used, and the permits that they rest on (none for who comes for themselves)."""

    services: tuple[str, ...]
    permits: tuple[Permit, ...] = ()

    @property
    def mandates(self) -> tuple[UUID, ...]:
        """Give the mandates, each once, in the order of the services."""
        return tuple(dict.fromkeys(permit.mandate for permit in self.permits))

    @property
    def last_day(self) -> date | None:
        """Give the first day on which something ends; None for who comes for themselves."""
        return min((permit.last_day for permit in self.permits), default=None)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Give the sensitive actions that are not allowed in every one of the services."""
        return tuple(sorted({action for permit in self.permits for action in permit.left_out}))


def standing(login: Login, *, now: datetime) -> Standing | None:
    """Say what this login is worth at `now`; None is no. One statement; three for an organisation itself."""
    if login.representee is None and login.organisation is not None:
        return for_organisation(login, now=now)
    if login.representee is None:
        return for_oneself(login, offered=offered_to(login))
    if login.portal.status != Status.APPROVED:
        return None
    permits = queries.permits_for(
        portal=login.portal,
        representative=login.representative,
        representee=login.representee,
        assurance=login.level,
        services=login.services,
        at=now,
    )
    return Standing(services=tuple(permit.service for permit in permits), permits=permits) if permits else None


def offered_to(login: Login) -> list[Service]:
    """Give those of the asked services that the portal has, active or not. One statement."""
    return services_at(login.portal, keys=login.services)


def for_oneself(login: Login, *, offered: Iterable[Service]) -> Standing | None:
    """Say what this login is worth to a private person who comes for themselves, by what the portal offers now.

    A member does what is their own with another login.
    """
    return _own(login, offered) if login.organisation is None else None


def for_organisation(login: Login, *, now: datetime) -> Standing | None:
    """Say what this login is worth to the organisation itself: where the portal takes those, and for a manager only.

    Other members act for clients: that somebody works there does not say that they may bind the organisation. Three
    statements.
    """
    if not login.portal.organisations_themselves or login.organisation is None:
        return None
    if not manages(member=login.party, organisation=login.organisation, now=now):
        return None
    return _own(login, offered_to(login))


def standing_of(family: Family, *, now: datetime) -> Standing | None:
    """Say what a family of tokens, loaded with portal and people, is worth at `now`. One statement, or three.

    Whether a member still works there, or still is a manager, is part of the decision.
    """
    if family.ended_at is not None:
        return None
    if family.organisation_id is None and not _is_here_alone(family.party):
        return None
    if family.representee is not None and _is_stopped(family.representee.person, STOPS_A_CLIENT):
        return None
    return standing(Login.of(family), now=now)


def has_shrunk(family: Family, *, standing: Standing | None) -> bool:
    """Say whether less is allowed now than when this login was made: a service fewer, or one more action left out."""
    if standing is None:
        return True
    return not (family.services.keys() <= set(standing.services) and set(standing.left_out) <= set(family.left_out))


def why_not(login: Login, *, now: datetime) -> Reason:
    """Give the reason that was nearest to a yes, for the journal and for a helper's own eyes."""
    if login.representee is None:
        return Reason.ASSURANCE_TOO_LOW if login.organisation is None else Reason.NO_MANDATE
    answers = [
        queries.decide_for(
            portal=login.portal,
            representative=login.representative,
            representee=login.representee,
            question=Question(service=service, assurance=login.level),
            at=now,
        )
        for service in login.services
    ]
    return nearest(answer.reason for answer in answers if isinstance(answer, Refusal))


def nearest(reasons: Iterable[Reason]) -> Reason:
    """Give the reason that was nearest to a yes."""
    return min(reasons, key=list(Reason).index, default=Reason.NO_MANDATE)


def _own(login: Login, offered: Iterable[Service]) -> Standing | None:
    """Give what may be used of the offered services without a mandate."""
    usable = tuple(service.key for service in offered if _is_usable(service, login.level))
    return Standing(services=usable) if usable and login.portal.status == Status.APPROVED else None


def _is_usable(service: Service, level: AssuranceLevel) -> bool:
    return service.active and assurance.meets(level, minimum=AssuranceLevel(service.minimum_level))


def _is_here_alone(party: Party) -> bool:
    """Say whether this is a private person whom the register does not stop; no member works without an organisation."""
    return party.kind == Kind.PERSON and not _is_stopped(party.person, STOPS_EVERYBODY)


def _is_stopped(person: Person, signals: frozenset[StopSignal]) -> bool:
    return bool(signals & {StopSignal(signal) for signal in person.signals})
