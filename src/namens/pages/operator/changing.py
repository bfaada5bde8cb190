"""Another name, leaving, and going on under another KvK number."""

from datetime import date
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from namens.journal.events import Channel
from namens.lib import clock
from namens.mandates.actions import progress_of_leaving
from namens.organisations.actions import agree_to_merger, leave, propose_merger, refuse_merger, rename
from namens.organisations.models import Merger, Organisation
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.pages.fields import NO, YES
from namens.pages.joining import links
from namens.pages.joining.apply import terms_in
from namens.pages.mandates.wording import day
from namens.pages.operator.admitting import person_in
from namens.pages.operator.asking import ask, problem_page
from namens.pages.operator.forms import LeaveForm, MergeForm, RenameForm
from namens.pages.operator.guarding import about, address, of_organisation
from namens.pages.sentences import sentence_for
from namens.signin.staff.session import present

SURE = "sure"
_AT = {
    OrganisationReason.DAY_NOT_POSSIBLE: "last_day",
    OrganisationReason.KVK_NUMBER_TAKEN: "kvk_number",
    OrganisationReason.BASIS_MISSING: "bsn_basis",
}


@require_http_methods(["GET", "POST"])
@of_organisation
def new_name(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Give it another name."""
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"name": organisation.name})
    if form.is_valid():
        name, operator = form.cleaned_data["name"], present(request)
        rename(organisation=organisation.party_id, name=name, by=operator.id, channel=Channel.PAGES, now=clock.now())
        return redirect(address(organisation.party_id))
    return ask(request, about(organisation), heading=_("Change the name"), form=form, button=_("Change the name"))


@require_http_methods(["GET", "POST"])
@of_organisation
def leaving(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Ask the last day, say what follows, and let the organisation leave."""
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and SURE in request.POST:
        try:
            leave(
                organisation=organisation.party_id,
                last_day=form.cleaned_data["last_day"],
                by=present(request).id,
                channel=Channel.PAGES,
                now=clock.now(),
            )
        except OrganisationRefused as refused:
            _say(form, refused)
        else:
            return redirect(address(organisation.party_id))
    elif form.is_valid():
        return _check_leaving(request, organisation, form.cleaned_data["last_day"])
    heading = _("Let this organisation leave")
    return ask(request, about(organisation), heading=heading, form=form, button=_("Next"))


@require_http_methods(["GET", "POST"])
@of_organisation
def merging(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Propose that it goes on under another KvK number."""
    said = {"name": organisation.name, "may_process_bsn": YES if organisation.may_process_bsn else NO}
    initial = {**said, "bsn_basis": organisation.bsn_basis}
    form = MergeForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            propose_merger(
                organisation=organisation.party_id,
                terms=terms_in(form.cleaned_data),
                manager=person_in(form.cleaned_data),
                last_day=form.cleaned_data["last_day"],
                by=present(request).id,
                channel=Channel.PAGES,
                now=clock.now(),
            )
        except OrganisationRefused as refused:
            _say(form, refused)
        else:
            return redirect(address(organisation.party_id))
    sentences = [_("Another operator must agree. Then each client is asked again, by letter with a code.")]
    heading = _("Go on under another KvK number")
    return ask(request, about(organisation), heading=heading, sentences=sentences, form=form, button=_("Propose"))


@require_POST
@of_organisation
def agree(request: HttpRequest, organisation: Organisation, merger: UUID) -> HttpResponse:
    """Agree to a merger, as the second operator, and show the link of the new organisation's manager."""
    _check_merger(organisation, merger)
    try:
        admitted = agree_to_merger(merger=merger, by=present(request).id, channel=Channel.PAGES, now=clock.now())
    except OrganisationRefused as refused:
        return problem_page(request, organisation, refused)
    links.keep(request, admitted.invited)
    return redirect("pages:organisation-invited", organisation=admitted.organisation.party_id)


@require_POST
@of_organisation
def disagree(request: HttpRequest, organisation: Organisation, merger: UUID) -> HttpResponse:
    """Take a proposed merger away."""
    _check_merger(organisation, merger)
    try:
        refuse_merger(merger=merger, by=present(request).id, channel=Channel.PAGES, now=clock.now())
    except OrganisationRefused as refused:
        return problem_page(request, organisation, refused)
    return redirect(address(organisation.party_id))


def _check_leaving(request: HttpRequest, organisation: Organisation, last_day: date) -> HttpResponse:
    number = progress_of_leaving(organisation=organisation.party_id, last_day=last_day).to_do
    told = {"name": organisation.name, "day": day(last_day), "number": number}
    sentences = [
        _("%(name)s then helps clients up to and including %(day)s.") % told,
        _("Mandates that end on that day: %(number)s. These clients get a letter, and an e-mail if they want those.")
        % told,
        _("Requests that still wait for a client are taken back."),
        _("You cannot undo this: longer needs a new yes of each client."),
    ]
    parts = {
        "last_day_day": last_day.day,
        "last_day_month": last_day.month,
        "last_day_year": last_day.year,
        SURE: "yes",
    }
    return ask(
        request,
        about(organisation),
        heading=_("Is this right?"),
        sentences=sentences,
        button=_("Yes, let this organisation leave"),
        tone="negative",
        hidden=parts,
    )


def _check_merger(organisation: Organisation, merger: UUID) -> None:
    if not Merger.objects.filter(id=merger, organisation=organisation).exists():
        raise Http404


def _say(form: Form, refused: OrganisationRefused) -> None:
    form.add_error(_AT.get(refused.reason), sentence_for(refused.reason))
