"""Short words for appointments: Bram makes one with Anna, ten days from now in the morning."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from namens.appointments.actions import Comer, Plan, To, make, move
from namens.appointments.models import Appointment, Attendee, Role, Way
from namens.appointments.times import instant_of
from namens.lib.periods import Duration
from namens.mandates.models import Mandate, MandateRequest
from namens.organisations.models import Member
from namens.parties.models import Party
from tests.asking import met, stated
from tests.people import NOW, fresh, of, services

DAY = date(2026, 12, 3)
AT = time(10)


def at(day: date = DAY, hour: int = 10, minute: int = 0) -> datetime:
    """Give the instant at which clocks here show this."""
    return instant_of(day, at=time(hour, minute))


def plan(
    *,
    day: date = DAY,
    way: Way = Way.LETTER,
    only_during: bool = True,
    keys: Sequence[str] = ("mijn-toeslagen",),
    **changed: Any,  # noqa: ANN401 - any field of a plan
) -> Plan:
    """Give a plan: only during the appointment, with the code of a letter."""
    asks = way in {Way.LETTER, Way.HAND_OFF}
    length = Duration.TODAY if only_during else Duration.ONE_YEAR
    fields: dict[str, Any] = {
        "starts_at": at(day),
        "minutes": 60,
        "place": "Buurthuis De Brink",
        "services": services(*keys),
        "way": way,
        "duration": length if asks else None,
        "only_during": only_during and asks,
    }
    return Plan(**{**fields, **changed})


def meets(
    helper: Party,
    *,
    with_partner: bool = False,
    what: Plan | None = None,
    member: Member | None = None,
    now: datetime = NOW,
) -> Appointment:
    """Let a helper make an appointment with Anna, and perhaps with Carla as her partner."""
    wanted = what or plan()
    by_letter = wanted.way is Way.LETTER
    client = Comer("Mevrouw A.", stated(now=now).kept if by_letter else None)
    partner = Comer("Meneer C.", stated("carla", now=now).kept if by_letter else None) if with_partner else None
    return make(helper=helper, member=member, plan=wanted, client=client, partner=partner, now=now)


def moves(
    appointment: Appointment,
    helper: Party,
    *,
    day: date,
    now: datetime = NOW,
    member: Member | None = None,
    hour: int = 10,
) -> Appointment:
    """Let the keeper move it."""
    to = To(starts_at=at(day, hour), minutes=60, place="Thuis")
    return move(appointment=appointment.id, helper=helper, member=member, to=to, now=now)


def asked_of(appointment: Appointment, role: Role = Role.CLIENT) -> MandateRequest:
    """Give what was asked by letter of one who comes."""
    found = Attendee.objects.select_related("request__mandate").get(appointment=appointment, role=role).request
    assert found is not None
    return found


def waits_for(appointment: Appointment, client: Party, *, role: Role = Role.CLIENT, now: datetime = NOW) -> Mandate:
    """Let the worker compare what was stated, and give the mandate that waits."""
    return of(met(asked_of(appointment, role), fresh(client, now=now), now=now))


def again(appointment: Appointment) -> Appointment:
    """Give the appointment as the database has it now."""
    return Appointment.objects.get(id=appointment.id)
