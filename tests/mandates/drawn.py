"""Whatever can be in the tables, drawn at random; and a plain reading of it, without the statement."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from namens.lib.assurance import AssuranceLevel
from namens.mandates import queries
from namens.mandates.decision import Line, Offered, Question, Representative, Snapshot
from namens.mandates.licences import Assigned, Interval, Licence, Membership, Opened, Reach
from namens.mandates.models import Mandate, MandateService, Origin
from namens.mandates.snapshot import Reading
from namens.organisations import models as organisations
from namens.organisations.models import Member
from namens.parties.models import Party
from namens.services.models import CatalogueVersion, Portal, Service
from tests.decision_rows import OF_A_STATE
from tests.people import NOW, TODAY

KEYS = ("mijn-toeslagen", "inkomstenbelasting", "parkeervergunning")
ACTIONS = ("rekeningnummer-wijzigen", "iban-wijzigen")
LEVELS = [level.value for level in AssuranceLevel]
days = st.integers(-3, 3).map(lambda ahead: TODAY + timedelta(days=ahead))
instants = st.integers(-72, 72).map(lambda hours: NOW + timedelta(hours=hours))
actions = st.lists(st.sampled_from(ACTIONS), unique=True)
lines = st.fixed_dictionaries(
    {
        "last_day": days,
        "stopped_at": st.none() | instants,
        "minimum_level": st.sampled_from(LEVELS),
        "sensitive_seen": actions,
    }
)
mandates = st.fixed_dictionaries(
    {
        "representee": st.integers(0, 2),
        "representative": st.none() | st.integers(0, 1),
        "state": st.sampled_from(["offered", "requested", "active", "suspended", "ended"]),
        "days": st.tuples(days, days).map(sorted),
        "at": instants,
        "helper_since": st.none() | instants,
        "granted_actions": actions,
        "sensitive_seen": actions,
        "lines": st.dictionaries(st.sampled_from(KEYS), lines, min_size=1),
    }
)
now_offered = st.fixed_dictionaries(
    {"minimum_level": st.sampled_from(LEVELS), "active": st.booleans(), "actions": actions}
)
questions = st.builds(
    Question,
    service=st.sampled_from([*KEYS, "onbekend"]),
    assurance=st.none() | st.sampled_from(list(AssuranceLevel)),
    action=st.none() | st.sampled_from([*ACTIONS, "alles"]),
)


def put(written: dict[str, Any], clients: list[Party], helpers: list[Party]) -> None:
    """Write one mandate as drawn, as far as the database allows it."""
    representative = written["representative"]
    runs = written["state"] in {"active", "suspended"}
    helper = helpers[representative or 0] if runs or representative is not None else None
    ended = written["state"] == "ended"
    mandate = Mandate.objects.create(
        representee=clients[written["representee"]],
        representative=helper,
        origin=Origin.GIVEN,
        state=written["state"],
        first_day=written["days"][0],
        last_day=written["days"][1],
        level_given="low",
        granted_actions=written["granted_actions"],
        sensitive_seen=written["sensitive_seen"],
        offered_at=NOW,
        helper_since=written["helper_since"],
        activated_at=written["at"] if runs else None,
        ended_at=written["at"] if ended else None,
        end_reason="withdrawn" if ended else "",
        **OF_A_STATE.get(written["state"], {}),
    )
    version = CatalogueVersion.objects.get()
    for key, line in written["lines"].items():
        service = Service.objects.get(key=key)
        MandateService.objects.create(
            mandate=mandate,
            service=service,
            version=version,
            representee=mandate.representee,
            representative=helper,
            **line,
        )


def change(services: dict[str, dict[str, Any]]) -> None:
    """Let the catalogue be as drawn."""
    for key, service in services.items():
        listed = [{"key": action, "name": action, "question": "?"} for action in service["actions"]]
        fields = {"minimum_level": service["minimum_level"], "active": service["active"]}
        Service.objects.filter(key=key).update(sensitive_actions=listed, **fields)


def read(asked: Portal, acting: Representative, *clients: Party) -> Reading:
    """Give what the statement reads: of these clients, or of everybody."""
    return queries.read_for(portal=asked, representative=acting, representees=[client.id for client in clients])


def plainly(
    asked: Portal, helper: Party, client: Party, question: Question, *, member: Member | None = None
) -> Snapshot:
    """Read the models one by one, as anybody would without the statement."""
    offered = list(asked.services.all())
    found = MandateService.objects.filter(representative=helper, representee=client, service__in=offered)
    lines = tuple(_plain_line(line) for line in found.select_related("mandate", "service"))
    of_helper = member is not None and member.organisation_id == helper.id
    return Snapshot(
        question=question,
        portal_approved=asked.status == "approved",
        services=tuple(_plain_service(service) for service in offered),
        lines=lines,
        needs_licence=member is not None or (bool(lines) and helper.kind != "person"),
        member=_plain_member(member) if member and of_helper and lines else None,
        reach=_plain_reach(member, helper, client) if member and lines else Reach(),
    )


def _plain_service(service: Service) -> Offered:
    return Offered(
        key=service.key,
        minimum_level=AssuranceLevel(service.minimum_level),
        sensitive_actions=frozenset(service.sensitive_keys),
        active=service.active,
    )


def _plain_member(member: Member) -> Membership | None:
    at, blocks = member.organisation, organisations.Block.objects.filter(organisation=member.organisation)
    if at.status != organisations.Status.ADMITTED:
        return None
    return Membership(
        organisation_since=at.admitted_at,
        organisation_last_day=at.last_day,
        bound_at=member.bound_at,
        ended_at=member.ended_at,
        team=member.team_id,
        blocks=tuple(Interval(one.since, one.until) for one in blocks if one.member_id in {None, member.party_id}),
        licences=tuple(line for one in member.licences.all() for line in _plain_licence(one)),
    )


def _plain_licence(given: organisations.Licence) -> list[Licence]:
    return [
        Licence(
            service=service.key,
            first_day=given.first_day,
            last_day=given.last_day,
            given_at=given.given_at,
            ended_at=given.ended_at,
            team=given.team_id,
            pauses=tuple(Interval(pause.since, pause.until) for pause in given.pauses.all()),
        )
        for service in given.services.all()
    ]


def _plain_reach(member: Member, helper: Party, client: Party) -> Reach:
    assigned = organisations.Assignment.objects.filter(organisation=helper.id, client=client)
    opened = organisations.Opening.objects.filter(member=member, client=client)
    left_out = organisations.LeftOut.objects.filter(member=member, client=client)
    return Reach(
        assigned=tuple(Assigned(one.team_id, Interval(one.since, one.until)) for one in assigned),
        opened=tuple(Opened(one.day, one.opened_at) for one in opened),
        left_out=tuple(Interval(one.since, one.until) for one in left_out),
    )


def _plain_line(line: MandateService) -> Line:
    mandate = line.mandate
    return Line(
        mandate=mandate.id,
        service=line.service.key,
        state=mandate.state,
        first_day=mandate.first_day,
        last_day=line.last_day,
        minimum_level=AssuranceLevel(line.minimum_level),
        known_since=mandate.helper_since or mandate.offered_at,
        activated_at=mandate.activated_at,
        ended_at=mandate.ended_at,
        stopped_at=line.stopped_at,
        granted_actions=frozenset(mandate.granted_actions),
        granted_since=mandate.granted_since,
        sensitive_seen=frozenset(mandate.sensitive_seen),
        service_seen=frozenset(line.sensitive_seen),
    )


def content(one: Snapshot) -> tuple[object, ...]:
    """Give what a snapshot holds, without an order."""
    return (
        (one.question, one.portal_approved, frozenset(one.services), frozenset(one.lines), len(one.lines)),
        one.needs_licence,
        _content_of_member(one.member) if one.member else None,
        (frozenset(one.reach.assigned), frozenset(one.reach.opened), frozenset(one.reach.left_out)),
    )


def _content_of_member(member: Membership) -> tuple[object, ...]:
    licences = sorted(str({**vars(one), "pauses": sorted(map(str, one.pauses))}) for one in member.licences)
    whole = {**vars(member), "licences": licences, "blocks": sorted(map(str, member.blocks))}
    return tuple(whole.items())
