"""Members: changing what the organisation says of them, and ending them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from namens.journal.events import Channel, Event
from namens.journal.write import Detail, write
from namens.organisations.actions.holding import acting, colleague, keep_a_manager, team_of
from namens.organisations.actions.invitations import renew_link
from namens.organisations.actions.losing import end_logins, lose_access
from namens.organisations.models import Assignment, FormerTeam, Licence, Member, MemberInvitation, MemberKind
from namens.organisations.refusals import OrganisationReason, OrganisationRefused


@dataclass(frozen=True)
class MemberDetails:
    """What an organisation says of one of its people. `email` is sound and in small letters."""

    given_name: str
    family_name: str
    kind: MemberKind
    email: str
    team: UUID | None = None
    is_manager: bool = False

    @classmethod
    def of(cls, member: Member) -> "MemberDetails":
        """Give what stands there now."""
        return cls(
            given_name=member.given_name,
            family_name=member.family_name,
            kind=MemberKind(member.kind),
            email=member.email,
            team=member.team_id,
            is_manager=member.is_manager,
        )


def change_member(*, by: Member, member: UUID, version: int, details: MemberDetails, now: datetime) -> Member:
    """Change what stands of a member. Nobody makes themselves manager, or puts themselves in another team. Who has not
    begun yet and gets another address gets a new link there; what was sent to the old one works no more.

    Raises OrganisationRefused: also when somebody changed it after `version`, or the last manager would be gone.
    """
    with transaction.atomic():
        manager = acting(by, now=now)
        held = colleague(manager, member=member)
        if held.version != version:
            raise OrganisationRefused(OrganisationReason.CHANGED_MEANWHILE)
        before = MemberDetails.of(held)
        if details == before:
            return held
        if details.team != before.team:
            _check_team(manager, held, team=details.team)
        if before.is_manager and not details.is_manager:
            keep_a_manager(held)
        if details.team != before.team:
            FormerTeam.objects.create(member=held, team_id=before.team, until=now)
        _keep(held, details)
        _end_what_is_lost(before, details, held=held, now=now)
        if details.email != before.email and held.bound_at is None:
            renew_link(held, by=manager.party_id, now=now)
        _note(Event.MEMBER_CHANGED, manager, held, now=now, details={"changed": _differences(before, details)})
        return held


def end_member(*, by: Member, member: UUID, version: int, now: datetime) -> Member:
    """End a member, from now on: no page, no decision, no token. Their licences and links end too, and their clients
    have nobody who looks after them until a colleague does.

    Raises OrganisationRefused: also for the last manager, and when somebody changed the member after `version`.
    """
    with transaction.atomic():
        manager = acting(by, now=now)
        held = colleague(manager, member=member)
        if held.version != version:
            raise OrganisationRefused(OrganisationReason.CHANGED_MEANWHILE)
        keep_a_manager(held)
        held.ended_at, held.version = now, held.version + 1
        held.save(update_fields=["ended_at", "version"])
        running = Licence.objects.filter(member=held, ended_at__isnull=True)
        ended = running.update(ended_at=now, version=F("version") + 1)
        MemberInvitation.objects.filter(member=held, closed_at__isnull=True).update(closed_at=now)
        released = _release_clients(held, now=now)
        lose_access(held.party_id, now=now)
        _note(Event.MEMBER_ENDED, manager, held, now=now, details={"licences": ended, "clients": released})
        return held


def _check_team(manager: Member, held: Member, *, team: UUID | None) -> None:
    """The team says which clients ask no reason: that is a part of the own licence."""
    if held.party_id == manager.party_id:
        raise OrganisationRefused(OrganisationReason.OWN_TEAM)
    if team is not None:
        team_of(manager, team=team)


def _end_what_is_lost(before: MemberDetails, after: MemberDetails, *, held: Member, now: datetime) -> None:
    """Another team can be fewer clients; who is no manager any more can use as much as before."""
    if after.team != before.team:
        lose_access(held.party_id, now=now)
    elif before.is_manager and not after.is_manager:
        end_logins(held.party_id, now=now)


def _keep(held: Member, details: MemberDetails) -> None:
    held.given_name, held.family_name = details.given_name, details.family_name
    held.kind, held.email = details.kind, details.email
    held.team_id, held.is_manager = details.team, details.is_manager
    held.version += 1
    try:
        with transaction.atomic():
            held.save(update_fields=["given_name", "family_name", "kind", "email", "team", "is_manager", "version"])
    except IntegrityError:
        raise OrganisationRefused(OrganisationReason.EMAIL_TAKEN) from None


def _differences(before: MemberDetails, after: MemberDetails) -> list[str]:
    """Give the names of what changed, never what it was or is."""
    return [name for name in vars(after) if getattr(before, name) != getattr(after, name)]


def _release_clients(held: Member, *, now: datetime) -> int:
    """Leave this member's clients to the team, with nobody of it in particular. Gives how many."""
    looked_after = Assignment.objects.filter(member=held, until__isnull=True)
    again = [
        Assignment(organisation_id=one.organisation_id, client_id=one.client_id, team_id=one.team_id, since=now)
        for one in looked_after
    ]
    looked_after.update(until=now)
    Assignment.objects.bulk_create(again, batch_size=500)
    return len(again)


def _note(event: Event, manager: Member, member: Member, *, now: datetime, details: Mapping[str, Detail]) -> None:
    write(event, at=now, channel=Channel.PAGES, actor=manager.party_id, subject=member.party_id, details=details)
