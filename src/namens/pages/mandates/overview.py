"""Mijn machtigingen: who helps you, and whom you help. A long list comes in pages."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from namens.lib import clock
from namens.mandates import queries, requests_of
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.requests_of import Standing
from namens.pages.mandates.asked import describe_request
from namens.pages.mandates.wording import Wording, describe, is_request
from namens.pages.paging import ON_A_PAGE, page_number
from namens.parties.models import Party
from namens.signin.session import present, signed_in

Shown = TypeVar("Shown", Mandate, MandateRequest)


@dataclass(frozen=True)
class Card:
    """A mandate, or a request for one, on the overview. `has_code`: a code may be there to fill in."""

    wording: Wording
    url: str
    has_code: bool = False


@dataclass(frozen=True)
class Part:
    """One page of one of the lists; `earlier_page` and `later_page` are numbers of pages, 0 for none."""

    name: str
    cards: list[Card]
    earlier_page: int
    later_page: int


@require_safe
@signed_in
def overview(request: HttpRequest) -> HttpResponse:
    """Show who helps, who is helped and what was asked; what is over stands apart.

    One statement a list and one for all lines of mandates, however long they are.
    """
    party, today = present(request).party, clock.today()
    every = queries.overview_of(party).select_related(None)
    given, held = Q(representee=party), Q(representative=party, activated_at__isnull=False)
    lists = {
        "helpers": queries.running_or_waiting(every.filter(given), viewer=party, today=today),
        "clients": queries.running_or_waiting(every.filter(held), viewer=party, today=today),
        "earlier": queries.over(every.filter(given | held), viewer=party, today=today),
    }
    numbers = {name: page_number(request.GET.get(name, "1")) for name in lists}
    found = {name: _read(mandates, number=numbers[name]) for name, mandates in lists.items()}
    shown = queries.with_lines([mandate for mandates in found.values() for mandate in mandates])
    queries.with_people(shown)
    queries.seen_by(party, mandates=shown)
    parts = {
        name: _part(name, [_card(one, party, today) for one in mandates], number=numbers[name])
        for name, mandates in found.items()
    }
    waiting = requests_of.waiting_for(party, today=today).exists()
    page = {**parts, "asked": _asked_part(request, party, today), "requests_wait": waiting}
    return render(request, "pages/mandates/overview.html", page)


def _asked_part(request: HttpRequest, party: Party, today: date) -> Part:
    number = page_number(request.GET.get("asked", "1"))
    found = _read(requests_of.asked_by(party, today=today), number=number)
    return _part("asked", [_asked_card(one, today) for one in found], number=number)


def _read(rows: QuerySet[Shown], *, number: int) -> list[Shown]:
    """Give the rows of one page, and one more when there is a next page."""
    start = (number - 1) * ON_A_PAGE
    return list(rows[start : start + ON_A_PAGE + 1])


def _part(name: str, cards: list[Card], *, number: int) -> Part:
    later_page = number + 1 if len(cards) > ON_A_PAGE else 0
    return Part(name=name, cards=cards[:ON_A_PAGE], earlier_page=number - 1, later_page=later_page)


def _card(mandate: Mandate, viewer: Party, today: date) -> Card:
    page = "pages:request" if is_request(mandate) else "pages:mandate"
    return Card(describe(mandate, viewer=viewer, today=today), reverse(page, args=[mandate.id]))


def _asked_card(asked: MandateRequest, today: date) -> Card:
    has_code = requests_of.standing_of(asked, today=today) is Standing.CODE_CAN_BE_THERE
    return Card(describe_request(asked, today=today), reverse("pages:asked", args=[asked.id]), has_code=has_code)
