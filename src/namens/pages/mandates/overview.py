"""Mijn machtigingen: who helps you, and whom you help. A long list comes in pages."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from namens.lib import clock
from namens.mandates import requests_of
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.overview import Listed, Stretch, lists_of
from namens.mandates.requests_of import Standing
from namens.pages.mandates.asked import describe_request
from namens.pages.mandates.wording import Wording, describe, is_request
from namens.pages.paging import ON_A_PAGE, page_number
from namens.parties.models import Party
from namens.signin.session import present, signed_in


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
    """Show who helps, who is helped and what was asked; what is over stands apart. One statement for all mandates."""
    party, today = present(request).party, clock.today()
    numbers = {listed: page_number(request.GET.get(listed, "1")) for listed in Listed}
    stretches = {listed: _stretch(number) for listed, number in numbers.items()}
    found = lists_of(party, today=today, stretches=stretches)
    parts = {
        listed.value: _part(listed, [_card(one, party, today) for one in mandates], number=numbers[listed])
        for listed, mandates in found.items()
    }
    waiting = requests_of.waiting_for(party, today=today).exists()
    page = {**parts, "asked": _asked_part(request, party, today), "requests_wait": waiting}
    return render(request, "pages/mandates/overview.html", page)


def _asked_part(request: HttpRequest, party: Party, today: date) -> Part:
    number = page_number(request.GET.get("asked", "1"))
    stretch = _stretch(number)
    rows = requests_of.asked_by(party, today=today)
    found = rows[stretch.skipped : stretch.skipped + stretch.length]
    return _part("asked", [_asked_card(one, today) for one in found], number=number)


def _stretch(number: int) -> Stretch:
    """Give where one page of a list is; one more is read, to know whether there is a next page."""
    return Stretch(skipped=(number - 1) * ON_A_PAGE, length=ON_A_PAGE + 1)


def _part(name: str, cards: list[Card], *, number: int) -> Part:
    later_page = number + 1 if len(cards) > ON_A_PAGE else 0
    return Part(name=name, cards=cards[:ON_A_PAGE], earlier_page=number - 1, later_page=later_page)


def _card(mandate: Mandate, viewer: Party, today: date) -> Card:
    page = "pages:request" if is_request(mandate) else "pages:mandate"
    return Card(describe(mandate, viewer=viewer, today=today), reverse(page, args=[mandate.id]))


def _asked_card(asked: MandateRequest, today: date) -> Card:
    has_code = requests_of.standing_of(asked, today=today) is Standing.CODE_CAN_BE_THERE
    return Card(describe_request(asked, today=today), reverse("pages:asked", args=[asked.id]), has_code=has_code)
