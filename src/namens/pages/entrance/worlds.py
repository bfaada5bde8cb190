"""Two worlds that never mix: being here for oneself, and being here for an organisation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namens.pages.entrance.depart import local_path, wanted_level, way_back
from namens.pages.public.home import ways_in
from namens.signin import visits
from namens.signin.login import LoginKind
from namens.signin.session import visitor_of


@require_safe
def which(request: HttpRequest) -> HttpResponse:
    """Ask how somebody wants to log in. With one way there is nothing to ask. Who came from a portal can go back."""
    place, level = local_path(request.GET.get("next", "")), wanted_level(request.GET.get("level", ""))
    # At a helper's table the client logs in as themselves: nobody comes there for an organisation.
    kinds = (LoginKind.PERSON,) if visits.is_marked(request.session) else tuple(LoginKind)
    ways = [way for kind in kinds for way in ways_in(back_to=place, level=level, kind=kind)]
    if len(ways) == 1:
        return redirect(ways[0].url)
    actions = [{"url": way.url, "label": way.label, "kind": "primary"} for way in ways]
    if portal := way_back(place):
        actions.append({"url": portal, "label": _("Do not log in"), "kind": "secondary"})
    page = {
        "heading": _("How do you want to log in?"),
        "sentences": [_("Log in with DigiD for yourself, or with eHerkenning for your organisation.")],
        "actions": actions,
    }
    return render(request, "message.html", page)


@require_safe
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Say that this page belongs to the other world, and which one this visitor is in."""
    visitor = visitor_of(request)
    if visitor is None:
        return redirect("pages:home")
    member = visitor.member
    if member is None:
        sentence = _("You are logged in for yourself. This page is for people who work for an organisation.")
        advice = _("Log out first. Then log in with eHerkenning.")
    else:
        sentence = _("You are logged in for %(organisation)s. You cannot open this page for that organisation.") % {
            "organisation": member.organisation.name
        }
        advice = _("Is it about yourself? Log out first. Then log in with DigiD.")
    home = {"url": reverse("pages:home"), "label": _("To the front page"), "kind": "primary"}
    page = {"heading": _("This page is not for you"), "sentences": [sentence, advice], "actions": [home]}
    return render(request, "message.html", page, status=403)
