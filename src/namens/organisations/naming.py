"""What a party is called on screen, whatever kind it is."""

from django.utils.translation import gettext as _

from namens.organisations.models import Member, MemberKind
from namens.parties.models import Kind, Party


def name_of(party: Party) -> str:
    """Give the name of a person, of an organisation, or of a member as clients read it.

    The party comes with what it needs: `person`, `organisation`, or `member`.
    """
    if party.kind == Kind.ORGANISATION:
        return party.organisation.name
    if party.kind == Kind.MEMBER:
        return party.member.short_name
    return party.person.name.full


def in_full(member: Member) -> str:
    """Give a member, loaded with the organisation, as clients read it: who, in what capacity, and who says so."""
    words = {"name": member.short_name, "organisation": member.organisation.name}
    if member.kind == MemberKind.VOLUNTEER:
        return _("%(name)s, volunteer at %(organisation)s (name according to the organisation)") % words
    return _("%(name)s, employee of %(organisation)s (name according to the organisation)") % words
