"""An appointment as a file for a calendar (RFC 5545): when it is, and nothing else.

Calendars are copied to telephones and to companies elsewhere. So neither the place as the helper typed it, nor who
comes, nor what it is about stands in the file.
"""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from namens.appointments.models import Appointment
from namens.lib import clock

PRODUCT = "-//Namens//Afspraken//NL"
# How much of the history of summer time goes along (RFC 5545, 3.6.5): enough for a day of this one.
AROUND = timedelta(days=366)


def as_calendar(appointment: Appointment, *, now: datetime) -> bytes:
    """Give the file. The same UID with a higher SEQUENCE changes what a calendar has; a cancelled one is taken out."""
    cancelled = appointment.cancelled_at is not None
    begins = appointment.starts_at.astimezone(clock.AMSTERDAM)
    event = Event()
    event.add("uid", f"{appointment.id}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", now)
    event.add("sequence", appointment.sequence)
    event.add("dtstart", begins)
    event.add("dtend", appointment.ends_at.astimezone(clock.AMSTERDAM))
    event.add("summary", "Afspraak")
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones(first_date=begins.date() - AROUND, last_date=begins.date() + AROUND)
    written: bytes = calendar.to_ical()
    return written
