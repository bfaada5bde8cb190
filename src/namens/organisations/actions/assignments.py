"""Whose client somebody is within an organisation."""

from datetime import datetime

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.organisations.models import Assignment, Member
from namens.parties.models import Party


def assign(*, member: Member, client: Party, now: datetime) -> Assignment:
    """Let this member, and their team, look after a client whom nobody looks after yet; give what holds now.

    The caller holds the client's row, and writes what this is part of in the journal.
    """
    found, _ = Assignment.objects.get_or_create(
        organisation=member.organisation,
        client=client,
        until__isnull=True,
        defaults={"member": member, "team": member.team, "since": now},
    )
    return found


def take_over(*, member: Member, client: Party, moves: bool, now: datetime) -> Assignment | None:
    """Let this member look after a client from now on, in place of a colleague; None when the member does already.

    With `moves` the client also comes to the member's own team. The caller holds the client's row and has seen that a
    licence reaches the client.
    """
    open_now = Assignment.objects.filter(organisation=member.organisation_id, client=client, until__isnull=True)
    before = open_now.first()
    if before is not None and before.member_id == member.party_id:
        return None
    open_now.update(until=now)
    team = member.team_id if before is None or before.team_id is None or moves else before.team_id
    taken = Assignment.objects.create(
        organisation_id=member.organisation_id, client=client, member=member, team_id=team, since=now
    )
    write(
        Event.CLIENT_TAKEN_OVER,
        at=now,
        channel=Channel.PAGES,
        actor=member.party_id,
        subject=client.id,
        details={"organisation": str(member.organisation_id)},
    )
    return taken
