"""The ways in which client and partner can say yes, with what each takes, and why one cannot be chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from namens.appointments.letter_days import first_day_with_letter, letter_days
from namens.appointments.models import Way
from namens.appointments.refusals import AppointmentReason, AppointmentRefused
from namens.lib.assurance import AssuranceLevel
from namens.mandates.letters import letter_by
from namens.mandates.terms import LETTER_STANDS_FOR
from namens.pages.mandates.wording import day as written
from namens.pages.widgets import Described
from namens.services.models import Service
from namens.signin.session import Visitor


@dataclass(frozen=True)
class Ways:
    """What can be chosen, and sentences about a letter that cannot."""

    choices: dict[Way, Described]
    no_letter: list[str]


def ways_for(visitor: Visitor, *, day: date, services: list[Service], runs: bool, today: date) -> Ways:
    """Give the ways for an appointment on this day about these services; `runs`: their mandate covers all of it."""
    no_letter = list(_no_letter(visitor, day, services, today))
    choices: dict[Way, Described] = {}
    if runs:
        running = _("Your mandate runs on that day. Your client has to do nothing.")
        choices[Way.RUNS] = Described(_("They mandated me already"), running)
    if not no_letter:
        by = {"day": written(letter_days(day, today=today).letter_by)}
        about = _("You need the BSN and the date of birth. The letter is there on %(day)s at the latest.") % by
        choices[Way.LETTER] = Described(_("With a code from a letter"), about)
    choices[Way.HAND_OFF] = Described(
        _("On the own phone, at the table"),
        _("Your client logs in there with DigiD and says yes. You need no BSN."),
    )
    choices[Way.HERE] = Described(
        _("My client logs in and does it together with me"),
        _("No mandate is needed. You have no access before or after the talk."),
    )
    return Ways(choices=choices, no_letter=no_letter)


def _no_letter(visitor: Visitor, day: date, services: list[Service], today: date) -> Iterator[str]:
    """Say why a letter cannot be chosen; nothing when it can."""
    if visitor.member is not None and not visitor.member.organisation.may_process_bsn:
        yield _("Your organisation may not process citizen service numbers (BSN). So you cannot let a letter be sent.")
        return
    strong = [one.name for one in services if AssuranceLevel(one.minimum_level).rank > LETTER_STANDS_FOR.rank]
    if strong:
        yield _("A letter is not enough for: %(services)s. Your client has to log in.") % {
            "services": ", ".join(strong)
        }
    try:
        letter_days(day, today=today)
    except AppointmentRefused as refused:
        yield from _not_in_time(refused.reason, today)


def _not_in_time(reason: AppointmentReason, today: date) -> Iterator[str]:
    if reason is AppointmentReason.LETTER_TOO_FAR:
        yield _("This day is more than %(days)s days away. A letter that is asked for today counts no more then.") % {
            "days": settings.REQUEST_DAYS
        }
        return
    days = {"letter": written(letter_by(today)), "day": written(first_day_with_letter(today))}
    yield _("A letter with a code would come too late: it is there on %(letter)s at the latest.") % days
    yield _("With a letter the appointment can be on %(day)s, or later.") % days
