"""How long a mandate can run, in the words that people choose from."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namens.lib.periods import Duration
from namens.pages.mandates.wording import day
from namens.pages.widgets import Described

LENGTHS: dict[Duration, str | Promise] = {
    Duration.TODAY: gettext_lazy("Only one day"),
    Duration.ONE_MONTH: gettext_lazy("1 month"),
    Duration.SIX_MONTHS: gettext_lazy("6 months"),
    Duration.ONE_YEAR: gettext_lazy("1 year"),
    Duration.THREE_YEARS: gettext_lazy("3 years"),
    Duration.FIVE_YEARS: gettext_lazy("5 years"),
}


def lengths(first_day: date, *, longest: date) -> list[tuple[str, Described]]:
    """Give the lengths that fit, each with the last day that it leads to."""
    ends = {duration: duration.last_day(first_day) for duration in Duration}
    return [
        (duration.value, Described(LENGTHS[duration], _("Up to and including %(day)s") % {"day": day(end)}))
        for duration, end in ends.items()
        if end <= longest
    ]
