"""This mandate's part of the journal, in plain words, for the client or for the helper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.mandates.models import Mandate
from namens.pages.sentences_of_mandates import said, said_to_client
from namens.parties.models import Party
from namens.services.models import Portal

_STOPPED_FOR_HELPER = gettext_noop("The mandate was stopped.")
_ENDINGS = frozenset({Event.MANDATE_STOPPED, Event.MANDATE_SUSPENDED, Event.MANDATE_BLOCKED, Event.MANDATE_REPLACED})
_HELPER_READS = frozenset(
    {Event.REQUEST_COMPARED, Event.MANDATE_APPROVED, Event.MANDATE_ACTIVATED, Event.MANDATE_USED, *_ENDINGS}
)


@dataclass(frozen=True)
class Happening:
    """One line of a history."""

    at: datetime
    sentence: str


def happenings(
    entries: list[JournalEntry], *, mandate: Mandate, viewer: Party, name: str, people: Mapping[UUID, str] | None = None
) -> list[Happening]:
    """Give what `viewer` may read of these entries.

    `name` is the other party's name, `people` has the names of those who act for it when it is an organisation.
    """
    portals: dict[UUID | None, str] = dict(Portal.objects.values_list("id", "name"))
    read = entries if viewer.id == mandate.representee_id else _stopped_once(entries)
    return [
        Happening(
            entry.at,
            sentence % {"name": _named(entry, people or {}) or name, "portal": portals.get(entry.portal) or "?"},
        )
        for entry in read
        if (sentence := _sentence(entry, mandate, viewer)) is not None
    ]


def _named(entry: JournalEntry, people: Mapping[UUID, str]) -> str | None:
    """Give the name of who did it, or of whom the client left out, when that is one of `people`."""
    member = entry.details.get("member")
    person = UUID(member) if member else entry.actor
    return people.get(person) if person else None


def _stopped_once(entries: list[JournalEntry]) -> list[JournalEntry]:
    """Leave out what came after a mandate was paused, until it went on: to a helper it had stopped then."""
    read, paused = [], False
    for entry in reversed(entries):
        if not paused:
            read.append(entry)
        paused = entry.event == Event.MANDATE_SUSPENDED or (paused and entry.event != Event.MANDATE_RESTORED)
    return read[::-1]


def _sentence(entry: JournalEntry, mandate: Mandate, viewer: Party) -> str | None:
    if viewer.id != mandate.representee_id:
        return _for_helper(entry, viewer)
    return said_to_client(entry, client=viewer.id)


def _for_helper(entry: JournalEntry, viewer: Party) -> str | None:
    """A helper reads the own acts, and that it stopped; not by whom or why, and nothing from before activation."""
    if entry.event not in _HELPER_READS:
        return None
    if entry.event in _ENDINGS and entry.actor != viewer.id:
        return _(_STOPPED_FOR_HELPER)
    return said(entry, viewer=viewer.id)
