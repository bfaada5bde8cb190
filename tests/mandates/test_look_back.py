"""Looking back: what is asked later about an instant says what was said at it, whatever people did since."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from namens.lib.assurance import AssuranceLevel
from namens.mandates.decision import Decision, Permit, Question, Representative, Snapshot, decide
from namens.mandates.past import as_it_was
from namens.parties.models import Party
from namens.services.models import Portal
from tests.looking_back import read_back
from tests.mandates.histories import ACCOUNT, KEYS, VERBS, Act, Cast, acts, do
from tests.organisations.managing import mia, team
from tests.people import NOW, portal
from tests.working import licence, member, organisation

OFTEN = {
    "give and use": 5,
    "use": 2,
    "report": 2,
    "restore": 3,
    "second yes": 3,
    "resume": 3,
    "let in": 2,
    "switch": 2,
    "take over": 3,
}
HISTORIES = st.lists(acts({verb: OFTEN.get(verb, 1) for verb in VERBS}), min_size=6, max_size=12)
QUESTIONS = [Question(service=key, assurance=AssuranceLevel.HIGH, action=None) for key in KEYS]
QUESTIONS += [replace(one, action=ACCOUNT) for one in QUESTIONS]
BEGINNING = [
    Act("give and use", timedelta(hours=1), which=0, keys=KEYS, far=True, other=False),
    Act("give and use", timedelta(hours=1), which=2, keys=KEYS, far=True, other=True),
]


@dataclass(frozen=True)
class Moment:
    """What was read right after an act, and until which instant nothing else happened."""

    at: datetime
    until: datetime
    read: tuple[Snapshot, ...]


def read_all(asked: Portal, cast: Cast) -> tuple[Snapshot, ...]:
    """Read the snapshots of Bram, and of Sam in the name of Samen Sterk."""
    actors = [Representative(cast.bram.id), Representative(cast.sam.organisation_id, member=cast.sam.party_id)]
    return tuple(
        read_back(portal=asked, representative=actor, representee=cast.anna.id, question=QUESTIONS[0])
        for actor in actors
    )


def lived(history: list[Act], asked: Portal, cast: Cast) -> list[Moment]:
    """Let it all happen, and give what was read after each act."""
    now, moments = NOW, []
    times = [act.later for act in history[1:]] + [timedelta(hours=1)]
    for act, later in zip(history, times, strict=True):
        do(act, cast, now=now)
        moments.append(Moment(at=now, until=now + later, read=read_all(asked, cast)))
        now += later
    return moments


def said(read: Snapshot, question: Question, at: datetime) -> Decision:
    """Decide; the last day aside, which a permit has as it is today."""
    decision = decide(replace(read, question=question), at)
    return replace(decision, last_day=at.date()) if isinstance(decision, Permit) else decision


def differences(moment: Moment, final: tuple[Snapshot, ...]) -> Iterator[tuple[object, ...]]:
    for then, today in zip(moment.read, final, strict=True):
        for at in (moment.at, moment.until - timedelta(microseconds=1)):
            for question in QUESTIONS:
                was, told = said(then, question, at), said(as_it_was(today, at), question, at)
                if was != told:
                    yield at, question, was, told, then, as_it_was(today, at)


@pytest.fixture
def cast(anna: Party, bram: Party, catalogue: None) -> Cast:  # noqa: ARG001 - asked for its effect
    """Sam and Vera have a licence for both services, each in another team."""
    north, south = team("Noord"), team("Zuid")
    sam, vera = member(organisation(), team=north), member(organisation(), "Vera", team=south)
    for one in (sam, vera):
        licence(one, *KEYS)
    return Cast(anna=anna, bram=bram, sam=sam, vera=vera, mia=mia(), teams=(north, south))


@pytest.fixture
def asked(catalogue: None) -> Portal:  # noqa: ARG001 - asked for its effect
    """A portal that offers both services."""
    return portal("portaal", *KEYS)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORIES)
def test_it_says_of_an_instant_what_was_said_at_it(cast: Cast, asked: Portal, history: list[Act]) -> None:
    with transaction.atomic():
        moments = lived(BEGINNING + history, asked, cast)
        final = read_all(asked, cast)
        transaction.set_rollback(True)
    for moment in moments:
        assert list(differences(moment, final)) == []
