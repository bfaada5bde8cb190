"""The switch: stopping an organisation or one member at once, and undoing that with two operators."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from namens.journal.events import Channel
from namens.lib import clock
from namens.organisations.actions import block, keep_blocked, unblock
from namens.organisations.models import Block, Member, Organisation
from namens.organisations.refusals import OrganisationRefused
from namens.pages.operator.asking import ask, problem_page
from namens.pages.operator.forms import BlockForm
from namens.pages.operator.guarding import about, address, of_organisation
from namens.signin.staff.session import present

_WHAT_FOLLOWS = (
    gettext_noop("It works at once, here and at portals. Mandates stay as they are, but nobody can use them."),
    gettext_noop("Two operators are needed to undo it."),
)


@require_http_methods(["GET", "POST"])
@of_organisation
def block_all(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Ask why, and stop everybody of this organisation."""
    heading = _("Stop everything of %(name)s now?") % {"name": organisation.name}
    return _block(request, organisation, None, heading=heading)


@require_http_methods(["GET", "POST"])
@of_organisation
def block_one(request: HttpRequest, organisation: Organisation, member: UUID) -> HttpResponse:
    """Ask why, and stop one member."""
    found = Member.objects.filter(party=member, organisation=organisation).first()
    if found is None:
        raise Http404
    return _block(request, organisation, found, heading=_("Stop %(name)s now?") % {"name": found.full_name})


@require_POST
@of_organisation
def lift(request: HttpRequest, organisation: Organisation, block: UUID) -> HttpResponse:
    """Propose to undo a block, or agree to that as the second operator."""
    _check_block(organisation, block)
    try:
        unblock(block=block, by=present(request).id, channel=Channel.PAGES, now=clock.now())
    except OrganisationRefused as refused:
        return problem_page(request, organisation, refused)
    return redirect(address(organisation.party_id))


@require_POST
@of_organisation
def keep(request: HttpRequest, organisation: Organisation, block: UUID) -> HttpResponse:
    """Take the proposal to undo a block away."""
    _check_block(organisation, block)
    try:
        keep_blocked(block=block, by=present(request).id, channel=Channel.PAGES, now=clock.now())
    except OrganisationRefused as refused:
        return problem_page(request, organisation, refused)
    return redirect(address(organisation.party_id))


def _block(request: HttpRequest, organisation: Organisation, member: Member | None, *, heading: str) -> HttpResponse:
    form = BlockForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _stop(organisation, member, by=present(request).id, reason=form.cleaned_data["reason"])
        except OrganisationRefused as refused:
            return problem_page(request, organisation, refused)
        return redirect(address(organisation.party_id))
    return ask(
        request,
        about(organisation),
        heading=heading,
        sentences=[_(said) for said in _WHAT_FOLLOWS],
        form=form,
        button=_("Stop now"),
        tone="negative",
    )


def _stop(organisation: Organisation, member: Member | None, *, by: UUID, reason: str) -> None:
    only = member.party_id if member else None
    block(organisation=organisation.party_id, member=only, reason=reason, by=by, channel=Channel.PAGES, now=clock.now())


def _check_block(organisation: Organisation, block: UUID) -> None:
    if not Block.objects.filter(id=block, organisation=organisation).exists():
        raise Http404
