"""Who of an organisation helps the client: leaving one person out, and letting them in again."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.mandates import people_of
from namens.mandates.actions import leave_out as leave_person_out
from namens.mandates.actions import let_in_again
from namens.mandates.models import Mandate
from namens.mandates.people_of import Seen
from namens.pages.mandates.detail import own_mandate
from namens.pages.mandates.wording import other_name
from namens.parties.models import Party
from namens.signin.session import signed_in


@dataclass(frozen=True)
class Choice:
    """Somebody of an organisation, and what the client wants of them."""

    client: Party
    mandate: Mandate
    seen: Seen


@require_http_methods(["GET", "POST"])
@signed_in
def leave_out(request: HttpRequest, mandate: UUID, member: UUID) -> HttpResponse:
    """Ask whether this person may help no more, and leave them out."""
    return _answer(request, _choice(request, mandate, member), wants_out=True)


@require_http_methods(["GET", "POST"])
@signed_in
def let_in(request: HttpRequest, mandate: UUID, member: UUID) -> HttpResponse:
    """Ask whether this person may help again, and let them."""
    return _answer(request, _choice(request, mandate, member), wants_out=False)


def _answer(request: HttpRequest, choice: Choice, *, wants_out: bool) -> HttpResponse:
    mandate = choice.mandate.id
    if choice.seen.is_left_out == wants_out:
        return redirect("pages:mandate", mandate=mandate)
    if request.method == "POST":
        act = leave_person_out if wants_out else let_in_again
        act(mandate=mandate, member=choice.seen.member.party_id, by=choice.client, now=clock.now())
        return redirect("pages:mandate", mandate=mandate)
    page = {
        "mandate": choice.mandate,
        "name": choice.seen.name,
        "short": choice.seen.member.short_name,
        "organisation": other_name(choice.mandate, viewer=choice.client),
        "wants_out": wants_out,
        "section": "pages:mandates",
    }
    return render(request, "pages/mandates/person.html", page)


def _choice(request: HttpRequest, mandate: UUID, member: UUID) -> Choice:
    """Give the client's own mandate and the person. Raises Http404 for who never did anything for this client."""
    visitor, found = own_mandate(request, mandate)
    seen = next((one for one in people_of.seen_by_client(found) if one.member.party_id == member), None)
    if found.representee_id != visitor.party.id or seen is None:
        raise Http404
    return Choice(client=visitor.party, mandate=found, seen=seen)
