"""Reading who has a session and what is kept in it: at every page, so that the statements are made once."""

from uuid import UUID

from django.contrib.sessions.models import Session
from django.db.models import CharField, QuerySet, UUIDField
from django.db.models.functions import Now

from namens.made_once import made_once
from namens.parties.models import Kind, Party


def party_of(party: UUID, *, world: Kind) -> Party | None:
    """Give the party of this id that is of this kind, with what a visitor is read with. One statement.

    Six tables for everybody would cost a private person a third of a page.
    """
    return (members if world is Kind.MEMBER else persons).first(party=party)


@made_once(party=UUIDField())
def persons(party: UUID) -> QuerySet[Party]:
    """Find somebody who comes as a private person."""
    return Party.objects.select_related("person").filter(id=party, kind=Kind.PERSON)


@made_once(party=UUIDField())
def members(party: UUID) -> QuerySet[Party]:
    """Find somebody who comes as a member, with their organisation and team."""
    found = Party.objects.select_related("member__organisation__party", "member__team")
    return found.filter(id=party, kind=Kind.MEMBER)


@made_once(key=CharField())
def sessions(key: str) -> QuerySet[Session]:
    """Find a session that did not expire: by the database's clock, as Django itself writes when that is."""
    return Session.objects.filter(session_key=key, expire_date__gt=Now())
