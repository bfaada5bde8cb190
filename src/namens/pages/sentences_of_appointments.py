"""Refusals of what is done with an appointment, in plain sentences. Part of `sentences`."""

from enum import StrEnum

from django.utils.translation import gettext_noop

from namens.appointments.refusals import AppointmentReason

APPOINTMENTS: dict[StrEnum, str] = {
    AppointmentReason.NOT_YOURS: gettext_noop("We do not find this appointment among yours. Look in your list."),
    AppointmentReason.PAST: gettext_noop("This moment is past. Choose a later day or time."),
    AppointmentReason.TOO_FAR: gettext_noop("This is more than three months away. Choose an earlier day."),
    AppointmentReason.OVER_MIDNIGHT: gettext_noop(
        "An appointment ends on its own day. Choose an earlier time, or a shorter one."
    ),
    AppointmentReason.NO_SUCH_TIME: gettext_noop(
        "This time does not exist: summer time begins that night. Choose another time."
    ),
    AppointmentReason.TIME_TWICE: gettext_noop(
        "This time is there twice: summer time ends that night. Choose another time."
    ),
    AppointmentReason.LETTER_TOO_LATE: gettext_noop(
        "A letter comes too late for this day. Choose another way, or a later day."
    ),
    AppointmentReason.LETTER_TOO_FAR: gettext_noop(
        "This day is too far away for a letter. Choose another way, or an earlier day."
    ),
    AppointmentReason.NOT_COVERED: gettext_noop(
        "The mandate is not for all of these services on that day. Choose another way to ask."
    ),
    AppointmentReason.NOTHING_ASKED: gettext_noop("Nothing is asked for this appointment. Nobody has to say yes."),
    AppointmentReason.NOT_TODAY: gettext_noop("This can be done on the day of the appointment."),
    AppointmentReason.OVER: gettext_noop("This appointment is over. You can make a new one."),
    AppointmentReason.OPEN: gettext_noop("This appointment has begun. You can close it."),
}
