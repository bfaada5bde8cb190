"""What a manager looks at now and then: what runs out, who is not here any more, who has no licence."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from namens.lib import clock
from namens.organisations.actions import Renewal, renew_licences
from namens.organisations.actions.licences import longest_last_day
from namens.organisations.models import Licence, Member
from namens.organisations.people import Show, people_of, running_out, with_terms
from namens.organisations.queries import running_managers
from namens.organisations.refusals import OrganisationReason
from namens.pages.manager.forms import LastDayForm
from namens.pages.manager.frame import SECTION, managing, person_url
from namens.pages.manager.wording import Badge, badge_of, services_of
from namens.pages.mandates.wording import day
from namens.pages.paging import page_number
from namens.pages.sentences import sentence_for
from namens.signin.session import signed_in_manager

ON_A_PAGE = 100
NAMED = 10
SURE = "sure"


@dataclass(frozen=True)
class ExpiringRow:
    """A licence that runs out. `value` is what its box sends: the licence, and the version that was seen."""

    value: str
    name: str
    url: str
    services: str
    last_day: str
    badge: Badge
    is_own: bool


@dataclass(frozen=True)
class Group:
    """Some of the people that a manager should look at, and where all of them stand."""

    show: str
    people: list[tuple[str, str]]
    has_more: bool


@require_safe
@signed_in_manager
def review(request: HttpRequest) -> HttpResponse:
    """Show what needs a look. The same number of statements, however much it is."""
    manager, now = managing(request), clock.now()
    number = page_number(request.GET.get("page", "1"))
    start = (number - 1) * ON_A_PAGE
    found = list(running_out(manager.organisation_id, today=clock.day_of(now))[start : start + ON_A_PAGE + 1])
    groups = {
        show.value.replace("-", "_"): _group(manager, show)
        for show in (Show.UNSEEN, Show.WITHOUT_LICENCE, Show.INVITED)
    }
    page = {
        "rows": [_row(one, manager=manager.party_id, today=clock.day_of(now)) for one in found[:ON_A_PAGE]],
        "earlier_page": number - 1,
        "later_page": number + 1 if len(found) > ON_A_PAGE else 0,
        "is_only_manager": running_managers(manager.organisation_id) < 2,
        "review_days": settings.REVIEW_DAYS,
        "unseen_days": settings.UNSEEN_DAYS,
        "section": SECTION,
    }
    return render(request, "pages/manager/review.html", {**page, **groups})


@require_POST
@signed_in_manager
def renew(request: HttpRequest) -> HttpResponse:
    """Show which licences are to run on and until when, and do it after a yes."""
    manager, today = managing(request), clock.today()
    chosen = _chosen(request)
    found = _with_names(manager, chosen)
    if not found:
        return redirect("pages:review")
    longest = longest_last_day(today, today=today)
    is_first = "last_day_year" not in request.POST
    form = LastDayForm(None if is_first else request.POST, initial={"last_day": longest})
    if is_first or not form.is_valid() or SURE not in request.POST:
        return _check(request, form, found, chosen)
    last_day = form.cleaned_data["last_day"]
    if last_day > longest or last_day < today:
        reason = OrganisationReason.LICENCE_TOO_LONG if last_day > longest else OrganisationReason.LICENCE_OVER
        form.add_error("last_day", sentence_for(reason))
        return _check(request, form, found, chosen)
    renewal = renew_licences(by=manager, licences=chosen, last_day=last_day, now=clock.now())
    return _renewed(request, renewal, found, last_day)


def _renewed(request: HttpRequest, renewal: Renewal, found: dict[UUID, Licence], last_day: date) -> HttpResponse:
    refused = [(found[one].member.full_name, sentence_for(why)) for one, why in renewal.refused.items() if one in found]
    page = {"number": len(renewal.done), "last_day": day(last_day), "refused": refused, "section": SECTION}
    return render(request, "pages/manager/renewed.html", page)


def _check(
    request: HttpRequest, form: LastDayForm, found: dict[UUID, Licence], chosen: dict[UUID, int]
) -> HttpResponse:
    page = {
        "form": form,
        "people": [(one.member.full_name, services_of(one), day(one.last_day)) for one in found.values()],
        "values": [f"{one}:{version}" for one, version in chosen.items() if one in found],
        "section": SECTION,
    }
    return render(request, "pages/manager/renew_check.html", page)


def _chosen(request: HttpRequest) -> dict[UUID, int]:
    """Give the licences that were ticked, with the versions that were seen. What cannot be read is left out."""
    chosen = {}
    for value in request.POST.getlist("licence")[:ON_A_PAGE]:
        text, _, version = value.partition(":")
        try:
            chosen[UUID(text)] = int(version[:9])
        except ValueError:
            continue
    return chosen


def _with_names(manager: Member, chosen: dict[UUID, int]) -> dict[UUID, Licence]:
    own = Licence.objects.filter(id__in=chosen, later__isnull=True, member__organisation=manager.organisation_id)
    found = with_terms(own).select_related("member", "team").order_by("member__family_name", "id")
    return {one.id: one for one in found}


def _group(manager: Member, show: Show) -> Group:
    found = list(people_of(manager.organisation_id, show=show, now=clock.now())[: NAMED + 1])
    people = [(one.full_name, person_url(one.party_id)) for one in found[:NAMED]]
    return Group(show=show.value, people=people, has_more=len(found) > NAMED)


def _row(licence: Licence, *, manager: UUID, today: date) -> ExpiringRow:
    return ExpiringRow(
        value=f"{licence.id}:{licence.version}",
        name=licence.member.full_name,
        url=person_url(licence.member_id),
        services=services_of(licence),
        last_day=day(licence.last_day),
        badge=badge_of(licence, today=today),
        is_own=licence.member_id == manager,
    )
