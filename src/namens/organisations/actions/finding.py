"""A client looks for an organisation to mandate: by a part of the name, or by the number in the trade register."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import write
from namens.lib import clock
from namens.organisations.models import Organisation
from namens.organisations.queries import taking_part
from namens.parties.actions import hold
from namens.parties.models import Party
from namens.parties.refusals import PartyRefusal

SHOWN = 10
FEWEST_LETTERS = 3
MOST_WORDS = 6
_KVK_NUMBER = re.compile(r"\d{8}", re.ASCII)


@dataclass(frozen=True)
class Hits:
    """The organisations that fit, those whose name begins so first; `has_more` when there are others too."""

    organisations: Sequence[Organisation]
    has_more: bool


def find_organisations(*, text: str, asker: Party, now: datetime) -> Hits | PartyRefusal:
    """Look organisations up that take part now, at most ten; so many times a day for each client."""
    with transaction.atomic():
        hold(party=asker)
        if settings.ORGANISATION_SEARCHES.is_reached(_searches(asker, now)):
            return PartyRefusal.TOO_MANY_SEARCHES
        found = list(_fitting(text, taking_part(today=clock.day_of(now)))[: SHOWN + 1])
        details = {"found": min(len(found), SHOWN)}
        write(Event.ORGANISATIONS_SEARCHED, at=now, channel=Channel.PAGES, actor=asker.id, details=details)
        return Hits(organisations=found[:SHOWN], has_more=len(found) > SHOWN)


def is_kvk_number(text: str) -> bool:
    """Say whether this is written as a number of the trade register is."""
    return bool(_KVK_NUMBER.fullmatch(_digits(text)))


def _fitting(text: str, organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Give those whose number this is, or whose name holds each of these words."""
    if is_kvk_number(text):
        return organisations.filter(kvk_number=_digits(text))
    holds_all = Q()
    for word in text.split()[:MOST_WORDS]:
        holds_all &= Q(name__icontains=word)
    begins_so = Q(name__istartswith=text.strip())
    return organisations.filter(holds_all).alias(begins=begins_so).order_by("-begins", "name", "party")


def _digits(text: str) -> str:
    return re.sub(r"[\s.]", "", text)


def _searches(asker: Party, now: datetime) -> int:
    return JournalEntry.objects.filter(
        actor=asker.id, event=Event.ORGANISATIONS_SEARCHED, at__gt=settings.ORGANISATION_SEARCHES.since(now)
    ).count()
