"""How ready an appointment is, as its helper may know: made of days and of the helper's own input, until the yes.

Of client and partner nothing is said apart: together they are not complete, complete, or nothing came of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from namens.appointments.agenda import people
from namens.appointments.models import Appointment, Attendee, Role, Way
from namens.lib import clock
from namens.mandates.models import MandateRequest
from namens.mandates.waiting import UNMET_KEPT


class Ready(StrEnum):
    """How it stands."""

    NOTHING_ASKED = "nothing-asked"
    NOT_YET = "not-yet"
    COMPLETE = "complete"
    NOT_DONE = "not-done"


@dataclass(frozen=True)
class Readiness:
    """How it stands for everybody together."""

    ready: Ready
    is_pair: bool


def readiness_of(appointment: Appointment, *, today: date) -> Readiness:
    """Say how ready it is; `agenda.find` gave the appointment. No statement."""
    comers = people(appointment)
    is_pair = len(comers) > 1
    if not appointment.duration:
        return Readiness(Ready.NOTHING_ASKED, is_pair)
    if all(_said_yes(comer, client=comers[0]) for comer in comers):
        return Readiness(Ready.COMPLETE, is_pair)
    over = appointment.is_over or clock.day_of(appointment.starts_at) < today
    return Readiness(Ready.NOT_DONE if over and appointment.only_during else Ready.NOT_YET, is_pair)


def mandates_of(appointment: Appointment) -> list[UUID]:
    """Give the mandates of those who said yes, the client's first; `agenda.find` gave the appointment. No statement."""
    comers = people(appointment)
    asked = [one.mandate for comer in comers for one in _asked(comer, comers[0])]
    return [one.id for one in asked if one is not None and one.activated_at is not None]


def letter_of(comer: Attendee, *, today: date) -> MandateRequest | None:
    """Give the request by letter for this person, while it was not taken back, and as long as one that met nobody."""
    asked = comer.request if comer.way == Way.LETTER else None
    if asked is None or asked.withdrawn_at is not None or asked.waits_until < today - UNMET_KEPT:
        return None
    return asked


def _said_yes(comer: Attendee, *, client: Attendee) -> bool:
    return any(one.mandate is not None and one.mandate.activated_at is not None for one in _asked(comer, client))


def _asked(comer: Attendee, client: Attendee) -> Iterable[MandateRequest]:
    """Give what was asked of this person. Of the partner also what was handed over right after the client."""
    yield from (one for one in (comer.request, comer.at_table) if one is not None)
    if comer.role == Role.PARTNER and client.at_table is not None:
        yield from client.at_table.partners.all()
