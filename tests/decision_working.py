"""The organisations in the named cases of tests/decisions.yaml: who works where, with which licence, for which clients.

The cast: Sam and Vera work for Samen Sterk, and the Carla of De Brug for De Brug. Unless a case says otherwise all of
them have worked there since 1 October 2026, with one licence: *Mijn toeslagen* from 1 November 2026 to and including
31 October 2027, for all clients.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from namens.mandates.licences import Assigned, FormerTeam, Interval, Licence, Membership, Opened, Reach

SINCE = datetime(2026, 10, 1, 7, 0, tzinfo=UTC)
ORGANISATIONS = {"samen-sterk": "Samen Sterk", "de-brug": "De Brug"}
WORKS_AT = {"sam": "samen-sterk", "vera": "samen-sterk", "carla-of-de-brug": "de-brug"}
ALLOWED = {
    "working": {"organisations", "members", "clients", "left_out", "opened"},
    "organisation": {"admitted", "last_day", "blocked"},
    "member": {"bound", "ended", "team", "former_teams", "blocked", "licences"},
    "former team": {"team", "until"},
    "licence": {"services", "first_day", "last_day", "given", "ended", "team", "paused"},
    "client": {"client", "at", "team", "since", "until"},
    "left out": {"client", "member", "since", "until"},
    "opening": {"client", "member", "day", "at"},
    "interval": {"since", "until"},
}
Written = Mapping[str, Any]
One = TypeVar("One")


@dataclass(frozen=True)
class Workplace:
    """An organisation; without `admitted` it is one that the operator did not admit."""

    admitted: datetime | None
    last_day: date | None
    blocked: tuple[Interval, ...]


@dataclass(frozen=True)
class LicenceGiven:
    """One licence, for one or more services."""

    services: tuple[str, ...]
    first_day: date
    last_day: date
    given: datetime
    ended: datetime | None
    team: str | None
    paused: tuple[Interval, ...]


@dataclass(frozen=True)
class Worker:
    """A member; without `bound` one who was invited and never came."""

    at: str
    bound: datetime | None
    ended: datetime | None
    team: str | None
    former_teams: tuple[tuple[str | None, datetime], ...]
    blocked: tuple[Interval, ...]
    licences: tuple[LicenceGiven, ...]


@dataclass(frozen=True)
class ClientOf:
    """Whose client somebody was within an organisation, and when."""

    client: str
    at: str
    team: str | None
    interval: Interval


@dataclass(frozen=True)
class Working:
    """All that a case says of organisations. `left_out` has intervals, `opened` reasons, both by member and client."""

    places: Mapping[str, Workplace]
    workers: Mapping[str, Worker]
    clients: tuple[ClientOf, ...] = ()
    left_out: Mapping[tuple[str, str], tuple[Interval, ...]] = field(default_factory=dict)
    opened: Mapping[tuple[str, str], tuple[Opened, ...]] = field(default_factory=dict)

    @property
    def teams(self) -> set[tuple[str, str]]:
        """Give the teams that the case names, each with its organisation."""
        of_workers = {(one.at, one.team) for one in self.workers.values() if one.team}
        of_workers |= {(one.at, team) for one in self.workers.values() for team, _until in one.former_teams if team}
        of_licences = {(one.at, given.team) for one in self.workers.values() for given in one.licences if given.team}
        return of_workers | of_licences | {(one.at, one.team) for one in self.clients if one.team}

    def membership(self, who: str, *, at: str) -> Membership | None:
        """Give the member as the statement reads one who acts for this organisation."""
        worker, place = self.workers.get(who), self.places.get(at)
        if worker is None or place is None or worker.at != at or place.admitted is None:
            return None
        return Membership(
            organisation_since=place.admitted,
            organisation_last_day=place.last_day,
            bound_at=worker.bound,
            ended_at=worker.ended,
            team=_team(at, worker.team),
            former_teams=tuple(FormerTeam(_team(at, team), until) for team, until in worker.former_teams),
            blocks=(*place.blocked, *worker.blocked),
            licences=tuple(one for given in worker.licences for one in _lines(given, at)),
        )

    def reach(self, who: str, *, at: str, client: str) -> Reach:
        """Give what lies between this member and this client."""
        assigned = [one for one in self.clients if (one.at, one.client) == (at, client)]
        return Reach(
            assigned=tuple(Assigned(team=_team(at, one.team), interval=one.interval) for one in assigned),
            opened=self.opened.get((who, client), ()),
            left_out=self.left_out.get((who, client), ()),
        )


def working(written: Written) -> Working:
    """Read what a case says of organisations. Raises ValueError for a word that nobody reads."""
    _check(written, "working")
    places, workers = written.get("organisations", {}), written.get("members", {})
    if unknown := (places.keys() - ORGANISATIONS.keys()) | (workers.keys() - WORKS_AT.keys()):
        raise ValueError(f"nobody knows {sorted(unknown)}")
    return Working(
        places={key: _place(places.get(key, {})) for key in ORGANISATIONS},
        workers={key: _worker(key, workers.get(key, {})) for key in WORKS_AT},
        clients=tuple(_client(one) for one in written.get("clients", ())),
        left_out=_by_pair([_left_out(one) for one in written.get("left_out", ())]),
        opened=_by_pair([_opened(one) for one in written.get("opened", ())]),
    )


def instant(written: str) -> datetime:
    """Read an instant; in UTC when it has a time zone."""
    read = datetime.fromisoformat(written)
    return read.astimezone(UTC) if read.tzinfo else read


def _place(written: Written) -> Workplace:
    _check(written, "organisation")
    return Workplace(
        admitted=_when(written, "admitted", otherwise=SINCE),
        last_day=written.get("last_day"),
        blocked=intervals(written.get("blocked", ())),
    )


def _worker(name: str, written: Written) -> Worker:
    _check(written, "member")
    return Worker(
        at=WORKS_AT[name],
        bound=_when(written, "bound", otherwise=SINCE),
        ended=_when(written, "ended"),
        team=written.get("team"),
        former_teams=tuple(map(_former, written.get("former_teams", ()))),
        blocked=intervals(written.get("blocked", ())),
        licences=tuple(_licence(one) for one in written.get("licences", [{}])),
    )


def _former(written: Written) -> tuple[str | None, datetime]:
    _check(written, "former team")
    return written.get("team"), instant(written["until"])


def _licence(written: Written) -> LicenceGiven:
    _check(written, "licence")
    return LicenceGiven(
        services=tuple(written.get("services", ("mijn-toeslagen",))),
        first_day=written.get("first_day", date(2026, 11, 1)),
        last_day=written.get("last_day", date(2027, 10, 31)),
        given=_when(written, "given", otherwise=SINCE) or SINCE,
        ended=_when(written, "ended"),
        team=written.get("team"),
        paused=intervals(written.get("paused", ())),
    )


def _client(written: Written) -> ClientOf:
    _check(written, "client")
    return ClientOf(
        client=written["client"],
        at=written.get("at", "samen-sterk"),
        team=written.get("team"),
        interval=_interval(written),
    )


def _left_out(written: Written) -> tuple[tuple[str, str], Interval]:
    _check(written, "left out")
    return (written["member"], written["client"]), _interval(written)


def _opened(written: Written) -> tuple[tuple[str, str], Opened]:
    _check(written, "opening")
    opened = Opened(day=written["day"], at=_when(written, "at", otherwise=SINCE) or SINCE)
    return (written["member"], written["client"]), opened


def _by_pair(found: Sequence[tuple[tuple[str, str], One]]) -> dict[tuple[str, str], tuple[One, ...]]:
    return {pair: tuple(one for of, one in found if of == pair) for pair, _ in found}


def intervals(written: Sequence[Written]) -> tuple[Interval, ...]:
    """Read intervals. Raises ValueError for a word that nobody reads."""
    for one in written:
        _check(one, "interval")
    return tuple(_interval(one) for one in written)


def _interval(written: Written) -> Interval:
    return Interval(since=_when(written, "since", otherwise=SINCE) or SINCE, until=_when(written, "until"))


def _when(written: Written, name: str, *, otherwise: datetime | None = None) -> datetime | None:
    """Read an instant; one that is written as null is none."""
    if name not in written:
        return otherwise
    return instant(written[name]) if written[name] else None


def _lines(given: LicenceGiven, at: str) -> list[Licence]:
    return [
        Licence(
            service=service,
            first_day=given.first_day,
            last_day=given.last_day,
            given_at=given.given,
            ended_at=given.ended,
            team=_team(at, given.team),
            pauses=given.paused,
        )
        for service in given.services
    ]


def _team(at: str, name: str | None) -> UUID | None:
    return uuid5(NAMESPACE_URL, f"{at} {name}") if name else None


def _check(written: Written, what: str) -> None:
    if unknown := written.keys() - ALLOWED[what]:
        raise ValueError(f"nobody reads {sorted(unknown)} of a {what}")
