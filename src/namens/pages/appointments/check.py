"""Making an appointment: a last look at all answers, and making it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from namens.appointments.actions import Comer, Plan, make
from namens.appointments.models import Way
from namens.appointments.refusals import AppointmentRefused
from namens.lib import clock
from namens.mandates.refusals import MandateRefused
from namens.pages.appointments.preparing import Page, Preparing, preparing_of
from namens.pages.appointments.words import for_how_long, told, when_words
from namens.pages.helper.answers import Person
from namens.pages.rows import Row
from namens.pages.seen import CHANGED, is_seen, mark
from namens.signin import drafts
from namens.signin.session import signed_in_helper


@require_http_methods(["GET", "POST"])
@signed_in_helper
def check(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Show everything; the yes makes it once. Nobody is looked up: the answer is the same whoever was stated."""
    walk = preparing_of(request, draft=draft, page=Page.CHECK)
    if isinstance(walk, HttpResponse):
        return walk
    seen, problem = _mark(walk), ""
    if request.method == "POST" and not is_seen(request, now_shown=seen):
        problem = str(CHANGED)
    elif request.method == "POST":
        try:
            _make(walk, clock.now())
        except (AppointmentRefused, MandateRefused) as refused:
            problem = told(refused)
        else:
            return redirect(walk.url(Page.CHECK))
    return walk.show(request, Page.CHECK, seen=seen, problem=problem, rows=_rows(walk))


def _make(walk: Preparing, now: datetime) -> None:
    """Make it once for a draft. A second submit finds it finished, and leaves nothing behind. Raises a refusal."""
    answers = walk.answers
    partner = Comer(answers.partner_label, _kept(answers.partner)) if answers.has_partner else None
    with transaction.atomic():
        made = make(
            helper=walk.visitor.helper,
            member=walk.visitor.member,
            plan=_plan(walk),
            client=Comer(answers.label, _kept(answers.client)),
            partner=partner,
            now=now,
        )
        if not drafts.finish(draft=walk.draft, party=walk.visitor.party, result=made.id, now=now):
            transaction.set_rollback(True)


def _plan(walk: Preparing) -> Plan:
    moment = walk.answers.moment
    return Plan(
        starts_at=walk.starts_at,
        minutes=moment.minutes if moment else 0,
        place=moment.place if moment else "",
        services=walk.services,
        way=Way(walk.answers.way),
        duration=walk.duration,
        only_during=walk.only_during,
        known=walk.known,
    )


def _mark(walk: Preparing) -> str:
    """Give the mark of everything that is decided."""
    answers = walk.answers
    people = [(answers.label, _kept(answers.client)), (answers.partner_label, _kept(answers.partner))]
    services = [(service.key, service.version_id) for service in walk.services]
    return mark(walk.starts_at, answers.as_kept()["moment"], services, answers.way, answers.duration, people)


def _rows(walk: Preparing) -> list[Row]:
    answers, plan = walk.answers, _plan(walk)
    rows = [
        Row(_("With whom"), [answers.label], walk.url(Page.WHO)),
        Row(_("When"), when_words(plan.starts_at, minutes=plan.minutes), walk.url(Page.WHEN)),
        Row(_("Where"), [plan.place or _("Not filled in")], walk.url(Page.WHEN)),
        Row(_("With what"), [service.name for service in walk.services], walk.url(Page.SERVICES)),
        Row(
            _("Allowance partner"), [answers.partner_label if answers.has_partner else _("No")], walk.url(Page.PARTNER)
        ),
        Row(_("How they say yes"), [str(walk.ways.choices[plan.way])], walk.url(Page.WAY)),
    ]
    if plan.duration is not None:
        rows.append(Row(_("For how long"), [for_how_long(plan.duration)], walk.url(Page.LENGTH)))
    if plan.way is Way.LETTER:
        rows.append(Row(_("BSN of your client"), _ends_in(answers.client), walk.url(Page.CLIENT)))
    if plan.way is Way.LETTER and answers.has_partner:
        rows.append(Row(_("BSN of the allowance partner"), _ends_in(answers.partner), walk.url(Page.PARTNER_DETAILS)))
    return rows


def _kept(person: Person | None) -> UUID | None:
    return person.kept if person else None


def _ends_in(person: Person | None) -> list[str]:
    return [_("Ends in %(digits)s") % {"digits": person.ends_in}] if person else []
