"""A call in an address: only its own agent's, and only while it lasts."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from namens.helpdesk import queries
from namens.helpdesk.models import Call, Caller
from namens.lib import clock
from namens.mandates.models import Mandate
from namens.signin.models import Role
from namens.signin.staff.session import for_staff, present

# Django gives a view what stands in the address by name; how many names differs from page to page.
Page = Callable[..., HttpResponse]

SURE = "sure"

for_agents = for_staff(Role.HELPDESK_AGENT)


def in_call(caller: Caller) -> Callable[[Page], Page]:
    """Give a view the call of this agent that the address names; it can be over. Anybody else's does not exist."""

    def guard(view: Page) -> Page:
        def guarded(request: HttpRequest, /, call: UUID, **others: UUID) -> HttpResponse:
            found = queries.call_of(present(request), call=call, caller=caller)
            if found is None:
                raise Http404
            if queries.is_over(found, now=clock.now()):
                return render(request, "pages/helpdesk/over.html", {"section": SECTIONS[caller]}, status=410)
            return view(request, found, **others)

        return wraps(view)(for_agents(guarded))

    return guard


SECTIONS = {
    Caller.CLIENT: "pages:caller-find",
    Caller.HELPER: "pages:caller-helper",
    Caller.COLLEAGUE: "pages:case-find",
    Caller.LINE: "pages:case-find",
}


def mandate_or_404(call: Call, mandate: UUID) -> Mandate:
    """Give a mandate that this call is about. Raises Http404 for any other."""
    found = queries.mandate_in(call, mandate=mandate)
    if found is None:
        raise Http404
    return found


def of_call(call: Call) -> dict[str, object]:
    """Give what every page of a call shows: who is on the line, until when, and the item of the menu."""
    is_client = call.caller == Caller.CLIENT
    return {
        "call": call,
        "caller_name": call.party.person.name.full if is_client else "",
        "is_client": is_client,
        "section": SECTIONS[Caller(call.caller)],
    }
