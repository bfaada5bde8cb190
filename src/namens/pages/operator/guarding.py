"""Who may be on these pages, and which organisation one is about."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from namens.lib import clock
from namens.organisations.counting import counted
from namens.organisations.models import Organisation
from namens.signin.models import Role
from namens.signin.staff.session import for_staff

View = ParamSpec("View")
SECTION = "pages:organisations"
for_operators = for_staff(Role.OPERATOR)


def of_organisation(
    view: Callable[Concatenate[HttpRequest, Organisation, View], HttpResponse],
) -> Callable[Concatenate[HttpRequest, View], HttpResponse]:
    """Let only operators through, and give the organisation of the address; 404 for one that is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: View.args, **kwargs: View.kwargs) -> HttpResponse:
        named = UUID(str(kwargs.pop("organisation")))
        found = counted(now=clock.now()).select_related("successor").filter(party=named).first()
        if found is None:
            raise Http404
        return view(request, found, *args, **kwargs)

    return for_operators(guarded)


def about(organisation: Organisation) -> dict[str, object]:
    """Give what every page about one organisation shows: the way back, and the item of the menu."""
    trail = [
        {"url": reverse(SECTION), "label": _("Organisations")},
        {"url": address(organisation.party_id), "label": organisation.name},
    ]
    return {"organisation": organisation, "section": SECTION, "trail": trail, "back_url": trail[-1]["url"]}


def address(organisation: UUID) -> str:
    """Give the page about one organisation."""
    return reverse("pages:organisation", args=[organisation])
