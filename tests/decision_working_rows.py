"""What the cases of tests/decisions.yaml say of organisations, as rows in the database."""

from collections.abc import Mapping

from namens.mandates.licences import Interval
from namens.organisations.models import (
    Assignment,
    Block,
    FormerTeam,
    LeftOut,
    LicencePause,
    Member,
    Opening,
    Organisation,
    Status,
    Team,
)
from namens.parties.models import Party
from tests.decision_working import ORGANISATIONS, SINCE, LicenceGiven, Worker, Working
from tests.working import licence, member, organisation

Teams = Mapping[tuple[str, str], Team]


def put_working(working: Working, people: Mapping[str, Party]) -> dict[str, Party]:
    """Write organisations, members and all between them and these people. Give their parties by name."""
    places = {name: _put_place(name, working) for name in ORGANISATIONS}
    teams = {(at, name): Team.objects.create(organisation=places[at], name=name) for at, name in sorted(working.teams)}
    members = {name: _put_worker(name, one, places[one.at], teams) for name, one in working.workers.items()}
    for one in working.clients:
        Assignment.objects.create(
            organisation=places[one.at],
            client=people[one.client],
            team=teams[one.at, one.team] if one.team else None,
            **_span(one.interval),
        )
    _put_reach(working, people, members)
    parties = {name: one.party for name, one in places.items()}
    return parties | {name: one.party for name, one in members.items()}


def _put_place(name: str, working: Working) -> Organisation:
    place = working.places[name]
    put = organisation(ORGANISATIONS[name], now=SINCE)
    put.admitted_at, put.last_day = place.admitted, place.last_day
    put.status = Status.ADMITTED if place.admitted else Status.PROPOSED
    put.save()
    for interval in place.blocked:
        Block.objects.create(organisation=put, blocked_by="olga", **_block(interval))
    return put


def _put_worker(name: str, worker: Worker, place: Organisation, teams: Teams) -> Member:
    own = teams[worker.at, worker.team] if worker.team else None
    put = member(place, name.partition("-")[0].capitalize(), team=own, now=SINCE)
    put.bound_at, put.ended_at = worker.bound, worker.ended
    put.pseudonym_digest = put.pseudonym_digest if worker.bound else ""
    put.save()
    for former, until in worker.former_teams:
        FormerTeam.objects.create(member=put, team=teams[worker.at, former] if former else None, until=until)
    for interval in worker.blocked:
        Block.objects.create(organisation=place, member=put, blocked_by="olga", **_block(interval))
    for given in worker.licences:
        _put_licence(put, given, team=teams[worker.at, given.team] if given.team else None)
    return put


def _put_licence(holder: Member, given: LicenceGiven, *, team: Team | None) -> None:
    put = licence(
        holder, *given.services, first_day=given.first_day, last_day=given.last_day, team=team, now=given.given
    )
    put.ended_at = given.ended
    put.save()
    for interval in given.paused:
        LicencePause.objects.create(licence=put, **_span(interval))


def _put_reach(working: Working, people: Mapping[str, Party], members: Mapping[str, Member]) -> None:
    for (who, client), intervals in working.left_out.items():
        for interval in intervals:
            LeftOut.objects.create(member=members[who], client=people[client], **_span(interval))
    for (who, client), days in working.opened.items():
        for one in days:
            about = {"member": members[who], "client": people[client], "reason": "client-asked"}
            Opening.objects.create(day=one.day, opened_at=one.at, **about)


def _span(interval: Interval) -> dict[str, object]:
    return {"since": interval.since, "until": interval.until}


def _block(interval: Interval) -> dict[str, object]:
    """Give a block that two operators undid, when it ended."""
    lifters = {"first_lifter": "olga", "second_lifter": "otto"} if interval.until else {}
    return {**_span(interval), **lifters}
