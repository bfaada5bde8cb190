"""Calling the helpdesk: what the register says, and short words for what an agent does."""

from datetime import date, datetime

from namens.helpdesk import actions
from namens.helpdesk.models import Call
from namens.helpdesk.refusals import CallerRefusal
from namens.lib.partial_date import PartialDate
from namens.parties.facts import PersonFacts, StopSignal
from namens.parties.identifiers import Bsn, parse_helper_number
from namens.population.addresses import AddressAnswer, Addressed, Deliverable, Obstacle
from namens.population.answers import NotFound
from namens.signin.models import Staff
from tests.people import BSNS, NAMES, NOW

BORN = PartialDate(1980, 5, 6)
POSTCODE = "3511AB"
HOME = Deliverable(recipient_name="A.M. de Vries", lines=("Lindenhof 12", "3511AB UTRECHT"))


class Addresses:
    """Stands in for the population register: everybody of the tests was born on one day and lives in one street."""

    def __init__(self) -> None:
        self.answer: AddressAnswer | None = None
        self.signals: frozenset[StopSignal] = frozenset()
        self.born: PartialDate | None = BORN
        self.postcode = POSTCODE
        self.obstacles: frozenset[Obstacle] = frozenset()
        self.asked = 0

    def ask(self, *, bsn: Bsn, today: date) -> AddressAnswer:  # noqa: ARG002 - as the real one
        """Answer about one person."""
        self.asked += 1
        if self.answer is not None:
            return self.answer
        name = next((NAMES[key] for key, known in BSNS.items() if known == bsn), None)
        if name is None:
            return NotFound()
        facts = PersonFacts(name=name, birth_date=self.born, signals=self.signals)
        return Addressed(facts=facts, address=HOME, postcode=self.postcode, obstacles=self.obstacles)


def call(
    agent: Staff,
    who: str = "anna",
    *,
    bsn: Bsn | None = None,
    born: PartialDate = BORN,
    postcode: str = POSTCODE,
    now: datetime = NOW,
) -> Call | CallerRefusal:
    """Let somebody call, and the agent look them up."""
    return actions.find_caller(agent=agent, bsn=bsn or BSNS[who], birth_date=born, postcode=postcode, now=now)


def found(agent: Staff, who: str = "anna", *, now: datetime = NOW) -> Call:
    """Give a call with somebody who was found."""
    answer = call(agent, who, now=now)
    assert isinstance(answer, Call)
    return answer


def helper_call(agent: Staff, number: str, *, born: PartialDate = BORN, now: datetime = NOW) -> Call | CallerRefusal:
    """Let a helper call, and the agent look the mandates up."""
    return actions.find_helper(agent=agent, number=parse_helper_number(number), birth_date=born, now=now)
