"""Going on with the same helper: the questions of giving, with the answers that are known already."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from namens.lib import clock
from namens.mandates.renewals import same_length
from namens.mandates.states import State
from namens.pages.client.answers import Answers
from namens.pages.client.giving import JOURNEY, Giving
from namens.pages.mandates.detail import own_mandate
from namens.pages.mandates.wording import is_over
from namens.signin import drafts
from namens.signin.session import signed_in


@require_POST
@signed_in
def renew(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Begin a draft with helper, services and length of this mandate, from today; what is left is asked."""
    visitor, found = own_mandate(request, mandate)
    is_own = found.representee_id == visitor.party.id
    if not is_own or found.state != State.ACTIVE or is_over(found, clock.today()):
        return redirect("pages:mandate", mandate=found.id)
    services = [line.service for line in found.shown_lines if line.stopped_at is None]
    answers = Answers(
        helper=found.representative_id,
        confirmed=True,
        chosen=tuple(service.key for service in services),
        first_day=clock.today(),
        duration=same_length(found, services).value if services else "",
    )
    draft = drafts.begin(party=visitor.party, journey=JOURNEY, answers=answers.as_kept(), now=clock.now())
    giving = Giving(draft=draft.id, visitor=visitor, answers=answers, today=clock.today())
    return redirect(giving.url(giving.next_page))
