"""A code letter for a client who calls: who helps, with what, how long, a check to read out, and the yes."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from namens.helpdesk import letters
from namens.helpdesk.models import Call, Caller
from namens.helpdesk.refusals import CallRefused
from namens.lib import clock
from namens.mandates import queries
from namens.mandates.letters import letter_by
from namens.mandates.refusals import MandateRefused
from namens.mandates.terms import LETTER_STANDS_FOR, months_by_letter
from namens.organisations.naming import name_of
from namens.pages.choices import TO_PERSONS, offered_at, sensitive_actions
from namens.pages.helpdesk.calls import SURE, in_call, mandate_or_404, of_call
from namens.pages.helpdesk.letter_forms import CodeLetterForm, NumberForm, months_in_words
from namens.pages.helpdesk.obstacles import sentences_for
from namens.pages.mandates.wording import day, other_name
from namens.pages.seen import is_seen, mark
from namens.pages.sentences import sentence_for
from namens.parties.identifiers import SoundHelperNumber
from namens.parties.refusals import PartyRefusal
from namens.population.addresses import Obstacle
from namens.services.models import Service

NOBODY = "nobody"


@require_http_methods(["GET", "POST"])
@in_call(Caller.CLIENT)
def who(request: HttpRequest, call: Call) -> HttpResponse:
    """Ask who is going to help; or why no letter with a code can go out."""
    if letters.stops_a_code(call):
        return _cannot(request, call)
    if request.method == "POST" and NOBODY in request.POST:
        letters.name_nobody(call=call)
        return redirect("pages:caller-letter-what", call=call.id)
    form = NumberForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        number = SoundHelperNumber(form.cleaned_data["number"])
        found = letters.name_helper(call=call, number=number, now=clock.now())
        if not isinstance(found, PartyRefusal):
            return redirect("pages:caller-letter-what", call=call.id)
        form.add_error("number", sentence_for(found, viewer="agent"))
    page = {**of_call(call), "form": form, "months": settings.OPEN_CODE_MONTHS}
    return render(request, "pages/helpdesk/letter_who.html", page)


@require_http_methods(["GET", "POST"])
@in_call(Caller.CLIENT)
def what(request: HttpRequest, call: Call) -> HttpResponse:
    """Ask with what and for how long, let the agent read it out, and send the letter."""
    if letters.stops_a_code(call):
        return _cannot(request, call)
    if call.helper is None and not call.helper_is_open:
        return redirect("pages:caller-letter", call=call.id)
    form = CodeLetterForm(
        request.POST if request.method == "POST" else None,
        offered=offered_at(LETTER_STANDS_FOR),
        is_open=call.helper is None,
        has_moved=Obstacle.MOVED_RECENTLY in call.obstacles,
    )
    if not form.is_valid():
        return _asked(request, call, form)
    check = _check(call, form)
    if SURE not in request.POST or not is_seen(request, now_shown=check["seen"]):
        return render(request, "pages/helpdesk/letter_check.html", check)
    return _send(request, call, form)


@require_safe
@in_call(Caller.CLIENT)
def sent(request: HttpRequest, call: Call, mandate: UUID) -> HttpResponse:
    """Say when the letter comes and what the caller does with the code."""
    found = mandate_or_404(call, mandate)
    page = {
        **of_call(call),
        "name": other_name(found, viewer=call.party),
        "is_open": found.representative_id is None,
        "by": day(letter_by(clock.today())),
    }
    return render(request, "pages/helpdesk/letter_sent.html", page)


def _send(request: HttpRequest, call: Call, form: CodeLetterForm) -> HttpResponse:
    try:
        mandate = letters.send_code_letter(
            call=call,
            helper=call.helper,
            services=form.cleaned_data["services"],
            duration=form.cleaned_data["duration"],
            said=form.said,
            now=clock.now(),
        )
    except (CallRefused, MandateRefused) as refused:
        return _asked(request, call, form, problem=sentence_for(refused.reason, viewer="agent"))
    return redirect("pages:caller-letter-sent", call=call.id, mandate=mandate)


def _asked(request: HttpRequest, call: Call, form: CodeLetterForm, *, problem: str = "") -> HttpResponse:
    page = {
        **of_call(call),
        "form": form,
        "problem": problem,
        "name": call.helper.person.name.full if call.helper else "",
        "too_strong": form.offered.too_strong,
        "to_nobody": Service.objects.filter(active=True).exclude(mandated_to__in=TO_PERSONS),
        "months": settings.OPEN_CODE_MONTHS,
    }
    return render(request, "pages/helpdesk/letter_what.html", page)


def _check(call: Call, form: CodeLetterForm) -> dict[str, Any]:
    """Give what is read out, with a mark of it: the yes counts for nothing else."""
    services, duration = form.cleaned_data["services"], form.cleaned_data["duration"]
    about = {"representee": call.party, "services": services}
    replaced = (
        queries.replaced_by_offer(representative=call.helper, from_day=clock.today(), **about) if call.helper else []
    )
    others = queries.running_with_others(representative=call.helper, today=clock.today(), **about)
    return {
        **of_call(call),
        "form": form,
        "name": call.helper.person.name.full if call.helper else "",
        "services": [service.name for service in services],
        "length": months_in_words(months_by_letter(duration, open_code=call.helper is None)),
        "left_out": [action.name for action in sensitive_actions(services)],
        "replaced": [line.service.name for line in replaced],
        "others": sorted({name_of(line.representative) for line in others if line.representative}),
        "by": day(letter_by(clock.today())),
        "seen": mark(
            call.helper_id,
            call.helper_is_open,
            [(service.key, service.version_id) for service in services],
            duration,
            sorted(str(line.id) for line in replaced),
        ),
    }


def _cannot(request: HttpRequest, call: Call) -> HttpResponse:
    page = {**of_call(call), "reasons": sentences_for(letters.stops_a_code(call))}
    return render(request, "pages/helpdesk/letter_cannot.html", page)
