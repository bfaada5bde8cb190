"""Letting an organisation in, or not; and inviting its managers."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namens.journal.events import Channel
from namens.lib import clock
from namens.organisations.actions import NewMember, admit, invite_again, invite_manager, refuse
from namens.organisations.models import Organisation, Status
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.pages.fields import NO, YES
from namens.pages.joining import links
from namens.pages.joining.apply import terms_in
from namens.pages.operator.asking import ask, problem_page
from namens.pages.operator.forms import AdmitForm, ManagerForm
from namens.pages.operator.guarding import SECTION, about, address, for_operators, of_organisation
from namens.pages.sentences import sentence_for
from namens.signin.staff.session import present

_AT = {
    OrganisationReason.KVK_NUMBER_TAKEN: "kvk_number",
    OrganisationReason.BASIS_MISSING: "bsn_basis",
    OrganisationReason.EMAIL_TAKEN: "email",
}


@require_http_methods(["GET", "POST"])
@for_operators
def admit_new(request: HttpRequest) -> HttpResponse:
    """Let an organisation in that an operator knows, and invite its first manager."""
    form = AdmitForm(request.POST if request.method == "POST" else None)
    return _admit(request, form, {"section": SECTION, "back_url": None})


@require_http_methods(["GET", "POST"])
@of_organisation
def admit_proposed(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Let in who asked; what they said is filled in, and can be put right."""
    if organisation.status == Status.ADMITTED:
        return redirect(address(organisation.party_id))
    form = AdmitForm(request.POST if request.method == "POST" else None, initial=_said_by(organisation))
    return _admit(request, form, about(organisation))


@require_http_methods(["GET", "POST"])
@of_organisation
def refuse_proposed(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Ask whether the operator is sure, and turn the proposal down."""
    if request.method == "POST":
        try:
            refuse(organisation=organisation.party_id, by=present(request).id, channel=Channel.PAGES, now=clock.now())
        except OrganisationRefused as refused:
            return problem_page(request, organisation, refused)
        return redirect(address(organisation.party_id))
    told = _("Tell the person who asked yourself: %(name)s, %(email)s.") % {
        "name": organisation.contact_name,
        "email": organisation.contact_email,
    }
    return ask(
        request,
        about(organisation),
        heading=_("Do not admit this organisation?"),
        sentences=[told, _("The organisation can ask again later.")],
        button=_("Do not admit"),
        tone="negative",
    )


@require_http_methods(["GET", "POST"])
@of_organisation
def manager(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Invite one more manager, or a first one whose invitation went wrong."""
    form = ManagerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            invited = invite_manager(
                organisation=organisation.party_id,
                who=person_in(form.cleaned_data),
                by=present(request).id,
                channel=Channel.PAGES,
                now=clock.now(),
            )
        except OrganisationRefused as refused:
            form.add_error(_AT.get(refused.reason), sentence_for(refused.reason))
        else:
            links.keep(request, invited)
            return redirect("pages:organisation-invited", organisation=organisation.party_id)
    heading = _("Invite a manager")
    return ask(request, about(organisation), heading=heading, form=form, button=_("Invite"))


@require_POST
@of_organisation
def again(request: HttpRequest, organisation: Organisation, member: UUID) -> HttpResponse:
    """Give somebody who has not begun a new link."""
    try:
        invited = invite_again(
            member=member,
            works_for=organisation.party_id,
            by=present(request).id,
            channel=Channel.PAGES,
            now=clock.now(),
        )
    except OrganisationRefused as refused:
        return problem_page(request, organisation, refused)
    links.keep(request, invited)
    return redirect("pages:organisation-invited", organisation=organisation.party_id)


@require_safe
@of_organisation
def invited(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show the link, once."""
    shown = links.take(request, organisation=organisation.party_id)
    if shown is None:
        raise Http404
    return render(request, "pages/joining/link.html", {**about(organisation), "shown": shown})


def person_in(said: Mapping[str, object]) -> NewMember:
    """Give who was filled in on a valid `PersonAtWorkForm`."""
    email = said["email"]
    return NewMember(
        given_name=str(said["given_name"]),
        family_name=str(said["family_name"]),
        email=email.text,  # type: ignore[attr-defined]  # a MailAddress, after the form
        is_manager=True,
    )


def _admit(request: HttpRequest, form: AdmitForm, page: dict[str, object]) -> HttpResponse:
    if form.is_valid():
        try:
            admitted = admit(
                terms=terms_in(form.cleaned_data),
                manager=person_in(form.cleaned_data),
                by=present(request).id,
                channel=Channel.PAGES,
                now=clock.now(),
            )
        except OrganisationRefused as refused:
            form.add_error(_AT.get(refused.reason), sentence_for(refused.reason))
        else:
            links.keep(request, admitted.invited)
            return redirect("pages:organisation-invited", organisation=admitted.organisation.party_id)
    sentence = _(
        "Look the organisation up in the trade register first, and call it by a number that you find yourself."
    )
    heading = _("Admit an organisation")
    return ask(request, page, heading=heading, sentences=[sentence], form=form, button=_("Admit and invite"))


def _said_by(organisation: Organisation) -> dict[str, object]:
    return {
        "kvk_number": organisation.kvk_number,
        "name": organisation.name,
        "may_process_bsn": YES if organisation.may_process_bsn else NO,
        "bsn_basis": organisation.bsn_basis,
        "email": organisation.contact_email,
    }
