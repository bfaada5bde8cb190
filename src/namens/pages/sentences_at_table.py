"""Refusals of what is opened and made at the table, in plain sentences. Part of `sentences`."""

from enum import StrEnum

from django.utils.translation import gettext_noop

from namens.appointments.refusals import HandOffReason

AT_TABLE: dict[StrEnum, str] = {
    HandOffReason.GONE: gettext_noop("This address does not work (any more). Ask your helper for a new one."),
    HandOffReason.OWN: gettext_noop(
        "You made this yourself. Let your client open it, on the own phone and with the own DigiD."
    ),
    HandOffReason.SAME_PERSON_TWICE: gettext_noop(
        "This one is for the other of you two. Let your partner open it, with the own phone and the own DigiD."
    ),
    HandOffReason.PAUSED: gettext_noop("You tried too often. Wait a day, or call the helpdesk."),
    HandOffReason.TOO_MANY: gettext_noop(
        "You have made as many QR codes as is possible in a day. Tomorrow you can make new ones."
    ),
    HandOffReason.NOT_YOURS: gettext_noop("We do not find this QR code among yours. Make a new one."),
}
