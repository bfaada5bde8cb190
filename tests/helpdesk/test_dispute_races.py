"""The same line in several tabs, and an answer that meets another one, at one moment."""

from functools import partial

import pytest

from namens.helpdesk import disputes
from namens.helpdesk.models import Answer, Dispute
from namens.helpdesk.refusals import CallRefused, DisputeRefused
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from tests.helpdesk.disputing import acted, opened, says
from tests.parallel import at_once
from tests.people import NOW, active, load_catalogue, person, portal
from tests.staff import make_agent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def line() -> JournalEntry:
    """What a portal reported about Anna, in a database that really commits."""
    load_catalogue()
    return acted(active(person("anna"), person("bram")), portal())


def test_it_is_one_dispute_and_one_message_from_many_tabs(line: JournalEntry) -> None:
    said = at_once([partial(says, person("anna"), line) for _ in range(6)])
    assert len({dispute.id for dispute in said}) == Dispute.objects.count() == 1
    assert OutboxRow.objects.filter(kind=Kind.LINE_DISPUTED).count() == 1
    assert JournalEntry.objects.filter(event=Event.LINE_DISPUTED).count() == 1


def test_it_gets_one_answer_or_is_taken_back(line: JournalEntry) -> None:
    anna = person("anna")
    said = says(anna, line)
    calls = [opened(make_agent(name), said) for name in ("First", "Second", "Third")]

    def answers(number: int) -> str:
        try:
            disputes.answer(call=calls[number], outcome=Answer.RIGHT, now=NOW)
        except CallRefused:
            return "too late"
        return "answered"

    def takes_back(party: Party) -> str:
        try:
            disputes.withdraw(entry=line.id, party=party, now=NOW)
        except DisputeRefused:
            return "too late"
        return "taken back"

    results = at_once([*(partial(answers, number) for number in range(3)), partial(takes_back, anna)])
    assert results.count("too late") == 3
    assert JournalEntry.objects.filter(event=Event.DISPUTE_ANSWERED).count() == results.count("answered")
