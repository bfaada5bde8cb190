"""What comes out of any broker, whatever protocol it speaks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from namens.lib.assurance import AssuranceLevel
from namens.parties.identifiers import Bsn


class LoginKind(StrEnum):
    """What sort of means was used."""

    PERSON = "person"


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
class VerifiedLogin:
    """Somebody whom a broker vouches for."""

    kind: LoginKind
    identifier: Bsn
    organisation: str | None
    assurance: AssuranceLevel
    auth_time: datetime
    adapter: str


@dataclass(frozen=True)
class LoginRefused:
    """A login that did not work out."""

    reason: LoginReason


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
