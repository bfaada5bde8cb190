"""What a member did for clients of the organisation: the own lines only, and names only of who can be reached now."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namens.lib import clock
from namens.mandates.clients_of import Wanted, clients_of, grounds_of
from namens.mandates.done import services_between
from namens.organisations.models import Member
from namens.organisations.reach import Ground
from namens.pages.done.by_me import own_page
from namens.pages.done.choosing import Choice, Others, choice_of
from namens.pages.work.here import member_here
from namens.signin.session import signed_in_member

CLIENT = "client"


@require_safe
@signed_in_member
def done(request: HttpRequest) -> HttpResponse:
    """Show fifty of the own lines. As many statements for one line as for fifty."""
    member, now = member_here(request), clock.now()
    grounds = grounds_of(member, now=now)
    page = own_page(
        request,
        _choice(request, member, grounds, now),
        actor=member.party,
        helper=member.organisation.party,
        names=lambda entries: _names(member, grounds, {entry.subject for entry in entries if entry.subject}, now),
    )
    page["section"] = "pages:work"
    return render(request, "pages/work/done.html", page)


def _choice(request: HttpRequest, member: Member, grounds: frozenset[Ground], now: datetime) -> Choice:
    """Read what was chosen. There can be too many clients to choose from: a client's own page leads here."""
    try:
        client = {UUID(request.GET[CLIENT])} if request.GET.get(CLIENT) else set()
    except ValueError:
        raise Http404 from None
    return choice_of(
        request.GET,
        others=Others(CLIENT, _("Which client?"), _("All clients"), _names(member, grounds, client, now)),
        services=services_between(helper=member.organisation.party),
        oldest=member.bound_at,
        today=clock.day_of(now),
    )


def _names(member: Member, grounds: frozenset[Ground], among: set[UUID], now: datetime) -> dict[UUID, str]:
    """Give the names of those of these clients whom a licence of this member reaches now. One statement, or none."""
    if not among:
        return {}
    wanted = Wanted(among=sorted(among))
    found = clients_of(member, grounds=grounds, wanted=wanted, now=now, most=len(among))
    return {client.party: client.name for client in found}
