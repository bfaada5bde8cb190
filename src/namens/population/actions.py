"""Asking the population register, and keeping what it said."""

from datetime import datetime
from functools import cache

from django.conf import settings

from namens.journal.events import Channel
from namens.parties import vault
from namens.parties.actions import record_facts
from namens.parties.identifiers import Bsn
from namens.parties.models import Party, Person
from namens.population.answers import Answer, Found
from namens.population.client import RegisterClient
from namens.population.config import BrpSettings


def ask(*, bsn: Bsn) -> Answer:
    """Ask about one person. Takes up to the set total of seconds, so never inside a transaction."""
    return _client(settings.BRP).ask(bsn=bsn)


def refresh(*, party: Party, now: datetime, channel: Channel = Channel.PAGES) -> Answer:
    """Ask about a person we know, and keep the facts when they are found. Nothing changes when they are not."""
    answer = ask(bsn=vault.open_(Person.objects.get(party=party).bsn_sealed))
    if isinstance(answer, Found):
        record_facts(party=party, facts=answer.facts, now=now, channel=channel)
    return answer


@cache
def _client(connection: BrpSettings) -> RegisterClient:
    """Keep one client for a connection: its open connections and its token are worth keeping."""
    return RegisterClient(connection)
