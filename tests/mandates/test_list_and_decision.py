"""The list of a member's clients and decide() say the same: who is listed may be helped, and who may be is listed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.mandates import queries
from namens.mandates.clients_of import Wanted, clients_of, grounds_of
from namens.mandates.decision import Permit, Question, Refusal, Representative
from namens.mandates.licences import Gap
from namens.organisations.models import Member, Team
from namens.organisations.queries import at_work
from namens.parties.models import Party
from namens.services.models import Portal
from tests.mandates.drawn import KEYS, mandates, put
from tests.mandates.test_snapshot_of_members import licences, put_licence, put_place, put_reach, put_worker, reaches
from tests.people import NOW, TODAY, portal

Drawn = dict[str, Any]

# After all that is drawn: a list knows only what is so now, and nobody writes down what comes.
AT = NOW + timedelta(hours=72, seconds=1)
AHEAD = [TODAY, TODAY + timedelta(days=9)]


def lasting(one: Drawn) -> Drawn:
    """Give a drawn mandate that is active, each line of it for longer than what else is drawn."""
    lines = {key: {**line, "last_day": AHEAD[1], "stopped_at": None} for key, line in one["lines"].items()}
    return {**one, "state": "active", "days": AHEAD, "lines": lines}


running = mandates.map(lasting)
counting = licences.map(lambda one: {**one, "days": AHEAD, "ended_at": None, "pauses": []})
anywhere = counting.map(lambda one: {**one, "team": None, "services": set(KEYS)})
welcome = reaches.map(lambda one: {**one, "left_out": []})
of_a_team = st.integers(0, 1).flatmap(lambda team: welcome.map(lambda one: {**one, "assigned": [(NOW, team)]}))
PLACE: Drawn = {"admitted_at": NOW - timedelta(days=9), "last_day": None, "blocks": []}
WORKER: Drawn = {"bound_at": NOW - timedelta(days=9), "ended_at": None, "blocks": []}


@pytest.mark.usefixtures("catalogue")
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=st.lists(running | running | mandates, min_size=2, max_size=5),
    team=st.none() | st.integers(0, 1),
    held=st.lists(anywhere | counting | licences, min_size=1, max_size=3),
    reach=st.lists(of_a_team | welcome | reaches, min_size=3, max_size=3),
)
def test_it_lists_whom_a_decision_permits_and_nobody_else(
    anna: Party,
    bram: Party,
    carla: Party,
    written: list[Drawn],
    team: int | None,
    held: list[Drawn],
    reach: list[Drawn],
) -> None:
    clients = [anna, bram, carla]
    with transaction.atomic():
        works_for, asked = put_place(PLACE), portal("portaal", *KEYS[:2])
        own_teams = [Team.objects.create(organisation=works_for, name=name) for name in ("Noord", "Zuid")]
        sam = put_worker({**WORKER, "team": team}, works_for, own_teams)
        assert at_work(sam, now=AT)
        for one in held:
            put_licence(one, sam, own_teams)
        for client, drawn in zip(clients, reach, strict=True):
            put_reach(drawn, sam, client, own_teams)
        for one in written:
            put({**one, "representative": 0}, clients, [works_for.party])
        compare(sam, asked, clients)
        transaction.set_rollback(True)


def compare(sam: Member, asked: Portal, clients: list[Party]) -> None:
    services = frozenset(asked.services.filter(active=True).values_list("id", flat=True))
    wanted = Wanted(services=services, begun=True)
    listed = clients_of(sam, grounds=grounds_of(sam, now=AT), wanted=wanted, now=AT)
    answers = {client.id: decisions(sam, asked, client) for client in clients}
    permitted = {one for one, found in answers.items() if any(isinstance(answer, Permit) for answer in found)}
    for_a_reason = {one for one, found in answers.items() if any(map(needs_reason, found))} - permitted
    assert {row.party for row in listed if not row.needs_reason} == permitted
    assert {row.party for row in listed if row.needs_reason} == for_a_reason


def decisions(sam: Member, asked: Portal, client: Party) -> list[Permit | Refusal]:
    return [
        queries.decide_for(
            portal=asked,
            representative=Representative(sam.organisation_id, member=sam.party_id),
            representee=client.id,
            question=Question(service=key, assurance=AssuranceLevel.HIGH),
            at=AT,
        )
        for key in KEYS[:2]
    ]


def needs_reason(answer: Permit | Refusal) -> bool:
    return isinstance(answer, Refusal) and answer.missing is not None and answer.missing.gap is Gap.REASON_NEEDED


def test_it_looks_at_a_day_on_which_something_drawn_can_hold() -> None:
    assert clock.day_of(AT) == TODAY + timedelta(days=3)
