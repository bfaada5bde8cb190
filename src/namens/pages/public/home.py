"""The first page: what Namens is, and the two things that people come for."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namens.lib.assurance import AssuranceLevel
from namens.signin import brokers


@dataclass(frozen=True)
class WayIn:
    """A broker to log in through."""

    url: str
    label: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the two ways, and every way to log in."""
    return render(request, "pages/public/home.html", {"ways_in": ways_in(back_to=reverse("pages:mandates"))})


def ways_in(*, back_to: str, level: AssuranceLevel = AssuranceLevel.LOW) -> list[WayIn]:
    """Give a way to log in for each broker, at `level` at least, that leads back to a page of ours."""
    asked = urlencode({"next": back_to, "level": level.value})
    return [
        WayIn(
            url=f"{reverse('signin:start', args=[one.key])}?{asked}",
            label=_("Log in with %(broker)s") % {"broker": one.name},
        )
        for one in brokers.every()
    ]
