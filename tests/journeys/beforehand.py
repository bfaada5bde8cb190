"""What happened before a story begins, told to the database in a process with the settings of the running programs.

How a mandate is given and used is seen in the journeys about just that; here it is only where another story starts.
"""

import sys

from tools import commands, places
from tools.practice import Practice

SERVICES = ("mijn-toeslagen", "inkomstenbelasting")
GIVEN, USED, ASKED = "given", "used", "asked"


def anna_gave_bram(practice: Practice) -> None:
    """Let Anna have given Bram a mandate for a year, for income tax and allowances; the code was not used yet."""
    _tell(practice, GIVEN)


def anna_had_bram(practice: Practice) -> None:
    """Let Anna have given Bram that mandate, and Bram have used the code."""
    _tell(practice, USED)


def bram_asked_anna(practice: Practice) -> None:
    """Let Bram have asked Anna for that mandate, and the register have said that it is her; the letter is under way."""
    _tell(practice, ASKED)


def _tell(practice: Practice, word: str) -> None:
    commands.output([places.PYTHON, "-m", __name__, word], environment=practice.environment())


def _happen(word: str) -> None:
    import django  # noqa: PLC0415 - only in the process of its own, with the settings of the practice

    django.setup()
    from namens.lib import clock  # noqa: PLC0415 - as above
    from tests import people  # noqa: PLC0415 - as above
    from tests.pages.client.agreeing import asked_of  # noqa: PLC0415 - as above

    now = clock.now()
    anna, bram = (people.person(name, now=now) for name in ("anna", "bram"))
    if word == ASKED:
        asked_of(anna, bram, keys=SERVICES, now=now)
        return
    given = people.give(anna, bram, what=people.terms(*SERVICES, first_day=clock.day_of(now)), now=now)
    if word == USED:
        people.use_code(given, bram, now=now)


if __name__ == "__main__":
    _happen(sys.argv[1])
