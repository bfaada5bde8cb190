"""One step with a licence: pause, count again, end, renew. Each asks first."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.organisations.actions import end_licence, pause_licence, renew_licences, resume_licence
from namens.organisations.actions.licences import longest_last_day
from namens.organisations.models import Licence
from namens.organisations.people import LicenceState, state_of
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.pages.manager.forms import LastDayForm
from namens.pages.manager.frame import (
    VERSION,
    Question,
    ask,
    licence_or_404,
    managing,
    own_refusal,
    person_page,
    person_url,
    seen_version,
)
from namens.pages.manager.wording import licence_rows
from namens.pages.sentences import sentence_for
from namens.signin.session import signed_in_manager
from namens.signin.typed import filled


@dataclass(frozen=True)
class Step:
    """What one button does with a licence, in words and deeds."""

    verb: Callable[..., Licence]
    fits: frozenset[LicenceState]
    title: str
    heading: str
    sentence: str
    button: str
    done: str
    tone: str = ""
    also_own: bool = False


RUNS = frozenset({LicenceState.RUNNING, LicenceState.NOT_STARTED})
PAUSE = Step(
    verb=pause_licence,
    fits=RUNS,
    title=gettext_noop("Pause a licence"),
    heading=gettext_noop("Pause this licence of %(name)s?"),
    sentence=gettext_noop("It counts for nothing from now on, until you let it count again. The last day stays."),
    button=gettext_noop("Yes, pause it"),
    done="paused",
    also_own=True,
)
RESUME = Step(
    verb=resume_licence,
    fits=frozenset({LicenceState.PAUSED}),
    title=gettext_noop("Let a licence count again"),
    heading=gettext_noop("Let this licence of %(name)s count again?"),
    sentence=gettext_noop("It counts from now on, up to and including its last day."),
    button=gettext_noop("Yes, let it count"),
    done="resumed",
)
END = Step(
    verb=end_licence,
    fits=RUNS | {LicenceState.PAUSED},
    title=gettext_noop("End a licence"),
    heading=gettext_noop("End this licence of %(name)s?"),
    sentence=gettext_noop("It ends now, at every service. You cannot undo it; you can give a new licence later."),
    button=gettext_noop("Yes, end it now"),
    done="licence-ended",
    tone="negative",
    also_own=True,
)


@require_http_methods(["GET", "POST"])
@signed_in_manager
def pause(request: HttpRequest, licence: UUID) -> HttpResponse:
    """Let a licence rest."""
    return _take(request, licence, PAUSE)


@require_http_methods(["GET", "POST"])
@signed_in_manager
def resume(request: HttpRequest, licence: UUID) -> HttpResponse:
    """Let a licence count again."""
    return _take(request, licence, RESUME)


@require_http_methods(["GET", "POST"])
@signed_in_manager
def end(request: HttpRequest, licence: UUID) -> HttpResponse:
    """End a licence."""
    return _take(request, licence, END)


@require_http_methods(["GET", "POST"])
@signed_in_manager
def renew(request: HttpRequest, licence: UUID) -> HttpResponse:
    """Ask until when a licence runs on."""
    manager, today = managing(request), clock.today()
    held = licence_or_404(manager, licence)
    if held.member_id == manager.party_id:
        return own_refusal(request, held.member_id)
    data = filled(request, party=manager.party)
    form = LastDayForm(data, initial={"last_day": longest_last_day(today, today=today)})
    problem = ""
    if request.method == "POST" and form.is_valid():
        wanted = {licence: seen_version(data, now=held.version)}
        last_day = form.cleaned_data["last_day"]
        renewal = renew_licences(by=manager, licences=wanted, last_day=last_day, now=clock.now())
        if renewal.done:
            return person_page(held.member_id, done="renewed")
        problem = _renewal_problem(form, renewal.refused[licence])
    return _ask_renew(request, held, form, problem)


def _take(request: HttpRequest, licence: UUID, step: Step) -> HttpResponse:
    """Ask, and do it when it was seen as it stands now. Who presses twice has what they asked."""
    manager = managing(request)
    held = licence_or_404(manager, licence)
    if held.member_id == manager.party_id and not step.also_own:
        return own_refusal(request, held.member_id)
    if state_of(held, today=clock.today()) not in step.fits:
        return person_page(held.member_id)
    problem = ""
    if request.method == "POST":
        try:
            step.verb(
                by=manager, licence=licence, version=seen_version(request.POST, now=held.version), now=clock.now()
            )
        except OrganisationRefused as refused:
            problem = sentence_for(refused.reason)
        else:
            return person_page(held.member_id, done=step.done)
    return _ask_step(request, held, step, problem)


def _ask_renew(request: HttpRequest, held: Licence, form: LastDayForm, problem: str) -> HttpResponse:
    return ask(
        request,
        Question(
            title=_("Renew a licence"),
            heading=_("Until when does this licence of %(name)s run on?") % {"name": held.member.full_name},
            form=form,
            rows=licence_rows(held),
            button=_("Renew the licence"),
            back_url=person_url(held.member_id),
            problem=problem,
            hidden=[(VERSION, held.version)],
        ),
    )


def _ask_step(request: HttpRequest, held: Licence, step: Step, problem: str) -> HttpResponse:
    return ask(
        request,
        Question(
            title=_(step.title),
            heading=_(step.heading) % {"name": held.member.full_name},
            lead=[_(step.sentence)],
            rows=licence_rows(held),
            button=_(step.button),
            back_url=person_url(held.member_id),
            problem=problem,
            hidden=[(VERSION, held.version)],
            tone=step.tone,
        ),
    )


def _renewal_problem(form: LastDayForm, reason: OrganisationReason) -> str:
    """Say at the field what is wrong with the day, or give the sentence for the whole page."""
    of_the_day = {
        OrganisationReason.LICENCE_DAYS_WRONG,
        OrganisationReason.LICENCE_OVER,
        OrganisationReason.LICENCE_TOO_LONG,
    }
    if reason not in of_the_day:
        return sentence_for(reason)
    form.add_error("last_day", sentence_for(reason))
    return ""
