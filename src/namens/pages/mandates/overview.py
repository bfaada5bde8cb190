"""Mijn machtigingen: who helps you, and whom you help. A long list comes in pages."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from namens.lib import clock
from namens.mandates import queries
from namens.mandates.models import Mandate
from namens.pages.mandates.wording import Wording, describe
from namens.pages.paging import ON_A_PAGE, page_number
from namens.parties.models import Party
from namens.signin.session import present, signed_in


@dataclass(frozen=True)
class Card:
    """A mandate on the overview."""

    wording: Wording
    url: str


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
    """Show both lists; what is over stands apart. One statement a list and one for all lines, however long they are."""
    party, today = present(request).party, clock.today()
    every = queries.overview_of(party)
    given, held = Q(representee=party), Q(representative=party, activated_at__isnull=False)
    lists = {
        "helpers": queries.running_or_waiting(every.filter(given), today=today),
        "clients": queries.running_or_waiting(every.filter(held), today=today),
        "earlier": queries.over(every.filter(given | held), today=today),
    }
    numbers = {name: page_number(request.GET.get(name, "1")) for name in lists}
    found = {name: _read(mandates, number=numbers[name]) for name, mandates in lists.items()}
    queries.with_lines([mandate for mandates in found.values() for mandate in mandates])
    parts = {
        name: _part(name, [_card(one, party, today) for one in mandates], number=numbers[name])
        for name, mandates in found.items()
    }
    return render(request, "pages/mandates/overview.html", parts)


def _read(mandates: QuerySet[Mandate], *, number: int) -> list[Mandate]:
    """Give the mandates of one page, and one more when there is a next page."""
    start = (number - 1) * ON_A_PAGE
    return list(mandates[start : start + ON_A_PAGE + 1])


def _part(name: str, cards: list[Card], *, number: int) -> Part:
    later_page = number + 1 if len(cards) > ON_A_PAGE else 0
    return Part(name=name, cards=cards[:ON_A_PAGE], earlier_page=number - 1, later_page=later_page)


def _card(mandate: Mandate, viewer: Party, today: date) -> Card:
    return Card(describe(mandate, viewer=viewer, today=today), reverse("pages:mandate", args=[mandate.id]))
