"""Taking a client over from a colleague: one question, and the client is told."""

from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.mandates.actions.at_work import take_client_over
from namens.mandates.refusals import MandateRefused
from namens.pages.work.client import out_of_reach
from namens.pages.work.here import file_or_404, member_here
from namens.signin.session import signed_in_member


@require_http_methods(["GET", "POST"])
@signed_in_member
def take_over(request: HttpRequest, client: UUID) -> HttpResponse:
    """Ask whether this member wants to look after the client from now on, and do it."""
    member, file = member_here(request), file_or_404(request, client)
    if not file.is_open:
        return out_of_reach(request, file)
    if request.method == "POST":
        # Refused at this very moment: the page of the client says what is missing.
        with suppress(MandateRefused):
            take_client_over(member=member, client=client, now=clock.now())
        return redirect("pages:work-client", client=client)
    page = {
        "client": client,
        "name": file.client.person.name.full,
        "keeper": file.keeper.full_name if file.keeper else "",
        "team": member.team.name if member.team and (file.moves or not file.team) else "",
        "leaves": file.team if file.moves else "",
        "section": "pages:work",
    }
    return render(request, "pages/work/take_over.html", page)
