"""What the door refused to a portal in the last week, so that its team hears why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from namens.grants.models import Family, ToldRefusal
from namens.pages.portals.guarding import about, of_portal
from namens.pages.portals.refusal_words import advice_on
from namens.services.models import Portal

SHOWN = 20


@require_safe
@of_portal
def refusals(request: HttpRequest, portal: Portal) -> HttpResponse:
    """List the newest refusals, and when a login last worked. Nothing that was sent, and nobody who logged in."""
    told = ToldRefusal.objects.filter(portal=portal).order_by("-at", "-id")[:SHOWN]
    last = Family.objects.filter(portal=portal).order_by("-made_at").values_list("made_at", flat=True).first()
    page = {"refusals": [{"told": one, "advice": advice_on(one)} for one in told], "last_login": last}
    return render(request, "pages/portals/refusals.html", {**about(portal), **page})
