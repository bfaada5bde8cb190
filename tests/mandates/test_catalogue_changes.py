"""A later version of the catalogue never widens a mandate; what it asks more counts at once."""

import copy
from typing import Any

import pytest

from namens.lib.assurance import AssuranceLevel
from namens.mandates import queries
from namens.mandates.decision import Decision, Permit, Question, Reason, Refusal, Representative
from namens.parties.models import Party
from namens.services import catalogue as catalogues
from namens.services.actions import approve_catalogue, propose_catalogue
from namens.services.models import Portal
from tests.people import CATALOGUE, LOW, NOW, active, terms

ACCOUNT = "rekeningnummer-wijzigen"
ACTION = {"key": "toeslag-stoppen", "name": "de toeslag stoppen", "question": "Mag uw helper ook de toeslag stoppen?"}


def change(**changes: object) -> None:
    """Approve a version in which *Mijn toeslagen* has changed; `active=False` takes it out."""
    content: dict[str, Any] = copy.deepcopy(dict(catalogues.load(CATALOGUE)))
    if changes.pop("active", True):
        next(one for one in content["services"] if one["key"] == "mijn-toeslagen").update(changes)
    else:
        content["services"] = [one for one in content["services"] if one["key"] != "mijn-toeslagen"]
        content["sets"] = []
    version = propose_catalogue(content=content, by="olga", now=NOW)
    approve_catalogue(number=version.number, by="otto", now=NOW)


def ask(
    portal: Portal, giver: Party, helper: Party, *, level: AssuranceLevel = LOW, action: str | None = None
) -> Decision:
    question = Question(service="mijn-toeslagen", assurance=level, action=action)
    return queries.decide_for(
        portal=portal, representative=Representative(helper.id), representee=giver.id, question=question, at=NOW
    )


def left_out(decision: Decision) -> frozenset[str]:
    assert isinstance(decision, Permit)
    return decision.left_out


def test_it_asks_a_higher_level_at_once(anna: Party, bram: Party, toeslagen: Portal) -> None:
    active(anna, bram)
    change(minimum_level="substantial")
    assert ask(toeslagen, anna, bram) == Refusal(Reason.ASSURANCE_TOO_LOW)
    assert isinstance(ask(toeslagen, anna, bram, level=AssuranceLevel.SUBSTANTIAL), Permit)


def test_it_keeps_the_level_that_the_client_saw(anna: Party, bram: Party, toeslagen: Portal) -> None:
    active(anna, bram)
    change(minimum_level="basic")
    assert ask(toeslagen, anna, bram, level=AssuranceLevel.BASIC) == Refusal(Reason.ASSURANCE_TOO_LOW)


def test_it_leaves_a_new_sensitive_action_out(anna: Party, bram: Party, toeslagen: Portal) -> None:
    active(anna, bram, what=terms(granted=[ACCOUNT]))
    change(sensitive_actions=[ACTION])
    assert left_out(ask(toeslagen, anna, bram)) == {ACTION["key"]}
    assert ask(toeslagen, anna, bram, action=ACTION["key"]) == Refusal(Reason.ACTION_LEFT_OUT)


def test_it_keeps_an_action_out_that_is_no_longer_sensitive(anna: Party, bram: Party, toeslagen: Portal) -> None:
    active(anna, bram)
    change(sensitive_actions=[])
    assert left_out(ask(toeslagen, anna, bram)) == {ACCOUNT}


def test_it_refuses_a_service_that_was_taken_out(anna: Party, bram: Party, toeslagen: Portal) -> None:
    active(anna, bram)
    change(active=False)
    assert ask(toeslagen, anna, bram) == Refusal(Reason.NO_MANDATE)


@pytest.mark.parametrize("months", [1, 60])
def test_it_leaves_the_last_day_where_it_was(months: int, anna: Party, bram: Party, toeslagen: Portal) -> None:
    mandate = active(anna, bram)
    change(longest_months=months)
    decision = ask(toeslagen, anna, bram)
    assert isinstance(decision, Permit)
    assert decision.last_day == mandate.last_day
