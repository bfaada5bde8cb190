"""For many clients at once: who was ticked on the work list, and what has to be done for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from namens.lib import clock
from namens.mandates.clients_of import ClientOf, Wanted, clients_of
from namens.organisations.models import Member
from namens.organisations.reach import Ground
from namens.pages.entrance.depart import local_path
from namens.pages.paging import ON_A_PAGE
from namens.signin import drafts
from namens.signin.models import Draft
from namens.signin.session import present, signed_in_member

JOURNEY = "work-many"
NEXT = {"renew": "pages:work-renew", "sheets": "pages:work-sheets"}


@dataclass(frozen=True)
class Ticked:
    """Who was ticked, and the list from which."""

    draft: UUID
    clients: list[UUID]
    back_url: str
    results: list[list[str]]

    @property
    def is_done(self) -> bool:
        """Say whether it was done already."""
        return bool(self.results)


@require_POST
@signed_in_member
def choose(request: HttpRequest) -> HttpResponse:
    """Keep who was ticked and go on. Nobody's id but the draft's own stands in the address."""
    back = request.POST.get("back", "")
    back_url = back if back and local_path(back) == back else reverse("pages:work")
    clients = _ids(request.POST.getlist("client"))[:ON_A_PAGE]
    page = NEXT.get(request.POST.get("do", ""))
    if not clients or page is None:
        return _nobody(request, back_url)
    answers = {"clients": [str(one) for one in clients], "back": back_url}
    draft = drafts.begin(party=present(request).party, journey=JOURNEY, answers=answers, now=clock.now())
    return redirect(page, draft=draft.id)


def ticked_or_404(request: HttpRequest, draft: UUID) -> Ticked:
    """Give who this member ticked. Raises Http404 for what is gone or somebody else's."""
    found = drafts.find(draft=draft, party=present(request).party, journey=JOURNEY)
    if found is None:
        raise Http404
    return _ticked(found)


def keep_results(request: HttpRequest, ticked: Ticked, *, results: list[list[str]]) -> None:
    """Keep what was done, unless a second click kept something first."""
    if not ticked_or_404(request, ticked.draft).is_done:
        clients = [str(one) for one in ticked.clients]
        answers = {"clients": clients, "back": ticked.back_url, "results": results}
        drafts.save(draft=ticked.draft, party=present(request).party, answers=answers, now=clock.now())


def reached_among(member: Member, *, ticked: Ticked, grounds: frozenset[Ground]) -> list[ClientOf]:
    """Give those whom the member reaches now without a reason, by name: who was ticked may be gone. One statement."""
    wanted = Wanted(among=ticked.clients, reached_now=True)
    return clients_of(member, grounds=grounds, wanted=wanted, now=clock.now(), most=len(ticked.clients))


def _ticked(draft: Draft) -> Ticked:
    return Ticked(
        draft=draft.id,
        clients=_ids(draft.answers.get("clients", [])),
        back_url=draft.answers.get("back") or reverse("pages:work"),
        results=draft.answers.get("results", []),
    )


def _ids(typed: Iterable[str]) -> list[UUID]:
    """Give what are ids, each once."""
    found: list[UUID] = []
    for one in typed:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _nobody(request: HttpRequest, back_url: str) -> HttpResponse:
    page = {
        "heading": _("You chose nobody yet"),
        "sentences": [_("Tick one or more clients in the list. Then choose what has to be done.")],
        "actions": [{"url": back_url, "label": _("Back to the work list"), "kind": "primary"}],
        "section": "pages:work",
    }
    return render(request, "message.html", page, status=422)
