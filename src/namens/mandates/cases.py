"""Cases: mandates that were reported as wrong and wait, each with a number by which a colleague finds it.

The number looks like no code: it has six symbols behind a word whose first letter is in no code.
"""

from datetime import date
from typing import NewType

from namens.lib import clock, friendly, workdays
from namens.mandates.models import Report, ReportKind
from namens.mandates.states import State

PREFIX = "ZAAK"
SYMBOLS = 6
WORKING_DAYS = 1

SoundCaseNumber = NewType("SoundCaseNumber", str)


class InvalidCaseNumber(ValueError):
    """What was typed cannot be a case number."""

    def __init__(self) -> None:
        super().__init__("not a case number")


def new_case_number() -> str:
    """Give a random number that no case has."""
    number = friendly.generate(SYMBOLS)
    while Report.objects.filter(case_number=number).exists():
        number = friendly.generate(SYMBOLS)
    return number


def parse_case_number(text: str) -> SoundCaseNumber:
    """Read what an agent typed, with or without the word in front. Raises InvalidCaseNumber."""
    number = friendly.tidy(text).removeprefix(PREFIX)
    if not friendly.is_sound(number, symbols=SYMBOLS):
        raise InvalidCaseNumber
    return SoundCaseNumber(number)


def case_in_words(number: str) -> str:
    """Give a case number as people read it out: `ZAAK-7K3-M4P`."""
    return f"{PREFIX}-{friendly.grouped(number, size=3)}"


def proposed_case(*, number: SoundCaseNumber) -> Report | None:
    """Give the case with this number when a first agent proposed to let its mandate go on."""
    found = Report.objects.filter(
        case_number=number, closed_at__isnull=True, first_agent__isnull=False, mandate__state=State.SUSPENDED
    )
    return found.exclude(kind=ReportKind.SPELLING).select_related("mandate__representee").first()


def open_cases() -> list[Report]:
    """Give what waits for the helpdesk: reports that keep a mandate from being used, oldest first."""
    waiting = Report.objects.filter(closed_at__isnull=True, mandate__state=State.SUSPENDED)
    return list(waiting.exclude(kind=ReportKind.SPELLING).order_by("opened_at", "id"))


def is_late(case: Report, *, today: date) -> bool:
    """Say whether the working day in which the helpdesk must act is over."""
    return workdays.after_working_days(clock.day_of(case.opened_at), number=WORKING_DAYS) < today
