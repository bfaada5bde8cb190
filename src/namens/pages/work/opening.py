"""Helping a client of another team today: a reason from the list, which the client can read."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.mandates.actions.at_work import open_client as open_for_today
from namens.mandates.licences import Gap
from namens.mandates.refusals import MandateRefused
from namens.organisations.models import OpeningReason
from namens.pages.entrance.depart import local_path
from namens.pages.fields import OneOfField
from namens.pages.work.client import out_of_reach
from namens.pages.work.here import file_or_404, member_here
from namens.signin.session import present, signed_in_member
from namens.signin.typed import filled

REASONS: dict[OpeningReason, str | Promise] = {
    OpeningReason.COLLEAGUE_AWAY: _("The colleague of this client is away"),
    OpeningReason.CLIENT_ASKED: _("The client asked for my help"),
    OpeningReason.WALK_IN: _("The client came to the office"),
    OpeningReason.URGENT: _("It is urgent"),
}


class ReasonForm(forms.Form):
    """Why somebody helps a client of another team."""

    reason = OneOfField(
        label=_("Why do you help this client today?"), choices=[(one.value, label) for one, label in REASONS.items()]
    )


@require_http_methods(["GET", "POST"])
@signed_in_member
def open_client(request: HttpRequest, client: UUID) -> HttpResponse:
    """Ask for the reason and open the client for today. Who needs none goes on at once."""
    file, onward = file_or_404(request, client), _onward(request, client)
    if file.is_open:
        return redirect(onward)
    if file.is_left_out or file.gap is not Gap.REASON_NEEDED:
        return out_of_reach(request, file)
    form = ReasonForm(filled(request, party=present(request).party))
    if request.method == "POST" and form.is_valid():
        reason = OpeningReason(form.cleaned_data["reason"])
        try:
            open_for_today(member=member_here(request), client=client, reason=reason, now=clock.now())
        except MandateRefused:
            # At this very moment something else came to be missing: the page of the client says what.
            return redirect("pages:work-client", client=client)
        return redirect(onward)
    page = {"form": form, "client": client, "next": onward, "team": file.team, "section": "pages:work"}
    return render(request, "pages/work/opening.html", page)


def _onward(request: HttpRequest, client: UUID) -> str:
    """Give where to go with an open client: to a page of ours that sent the member here, else to the client."""
    asked, page = request.POST.get("next", request.GET.get("next", "")), reverse("pages:work-client", args=[client])
    return asked if asked and local_path(asked) == asked else page
