"""Which portal a page of an operator is about, and who did what with it."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from namens.pages.operator.guarding import for_operators
from namens.pages.sentences import sentence_for
from namens.services.models import Portal
from namens.services.refusals import ServiceRefused
from namens.signin.models import Staff
from namens.signin.staff.session import present

View = ParamSpec("View")
SECTION = "pages:portals"


def of_portal(
    view: Callable[Concatenate[HttpRequest, Portal, View], HttpResponse],
) -> Callable[Concatenate[HttpRequest, View], HttpResponse]:
    """Let only operators through, and give the portal of the address; 404 for one that is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: View.args, **kwargs: View.kwargs) -> HttpResponse:
        found = Portal.objects.filter(id=UUID(str(kwargs.pop("portal")))).first()
        if found is None:
            raise Http404
        return view(request, found, *args, **kwargs)

    return for_operators(guarded)


def about(portal: Portal) -> dict[str, object]:
    """Give what every page about one portal shows: the way back, and the item of the menu."""
    trail = [
        {"url": reverse(SECTION), "label": _("Portals")},
        {"url": address(portal.id), "label": portal.name},
    ]
    return {"portal": portal, "section": SECTION, "trail": trail, "back_url": trail[-1]["url"]}


def address(portal: UUID) -> str:
    """Give the page about one portal."""
    return reverse("pages:portal", args=[portal])


def operator(request: HttpRequest) -> str:
    """Give by what an operator is kept beside what was done: the account."""
    return str(present(request).id)


def names_of(kept: Iterable[str]) -> dict[str, str]:
    """Give the names of those who did something, by what was kept; a word of the command line is its own name."""
    words = {one for one in kept if one}
    ids = {UUID(one) for one in words if len(one) == 36 and one.count("-") == 4}
    accounts = {str(one.id): one.name for one in Staff.objects.filter(id__in=ids)}
    return {word: accounts.get(word, word) for word in words}


def problem_page(request: HttpRequest, portal: Portal, refused: ServiceRefused) -> HttpResponse:
    """Say why the last click did nothing, with the way back."""
    back = {"url": address(portal.id), "label": _("Back to the portal"), "kind": "primary"}
    page = {**about(portal), "heading": _("Nothing was changed"), "sentences": [sentence_for(refused.reason)]}
    return render(request, "message.html", {**page, "actions": [back]}, status=409)
