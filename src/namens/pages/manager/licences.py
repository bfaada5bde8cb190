"""Giving and changing a licence: a form, a page to check, and a yes."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.organisations.actions import LicenceTerms, change_licence, give_licence
from namens.organisations.actions.licences import longest_last_day, why_not
from namens.organisations.models import Licence, Member
from namens.organisations.people import teams_of
from namens.organisations.queries import licensable
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.pages.manager.forms import LicenceForm
from namens.pages.manager.frame import (
    VERSION,
    Question,
    ask,
    colleague_or_404,
    licence_or_404,
    managing,
    own_refusal,
    person_page,
    person_url,
    seen_version,
)
from namens.pages.manager.wording import licence_rows, terms_rows
from namens.pages.rows import Row
from namens.pages.sentences import sentence_for
from namens.services.models import Service
from namens.signin.session import signed_in_manager
from namens.signin.typed import filled

SURE, AGAIN = "sure", "again"
FIELDS = {
    OrganisationReason.LICENCE_NO_SERVICE: "services",
    OrganisationReason.LICENCE_SERVICE_NOT_OFFERED: "services",
    OrganisationReason.LICENCE_DAY_PAST: "first_day",
    OrganisationReason.LICENCE_FIRST_DAY_TOO_FAR: "first_day",
    OrganisationReason.LICENCE_DAYS_WRONG: "last_day",
    OrganisationReason.LICENCE_OVER: "last_day",
    OrganisationReason.LICENCE_TOO_LONG: "last_day",
    OrganisationReason.UNKNOWN_TEAM: "reach",
}


@require_http_methods(["GET", "POST"])
@signed_in_manager
def give(request: HttpRequest, member: UUID) -> HttpResponse:
    """Ask what a licence is to be, show it once more, and give it."""
    manager = managing(request)
    holder = colleague_or_404(manager, member)
    if holder.ended_at is not None:
        return person_page(member)
    if holder.party_id == manager.party_id:
        return own_refusal(request, member)
    form, services = _form(request, manager, _first_terms())
    if is_to_be_judged(request, form) and judged(form):
        if SURE not in request.POST:
            return _check(request, form, services, holder=holder, hidden=form.again)
        try:
            give_licence(by=manager, member=member, terms=form.terms, now=clock.now())
        except OrganisationRefused as refused:
            return _ask(request, form, holder=holder, problem=told(form, refused.reason))
        return person_page(member, done="given")
    return _ask(request, form, holder=holder)


@require_http_methods(["GET", "POST"])
@signed_in_manager
def change(request: HttpRequest, licence: UUID) -> HttpResponse:
    """Ask what a licence is to be from now on, show it once more, and change it."""
    manager = managing(request)
    held = licence_or_404(manager, licence)
    if held.member_id == manager.party_id:
        return own_refusal(request, held.member_id)
    before = LicenceTerms.of(held)
    form, services = _form(request, manager, before, has_begun=held.first_day < clock.today())
    version = seen_version(request.POST if request.method == "POST" else None, now=held.version)
    hidden: list[tuple[str, object]] = [(VERSION, version)]
    if is_to_be_judged(request, form) and judged(form, before=before):
        if SURE not in request.POST and version == held.version:
            return _check(request, form, services, holder=held.member, held=held, hidden=[*form.again, *hidden])
        try:
            change_licence(by=manager, licence=licence, version=version, terms=form.terms, now=clock.now())
        except OrganisationRefused as refused:
            return _ask(request, form, holder=held.member, held=held, problem=told(form, refused.reason))
        return person_page(held.member_id, done="licence-changed")
    return _ask(request, form, holder=held.member, held=held)


def is_to_be_judged(request: HttpRequest, form: LicenceForm) -> bool:
    """Say whether the form came with this click and is filled in well; not when somebody wants to look at it again."""
    return request.method == "POST" and form.is_valid() and AGAIN not in request.POST


def judged(form: LicenceForm, *, before: LicenceTerms | None = None) -> bool:
    """Say whether these terms can be; what is wrong stands at its field then."""
    reason = why_not(form.terms, today=clock.today(), before=before)
    if reason is not None:
        told(form, reason)
    return reason is None


def told(form: LicenceForm, reason: OrganisationReason) -> str:
    """Say at its field what is wrong, or give the sentence for the whole page."""
    field = FIELDS.get(reason)
    if field is None or field not in form.fields:
        return sentence_for(reason)
    form.add_error(field, sentence_for(reason))
    return ""


def _first_terms() -> LicenceTerms:
    today = clock.today()
    return LicenceTerms(services=frozenset(), first_day=today, last_day=longest_last_day(today, today=today))


def _form(
    request: HttpRequest, manager: Member, initial: LicenceTerms, *, has_begun: bool = False
) -> tuple[LicenceForm, list[Service]]:
    services, teams = list(licensable()), list(teams_of(manager.organisation_id))
    data = filled(request, party=manager.party)
    return LicenceForm(data, services=services, teams=teams, initial=initial, has_begun=has_begun), services


def _ask(
    request: HttpRequest, form: LicenceForm, *, holder: Member, held: Licence | None = None, problem: str = ""
) -> HttpResponse:
    heading = _("Change a licence of %(name)s") if held else _("Give %(name)s a licence")
    standing = licence_rows(held) if held is not None and problem else ()
    return ask(
        request,
        Question(
            title=_("Change a licence") if held else _("Give a licence"),
            heading=heading % {"name": holder.full_name},
            lead=[_("With a licence somebody helps clients. It works after the first login.")],
            form=form,
            button=_("Next"),
            back_url=person_url(holder.party_id),
            problem=problem,
            standing=standing,
            hidden=[(VERSION, held.version)] if held else [],
        ),
    )


def _check(
    request: HttpRequest,
    form: LicenceForm,
    services: Sequence[Service],
    *,
    holder: Member,
    hidden: Sequence[tuple[str, object]],
    held: Licence | None = None,
) -> HttpResponse:
    """Show what will be, and beside it what stands now."""
    return ask(
        request,
        Question(
            title=_("Check the licence"),
            heading=_("Check the licence of %(name)s") % {"name": holder.full_name},
            lead=[_("This replaces the licence as it stands now.")] if held else [],
            rows=[Row(_("Name"), [holder.full_name]), *_rows(form, services)],
            button=_("Yes, change the licence") if held else _("Yes, give this licence"),
            back_url=person_url(holder.party_id),
            standing=licence_rows(held) if held else (),
            hidden=[*hidden, (SURE, "yes")],
            again=AGAIN,
        ),
    )


def _rows(form: LicenceForm, services: Sequence[Service]) -> list[Row]:
    terms = form.terms
    names = [one.name for one in services if one.key in terms.services]
    return terms_rows(names, first_day=terms.first_day, last_day=terms.last_day, team=form.team_name)
