"""What Namens tells us: an event, signed. We check it, do what it asks of us, and only then say that we have it."""

import logging

from flask import Blueprint, Response, g, make_response, request
from namens_client import (
    DisputeEvent,
    Event,
    ExclusionEvent,
    HeardBefore,
    Helper,
    LicenceEvent,
    MandateEvent,
    Member,
    NoAnswer,
    Webhook,
    WrongMessage,
)

from mijn_toeslagen import asking
from mijn_toeslagen import visitor as visitors
from mijn_toeslagen.portal import Portal, portal
from mijn_toeslagen.sessions import Login

PATH = "/namens/gebeurtenissen"
TAKEN, WRONG, NOT_NOW = 204, 400, 503
blueprint = Blueprint("hearing", __name__)
log = logging.getLogger("portal")


@blueprint.post(PATH)
def receive() -> Response:
    """Hear an event. With anything but a 2xx Namens comes again later."""
    here = portal()
    known = here.secrets.read() if here.settings.exchanges else []
    if not known:
        return make_response("", NOT_NOW)
    try:
        event = Webhook(*known, seen=here.heard.was_heard, clock=here.clock).verify(
            request.get_data(), dict(request.headers)
        )
        take(event, here)
        _look_for_gap(event, here)
    except HeardBefore:
        return make_response("", TAKEN)
    except WrongMessage as problem:
        log.warning("request %s: no event of Namens: %s", g.request_id, problem)
        return make_response("", WRONG)
    except NoAnswer as problem:
        log.warning("request %s: event not taken yet: %s", g.request_id, problem)
        return make_response("", NOT_NOW)
    return make_response("", TAKEN)


def take(event: Event, here: Portal) -> None:
    """Do what this event asks of us, then remember it; twice is no harm. Raises NoAnswer."""
    note(event, here)
    match event:
        case MandateEvent() if event.is_over and here.settings.service_key in event.services:
            here.sessions.end_all(login.sid for login in here.sessions.logins() if login.mandate == str(event.mandate))
        case LicenceEvent():
            ask_again(here, member=event.member)
        case ExclusionEvent() if event.excluded:
            ask_again(here, member=event.member)
        case DisputeEvent():
            here.reports.dispute(event.reference, now=event.at)
    here.heard.remember(event, now=here.clock())


def note(event: Event, here: Portal) -> None:
    """Keep what an event says of a mandate in our own list."""
    if isinstance(event, MandateEvent):
        here.mandates.note(event)


def ask_again(here: Portal, *, member: Member | None = None) -> None:
    """Ask for each login of this member whether it still may go on; end those that may not. Raises NoAnswer.

    Without a member: for those of all members.
    """
    settings = here.settings
    asked = []
    for login in here.sessions.logins():
        visitor = visitors.read(login.claims, issuer=settings.issuer, service_key=settings.service_key)
        if visitor.acting is not None and _is_about(asking.helper(visitor, visitor.acting), member):
            asked.append((login, visitor, visitor.acting))
    questions = [
        asking.question(visitor, acting, service=settings.service_key, level=login.level)
        for login, visitor, acting in asked
    ]
    # Who cannot ask takes nobody's word for it.
    machine = here.machine if settings.decisions else None
    decisions = machine.may_all(questions) if machine else [False for _ in questions]
    over: list[Login] = [one[0] for one, decision in zip(asked, decisions, strict=True) if not decision]
    here.sessions.end_all(login.sid for login in over)


def _is_about(helper: Helper, member: Member | None) -> bool:
    return helper == member if member is not None else isinstance(helper, Member)


def _look_for_gap(event: Event, here: Portal) -> None:
    """Wake who catches up when an older event did not come, or not yet: then it is read twice and taken once."""
    if here.heard.has_gap_before(event):
        here.something_missed.set()
        here.something_to_report.set()
