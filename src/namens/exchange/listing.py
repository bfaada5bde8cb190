"""The mandates that a portal may list, page by page, for work in batches.

A page token is sealed: it holds where the next page begins, for one portal and one question, and the number of the last
event that there was when the first page was read. Who reads all pages and then the events after that number misses
nothing: that number is read before the first mandate is, and whatever changes later gets a later number.
"""

import base64
import binascii
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from namens.exchange.reading import last_number
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib.keyring import UnknownKey
from namens.mandates.at_portal import Listed, Sought, Standing, ids_at, listed
from namens.parties import keys
from namens.parties.keys import BrokenSeal
from namens.services.models import Portal

TOKEN_LIVES = timedelta(days=1)
_PURPOSE = "page-of-mandates"


class OtherPage(ValueError):
    """This token is not of this portal and this question, or it is too old."""


class OtherService(ValueError):
    """Somebody else's service was asked for, or one that is not there."""


@dataclass(frozen=True)
class Question:
    """Which mandates a portal asks for. Empty `services` and `standings` are all of them."""

    most: int
    token: str = ""
    changed_since: datetime | None = None
    representee: UUID | None = None
    representative: UUID | None = None
    services: frozenset[str] = frozenset()
    standings: frozenset[Standing] = frozenset()

    @property
    def names_somebody(self) -> bool:
        """Say whether it is about one person or organisation."""
        return self.representee is not None or self.representative is not None

    def digest(self) -> str:
        """Give what stands for the question in a token: all but how many, and where."""
        since = self.changed_since and self.changed_since.timestamp()
        people = (str(self.representee), str(self.representative))
        return sha256(json.dumps([since, people, sorted(self.services), sorted(self.standings)]).encode()).hexdigest()


@dataclass(frozen=True)
class Page:
    """A page. It can hold fewer than were asked for, or none, and still not be the last: that says `token`."""

    mandates: tuple[Listed, ...]
    last_number: int
    token: str = ""


@dataclass(frozen=True)
class _Place:
    """What a token holds."""

    portal: str
    question: str
    began_at: float
    last_number: int
    after: str = ""

    def sealed(self, *, after: UUID) -> str:
        """Give the token, as it can stand in an address."""
        held = [self.portal, self.question, self.began_at, self.last_number, after.hex]
        return base64.urlsafe_b64encode(keys.seal(_PURPOSE, json.dumps(held)).encode()).rstrip(b"=").decode()


def list_mandates(portal: Portal, wanted: Question, *, now: datetime) -> Page:
    """Give a page of this portal's mandates, and write down that it was read. Raises OtherPage and OtherService.

    Seven statements, however many mandates. Without a registered basis only those that were used at this portal.
    """
    place = _place(portal, wanted, now=now)
    sought = _sought(portal, wanted, after=UUID(place.after) if place.after else None)
    ids = ids_at(replace(sought, most=wanted.most + 1))
    shown = ids[: wanted.most]
    found = listed(shown, sought, now=now) if shown else []
    mandates = tuple(one for one in found if not wanted.standings or one.standing in wanted.standings)
    _note(portal, wanted, count=len(mandates), now=now)
    return Page(mandates, place.last_number, place.sealed(after=shown[-1]) if len(ids) > len(shown) else "")


def _sought(portal: Portal, wanted: Question, *, after: UUID | None) -> Sought:
    services = {one.id: one for one in portal.services.filter(active=True)}
    if wanted.services - {one.key for one in services.values()}:
        raise OtherService
    if wanted.services:
        services = {number: one for number, one in services.items() if one.key in wanted.services}
    return Sought(
        services=services,
        most=wanted.most,
        after=after,
        used_at=None if portal.search_basis else portal.id,
        changed_since=wanted.changed_since,
        representee=wanted.representee,
        representative=wanted.representative,
    )


def _place(portal: Portal, wanted: Question, *, now: datetime) -> _Place:
    """Give where the page begins; for the first one the stream is looked at before any mandate is."""
    question = wanted.digest()
    if not wanted.token:
        return _Place(portal.client_id, question, now.timestamp(), last_number(portal))
    try:
        text = base64.urlsafe_b64decode(wanted.token.encode("ascii") + b"=" * (-len(wanted.token) % 4)).decode("ascii")
        place = _Place(*json.loads(keys.unseal(_PURPOSE, text)))
    except (BrokenSeal, UnknownKey, UnicodeError, binascii.Error):
        raise OtherPage from None
    if (place.portal, place.question) != (portal.client_id, question):
        raise OtherPage
    if now.timestamp() > place.began_at + TOKEN_LIVES.total_seconds():
        raise OtherPage
    return place


def _note(portal: Portal, wanted: Question, *, count: int, now: datetime) -> None:
    since = wanted.changed_since
    with transaction.atomic():
        write(
            Event.MANDATES_LISTED,
            at=now,
            channel=Channel.PORTAL,
            portal=portal.id,
            details={
                "count": count,
                "since": since.isoformat() if since else None,
                "about_one": wanted.names_somebody,
                "first_page": not wanted.token,
            },
        )
