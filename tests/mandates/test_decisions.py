"""The named cases: against decide() by itself, and through the statement in the database."""

import builtins

import pytest
from msgspec import structs

from namens.mandates import queries
from namens.mandates.decision import Decision, Permit, Reason, Refusal, decide
from namens.mandates.licences import Gap
from namens.mandates.past import as_it_was
from tests.decision_cases import Case, cases, through
from tests.decision_rows import put_in_database
from tests.decision_working import ORGANISATIONS, WORKS_AT
from tests.looking_back import decide_back

CASES = through("decide")


def in_memory(case: Case) -> Decision:
    snapshot = case.snapshot()
    return decide(as_it_was(snapshot, case.at) if case.looks_back else snapshot, case.at)


def in_database(case: Case) -> Decision:
    stage = put_in_database(case)
    ask = decide_back if case.looks_back else queries.decide_for
    return ask(
        portal=stage.portal,
        representative=stage.representative(case),
        representee=stage.people[case.client].id,
        question=case.question,
        at=case.at,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_decides_as_the_case_says(case: Case) -> None:
    if isinstance(case.expect, str):
        with pytest.raises(getattr(builtins, case.expect)):
            in_memory(case)
    else:
        assert in_memory(case) == case.expect


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_decides_the_same_through_the_statement(case: Case) -> None:
    if isinstance(case.expect, str):
        with pytest.raises(getattr(builtins, case.expect)):
            in_database(case)
    else:
        assert in_database(case) == case.expect


def test_it_has_cases_of_every_kind() -> None:
    kinds = [type(case.expect) for case in cases()]
    assert len(kinds) >= 160
    assert min(kinds.count(kind) for kind in (Permit, Refusal, str)) >= 4


def test_it_has_a_case_for_every_reason() -> None:
    assert {case.expect.reason for case in cases() if isinstance(case.expect, Refusal)} == set(Reason)


def test_it_has_a_case_for_every_gap() -> None:
    gaps = {case.expect.missing.gap for case in cases() if isinstance(case.expect, Refusal) and case.expect.missing}
    assert gaps == set(Gap)


def test_it_has_many_cases_about_licences_teams_and_dates() -> None:
    assert len([case for case in cases() if case.who in WORKS_AT or case.in_name_of in ORGANISATIONS]) >= 40


def test_it_names_every_case_once() -> None:
    names = [case.name for case in cases()]
    assert len(names) == len(set(names))


def test_it_expresses_nearly_every_case_at_every_door() -> None:
    about_now = [case for case in cases() if not case.looks_back]
    assert len(about_now) - len(through("openid")) <= 11
    assert len(cases()) - len(through("decisions")) <= 3


def test_it_has_many_cases_that_look_back() -> None:
    assert len([case for case in cases() if case.looks_back]) >= 16


def test_it_takes_a_state_that_it_does_not_know_for_no() -> None:
    case = CASES[0]
    (line,) = case.given[0].lines()
    odd = structs.replace(line, state="asleep")
    snapshot = case.snapshot()
    assert decide(type(snapshot)(**{**vars(snapshot), "lines": (odd,)}), case.at) == Refusal(Reason.NOT_ACTIVATED)
