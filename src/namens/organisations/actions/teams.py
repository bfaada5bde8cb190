"""Teams: making, renaming and closing them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from namens.journal.events import Channel, Event
from namens.journal.write import Detail, write
from namens.lib import clock
from namens.organisations.actions.holding import acting, team_of
from namens.organisations.models import Assignment, FormerTeam, Licence, Member, Team
from namens.organisations.refusals import OrganisationReason, OrganisationRefused


def make_team(*, by: Member, name: str, now: datetime) -> Team:
    """Make a team. Raises OrganisationRefused when another open team has this name."""
    with transaction.atomic():
        manager = acting(by, now=now)
        team = _save(Team(organisation_id=manager.organisation_id, name=name))
        _note(Event.TEAM_MADE, manager, team, now=now)
        return team


def rename_team(*, by: Member, team: UUID, name: str, now: datetime) -> Team:
    """Give a team another name. Raises OrganisationRefused."""
    with transaction.atomic():
        manager = acting(by, now=now)
        held = team_of(manager, team=team)
        if held.name != name:
            held.name = name
            _save(held)
            _note(Event.TEAM_RENAMED, manager, held, now=now)
        return held


def close_team(*, by: Member, team: UUID, to: UUID | None, now: datetime) -> Team:
    """Close a team; its members and clients go to the team `to`, or to none: then every colleague reaches them.

    Nobody widens their own reach: who closes it is in no team afterwards, their own team cannot get the clients, and
    with a licence that asked a reason for those clients until now they cannot be left without a team either. Raises
    OrganisationRefused: also while licences for this team alone run.
    """
    with transaction.atomic():
        manager = acting(by, now=now)
        held = team_of(manager, team=team)
        target = team_of(manager, team=to) if to else None
        if target == held:
            raise OrganisationRefused(OrganisationReason.UNKNOWN_TEAM)
        if _is_own(target, manager, now=now) if target else _frees_for(manager, held, now=now):
            raise OrganisationRefused(OrganisationReason.OWN_TEAM)
        if licences_for(held, now=now):
            raise OrganisationRefused(OrganisationReason.TEAM_IN_USE)
        people = Member.objects.filter(team=held, ended_at__isnull=True)
        FormerTeam.objects.bulk_create([FormerTeam(member=one, team=held, until=now) for one in people], batch_size=500)
        moved = people.exclude(party=manager.party_id).update(team=target, version=F("version") + 1)
        people.filter(party=manager.party_id).update(team=None, version=F("version") + 1)
        clients = _move_clients(held, target, now=now)
        Team.objects.filter(id=held.id).update(closed_at=now)
        details = {"members": moved, "clients": clients, "to": str(to) if to else None}
        _note(Event.TEAM_CLOSED, manager, held, now=now, details=details)
        held.refresh_from_db()
        return held


def licences_for(team: Team, *, now: datetime) -> list[Licence]:
    """Give the licences for this team alone that are not over, with their members."""
    running = Licence.objects.filter(team=team, ended_at__isnull=True, last_day__gte=clock.day_of(now))
    return list(running.select_related("member").order_by("member__family_name", "id"))


def _is_own(team: Team, manager: Member, *, now: datetime) -> bool:
    return team.id == manager.team_id or any(one.member_id == manager.party_id for one in licences_for(team, now=now))


def _frees_for(manager: Member, held: Team, *, now: datetime) -> bool:
    """Say whether clients of another team would ask this manager no reason any more, once they are of no team."""
    if held.id == manager.team_id or not Assignment.objects.filter(team=held, until__isnull=True).exists():
        return False
    for_all = Licence.objects.filter(member=manager, team__isnull=True, ended_at__isnull=True)
    return for_all.filter(last_day__gte=clock.day_of(now)).exists()


def _move_clients(held: Team, target: Team | None, *, now: datetime) -> int:
    of_team = Assignment.objects.filter(team=held, until__isnull=True)
    again = [
        Assignment(
            organisation_id=one.organisation_id,
            client_id=one.client_id,
            member_id=one.member_id,
            team=target,
            since=now,
        )
        for one in of_team
    ]
    of_team.update(until=now)
    Assignment.objects.bulk_create(again, batch_size=500)
    return len(again)


def _save(team: Team) -> Team:
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError:
        raise OrganisationRefused(OrganisationReason.TEAM_NAME_TAKEN) from None
    return team


def _note(
    event: Event, manager: Member, team: Team, *, now: datetime, details: Mapping[str, Detail] | None = None
) -> None:
    written: dict[str, Detail] = {"team": str(team.id), **(details or {})}
    write(event, at=now, channel=Channel.PAGES, actor=manager.party_id, subject=None, details=written)
