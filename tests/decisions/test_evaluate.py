"""One question, one answer (AuthZEN 1.0, 6)."""

from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.decisions.machine import Machine


def test_it_says_yes_while_a_mandate_runs(asking: Machine, bram: Party, anna: Party, running: Mandate) -> None:
    heard = asking.ask(asking.question(bram, anna))
    assert heard.json == {
        "decision": True,
        "context": {"mandate": str(running.id), "valid_until": running.last_day.isoformat()},
    }


def test_it_says_no_to_who_may_do_nothing(asking: Machine, dirk: Party, anna: Party, running: Mandate) -> None:
    assert asking.ask(asking.question(dirk, anna)).reason == "no_mandate"
    assert running.id is not None
