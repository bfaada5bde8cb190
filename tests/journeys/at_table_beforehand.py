"""What cannot be seen with eyes: what a camera reads in a QR. And what an operator decided. As in `beforehand`."""

import sys
from datetime import timedelta

from django.db.models import F

from tools import commands, places
from tools.practice import Practice
from tools.say import line

QR, NO_BSN, LONG_AGO = "qr", "no-bsn", "long-ago"


def read_by_a_camera(practice: Practice) -> str:
    """Give the address in the QR that was made last."""
    return _tell(practice, QR).strip().splitlines()[-1]


def nobody_may_type_a_bsn(practice: Practice) -> None:
    """Let no organisation process BSNs."""
    _tell(practice, NO_BSN)


def three_weeks_ago(practice: Practice) -> None:
    """Let every mandate have begun three weeks ago, so that the letter about it is there."""
    _tell(practice, LONG_AGO)


def _tell(practice: Practice, word: str) -> str:
    return commands.output([places.PYTHON, "-m", __name__, word], environment=practice.environment())


def _happen(word: str) -> None:
    import django  # noqa: PLC0415 - only in the process of its own, with the settings of the practice

    django.setup()
    from namens.appointments.models import HandOff  # noqa: PLC0415 - as above
    from namens.appointments.queries import shown  # noqa: PLC0415 - as above
    from namens.mandates.models import Mandate  # noqa: PLC0415 - as above
    from namens.organisations.models import Organisation  # noqa: PLC0415 - as above

    if word == LONG_AGO:
        Mandate.objects.update(activated_at=F("activated_at") - timedelta(days=21))
        return
    if word == NO_BSN:
        Organisation.objects.update(may_process_bsn=False)
        return
    made = HandOff.objects.latest("made_at")
    kept = shown(made, now=made.made_at)
    assert kept is not None
    line(f"/h/{kept.id.reveal()}")


if __name__ == "__main__":
    _happen(sys.argv[1])
