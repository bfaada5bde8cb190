"""Mandates by the million, as `invented` says they are: clients, helpers, organisations with members and licences."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain, pairwise

from django.db.models import Model

from benchmarks import (
    invented,
    ready,  # noqa: F401 - it sets Django up
)
from benchmarks.copying import Pattern, Row, settle, without_indexes, write
from benchmarks.invented import Course, Sort, id_of, uuid_of
from namens.lib import clock
from namens.mandates.models import Mandate, MandateService, Origin, Suspension
from namens.mandates.states import EndReason, State
from namens.organisations.models import Assignment, Licence, Member, MemberKind, Organisation, Status, Team
from namens.parties.models import Kind, Party, Person
from namens.services.models import Service

SERVICES = ("mijn-toeslagen", "inkomstenbelasting")
SMALLEST = 2 * invented.OF_ORGANISATION
"""Sizes are multiples of this: the mandates among which one organisation finds its clients."""
MODELS: list[type[Model]] = [Party, Person, Assignment, Mandate, MandateService, Suspension]


@dataclass(frozen=True, kw_only=True)
class Filled:
    """How many rows were written, in how many seconds: those of the copying, of the indexes, of the settling."""

    mandates: int
    rows: int
    copying: float
    indexes: float
    settling: float

    @property
    def seconds(self) -> float:
        """Give the seconds of all of it."""
        return self.copying + self.indexes + self.settling

    def __str__(self) -> str:
        each = f"{self.rows:,} rows in {self.seconds:.0f} s, of which {self.copying:.0f} s to copy"
        return f"{each} ({self.rows / self.copying:,.0f} a second) and {self.indexes:.0f} s for indexes and checks"


def fill_mandates(begin: int, end: int, *, now: datetime) -> Filled:
    """Write the mandates from number `begin` to `end`, and all that they need. The catalogue is there already."""
    if begin % SMALLEST or end % SMALLEST:
        raise ValueError(f"numbers of mandates are multiples of {SMALLEST}")
    moments = [time.perf_counter()]
    with without_indexes(MODELS):
        _organisations(begin, end, now)
        rows = sum(write(of_one) for of_one in chain(_people(begin, end, now), _mandates(begin, end, now)))
        moments.append(time.perf_counter())
    moments.append(time.perf_counter())
    settle(MODELS)
    moments.append(time.perf_counter())
    copying, indexes, settling = (after - before for before, after in pairwise(moments))
    return Filled(mandates=end - begin, rows=rows, copying=copying, indexes=indexes, settling=settling)


def kvk_number(organisation: int) -> str:
    """Give the number of an organisation in the trade register."""
    return str(90_000_000 + organisation)


def _people(begin: int, end: int, now: datetime) -> Iterator[Iterator[Row]]:
    helpers = range(*(number // 2 // invented.CLIENTS * invented.HELPERS for number in (begin, end)))
    clients = range(begin // 2, end // 2)
    for sort, numbers in ((Sort.HELPER, helpers), (Sort.CLIENT, clients)):
        yield _parties(sort, numbers, now)
        yield _persons(sort, numbers, now)
    yield _assignments(clients, now)


def _parties(sort: Sort, numbers: range, now: datetime) -> Iterator[Row]:
    pattern = Pattern(Party(kind=Kind.PERSON, created_at=now), "id")
    return ((pattern, (id_of(sort, number),)) for number in numbers)


def _persons(sort: Sort, numbers: range, now: datetime) -> Iterator[Row]:
    example = Person(
        bsn_sealed="proef" * 16,
        given_names="Jan Willem",
        family_name="Jansen",
        folded_name="jansen jan willem",
        birth_date="1970-01-01",
        refreshed_at=now,
        ask_again_at=now,
    )
    pattern = Pattern(example, "party_id", "bsn_digest")
    for number in numbers:
        party = id_of(sort, number)
        yield pattern, (party, f"proef:{party}")


def _assignments(clients: range, now: datetime) -> Iterator[Row]:
    pattern = Pattern(Assignment(since=now - timedelta(days=200)), "id", "organisation_id", "client_id", "team_id")
    for client in clients:
        if invented.is_at_organisation(2 * client):
            organisation = invented.organisation_of(client)
            team = id_of(Sort.TEAM, organisation * invented.TEAMS + invented.team_of(client))
            ids = id_of(Sort.ASSIGNMENT, client), id_of(Sort.ORGANISATION, organisation), id_of(Sort.CLIENT, client)
            yield pattern, (*ids, team)


def _mandates(begin: int, end: int, now: datetime) -> Iterator[Iterator[Row]]:
    last_days = [str(clock.day_of(now) + timedelta(days=30 + day)) for day in range(300)]
    yield _mandate_rows(begin, end, now, last_days)
    yield _lines(begin, end, now, last_days)
    pattern = Pattern(Suspension(since=now - timedelta(days=3)), "id", "mandate_id")
    suspended = (number for number in range(begin, end) if invented.course_of(number) is Course.SUSPENDED)
    yield ((pattern, (id_of(Sort.SUSPENSION, number), id_of(Sort.MANDATE, number))) for number in suspended)


def _mandate_rows(begin: int, end: int, now: datetime, last_days: list[str]) -> Iterator[Row]:
    varying = ("id", "representee_id", "representative_id", "last_day")
    patterns = {course: Pattern(_example(course, now), *varying) for course in Course}
    over = str(clock.day_of(now) - timedelta(days=10))
    for number in range(begin, end):
        course = invented.course_of(number)
        last_day = over if course is Course.EXPIRED else last_days[number % 300]
        ids = id_of(Sort.MANDATE, number), id_of(Sort.CLIENT, number // 2), _representative(number)
        yield patterns[course], (*ids, last_day)


def _example(course: Course, now: datetime) -> Mandate:
    today, long_ago = clock.day_of(now), now - timedelta(days=200)
    made = Mandate(origin=Origin.GIVEN, state=State.ACTIVE, first_day=today - timedelta(days=200), level_given="low")
    made.last_day = made.first_day
    made.sensitive_seen = ["rekeningnummer-wijzigen"]
    made.offered_at, made.activated_at = long_ago - timedelta(hours=2), long_ago
    if course is Course.STOPPED:
        made.state, made.end_reason = State.ENDED, EndReason.STOPPED_BY_REPRESENTEE
        made.ended_at = now - timedelta(days=5)
    elif course is Course.SUSPENDED:
        made.state, made.suspended_at = State.SUSPENDED, now - timedelta(days=3)
    elif course is Course.BEGINS_LATER:
        made.first_day = today + timedelta(days=7)
    elif course is Course.WAITS:
        made.state, made.activated_at = State.REQUESTED, None
        made.origin, made.duration, made.waits_until = Origin.REQUESTED, "1-year", today + timedelta(days=20)
    return made


def _lines(begin: int, end: int, now: datetime, last_days: list[str]) -> Iterator[Row]:
    services = [Service.objects.get(key=key) for key in SERVICES]
    varying = ("id", "mandate_id", "representee_id", "representative_id", "last_day")
    patterns = [
        {state: Pattern(_line(service, current=state), *varying) for state in (True, None)} for service in services
    ]
    over = str(clock.day_of(now) - timedelta(days=10))
    for number in range(begin, end):
        course = invented.course_of(number)
        current = None if course in {Course.STOPPED, Course.WAITS} else True
        last_day = over if course is Course.EXPIRED else last_days[number % 300]
        ids = id_of(Sort.MANDATE, number), id_of(Sort.CLIENT, number // 2), _representative(number)
        yield patterns[0][current], (id_of(Sort.LINE, 2 * number), *ids, last_day)
        if invented.has_both(number):
            yield patterns[1][current], (id_of(Sort.LINE, 2 * number + 1), *ids, last_day)


def _line(service: Service, *, current: bool | None) -> MandateService:
    seen = [action["key"] for action in service.sensitive_actions]
    made = MandateService(service=service, version_id=service.version_id, current=current, last_day=date(2026, 1, 1))
    made.minimum_level, made.sensitive_seen = service.minimum_level, seen
    return made


def _representative(mandate: int) -> str:
    if invented.is_at_organisation(mandate):
        return id_of(Sort.ORGANISATION, invented.organisation_of(mandate // 2))
    return id_of(Sort.HELPER, invented.helper_of(mandate))


def _organisations(begin: int, end: int, now: datetime) -> None:
    """Few rows: by the models."""
    numbers = range(begin // SMALLEST, end // SMALLEST)
    members = range(numbers.start * invented.MEMBERS, numbers.stop * invented.MEMBERS)
    teams = range(numbers.start * invented.TEAMS, numbers.stop * invented.TEAMS)
    of_kind = partial(Party, created_at=now)
    Party.objects.bulk_create(of_kind(id=uuid_of(Sort.ORGANISATION, one), kind=Kind.ORGANISATION) for one in numbers)
    Party.objects.bulk_create(of_kind(id=uuid_of(Sort.MEMBER, one), kind=Kind.MEMBER) for one in members)
    Organisation.objects.bulk_create(_organisation(one, now) for one in numbers)
    Team.objects.bulk_create(
        Team(
            id=uuid_of(Sort.TEAM, one),
            organisation_id=uuid_of(Sort.ORGANISATION, one // invented.TEAMS),
            name=f"Team {one % invented.TEAMS}",
        )
        for one in teams
    )
    Member.objects.bulk_create(_member(one, now) for one in members)
    services = list(Service.objects.filter(key__in=SERVICES))
    licences = Licence.objects.bulk_create(_licence(one, now) for one in members)
    covers = Licence.services.through
    covers.objects.bulk_create(covers(licence=one, service=service) for one in licences for service in services)


def _organisation(number: int, now: datetime) -> Organisation:
    made = Organisation(party_id=uuid_of(Sort.ORGANISATION, number), kvk_number=kvk_number(number))
    made.name, made.status = f"Stichting Proef {number}", Status.ADMITTED
    made.proposed_at, made.admitted_at = now - timedelta(days=301), now - timedelta(days=300)
    return made


def _member(number: int, now: datetime) -> Member:
    organisation, turn = divmod(number, invented.MEMBERS)
    return Member(
        party_id=uuid_of(Sort.MEMBER, number),
        organisation_id=uuid_of(Sort.ORGANISATION, organisation),
        team_id=uuid_of(Sort.TEAM, organisation * invented.TEAMS + turn % invented.TEAMS),
        given_name="Sam",
        family_name="Proef",
        kind=MemberKind.STAFF,
        email=f"sam{turn}@example.nl",
        pseudonym_digest=f"proef:{number}",
        invited_at=now - timedelta(days=299),
        bound_at=now - timedelta(days=298),
    )


def _licence(number: int, now: datetime) -> Licence:
    today, ended = clock.day_of(now), number % invented.MEMBERS >= invented.WITHOUT_LICENCE
    return Licence(
        id=uuid_of(Sort.LICENCE, number),
        member_id=uuid_of(Sort.MEMBER, number),
        first_day=today - timedelta(days=200),
        last_day=today + timedelta(days=300),
        given_by=uuid_of(Sort.ORGANISATION, number // invented.MEMBERS),
        given_at=now - timedelta(days=200),
        ended_at=now - timedelta(days=1) if ended else None,
    )
