"""Telling a portal that a login is over: a signed logout token to its registered address (Back-Channel Logout 2.5).

Two steps, so that a slow portal holds up nobody: `prepare` reads the database, `post` goes outside without it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from joserfc.errors import JoseError

from namens.grants import outside
from namens.grants.models import Family
from namens.grants.outside import Unreachable
from namens.grants.signing import NoSigningKey
from namens.grants.tokens import logout_token

TAKEN = frozenset({200, 204})


@dataclass(frozen=True)
class Message:
    """What a portal must hear, and where."""

    address: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class Sent:
    """The portal took it, or there was nobody to tell."""


@dataclass(frozen=True)
class Failed:
    """The portal did not take it. `problem` says why, without any token."""

    problem: str


def prepare(*, family: UUID, now: datetime) -> Message | Sent | Failed:
    """Give the message about this family to its portal, or how it ends already."""
    found = Family.objects.select_related("portal").filter(id=family).first()
    if found is None or not found.portal.back_channel_logout_uri:
        return Sent()
    try:
        return Message(found.portal.back_channel_logout_uri, token=logout_token(found, now=now))
    except NoSigningKey as problem:
        return Failed(str(problem))
    except (JoseError, LookupError, ValueError) as problem:
        # A key that the keyring does not hold any more, or a seal that is broken.
        return Failed(type(problem).__name__)


def post(message: Message) -> Sent | Failed:
    """Post a message, within five seconds whatever trickles in. Never follows a redirect. For any thread."""
    try:
        # The body says nothing that we need, so it is not read.
        answer = outside.call("POST", message.address, form={"logout_token": message.token})
    except Unreachable as problem:
        return Failed(str(problem))
    return Sent() if answer.status in TAKEN else Failed(f"answered {answer.status}")
