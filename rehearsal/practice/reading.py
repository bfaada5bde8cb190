"""Reads what happened to one cast: journal and mandates of Namens, with parts instead of ids. Never writes."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from namens.journal.models import JournalEntry
from namens.lib.periods import Duration
from namens.mandates.models import Mandate
from namens.organisations.models import Member
from namens.parties.identifiers import Bsn, digests
from namens.parties.models import Party
from rehearsal.practice.casts import MANAGER, MEMBER, ORGANISATION, Cast
from rehearsal.practice.facts import DESK, NOBODY, OTHER, Entry, Given, Seen

MOST_ENTRIES = 500


def read(cast: Cast, *, since: datetime) -> Seen:
    """Give everything about the people of this cast from this moment on, in six statements."""
    parts = parts_of(cast)
    mandates = _mandates(parts)
    about = Q(actor__in=parts) | Q(subject__in=parts) | Q(mandate__in=mandates)
    found = JournalEntry.objects.filter(about, at__gte=since).order_by("at", "id")[:MOST_ENTRIES]
    return Seen(entries=tuple(_entry(one, parts) for one in found), mandates=mandates)


def parts_of(cast: Cast) -> dict[UUID, str]:
    """Give which party plays which part; who never came is not there yet."""
    by_digest = {digest: part for part, person in cast.people.items() for digest in digests(Bsn(person.bsn))}
    persons = Party.objects.filter(person__bsn_digest__in=by_digest).values_list("id", "person__bsn_digest")
    parts = {party: by_digest[digest] for party, digest in persons}
    names = {cast.manager.name: MANAGER, cast.member.name: MEMBER}
    for member in Member.objects.filter(organisation__kvk_number=cast.organisation.kvk, bound_at__isnull=False):
        parts[member.organisation_id] = ORGANISATION
        parts[member.party_id] = names.get(member.full_name, OTHER)
    return parts


def _mandates(parts: Mapping[UUID, str]) -> dict[UUID, Given]:
    own = Q(representee__in=parts) | Q(representative__in=parts)
    found = Mandate.objects.filter(own).prefetch_related("lines__service")
    return {mandate.id: _given(mandate, parts) for mandate in found}


def _given(mandate: Mandate, parts: Mapping[UUID, str]) -> Given:
    return Given(
        id=mandate.id,
        giver=_part(mandate.representee_id, parts),
        helper=_part(mandate.representative_id, parts),
        state=mandate.state,
        length=mandate.duration or _length(mandate),
        services=frozenset(line.service.key for line in mandate.lines.all()),
    )


def _length(mandate: Mandate) -> str:
    lasts = (length for length in Duration if length.last_day(mandate.first_day) == mandate.last_day)
    return next((length.value for length in lasts), "")


def _entry(entry: JournalEntry, parts: Mapping[UUID, str]) -> Entry:
    return Entry(
        at=entry.at,
        event=entry.event,
        actor=DESK if entry.channel == "helpdesk" else _part(entry.actor, parts),
        subject=_part(entry.subject, parts),
        result=entry.result,
        mandate=entry.mandate,
        details=entry.details,
    )


def _part(party: UUID | None, parts: Mapping[UUID, str]) -> str:
    return NOBODY if party is None else parts.get(party, OTHER)
