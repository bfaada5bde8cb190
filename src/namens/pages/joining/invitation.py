"""The link of an invitation: it leads to a login with eHerkenning, once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from namens.lib import clock
from namens.organisations.actions import find_invitation, trouble_with
from namens.organisations.models import Member, MemberInvitation
from namens.organisations.queries import running_managers
from namens.organisations.refusals import OrganisationReason
from namens.pages.public.home import ways_in
from namens.pages.sentences import sentence_for
from namens.parties import keys
from namens.signin.login import LoginKind
from namens.signin.session import present, signed_in_member

TOKEN = "member-invitation"  # noqa: S105 - the name of a place, not a token


@require_safe
def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address at once: an address stays in histories. The session holds it sealed."""
    request.session[TOKEN] = keys.seal(TOKEN, token)
    return redirect("pages:member-invited")


@require_safe
def invited(request: HttpRequest) -> HttpResponse:
    """Say who invites for which organisation, and lead to the login; or why the link does not work."""
    invitation = kept(request)
    trouble = (
        OrganisationReason.INVITATION_NOT_VALID if invitation is None else trouble_with(invitation, now=clock.now())
    )
    if invitation is None or trouble is not None:
        sentence = sentence_for(trouble or OrganisationReason.INVITATION_NOT_VALID, viewer="member")
        return render(request, "pages/joining/no_invitation.html", {"sentence": sentence}, status=404)
    inviter = Member.objects.filter(party=invitation.invited_by).first()
    page = {
        "member": invitation.member,
        "organisation": invitation.member.organisation,
        "inviter": inviter.full_name if inviter else "",
        "until": invitation.expires_at,
        "ways_in": ways_in(back_to=reverse("pages:member-welcome"), kind=LoginKind.MEMBER),
    }
    return render(request, "pages/joining/invited.html", page)


@require_safe
@signed_in_member
def welcome(request: HttpRequest) -> HttpResponse:
    """Say to who began just now what is possible, and what is still needed."""
    member = present(request).member
    if member is None:
        return redirect("pages:home")
    is_only = member.is_manager and running_managers(member.organisation_id) < 2
    return render(request, "pages/joining/welcome.html", {"member": member, "is_only_manager": is_only})


def kept(request: HttpRequest) -> MemberInvitation | None:
    """Give the invitation whose link was opened in this browser, whatever became of it."""
    sealed = request.session.get(TOKEN)
    return find_invitation(token=keys.unseal(TOKEN, sealed)) if sealed else None


def forget(request: HttpRequest) -> None:
    """Let this browser have no invitation any more: it was of no use."""
    request.session.pop(TOKEN, None)
