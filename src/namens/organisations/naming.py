"""What a party is called on screen, whatever kind it is."""

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
