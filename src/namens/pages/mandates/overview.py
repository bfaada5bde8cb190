"""Mijn machtigingen: who helps you, and whom you help. A long list comes in pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from namens.lib import clock
from namens.mandates import requests_of
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.overview import Listed, Stretch, lists_of
from namens.mandates.requests_of import Standing
from namens.pages.addresses import Addresses
from namens.pages.mandates.asked import describe_request
from namens.pages.mandates.second_yes import waiting_links
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
    """Show who helps, who is helped and what was asked; what is over stands apart. One statement for all mandates."""
    cards = _Cards(viewer=present(request).party, today=clock.today())
    numbers = {listed: page_number(request.GET.get(listed, "1")) for listed in Listed}
    stretches = {listed: _stretch(number) for listed, number in numbers.items()}
    found = lists_of(cards.viewer, today=cards.today, stretches=stretches)
    parts = {
        listed.value: _part(listed, mandates, card=cards.of_mandate, number=numbers[listed])
        for listed, mandates in found.items()
    }
    waiting = requests_of.waiting_for(cards.viewer, now=clock.now()).exists()
    page = {
        **parts,
        "asked": _asked_part(request, cards),
        "requests_wait": waiting,
        "second": waiting_links(cards.viewer),
    }
    return render(request, "pages/mandates/overview.html", page)


@dataclass(frozen=True)
class _Cards:
    """Makes the cards of one answer."""

    viewer: Party
    today: date
    addresses: Addresses = field(default_factory=Addresses)

    def of_mandate(self, mandate: Mandate) -> Card:
        wording = describe(mandate, viewer=self.viewer, today=self.today)
        page = "pages:request" if is_request(mandate) else "pages:mandate"
        return Card(wording, self.addresses.of(page, thing=mandate.id))

    def of_request(self, asked: MandateRequest) -> Card:
        has_code = requests_of.standing_of(asked, today=self.today) is Standing.CODE_CAN_BE_THERE
        url = self.addresses.of("pages:asked", thing=asked.id)
        return Card(describe_request(asked, today=self.today), url, has_code=has_code)


def _asked_part(request: HttpRequest, cards: _Cards) -> Part:
    number = page_number(request.GET.get("asked", "1"))
    stretch = _stretch(number)
    rows = requests_of.asked_by(cards.viewer, today=cards.today)
    found = list(rows[stretch.skipped : stretch.skipped + stretch.length])
    return _part("asked", found, card=cards.of_request, number=number)


def _stretch(number: int) -> Stretch:
    """Give where one page of a list is; one more is read, to know whether there is a next page."""
    return Stretch(skipped=(number - 1) * ON_A_PAGE, length=ON_A_PAGE + 1)


def _part(name: str, found: Sequence[Shown], *, card: Callable[[Shown], Card], number: int) -> Part:
    return Part(
        name=name,
        cards=[card(one) for one in found[:ON_A_PAGE]],
        earlier_page=number - 1,
        later_page=number + 1 if len(found) > ON_A_PAGE else 0,
    )
