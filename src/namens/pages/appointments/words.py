"""An appointment in plain words: when it is, how it stands, and what is ready, as far as its helper may know."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from namens.appointments.models import Appointment, Outcome, Way
from namens.appointments.readiness import Readiness, Ready
from namens.appointments.refusals import AppointmentRefused
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates.refusals import MandateRefused
from namens.pages.helper.working import told_helper
from namens.pages.lengths import LENGTHS
from namens.pages.sentences import sentence_for


@dataclass(frozen=True)
class Standing:
    """A badge with its tone, and perhaps a sentence."""

    state: str
    tone: str
    sentence: str = ""


def told(refused: AppointmentRefused | MandateRefused) -> str:
    """Give a refusal in one sentence for a helper."""
    if isinstance(refused, MandateRefused):
        return told_helper(refused)
    return sentence_for(refused.reason, viewer="helper")


def weekday(day: date) -> str:
    """Give a day as people say it: donderdag 3 december 2026."""
    return date_format(day, "l j F Y")


def hours(starts_at: datetime, *, minutes: int) -> str:
    """Give from when until when, on clocks here."""
    begins = starts_at.astimezone(clock.AMSTERDAM)
    ends = (starts_at + timedelta(minutes=minutes)).astimezone(clock.AMSTERDAM)
    return _("%(begins)s to %(ends)s") % {"begins": date_format(begins, "H:i"), "ends": date_format(ends, "H:i")}


def when_words(starts_at: datetime, *, minutes: int) -> list[str]:
    """Give the day and the hours."""
    return [weekday(clock.day_of(starts_at)), hours(starts_at, minutes=minutes)]


def for_how_long(duration: Duration) -> str:
    """Give the length; one day only is for the appointment itself."""
    return _("Only during the appointment") if duration is Duration.TODAY else str(LENGTHS[duration])


def way_words(way: Way) -> str:
    """Give how they say yes."""
    return {
        Way.LETTER: _("With a code from a letter"),
        Way.HAND_OFF: _("On the own phone, at the table"),
        Way.HERE: _("The client logs in and does it together with you"),
        Way.RUNS: _("The mandate runs already"),
    }[way]


def standing(appointment: Appointment, *, now: datetime) -> Standing:
    """Say how an appointment itself stands."""
    if appointment.cancelled_at is not None:
        return Standing(_("Cancelled"), "neutral")
    if appointment.closed_at is not None:
        held = appointment.outcome == Outcome.HELD
        return Standing(_("Closed"), "neutral", "" if held else _("It did not take place."))
    if appointment.was_forgotten(now):
        return Standing(_("Not closed"), "warning", _("This day is past. You did not close the appointment."))
    if appointment.opened_at is not None:
        return Standing(_("Has begun"), "positive")
    if clock.day_of(appointment.starts_at) == clock.day_of(now):
        return Standing(_("Today"), "warning")
    return Standing(_("Is coming"), "neutral")


def ready_sentence(readiness: Readiness, *, only_during: bool) -> Standing:
    """Say how ready it is. Of two people nothing is said apart."""
    if readiness.ready is Ready.COMPLETE:
        for_both = _("Both said yes. You can help both now.") if readiness.is_pair else ""
        return Standing(_("Active"), "positive", for_both or _("There is a yes. You can help now."))
    if readiness.ready is Ready.NOT_DONE:
        return Standing(_("Did not go ahead"), "neutral")
    if readiness.ready is Ready.NOT_YET and readiness.is_pair:
        return Standing(_("Not complete yet"), "warning", _("Client and partner each say yes for themselves."))
    if readiness.ready is Ready.NOT_YET:
        words = (
            _("There is no yes yet. It can be given on the day itself.") if only_during else _("There is no yes yet.")
        )
        return Standing(_("Not ready yet"), "warning", words)
    return Standing("", "neutral")
