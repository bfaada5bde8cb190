"""Reading what the door keeps, and what a helper may know of mandates that do not hold here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from namens.grants import reading
from namens.grants.models import AuthorizationRequest, Family
from namens.grants.plain import PlainReference
from namens.grants.standing import Login, nearest
from namens.lib import clock
from namens.mandates.decision import Line, Permit, Question, Reason, Snapshot, decide
from namens.mandates.licences import Gap
from namens.mandates.queries import read_for
from namens.mandates.snapshot import Asker, snapshot
from namens.mandates.statement import Found
from namens.mandates.states import State
from namens.parties.models import Person
from namens.services.models import Portal, Service


@dataclass(frozen=True)
class Obstacle:
    """Why this helper cannot act for one client here. No name where the helper did not activate anything yet.

    `gap` is there when it is about a member's licence.
    """

    reason: Reason
    name: str
    day: date | None
    gap: Gap | None = None


def request_of(request: UUID) -> AuthorizationRequest | None:
    """Give what a portal asked, with the portal."""
    return reading.questions.first(request=request)


def request_at(reference: PlainReference) -> AuthorizationRequest | None:
    """Give what a portal pushed under this reference, with the portal."""
    return reading.pushed_questions.first(digests=reference.digests())


def services_of(request: AuthorizationRequest) -> list[Service]:
    """Give the services that a portal asked for, as they are now."""
    return list(Service.objects.filter(key__in=list(request.services)))


def family_of(sid: str) -> Family | None:
    """Give the family with this `sid`, with its portal, also when it ended; None when there is (or was) none."""
    try:
        return Family.objects.select_related("portal").filter(id=UUID(sid)).first()
    except ValueError:
        return None


def logins_at(portal: Portal, *, families: Sequence[UUID]) -> dict[UUID, Family]:
    """Give those of these logins that were at this portal, by their ids, also ended ones. One statement."""
    return {one.id: one for one in Family.objects.filter(portal=portal, id__in=families)}


def obstacles_for(login: Login, *, now: datetime, among: Sequence[UUID] = ()) -> list[Obstacle]:
    """Give, for each client of this helper who is not in the list of this portal, the reason nearest to a yes.

    With `among` only for those of them. Two statements. Somebody who never had a mandate here gets an empty list.
    """
    read = read_for(portal=login.portal, representative=login.representative, representees=among)
    found = {party: _obstacle(read.asker, lines, login, now) for party, lines in read.by_representee().items()}
    people = Person.objects.in_bulk([party for party, obstacle in found.items() if obstacle is not None])
    named = [_named(obstacle, people[party]) for party, obstacle in found.items() if obstacle is not None]
    return sorted(named, key=lambda obstacle: (obstacle.name, obstacle.reason))


def _obstacle(asker: Asker | None, lines: Sequence[Found], login: Login, now: datetime) -> Obstacle | None:
    """Give the obstacle of one pair, without a name yet; None when there is a permit or nothing to tell."""
    question = Question(service="", assurance=login.level)
    base = snapshot(asker, lines, question=question, representative=login.representative)
    known = replace(base, lines=tuple(line for line in base.lines if _is_known_to_helper(line, clock.day_of(now))))
    if not known.lines:
        return None
    answers = [decide(_about(known, service), now) for service in login.services]
    if any(isinstance(answer, Permit) for answer in answers):
        return None
    refusals = [answer for answer in answers if not isinstance(answer, Permit)]
    reason = nearest(refusal.reason for refusal in refusals)
    gap = next((one.missing.gap for one in refusals if one.reason is reason and one.missing), None)
    return Obstacle(reason=reason, name="", day=_day(reason, known.lines, now), gap=gap)


def _is_known_to_helper(line: Line, today: date) -> bool:
    """Say whether the helper may hear of this line: what was withdrawn before the code was used never existed."""
    waits = line.state == State.OFFERED and line.stopped_at is None and line.last_day >= today
    return line.activated_at is not None or waits


def _about(base: Snapshot, service: str) -> Snapshot:
    return replace(base, question=replace(base.question, service=service))


def _day(reason: Reason, lines: Sequence[Line], now: datetime) -> date | None:
    today = clock.day_of(now)
    if reason is Reason.NOT_STARTED:
        return min((line.first_day for line in lines if line.first_day > today), default=None)
    if reason is Reason.EXPIRED:
        return max((line.last_day for line in lines if line.last_day < today), default=None)
    return None


def _named(obstacle: Obstacle, person: Person) -> Obstacle:
    return obstacle if obstacle.reason is Reason.NOT_ACTIVATED else replace(obstacle, name=person.name.full)
