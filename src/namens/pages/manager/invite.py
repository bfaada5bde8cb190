"""Inviting somebody, and a new link for who has not begun."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from namens.journal.events import Channel
from namens.lib import clock
from namens.organisations.actions import MemberDetails, NewMember, invite_again
from namens.organisations.actions import invite as invite_member
from namens.organisations.people import teams_of
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.pages.joining import links
from namens.pages.manager.forms import NO_TEAM, MemberForm
from namens.pages.manager.frame import SECTION, Question, ask, colleague_or_404, managing, person_page, person_url
from namens.pages.sentences import sentence_for
from namens.signin.session import signed_in_manager
from namens.signin.typed import filled

INITIAL = {"team": NO_TEAM, "is_manager": "no"}


@require_http_methods(["GET", "POST"])
@signed_in_manager
def invite(request: HttpRequest) -> HttpResponse:
    """Ask who works here from now on, and invite them. The page after it shows the link once."""
    manager = managing(request)
    data, teams = filled(request, party=manager.party), list(teams_of(manager.organisation_id))
    form, problem = MemberForm(data, teams=teams, initial=INITIAL), ""
    if request.method == "POST" and form.is_valid():
        try:
            invited = invite_member(who=_who(form.details()), by=manager, now=clock.now())
        except OrganisationRefused as refused:
            problem = _told(form, refused.reason)
        else:
            links.keep(request, invited)
            return redirect("pages:person-invited")
    return _ask(request, form, problem)


@require_http_methods(["GET", "POST"])
@signed_in_manager
def again(request: HttpRequest, member: UUID) -> HttpResponse:
    """Ask whether somebody who has not begun needs a new link, and make it."""
    manager = managing(request)
    found, problem = colleague_or_404(manager, member), ""
    if found.bound_at is not None or found.ended_at is not None:
        return person_page(member)
    if request.method == "POST":
        works_for = manager.organisation_id
        try:
            invited = invite_again(
                member=member, by=manager.party_id, channel=Channel.PAGES, works_for=works_for, now=clock.now()
            )
        except OrganisationRefused as refused:
            problem = sentence_for(refused.reason)
        else:
            links.keep(request, invited)
            return redirect("pages:person-invited")
    return _ask_again(request, member, name=found.full_name, problem=problem)


@require_safe
@signed_in_manager
def invited(request: HttpRequest) -> HttpResponse:
    """Show the link, once."""
    shown = links.take(request, organisation=managing(request).organisation_id)
    if shown is None:
        raise Http404
    page = {"shown": shown, "back_url": person_url(shown.member.party_id), "section": SECTION}
    return render(request, "pages/joining/link.html", page)


def _who(details: MemberDetails) -> NewMember:
    return NewMember(
        given_name=details.given_name,
        family_name=details.family_name,
        email=details.email,
        kind=details.kind,
        is_manager=details.is_manager,
        team=details.team,
    )


def _told(form: MemberForm, reason: OrganisationReason) -> str:
    """Say at the field what is wrong with the address, or give the sentence for the whole page."""
    if reason is not OrganisationReason.EMAIL_TAKEN:
        return sentence_for(reason)
    form.add_error("email", sentence_for(reason))
    return ""


def _ask(request: HttpRequest, form: MemberForm, problem: str) -> HttpResponse:
    question = Question(
        heading=_("Invite somebody"),
        lead=[
            _("This person gets an e-mail with a link, and logs in with eHerkenning of your organisation."),
            _("After that you can give a licence. You can do that before the first login too."),
        ],
        form=form,
        button=_("Invite this person"),
        back_url=reverse("pages:people"),
        problem=problem,
    )
    return ask(request, question)


def _ask_again(request: HttpRequest, member: UUID, *, name: str, problem: str) -> HttpResponse:
    question = Question(
        title=_("A new invitation"),
        heading=_("Make a new invitation for %(name)s?") % {"name": name},
        lead=[_("The older link stops working. The new one goes by e-mail, and you see it once.")],
        button=_("Make a new invitation"),
        back_url=person_url(member),
        problem=problem,
    )
    return ask(request, question)
