"""A request from Bram to Anna, and walking through the pages of a yes to it."""

from collections.abc import Mapping
from datetime import datetime

from django.test import Client
from django.urls import reverse

from namens.lib.partial_date import PartialDate
from namens.lib.periods import Duration
from namens.mandates.actions import Stated, compare, request
from namens.mandates.models import Mandate, MandateRequest
from namens.pages.client.giving import Page
from namens.parties import stating
from namens.parties.identifiers import Bsn
from namens.parties.models import Party
from tests.pages.client.walking import walk
from tests.pages.visiting import Answered, press, send
from tests.people import BSNS, NOW, services

BORN = PartialDate(1980, 5, 6)


def asked_of(
    client: Party,
    helper: Party,
    *,
    keys: tuple[str, ...] = ("mijn-toeslagen",),
    duration: Duration = Duration.ONE_YEAR,
    bsn: Bsn = BSNS["anna"],
    now: datetime = NOW,
) -> Mandate:
    """Let `helper` ask for a mandate and the worker compare it; give what waits for the client."""
    stated = Stated(label="mijn cliënt", kept=stating.state(bsn=bsn, birth_date=BORN, now=now))
    made = request(helper=helper, stated=[stated], services=services(*keys), duration=duration, now=now)
    mandate = compare(request=made[0].id, facts=client.person.facts, now=now)
    assert mandate is not None
    return mandate


def request_of(mandate: Mandate) -> MandateRequest:
    """Give the request from which a mandate came."""
    return MandateRequest.objects.get(mandate=mandate)


def page_of(mandate: Mandate) -> str:
    """Give the address of a request."""
    return reverse("pages:request", args=[mandate.id])


def say(browser: Client, mandate: Mandate, answer: str = "yes") -> Answered:
    """Give the first answer."""
    return send(browser, page_of(mandate), {"answer": answer})


def check_page(browser: Client, mandate: Mandate, *, answer: str = "yes", **changed: Mapping[str, object]) -> str:
    """Answer every question, and give the address of the check page."""
    return walk(browser, say(browser, mandate, answer)["Location"], Page.CHECK, **changed)


def agree(browser: Client, mandate: Mandate, *, answer: str = "yes", **changed: Mapping[str, object]) -> Answered:
    """Agree, and give the answer to the last click."""
    return press(browser, check_page(browser, mandate, answer=answer, **changed))
