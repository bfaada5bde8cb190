"""What became of a request, for the client who opens its page again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from namens.appointments.queries import is_of_pair
from namens.lib import clock
from namens.mandates import requests_of
from namens.mandates.models import Mandate
from namens.mandates.refusals import MandateReason
from namens.mandates.states import EndReason, State
from namens.pages.mandates.second_yes import waits_sentences
from namens.pages.mandates.wording import day, hour, is_over, other_name
from namens.pages.sentences import sentence_for
from namens.parties.models import Kind, Party


def outcome_of(request: HttpRequest, asked: Mandate, *, viewer: Party) -> HttpResponse:
    """Say what became of it; a mandate that came of it and does not run any more tells that on its own page."""
    runs = asked.state == State.ACTIVE and not is_over(asked, clock.today())
    if asked.activated_at is not None and not runs:
        return redirect("pages:mandate", mandate=asked.id)
    name = other_name(asked, viewer=viewer)
    heading, sentences = _agreed(asked, name, viewer=viewer) if runs else _did_not_go_ahead(asked, name)
    actions = [{"url": reverse("pages:mandates"), "label": _("To my mandates"), "kind": "primary"}]
    if requests_of.can_be_reported(asked):
        url = reverse("pages:report-refused", args=[asked.id])
        actions.insert(0, {"url": url, "label": _("Report this"), "kind": "negative"})
    if runs:
        actions.insert(0, {"url": reverse("pages:mandate", args=[asked.id]), "label": _("See this mandate")})
    page = {"heading": heading, "sentences": sentences, "actions": actions, "section": "pages:mandates"}
    return render(request, "message.html", page)


def _agreed(asked: Mandate, name: str, *, viewer: Party) -> tuple[str, list[str]]:
    services = ", ".join(line.service.name for line in asked.shown_lines if line.stopped_at is None)
    until = {"name": name, "day": day(asked.last_day)}
    confirms = _("The code from the letter is not needed any more. You get a letter that confirms this.")
    return _("You said yes"), [
        *([_away_with_the_phone(asked)] if asked.closes_at else []),
        _("%(name)s may do this for you now, up to and including %(day)s.") % until,
        _("It is about: %(services)s.") % {"services": services},
        *waits_sentences(asked, client=viewer),
        _("You get a letter that confirms this.") if asked.closes_at else confirms,
        _("You can stop at any moment, in My mandates or by calling the helpdesk. It works at once."),
    ]


def _away_with_the_phone(asked: Mandate) -> str:
    """Tell who sits at the table that it is done. Of a pair nobody hears what the other one does."""
    if is_of_pair(asked):
        return _("You can put your phone away. Your helper sees it when everything is complete.")
    return _("You can put your phone away. Your helper sees it now.")


def _did_not_go_ahead(asked: Mandate, name: str) -> tuple[str, list[str]]:
    if asked.end_reason == EndReason.DECLINED:
        return _declined(asked, name)
    if requests_of.is_taken_back(asked):
        taken_back = _("%(name)s took the request back. You do not have to do anything.") % {"name": name}
        return _("This request is over"), [taken_back]
    if asked.end_reason == EndReason.REPLACED:
        return _("This request is over"), [_("A newer mandate took its place.")]
    if asked.end_reason and EndReason(asked.end_reason).is_block:
        return _("This is not possible"), [_why_blocked(asked), _("Do you have questions? Call the helpdesk.")]
    if asked.end_reason == EndReason.WITHDRAWN:
        return _("This request is over"), [_("You stopped it yourself.")]
    late = _too_late(asked)
    again = _("Do you still want this help? Ask %(name)s to ask again.") % {"name": name}
    return _("This request is over"), [late, again]


def _too_late(asked: Mandate) -> str:
    if asked.closes_at is not None:
        until = {"day": day(clock.day_of(asked.closes_at)), "time": hour(asked.closes_at)}
        return _("You could answer until %(day)s, %(time)s.") % until
    return _("You could answer up to and including %(day)s.") % {"day": day(asked.waits_until or asked.last_day)}


def _why_blocked(asked: Mandate) -> str:
    """Give the reason when it is surely the client's own; what the register says of a helper is nobody else's."""
    if asked.end_reason == EndReason.BLOCKED_GUARDIANSHIP:
        return sentence_for(MandateReason.GIVER_UNDER_GUARDIANSHIP)
    return _("The mandate ended because the law does not allow it any more.")


def _declined(asked: Mandate, name: str) -> tuple[str, list[str]]:
    silent = _("%(name)s hears nothing of it. The code from the letter does not work any more.") % {"name": name}
    if asked.closes_at is not None:
        silent = _("%(name)s hears nothing of it.") % {"name": name}
    if requests_of.is_reported(asked):
        looked_into = _("The helpdesk looks into it. You do not have to do anything more.")
        call = _("Do you think that somebody misuses your data? Call the helpdesk.")
        of_organisation = asked.representative is not None and asked.representative.kind == Kind.ORGANISATION
        person, organisation = (
            _("We know that you do not know this person"),
            _("We know that you do not know this organisation"),
        )
        return (organisation if of_organisation else person), [silent, looked_into, call]
    return _("You said no"), [silent, *(_of_swindlers() if asked.closes_at else [])]


def _of_swindlers() -> list[str]:
    return [
        _("Did somebody call, mail or text you about this? Then it can be a swindler. Hang up, and do not answer."),
        _("Namens, your bank and the government never ask you by phone to scan a QR code or to fill in a number."),
        _("Would you like this person to be stopped? Report it. The helpdesk looks into it."),
    ]
