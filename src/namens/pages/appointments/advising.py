"""The guide inside an appointment: filled in with what is known, so that only what the helper knows is asked."""

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from namens.appointments.models import Way
from namens.pages.guide.advice import Answers, Helper, Reach, Situation, advise
from namens.pages.guide.advice import Way as Advised
from namens.pages.guide.answers import as_parameters
from namens.signin.session import Visitor

_FITTING = {
    Way.LETTER: frozenset({Advised.APPOINTMENT, Advised.ASK}),
    Way.HAND_OFF: frozenset({Advised.HAND_OFF}),
    Way.HERE: frozenset({Advised.CLIENT_LOGS_IN}),
}


def guide_url(visitor: Visitor, *, day: date, has_partner: bool, only_during: bool) -> str:
    """Give the address of the guide for this appointment. Nothing in it says who anybody is."""
    known = _known(visitor, day=day, has_partner=has_partner)
    return _address("pages:which-way", replace(known, reach=Reach.DURING if only_during else None))


def card_url(visitor: Visitor, *, day: date, has_partner: bool, way: Way, only_during: bool, today: date) -> str:
    """Give the address of the card with pictures for this appointment; empty when no card tells just this."""
    by_letter = way is Way.LETTER
    answers = replace(
        _known(visitor, day=day, has_partner=has_partner),
        bsn=by_letter,
        digid=not by_letter,
        can_log_in=None if by_letter else True,
        reach=Reach.DURING if way is Way.HERE or (by_letter and only_during) else Reach.AROUND,
    )
    fits = advise(answers, today=today).way in _FITTING.get(way, frozenset())
    return _address("pages:which-way-card", answers) if fits else ""


def _known(visitor: Visitor, *, day: date, has_partner: bool) -> Answers:
    member = visitor.member
    return Answers(
        situation=Situation.ORDINARY,
        helper=Helper.ORGANISATION if member else Helper.PRIVATE,
        eherkenning=True if member else None,
        bsn=member.organisation.may_process_bsn if member else None,
        partner=has_partner,
        day=day,
    )


def _address(page: str, answers: Answers) -> str:
    return f"{reverse(page)}?{urlencode(as_parameters(answers))}"
