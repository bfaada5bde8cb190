"""The named cases of tests/decisions.yaml, as a portal's machine asks them."""

from collections.abc import Iterator
from datetime import UTC, timedelta

import pytest

from namens.grants.models import SigningKey
from namens.lib import clock
from namens.mandates.decision import Permit, Refusal
from namens.organisations.models import Organisation
from namens.services.models import Portal
from tests.decision_cases import Case, through
from tests.decision_rows import OFFERED_AT, Stage, put_in_database
from tests.decisions.machine import Machine, machine

LATER = timedelta(days=400)
CASES = through("decisions")
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@pytest.fixture
def staged(case: Case, signing_keys: None) -> Iterator[tuple[Stage, Machine]]:  # noqa: ARG001 - asked for its effect
    """Put the case in the database, and let the clock stand still: at its instant, or long after it."""
    SigningKey.objects.update(published_from=OFFERED_AT, active_from=OFFERED_AT)
    made: list[Machine] = []

    def register(client_id: str, *keys: str) -> Portal:
        made.append(machine(client_id, *keys))
        made[0].log_in()
        return made[0].portal.portal

    then = case.at if case.at.tzinfo else case.at.replace(tzinfo=UTC)
    with clock.frozen(then):
        stage = put_in_database(case, register=register)
    with clock.frozen(then + LATER if case.looks_back else then):
        if case.looks_back:
            made[0].log_in()
        yield stage, made[0]


def question(case: Case, stage: Stage, asking: Machine) -> dict[str, object]:
    """Give the question of the case."""
    who, client = stage.people[case.who], stage.people[case.client]
    asked = asking.question(who, client, action={"name": name_of(case)}, context=context(case))
    if case.names_a_member:
        works_for = {"organisation": kvk_number(stage, case)}
        asked["subject"] = {"type": "member", "id": asking.id_of(who), "properties": works_for}
    return asked


def kvk_number(stage: Stage, case: Case) -> str:
    """Give the number of who the member asks for; a person has none."""
    found = Organisation.objects.filter(party=stage.people[case.in_name_of]).first()
    return found.kvk_number if found else "00000000"


def name_of(case: Case) -> str:
    action = case.asked.get("action")
    return str(case.asked.get("service", "mijn-toeslagen")) + (f"#{action}" if action else "")


def context(case: Case) -> dict[str, str]:
    level = case.asked.get("assurance", "low")
    moment = {"time": str(case.asked.get("at", case.at.isoformat()))} if case.looks_back else {}
    return {**({"assurance": level} if level is not None else {}), **moment}


@every_case
def test_it_answers_as_the_case_says(case: Case, staged: tuple[Stage, Machine]) -> None:
    stage, asking = staged
    heard = asking.ask(question(case, stage, asking))
    if isinstance(case.expect, str):
        assert heard.status == 400
    elif not case.approved:
        assert heard.status == 401
    elif isinstance(case.expect, Permit):
        told = heard.json["context"]
        assert (heard.decision, told["mandate"]) == (True, str(case.expect.mandate))
        assert told["valid_until"] == case.expect.last_day.isoformat()
    else:
        assert isinstance(case.expect, Refusal)
        assert heard.reason == case.expect.reason


@pytest.mark.one_database
def test_it_expresses_nearly_every_case() -> None:
    assert len(CASES) >= 170
