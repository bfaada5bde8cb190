"""Ending a mandate in the name of the organisation: the whole of it, with one question in between."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from namens.lib import clock
from namens.mandates.actions.at_work import stop_for_client
from namens.mandates.client_file import ClientFile, file_of
from namens.mandates.models import Mandate
from namens.mandates.refusals import MandateRefused
from namens.pages.sentences import sentence_for
from namens.pages.work.client import out_of_reach
from namens.pages.work.here import file_or_404, member_here
from namens.signin.session import signed_in_member


@require_http_methods(["GET", "POST"])
@signed_in_member
def stop(request: HttpRequest, client: UUID, mandate: UUID) -> HttpResponse:
    """Ask whether it has to stop, and stop it."""
    member, file = member_here(request), file_or_404(request, client)
    if not file.is_open:
        return out_of_reach(request, file)
    found, problem = _mandate_in(file, mandate), ""
    if request.method == "POST":
        try:
            stop_for_client(member=member, client=client, mandate=found.id, now=clock.now())
        except MandateRefused as refused:
            problem = sentence_for(refused.reason)
        else:
            return redirect("pages:work-stopped", client=client)
    page = {"client": client, "name": file.client.person.name.full, "mandate": found, "problem": problem}
    return render(request, "pages/work/stop.html", {**page, "section": "pages:work"})


@require_safe
@signed_in_member
def stopped(request: HttpRequest, client: UUID) -> HttpResponse:
    """Say that it stopped, without a name: the client may be nobody's client here any more."""
    others = file_of(member_here(request), client=client, now=clock.now()) is not None
    page = {"client": client, "others": others, "section": "pages:work"}
    return render(request, "pages/work/stopped.html", page)


def _mandate_in(file: ClientFile, mandate: UUID) -> Mandate:
    """Give a mandate of this file that the member may end. Raises Http404 for any other."""
    found = next((one for one in file.mandates if one.id == mandate), None)
    if found is None or not file.may_end(found):
        raise Http404
    return found
