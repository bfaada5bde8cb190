"""The test page: what this portal would get, claim by claim; and the way to a real login there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from namens.grants.examples import Case, example, fits
from namens.lib import clock
from namens.pages.operator.listing import Filter
from namens.pages.portals.claim_words import not_sent, told_of
from namens.pages.portals.guarding import about, of_portal
from namens.services.models import Portal, Status

CASES = {
    Case.ONESELF: gettext_noop("Somebody comes for themselves"),
    Case.HELPER: gettext_noop("A helper comes for a client"),
    Case.MEMBER: gettext_noop("A member comes for a client"),
    Case.ORGANISATION: gettext_noop("A member comes for the organisation"),
}


@require_safe
@of_portal
def proof(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Show the ID token and UserInfo of people who are not there, with a sentence for each claim."""
    fitting = [case for case in Case if fits(case, portal=portal)]
    named = request.GET.get("case", "")
    case = Case(named) if named in list(Case) else fitting[0]
    shown = example(case, portal=portal, now=clock.now()) if case in fitting else None
    page = {
        "cases": [Filter(url=f"?case={one}", label=_(CASES[one]), is_chosen=one is case) for one in Case],
        "fits": case in fitting,
        "header": shown.header if shown else {},
        "identity": told_of(shown.identity, portal=portal) if shown else [],
        "userinfo": told_of(shown.userinfo, portal=portal) if shown else [],
        "not_sent": not_sent(case, portal=portal),
        "is_open": portal.status == Status.APPROVED,
    }
    return render(request, "pages/portals/proof.html", {**about(portal), **page})
