"""Teams: who is in which, making, renaming and closing them."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from namens.lib import clock
from namens.organisations.actions import close_team, make_team, rename_team
from namens.organisations.actions.teams import licences_for
from namens.organisations.models import Assignment, Member, Team
from namens.organisations.people import teams_of
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.pages.manager.forms import CloseTeamForm, TeamNameForm
from namens.pages.manager.frame import SECTION, Question, ask, done_sentence, managing, person_url
from namens.pages.sentences import sentence_for
from namens.signin.session import signed_in_manager
from namens.signin.typed import filled


@require_safe
@signed_in_manager
def teams(request: HttpRequest) -> HttpResponse:
    """Show the teams, with how many people are in each."""
    manager = managing(request)
    page = {"teams": teams_of(manager.organisation_id), "done": done_sentence(request), "section": SECTION}
    return render(request, "pages/manager/teams.html", page)


@require_safe
@signed_in_manager
def team(request: HttpRequest, team: UUID) -> HttpResponse:
    """Show who is in a team, and which licences are for its clients only."""
    manager = managing(request)
    found = _team_or_404(manager, team)
    people = Member.objects.filter(team=found, ended_at__isnull=True).order_by("family_name", "given_name", "party")
    page = {
        "team": found,
        "people": [(one.full_name, person_url(one.party_id)) for one in people],
        "licences": [(one.member.full_name, person_url(one.member_id)) for one in licences_for(found, now=clock.now())],
        "done": done_sentence(request),
        "section": SECTION,
    }
    return render(request, "pages/manager/team.html", page)


@require_http_methods(["GET", "POST"])
@signed_in_manager
def make(request: HttpRequest) -> HttpResponse:
    """Ask the name of a new team, and make it."""
    manager = managing(request)
    form = TeamNameForm(filled(request, party=manager.party))
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = make_team(by=manager, name=form.cleaned_data["name"], now=clock.now())
        except OrganisationRefused as refused:
            problem = _told(form, refused.reason)
        else:
            return _team_page(made.id, "team-made")
    return ask(
        request,
        Question(
            heading=_("A new team"),
            lead=[_("People of a team help each other’s clients without giving a reason.")],
            form=form,
            button=_("Make the team"),
            back_url=reverse("pages:teams"),
            problem=problem,
        ),
    )


@require_http_methods(["GET", "POST"])
@signed_in_manager
def rename(request: HttpRequest, team: UUID) -> HttpResponse:
    """Ask another name for a team, and keep it."""
    manager = managing(request)
    found = _team_or_404(manager, team)
    form = TeamNameForm(filled(request, party=manager.party), initial={"name": found.name})
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            rename_team(by=manager, team=team, name=form.cleaned_data["name"], now=clock.now())
        except OrganisationRefused as refused:
            problem = _told(form, refused.reason)
        else:
            return _team_page(team, "team-renamed")
    return ask(
        request,
        Question(
            title=_("Rename a team"),
            heading=_("Another name for the team %(team)s") % {"team": found.name},
            form=form,
            button=_("Keep this name"),
            back_url=reverse("pages:team", args=[team]),
            problem=problem,
        ),
    )


@require_http_methods(["GET", "POST"])
@signed_in_manager
def close(request: HttpRequest, team: UUID) -> HttpResponse:
    """Ask where the people and clients of a team go, and close it."""
    manager = managing(request)
    found = _team_or_404(manager, team)
    others = [one for one in teams_of(manager.organisation_id) if one.id != found.id]
    form = CloseTeamForm(filled(request, party=manager.party), teams=others)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            close_team(by=manager, team=team, to=form.target, now=clock.now())
        except OrganisationRefused as refused:
            problem = sentence_for(refused.reason)
        else:
            return redirect(f"{reverse('pages:teams')}?done=team-closed")
    return _ask_close(request, found, form, problem)


def _team_or_404(manager: Member, team: UUID) -> Team:
    found = teams_of(manager.organisation_id).filter(id=team).first()
    if found is None:
        raise Http404
    return found


def _team_page(team: UUID, done: str) -> HttpResponse:
    return redirect(f"{reverse('pages:team', args=[team])}?done={done}")


def _told(form: TeamNameForm, reason: OrganisationReason) -> str:
    """Say at the field what is wrong with the name, or give the sentence for the whole page."""
    if reason is not OrganisationReason.TEAM_NAME_TAKEN:
        return sentence_for(reason)
    form.add_error("name", sentence_for(reason))
    return ""


def _ask_close(request: HttpRequest, found: Team, form: CloseTeamForm, problem: str) -> HttpResponse:
    return ask(
        request,
        Question(
            title=_("Close a team"),
            heading=_("Close the team %(team)s?") % {"team": found.name},
            lead=_what_moves(found),
            form=form,
            button=_("Yes, close the team"),
            back_url=reverse("pages:team", args=[found.id]),
            problem=problem,
            tone="negative",
        ),
    )


def _what_moves(found: Team) -> Sequence[str]:
    people = Member.objects.filter(team=found, ended_at__isnull=True).count()
    clients = Assignment.objects.filter(team=found, until__isnull=True).count()
    return [
        _("People in this team: %(number)s.") % {"number": people},
        _("Clients of this team: %(number)s.") % {"number": clients},
        _("You cannot open it again. You can make a new team."),
    ]
