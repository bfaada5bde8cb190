"""Entries of the journal as lines that a client reads: names, portals and services are looked up when it is read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from namens.helpdesk.models import Dispute
from namens.helpdesk.queries import disputes_of
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.mandates import queries
from namens.mandates.models import Mandate
from namens.organisations.models import Member
from namens.organisations.naming import in_full
from namens.pages.addresses import Addresses
from namens.pages.disputes.words import said_of
from namens.pages.done.words import sentence_of
from namens.pages.letters.wording import KINDS
from namens.parties.models import Party
from namens.services.models import Portal, Service

# Who typed a code is nobody's knowledge as long as not everything was right.
_UNNAMED = frozenset({Event.CODE_TRIED})


@dataclass(frozen=True)
class Line:
    """One line. `by` is who did it, `helper` with whom the mandate is; what does not apply is empty.

    `disputed` says when the client said that it is not right, and what came of it.
    """

    id: UUID
    at: datetime
    event: str
    sentence: str
    by: str
    portal: str
    act: str
    services: list[str]
    helper: str
    mandate: UUID | None
    mandate_url: str
    dispute_url: str
    is_warning: bool
    disputed: str


@dataclass(frozen=True)
class _Known:
    """What the ids in some entries stand for, as far as this client may know."""

    client: Party
    people: Mapping[UUID, str]
    portals: Mapping[UUID, str]
    mandates: Mapping[UUID, Mandate]
    services: Mapping[str, str]
    disputed: Mapping[UUID, Dispute]
    addresses: Addresses = field(default_factory=Addresses)


def lines_of(entries: list[JournalEntry], *, client: Party, helpers: Mapping[UUID, str]) -> list[Line]:
    """Give the lines of these entries about this client. Six statements, however many there are.

    `helpers` are the names of those who have or had a mandate of this client: nobody else is named, and their people.
    """
    known = _Known(
        client=client,
        people={**helpers, **_members(entries, organisations=helpers)},
        portals=portals_of(entries),
        mandates=_mandates(entries, client=client),
        services=service_names(entries),
        disputed=disputes_of(client, [entry.id for entry in entries]),
    )
    return [_line(entry, known) for entry in entries]


def portals_of(entries: Collection[JournalEntry]) -> dict[UUID, str]:
    """Give the names of the portals in these entries. One statement."""
    ids = {entry.portal for entry in entries if entry.portal}
    return dict(Portal.objects.filter(id__in=ids).values_list("id", "name"))


def service_names(entries: Collection[JournalEntry]) -> dict[str, str]:
    """Give the names of the services that these entries name themselves, by key. One statement."""
    keys = {key for entry in entries for key in keys_in(entry)}
    return {service.key: service.name for service in Service.objects.filter(key__in=keys)}


def keys_in(entry: JournalEntry) -> list[str]:
    """Give the keys of the services that an entry itself says it is about."""
    one, many = entry.details.get("service"), entry.details.get("services") or []
    return [str(one)] if one else [str(key) for key in many]


def act_in(entry: JournalEntry) -> str:
    """Give what an act was called by the portal that reported it; empty without one."""
    return str(entry.details.get("name") or entry.details.get("act") or "")


def _members(entries: list[JournalEntry], *, organisations: Mapping[UUID, str]) -> dict[UUID, str]:
    """Give the names of members who did something here, or were left out, of organisations with a mandate."""
    ids = {entry.actor for entry in entries if entry.actor}
    ids |= {UUID(str(entry.details["member"])) for entry in entries if "member" in entry.details}
    found = Member.objects.filter(party__in=ids, organisation__in=list(organisations)).select_related("organisation")
    return {member.party_id: in_full(member) for member in found}


def _mandates(entries: list[JournalEntry], *, client: Party) -> dict[UUID, Mandate]:
    """Give the mandates in these entries that this client gave, with their lines. Two statements."""
    ids = {entry.mandate for entry in entries if entry.mandate}
    found = queries.with_lines(list(Mandate.objects.filter(id__in=ids, representee=client)))
    return {mandate.id: mandate for mandate in found}


def _letter_in(entry: JournalEntry) -> str:
    """Give which letter it was, as it stands within a sentence."""
    letter = str(entry.details.get("letter", ""))
    words = _(KINDS[letter]) if letter in KINDS else _("A letter")
    return words[:1].lower() + words[1:]


def _line(entry: JournalEntry, known: _Known) -> Line:
    mandate = known.mandates.get(entry.mandate) if entry.mandate else None
    helper = known.people.get(mandate.representative_id, "") if mandate and mandate.representative_id else ""
    portal = known.portals.get(entry.portal, "") if entry.portal else ""
    act = act_in(entry)
    filled = {
        "name": _named(entry, known, helper=helper),
        "portal": portal or _("a portal"),
        "act": act,
        "letter": _letter_in(entry),
    }
    sentence = sentence_of(entry) % filled
    disputed = known.disputed.get(entry.id)
    return Line(
        id=entry.id,
        at=entry.at,
        event=entry.event,
        sentence=sentence[:1].upper() + sentence[1:],
        by=_by(entry, known),
        portal=portal,
        act=act,
        services=_services_of(entry, mandate, known),
        helper=helper,
        mandate=mandate.id if mandate else None,
        mandate_url=known.addresses.of("pages:mandate", thing=mandate.id) if mandate else "",
        dispute_url=known.addresses.of("pages:dispute", thing=entry.id),
        is_warning=entry.event == Event.ACT_REFUSED,
        disputed=" ".join(said_of(disputed)) if disputed else "",
    )


def _named(entry: JournalEntry, known: _Known, *, helper: str) -> str:
    """Give the name for the sentence: of who did it, of whom the client left out, or with whom the mandate is.

    An act of which nobody says who did it is never put down to the helper of a mandate.
    """
    member = entry.details.get("member")
    person = UUID(str(member)) if member else entry.actor
    named = known.people.get(person, "") if person else ""
    if named:
        return named
    if entry.event == Event.ACT_REFUSED:
        return _("somebody who was not allowed to then")
    is_of_helper = entry.actor is None or entry.channel == Channel.HELPDESK
    return (helper if is_of_helper else "") or _("somebody")


def _by(entry: JournalEntry, known: _Known) -> str:
    """Give who did it, for a column of its own."""
    if entry.channel == Channel.HELPDESK:
        return _("The helpdesk")
    if entry.actor is None:
        return _("Somebody who was not allowed to then") if entry.event == Event.ACT_REFUSED else "Namens"
    if entry.actor == known.client.id:
        return _("You")
    named = "" if entry.event in _UNNAMED else known.people.get(entry.actor, "")
    return named or _("Somebody")


def _services_of(entry: JournalEntry, mandate: Mandate | None, known: _Known) -> list[str]:
    """Give the services that an entry is about: those that it names, else all of its mandate."""
    keys = keys_in(entry)
    if keys:
        return [known.services.get(key, key) for key in keys]
    return [line.service.name for line in mandate.shown_lines] if mandate else []
