"""What comes out of any broker, whatever protocol it speaks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from namens.lib.assurance import AssuranceLevel
from namens.organisations.refusals import OrganisationReason
from namens.parties.identifiers import Bsn, EstablishmentNumber, KvkNumber, Pseudonym


class LoginKind(StrEnum):
    """Who logs in through a broker: a person with a BSN, or a member of an organisation."""

    PERSON = "person"
    MEMBER = "member"


class LoginReason(StrEnum):
    """Why a login was not accepted."""

    CANCELLED = "cancelled"
    BROKER_AWAY = "broker-away"
    NOT_TRUSTED = "not-trusted"
    UNKNOWN_STATE = "unknown-state"
    STALE = "stale"
    NO_LEVEL = "no-level"
    REGISTER_AWAY = "register-away"
    NOT_IN_REGISTER = "not-in-register"
    DECEASED = "deceased"


@dataclass(frozen=True)
class PersonLogin:
    """A person whom a broker vouches for."""

    identifier: Bsn
    assurance: AssuranceLevel
    auth_time: datetime
    adapter: str


@dataclass(frozen=True)
class MemberLogin:
    """Somebody at work whom a broker vouches for. The pseudonym names a person within this organisation only.

    With `establishment` the means works for that branch of the organisation only.
    """

    identifier: Pseudonym
    organisation: KvkNumber
    establishment: EstablishmentNumber | None
    assurance: AssuranceLevel
    auth_time: datetime
    adapter: str


VerifiedLogin = PersonLogin | MemberLogin


@dataclass(frozen=True)
class LoginRefused:
    """A login that did not work out, at the broker or here: with an `OrganisationReason` nobody may work here so."""

    reason: LoginReason | OrganisationReason


@dataclass(frozen=True)
class Departure:
    """Where the browser goes to log in, and what has to be remembered until it comes back."""

    url: str
    state: str
    memory: dict[str, Any]


class Adapter(Protocol):
    """A way to log in: OpenID Connect now, SAML later."""

    def depart(self, *, level: AssuranceLevel, callback: str, now: datetime) -> Departure | LoginRefused:
        """Begin a login of at least `level`."""

    def arrive(
        self, *, answer: dict[str, str], memory: dict[str, Any], callback: str, now: datetime
    ) -> VerifiedLogin | LoginRefused:
        """Check what the browser brought back."""
