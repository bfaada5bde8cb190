"""The first page: what Namens is, and the two things that people come for."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.mandates import requests_of
from namens.signin import brokers
from namens.signin.login import LoginKind
from namens.signin.session import visitor_of


@dataclass(frozen=True)
class WayIn:
    """A broker to log in through."""

    url: str
    label: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the two ways, and every way to log in; to who is, also whether a request waits for an answer.

    A member has other things to do here.
    """
    visitor = visitor_of(request)
    if visitor is not None and visitor.member is not None:
        return render(request, "pages/work/home.html", {"member": visitor.member})
    waits = visitor is not None and requests_of.waiting_for(visitor.party, now=clock.now()).exists()
    ways = [way for kind in LoginKind for way in ways_in(back_to=reverse("pages:mandates"), kind=kind)]
    page = {"ways_in": ways, "requests_wait": waits}
    return render(request, "pages/public/home.html", page)


def ways_in(
    *, back_to: str, level: AssuranceLevel = AssuranceLevel.LOW, kind: LoginKind = LoginKind.PERSON
) -> list[WayIn]:
    """Give a way to log in for each broker of a kind, at `level` at least, that leads back to a page of ours."""
    asked = urlencode({"next": back_to, "level": level.value})
    return [
        WayIn(
            url=f"{reverse('signin:start', args=[one.key])}?{asked}",
            label=_("Log in with %(broker)s") % {"broker": one.name},
        )
        for one in brokers.every(kind=kind)
    ]
