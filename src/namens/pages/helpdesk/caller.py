"""The page of a client who calls: the own mandates, and what can be done with each."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from namens.helpdesk import actions, queries
from namens.helpdesk.letters import stops_a_code
from namens.helpdesk.models import Call, Caller
from namens.lib import clock
from namens.lib.languages import DUTCH, language
from namens.mandates.models import Mandate
from namens.mandates.states import State
from namens.pages.helpdesk.calls import in_call, mandate_or_404, of_call
from namens.pages.helpdesk.letters import letters_to
from namens.pages.helpdesk.line import waiting_lines
from namens.pages.helpdesk.obstacles import sentences_for
from namens.pages.helpdesk.post import can_be_sent_again
from namens.pages.helpdesk.reports import kinds_now
from namens.pages.mandates.detail import left_out_sentences
from namens.pages.mandates.wording import Wording, day, describe, is_over, line_sentence, other_name
from namens.pages.rows import Row
from namens.parties.facts import StopSignal
from namens.population.addresses import Obstacle


@dataclass(frozen=True)
class MandateRow:
    """One line of the table: the mandate in the words that the client reads."""

    id: UUID
    wording: Wording


@require_safe
@in_call(Caller.CLIENT)
def caller(request: HttpRequest, call: Call) -> HttpResponse:
    """Show what the caller has."""
    today = clock.today()
    running, ended = queries.given_by_caller(call, today=today)
    person = call.party.person
    page = {
        **of_call(call),
        "running": [_row(mandate, call, today) for mandate in running],
        "ended": [_row(mandate, call, today) for mandate in ended],
        "letters": letters_to(call, now=clock.now()),
        "waiting": waiting_lines(of=call.party),
        "can_send_code": not stops_a_code(call),
        "obstacles": sentences_for(set(stops_a_code(call)) - {Obstacle.GUARDIANSHIP, Obstacle.UNDER_AGE}),
        "large_print": person.large_print,
        "other_language": "" if person.reads == DUTCH else language(person.reads).name,
        "has_guardian": StopSignal.GUARDIANSHIP in person.facts.signals,
        "is_adult": person.is_adult_on(today),
    }
    return render(request, "pages/helpdesk/caller.html", page)


@require_safe
@in_call(Caller.CLIENT)
def one_mandate(request: HttpRequest, call: Call, mandate: UUID) -> HttpResponse:
    """Show one mandate of the caller, with what can be done."""
    found, today = mandate_or_404(call, mandate), clock.today()
    over = is_over(found, today)
    page = {
        **of_call(call),
        "mandate": found,
        "wording": describe(found, viewer=call.party, today=today),
        "rows": _details(found, call, today),
        "can_stop": not over,
        "can_report": bool(kinds_now(found)),
        "can_restore": not over and found.state == State.SUSPENDED,
        "can_send_again": can_be_sent_again(found),
        "can_shorten": not over and found.state == State.ACTIVE,
    }
    return render(request, "pages/helpdesk/mandate.html", page)


@require_POST
@in_call(Caller.CLIENT)
def hang_up(request: HttpRequest, call: Call) -> HttpResponse:  # noqa: ARG001 - a view
    """End the call of a client."""
    actions.hang_up(call=call, now=clock.now())
    return redirect("pages:caller-find")


def _row(mandate: Mandate, call: Call, today: date) -> MandateRow:
    return MandateRow(id=mandate.id, wording=describe(mandate, viewer=call.party, today=today))


def _details(mandate: Mandate, call: Call, today: date) -> list[Row]:
    return [
        Row(_("Helper"), [other_name(mandate, viewer=call.party)]),
        Row(_("Services"), [line_sentence(line, mandate, today) for line in mandate.shown_lines]),
        Row(_("First day"), [day(mandate.first_day)]),
        Row(_("Not allowed"), left_out_sentences(mandate)),
    ]
