"""Dutch working days, as the Algemene termijnenwet counts them (article 3).

No working days are: Saturdays and Sundays; New Year's Day, Easter Monday, Ascension Day, Whit Monday, both Christmas
Days, King's Day and 5 May (every year) by paragraph 1; Good Friday by paragraph 2. The single days that a royal decree
adds now and then (paragraph 3) are not here: they only ever make a term longer.
"""

from datetime import date, timedelta
from functools import lru_cache

SATURDAY = 5
SUNDAY = 6


def is_working_day(day: date) -> bool:
    """Say whether people work on this day."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def after_working_days(day: date, *, number: int) -> date:
    """Give the day on which `number` working days have passed; `day` itself does not count, and is given for zero."""
    found = day
    for _ in range(number):
        found += timedelta(days=1)
        while not is_working_day(found):
            found += timedelta(days=1)
    return found


def working_day_before(day: date) -> date:
    """Give the last working day before this day: on a Monday it is Friday."""
    found = day - timedelta(days=1)
    while not is_working_day(found):
        found -= timedelta(days=1)
    return found


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """Give the holidays of a year (2014 or later: before that the Queen's birthday was kept)."""
    easter = easter_sunday(year)
    movable = (easter + timedelta(days=days) for days in (-2, 1, 39, 50))
    fixed = (date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26))
    return frozenset((*movable, *fixed, kings_day(year)))


def kings_day(year: int) -> date:
    """Give the day on which the King's birthday is kept: 27 April, or the day before when that is a Sunday."""
    birthday = date(year, 4, 27)
    return birthday - timedelta(days=1) if birthday.weekday() == SUNDAY else birthday


def easter_sunday(year: int) -> date:
    """Give Easter Sunday: the first Sunday after the first full moon of spring, by the Gregorian calendar's tables.

    The moon's age follows from the year's place in the cycle of nineteen years, put right for the leap days that
    centuries skip (the solar equation) and for the cycle's drift of eight days in 2500 years (the lunar equation).
    """
    century = year // 100
    solar, lunar = century - century // 4, (8 * century + 13) // 25
    age = (19 * (year % 19) + solar - lunar + 15) % 30
    # Two full moons of the tables would fall a day too late; then the day before is taken.
    age -= 1 if age == 29 or (age == 28 and year % 19 > 10) else 0
    full_moon = date(year, 3, 21) + timedelta(days=age)
    return full_moon + timedelta(days=SUNDAY - full_moon.weekday() or 7)
