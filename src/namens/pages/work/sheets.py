"""Sheets for paper, one for each client who was ticked: what ends when, and what to bring. No BSN stands on them."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from namens.lib import clock
from namens.mandates.clients_of import ClientOf, lines_of
from namens.mandates.models import MandateRequest, MandateService
from namens.mandates.renewals import pending
from namens.organisations.reach import grounds_of
from namens.pages.mandates.wording import day
from namens.pages.work.here import member_here
from namens.pages.work.many import reached_among, ticked_or_404
from namens.signin.session import signed_in_member


@dataclass(frozen=True)
class Sheet:
    """What stands on one sheet. Without `letter_by` nothing was asked yet."""

    name: str
    services: list[tuple[str, str]]
    letter_by: str
    waits_until: str


@require_safe
@signed_in_member
def sheets(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Give the sheets for who was ticked and is reached now. Three statements, however many."""
    member, ticked, now = member_here(request), ticked_or_404(request, draft), clock.now()
    grounds = grounds_of(member, now=now)
    clients = reached_among(member, ticked=ticked, grounds=grounds)
    lines = lines_of(member, clients=clients, grounds=grounds, now=now)
    asked = pending(member, clients=[client.party for client in clients], today=clock.day_of(now))
    page = {
        "sheets": [_sheet(one, lines.get(one.party, []), asked.get(one.party)) for one in clients],
        "organisation": member.organisation.name,
        "helper": member.full_name,
        "online": f"{settings.BASE_URL}{reverse('pages:home')}",
        "back_url": ticked.back_url,
    }
    return render(request, "pages/work/sheets.html", page)


def _sheet(client: ClientOf, lines: list[MandateService], asked: MandateRequest | None) -> Sheet:
    return Sheet(
        name=client.name,
        services=[(line.service.name, day(line.last_day)) for line in lines],
        letter_by=day(asked.letter_by) if asked else "",
        waits_until=day(asked.waits_until) if asked else "",
    )
