"""One person of the organisation: details, licences, and what a manager can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from namens.lib import clock
from namens.organisations.actions import change_member, end_member
from namens.organisations.models import Assignment, Block, Licence, Member
from namens.organisations.people import LicenceState, licences_of, not_over, state_of, teams_of
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.pages.manager.forms import MemberForm, reach_words
from namens.pages.manager.frame import (
    SECTION,
    VERSION,
    Question,
    ask,
    colleague_or_404,
    done_sentence,
    managing,
    person_page,
    person_url,
    seen_version,
)
from namens.pages.manager.wording import (
    OPEN,
    badge_of,
    days_of,
    details_rows,
    history_rows,
    services_of,
    standing_of,
)
from namens.pages.sentences import sentence_for
from namens.signin.session import signed_in_manager
from namens.signin.typed import filled


@dataclass(frozen=True)
class LicenceCard:
    """One licence on somebody's page, as `parts/card.html` shows it."""

    heading: str
    state: str
    tone: str
    sentences: list[str]
    actions: list[dict[str, str]]


@require_safe
@signed_in_manager
def person(request: HttpRequest, member: UUID) -> HttpResponse:
    """Show somebody. The same number of statements, however many licences there are."""
    manager, today = managing(request), clock.today()
    found = colleague_or_404(manager, member)
    licences = licences_of([found]).get(found.party_id, [])
    is_oneself = found.party_id == manager.party_id
    cards = [(_card(one, is_oneself=is_oneself, today=today), state_of(one, today=today)) for one in licences]
    page = {
        "member": found,
        "standing": standing_of(found),
        "rows": [*details_rows(found), *history_rows(found)],
        "licences": [card for card, state in cards if state in OPEN],
        "earlier": [card for card, state in cards if state not in OPEN],
        "is_oneself": is_oneself,
        "is_blocked": Block.objects.filter(member=found, until__isnull=True).exists(),
        "done": done_sentence(request),
        "section": SECTION,
    }
    return render(request, "pages/manager/person.html", page)


@require_http_methods(["GET", "POST"])
@signed_in_manager
def change(request: HttpRequest, member: UUID) -> HttpResponse:
    """Ask the details of somebody, and keep them. Who changes what a colleague changed meanwhile is told."""
    manager, found = _running(request, member)
    if found is None:
        return person_page(member)
    own, data = found.party_id == manager.party_id, filled(request, party=manager.party)
    initial = MemberForm.filled_with(found)
    form = MemberForm(data, teams=list(teams_of(manager.organisation_id)), initial=initial, own=own)
    refusal = None
    if request.method == "POST" and form.is_valid():
        version, details = seen_version(data, now=found.version), form.details(team=found.team_id)
        try:
            change_member(by=manager, member=member, version=version, details=details, now=clock.now())
        except OrganisationRefused as refused:
            refusal = refused.reason
        else:
            return person_page(member, done="changed")
    return _ask_details(request, form, found, refusal)


@require_http_methods(["GET", "POST"])
@signed_in_manager
def end(request: HttpRequest, member: UUID) -> HttpResponse:
    """Ask whether somebody has to leave, and end them from now on."""
    manager, found = _running(request, member)
    if found is None:
        return person_page(member)
    problem, data = "", request.POST if request.method == "POST" else None
    if data is not None:
        try:
            end_member(by=manager, member=member, version=seen_version(data, now=found.version), now=clock.now())
        except OrganisationRefused as refused:
            problem = sentence_for(refused.reason)
        else:
            is_oneself = found.party_id == manager.party_id
            return redirect("pages:home") if is_oneself else person_page(member, done="ended")
    return _ask_end(request, found, problem)


def _running(request: HttpRequest, member: UUID) -> tuple[Member, Member | None]:
    """Give the manager and the person, or None for who left already."""
    manager = managing(request)
    found = colleague_or_404(manager, member)
    return manager, found if found.ended_at is None else None


def _ask_details(
    request: HttpRequest, form: MemberForm, found: Member, refusal: OrganisationReason | None
) -> HttpResponse:
    if refusal is OrganisationReason.EMAIL_TAKEN:
        form.add_error("email", sentence_for(refusal))
    is_late = refusal is OrganisationReason.CHANGED_MEANWHILE
    return ask(
        request,
        Question(
            title=_("Change the details of a person"),
            heading=_("Details of %(name)s") % {"name": found.full_name},
            lead=[_("Clients read the first name and the first letter of the family name.")],
            form=form,
            button=_("Keep this"),
            back_url=person_url(found.party_id),
            problem=sentence_for(refusal) if refusal and refusal is not OrganisationReason.EMAIL_TAKEN else "",
            standing=details_rows(found) if is_late else (),
            hidden=[(VERSION, found.version)],
        ),
    )


def _ask_end(request: HttpRequest, found: Member, problem: str) -> HttpResponse:
    return ask(
        request,
        Question(
            title=_("Let somebody leave"),
            heading=_("Does %(name)s leave the organisation?") % {"name": found.full_name},
            lead=_what_ends(found),
            rows=details_rows(found),
            button=_("Yes, end all access now"),
            back_url=person_url(found.party_id),
            problem=problem,
            hidden=[(VERSION, found.version)],
            tone="negative",
        ),
    )


def _what_ends(found: Member) -> Sequence[str]:
    running = not_over(today=clock.today()).filter(member=found).count()
    clients = Assignment.objects.filter(member=found, until__isnull=True).count()
    return [
        _("This works at once: on our pages and at every service. You cannot undo it."),
        _("Licences that end: %(number)s.") % {"number": running},
        _("Clients whom nobody looks after then: %(number)s. They stay clients of the organisation.")
        % {"number": clients},
        _("Does this person come back later? Then invite them again."),
    ]


def _card(licence: Licence, *, is_oneself: bool, today: date) -> LicenceCard:
    badge = badge_of(licence, today=today)
    return LicenceCard(
        heading=services_of(licence),
        state=badge.label,
        tone=badge.tone,
        sentences=[
            days_of(licence.first_day, licence.last_day),
            reach_words(licence.team.name if licence.team else ""),
        ],
        actions=_actions(licence, is_oneself=is_oneself, today=today),
    )


def _actions(licence: Licence, *, is_oneself: bool, today: date) -> list[dict[str, str]]:
    """Give what can be done with a licence. With an own one: only less."""
    state = state_of(licence, today=today)
    labels = {
        "licence-change": _("Change"),
        "licence-renew": _("Renew"),
        "licence-resume": _("Let it count again"),
        "licence-pause": _("Pause"),
        "licence-end": _("End"),
    }
    fitting = {
        LicenceState.RUNNING: ["licence-change", "licence-renew", "licence-pause", "licence-end"],
        LicenceState.NOT_STARTED: ["licence-change", "licence-renew", "licence-pause", "licence-end"],
        LicenceState.PAUSED: ["licence-change", "licence-renew", "licence-resume", "licence-end"],
        LicenceState.RUN_OUT: ["licence-renew"],
        LicenceState.ENDED: [],
    }[state]
    own = {"licence-pause", "licence-end"}
    usable = [name for name in fitting if name in own or not is_oneself]
    return [{"url": reverse(f"pages:{name}", args=[licence.id]), "label": labels[name]} for name in usable]
