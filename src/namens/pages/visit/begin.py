"""For the helper: what happens when the client logs in here, and at which portal. Then the helper is logged out."""

from uuid import UUID

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from namens.grants import actions as grants
from namens.lib import clock
from namens.pages.fields import OneOfField
from namens.pages.visit.portals import portals_for_oneself
from namens.parties.models import Kind
from namens.services.models import Portal
from namens.signin import session, visits
from namens.signin.session import forgetting, present, signed_in_helper


class PortalForm(forms.Form):
    """Where the client logs in. With one portal there is nothing to choose."""

    portal = OneOfField(
        label=_("Where does your client log in?"),
        error_messages={"required": _("Choose where your client logs in")},
    )

    def __init__(self, data: QueryDict | None, *, portals: QuerySet[Portal]) -> None:
        found = list(portals)
        super().__init__(data, initial={"portal": str(found[0].id) if len(found) == 1 else ""})
        choices = [(str(portal.id), portal.name) for portal in found]
        self.fields["portal"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


@require_http_methods(["GET", "POST"])
@signed_in_helper
def begin(request: HttpRequest) -> HttpResponse:
    """Say what happens; the button logs the helper out and makes room for the client."""
    portals = portals_for_oneself()
    form = PortalForm(request.POST if request.method == "POST" else None, portals=portals)
    if request.method == "POST" and form.is_valid():
        portal = portals.get(id=UUID(form.cleaned_data["portal"]))
        _make_room(request, portal=portal)
        return forgetting(redirect("pages:visit-turn"))
    context = {"form": form, "has_portals": portals.exists(), "section": "pages:help"}
    return render(request, "pages/visit/begin.html", context)


def _make_room(request: HttpRequest, *, portal: Portal) -> None:
    """Log the helper out, here and at portals, and begin the visit: all of it or nothing."""
    helper, now = present(request).party, clock.now()
    with transaction.atomic():
        session.logout(request, now=now)
        grants.make_room(helper=helper.id, now=now)
        visits.begin(request.session, portal=portal, world=Kind(helper.kind), helper=helper, now=now)
