"""Whatever people do: no mandate begins or ceases to hold without a change that portals can hear of."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.mandates.actions import note_over
from namens.mandates.changes import MandateChange
from namens.mandates.decision import Permit, Question, Representative, decide
from namens.mandates.models import Mandate
from namens.mandates.states import State
from namens.parties.models import Party
from namens.services.models import Portal
from tests.looking_back import read_back
from tests.mandates.histories import ACCOUNT, KEYS, VERBS, Act, Cast, acts, do
from tests.organisations.managing import mia, team
from tests.people import NOW, portal
from tests.working import licence, member, organisation

OFTEN = {"give and use": 5, "use": 2, "agree": 3, "ask": 2, "report": 2, "restore": 3, "second yes": 3, "stop": 2}
HISTORIES = st.lists(acts({verb: OFTEN.get(verb, 1) for verb in VERBS}), min_size=5, max_size=12)
QUESTIONS = [Question(service=key, assurance=AssuranceLevel.HIGH, action=None) for key in KEYS]
QUESTIONS += [replace(one, action=ACCOUNT) for one in QUESTIONS]
# After which change a mandate can be in which state: what is about some services, or days, says nothing of it.
FITS = {
    State.ACTIVE: {"active", "restored", "changed"},
    State.SUSPENDED: {"suspended", "changed"},
    State.ENDED: {"stopped", "ended"},
}
Held = frozenset[tuple[UUID, Question]]


@pytest.fixture
def cast(anna: Party, bram: Party, catalogue: None) -> Cast:  # noqa: ARG001 - asked for its effect
    """Sam and Vera have a licence for both services."""
    north, south = team("Noord"), team("Zuid")
    sam, vera = member(organisation(), team=north), member(organisation(), "Vera", team=south)
    for one in (sam, vera):
        licence(one, *KEYS)
    return Cast(anna=anna, bram=bram, sam=sam, vera=vera, mia=mia(), teams=(north, south))


@pytest.fixture
def asked(catalogue: None) -> Portal:  # noqa: ARG001 - asked for its effect
    """A portal that offers both services."""
    return portal("portaal", *KEYS)


def held(asked: Portal, cast: Cast, *, now: datetime) -> Held:
    """Give what each mandate by itself allows at this instant, licences aside: those are told apart."""
    actors = [Representative(cast.bram.id), Representative(cast.sam.organisation_id)]
    allowed = set()
    for actor in actors:
        read = read_back(portal=asked, representative=actor, representee=cast.anna.id, question=QUESTIONS[0])
        for line in read.lines:
            alone = replace(read, lines=(line,), needs_licence=False)
            allowed |= {
                (line.mandate, question)
                for question in QUESTIONS
                if isinstance(decide(replace(alone, question=question), now), Permit)
            }
    return frozenset(allowed)


def counted() -> dict[UUID, int]:
    """Give how many changes each mandate has, numbered without a gap."""
    numbers: dict[UUID, list[int]] = {}
    for mandate, number in MandateChange.objects.order_by("number").values_list("mandate", "number"):
        numbers.setdefault(mandate, []).append(number)
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
    return {mandate: len(found) for mandate, found in numbers.items()}


def check_last(now: datetime) -> None:
    """Hold the last change about the whole of a mandate against its state."""
    for mandate in Mandate.objects.all():
        changes = MandateChange.objects.filter(mandate=mandate).order_by("number")
        whole = [change.what for change in changes if not change.services or change.what == "active"]
        if mandate.activated_at is None:
            assert not changes
        elif mandate.last_day >= clock.day_of(now):
            assert whole[-1] in FITS[State(mandate.state)]


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORIES)
def test_it_notes_every_change_whatever_people_do(cast: Cast, asked: Portal, history: list[Act]) -> None:
    now, was, noted = NOW, Held(), dict[UUID, int]()
    with transaction.atomic():
        for act in history:
            # What begins on its first day was told with the day; what is over is noted.
            note_over(now=now)
            before = held(asked, cast, now=now)
            assert_noted({mandate for mandate, _ in was - before}, since=noted)
            noted = counted()
            do(act, cast, now=now)
            was = held(asked, cast, now=now)
            assert_noted({mandate for mandate, _ in before ^ was}, since=noted)
            check_last(now)
            noted, now = counted(), now + act.later
        transaction.set_rollback(True)


def assert_noted(mandates: set[UUID], *, since: dict[UUID, int]) -> None:
    """Hold that each of these mandates has a change more than it had."""
    noted = counted()
    assert all(noted.get(mandate, 0) > since.get(mandate, 0) for mandate in mandates)
