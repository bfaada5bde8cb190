"""Whatever people do, in whatever order: what must always be true of the mandates between them."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from namens.codes.models import ActivationCode
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.mandates import actions
from namens.mandates.actions import GivenMandate, activate, new_code, shorten, stop
from namens.mandates.actions.offer import ActiveAtOnce
from namens.mandates.models import Mandate, MandateService
from namens.mandates.refusals import MandateRefused
from namens.parties.models import Party
from tests.people import NOW, fresh, terms

KEYS = ("mijn-toeslagen", "inkomstenbelasting")
HORIZON = 45


class Act(NamedTuple):
    """Something that somebody does, some hours after the act before it; numbers are taken modulo what there is."""

    verb: str
    hours: int
    which: int
    keys: frozenset[str]
    first: int
    length: int
    who: int


VERBS = [*["offer and use"] * 6, *["offer", "use"] * 2, "stop", "stop service", "shorten", "code"]
ACTS = st.builds(
    Act,
    verb=st.sampled_from(VERBS),
    hours=st.sampled_from([0, 0, 1, 24, 24 * 7]),
    which=st.integers(0, 5),
    keys=st.sets(st.sampled_from(KEYS), min_size=1).map(frozenset),
    first=st.sampled_from([0, 10]),
    length=st.sampled_from([0, 30, 30]),
    who=st.integers(0, 2),
)


def do(act: Act, *, anna: Party, bram: Party, now: datetime) -> None:
    """Do one thing; what the rules refuse is left undone."""
    known = list(Mandate.objects.order_by("offered_at", "id"))
    if act.verb in {"offer", "offer and use"}:
        given = offer(act, anna, bram if act.who else None, now)
        known = [given.mandate]
    if known and act.verb != "offer":
        change(act, known[act.which % len(known)], anna=anna, bram=bram, now=now)


def offer(act: Act, anna: Party, helper: Party | None, now: datetime) -> GivenMandate | ActiveAtOnce:
    """Give a mandate: to somebody with whom Anna goes on, it is active at once."""
    first = clock.day_of(now) + timedelta(days=act.first)
    last = first + timedelta(days=act.length)
    return actions.offer(
        representee=fresh(anna, now=now),
        representative=helper,
        terms=terms(*sorted(act.keys), first_day=first, last_day=last),
        level=AssuranceLevel.SUBSTANTIAL,
        under_administration=False,
        now=now,
    )


def change(act: Act, mandate: Mandate, *, anna: Party, bram: Party, now: datetime) -> None:
    try:
        if act.verb in {"use", "offer and use"}:
            code = ActivationCode.objects.filter(opens=mandate.id).order_by("-issued_at").first()
            fresh(anna, now=now)
            if code is not None:
                activate(code=code.id, helper=bram, now=now)
        if act.verb == "stop":
            stop(mandate=mandate.id, by=bram if act.who else anna, now=now)
        if act.verb == "stop service":
            stop(mandate=mandate.id, by=anna, now=now, service=min(act.keys))
        if act.verb == "shorten":
            shorten(mandate=mandate.id, by=anna, last_day=clock.day_of(now) + timedelta(days=act.length), now=now)
        if act.verb == "code":
            new_code(mandate=mandate.id, by=anna, now=now)
    except MandateRefused:
        return


def holding(now: datetime) -> list[tuple[object, ...]]:
    """Give, for every day to come, each pair and service for which a mandate will hold on it."""
    lines = MandateService.objects.filter(stopped_at__isnull=True, mandate__state="active").select_related("mandate")
    today = clock.day_of(now)
    days = [today + timedelta(days=ahead) for ahead in range(HORIZON)]
    return [
        (line.representee_id, line.representative_id, line.service_id, day)
        for line in lines
        for day in days
        if line.mandate.first_day <= day <= line.last_day
    ]


def check_all(now: datetime) -> None:
    held = holding(now)
    assert len(held) == len(set(held)), "two mandates hold for one pair, service and day"
    for mandate in Mandate.objects.prefetch_related("lines"):
        check_one(mandate)


def check_one(mandate: Mandate) -> None:
    lines = list(mandate.lines.all())
    running = [line for line in lines if line.stopped_at is None]
    assert all(line.representative_id == mandate.representative_id for line in running)
    assert all(line.representee_id == mandate.representee_id for line in lines)
    codes = ActivationCode.objects.filter(opens=mandate.id, redeemed_at__isnull=True, killed_at__isnull=True)
    if mandate.state == "ended":
        assert running == []
        assert not codes.exists()
    else:
        assert mandate.last_day == max(line.last_day for line in running)
    assert codes.count() == (1 if mandate.state == "offered" else 0)
    assert mandate.state == "active" or not any(line.current for line in lines)


@pytest.mark.usefixtures("catalogue")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=4, max_size=10))
def test_it_keeps_its_promises_whatever_people_do(anna: Party, bram: Party, acts: list[Act]) -> None:
    now, ended = NOW, dict[UUID, str]()
    with transaction.atomic():
        for act in acts:
            now += timedelta(hours=act.hours, seconds=1)
            do(act, anna=anna, bram=bram, now=now)
            check_all(now)
            reasons = dict(Mandate.objects.filter(state="ended").values_list("id", "end_reason"))
            assert ended.items() <= reasons.items(), "an ended mandate came back"
            ended = reasons
        transaction.set_rollback(True)
