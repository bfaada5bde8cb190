"""What happened at two organisations before a story begins, told as in `beforehand`.

At Stichting Samen Sterk Marijke is manager; Fatima and Gerard help. Anna and thirty others are its clients. At De Brug
Wouter helps nobody of them.
"""

import sys

from tools import commands, places
from tools.practice import Practice

TAKES_PART = "takes-part"
HELPS, BUSY, OTHER_TEAM, LICENCE_ENDED, LEFT_OUT = "helps", "busy", "other-team", "licence-ended", "left-out"


def samen_sterk_helps_anna(practice: Practice) -> None:
    """Let Fatima have a licence, and Anna have given Stichting Samen Sterk a mandate."""
    _tell(practice, HELPS)


def samen_sterk_takes_part(practice: Practice) -> None:
    """Let Fatima have a licence, and nobody have given Stichting Samen Sterk a mandate yet."""
    _tell(practice, TAKES_PART)


def fatima_has_work(practice: Practice) -> None:
    """Let Fatima look after Anna and two others whose mandates end soon, and have asked for a couple."""
    _tell(practice, BUSY)


def anna_is_of_another_team(practice: Practice) -> None:
    """Let Anna be a client of another team than Fatima's."""
    _tell(practice, OTHER_TEAM)


def marijke_ended_the_licence(practice: Practice) -> None:
    """Let Marijke have ended Fatima's licence."""
    _tell(practice, LICENCE_ENDED)


def anna_left_fatima_out(practice: Practice) -> None:
    """Let Anna not want to be helped by Fatima any more."""
    _tell(practice, LEFT_OUT)


def _tell(practice: Practice, word: str) -> None:
    commands.output([places.PYTHON, "-m", __name__, word], environment=practice.environment())


def _happen(word: str) -> None:
    import django  # noqa: PLC0415 - only in the process of its own, with the settings of the practice

    django.setup()
    from namens.lib import clock  # noqa: PLC0415 - as above
    from tests.journeys import at_work  # noqa: PLC0415 - as above

    happenings = {
        HELPS: at_work.begin,
        TAKES_PART: at_work.take_part,
        BUSY: at_work.give_fatima_work,
        OTHER_TEAM: at_work.move_anna,
        LICENCE_ENDED: at_work.end_licence_of_fatima,
        LEFT_OUT: at_work.leave_fatima_out,
    }
    happenings[word](clock.now())


if __name__ == "__main__":
    _happen(sys.argv[1])
