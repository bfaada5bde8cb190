"""How we write amounts and dates, in Dutch."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def euros(amount: int) -> str:
    """Write whole euros: € 24.500. The space does not break."""
    return f"€\u00a0{amount:,}".replace(",", ".")


def day(value: date) -> str:
    """Write a day: 22 december 2026."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime) -> str:
    """Write a moment as the clock on the wall here shows it: 22 december 2026 om 10.05 uur."""
    here = value.astimezone(HERE)
    return f"{day(here)} om {here:%H.%M} uur"
