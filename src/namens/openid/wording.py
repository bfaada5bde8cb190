"""Days and services in plain words, on the pages between a portal and its login."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from namens.mandates.decision import Permit


def written(day: date) -> str:
    """Give a date as people write it: 22 december 2026."""
    return date_format(day, "j F Y")


def services_until(permits: Iterable[Permit], *, names: Mapping[str, str]) -> str:
    """Give what may be done until when: the services by name, and the first last day."""
    permits = list(permits)
    until = _("until and including %(day)s") % {"day": written(min(permit.last_day for permit in permits))}
    return f"{', '.join(names[permit.service] for permit in permits)}, {until}"
