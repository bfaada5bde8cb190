"""What cannot be seen with eyes: what a camera reads in a QR. And what an operator decided. As in `beforehand`."""

import sys

from tools import commands, places
from tools.practice import Practice
from tools.say import line

QR, NO_BSN = "qr", "no-bsn"


def read_by_a_camera(practice: Practice) -> str:
    """Give the address in the QR that was made last."""
    return _tell(practice, QR).strip().splitlines()[-1]


def nobody_may_type_a_bsn(practice: Practice) -> None:
    """Let no organisation process BSNs."""
    _tell(practice, NO_BSN)


def _tell(practice: Practice, word: str) -> str:
    return commands.output([places.PYTHON, "-m", __name__, word], environment=practice.environment())


def _happen(word: str) -> None:
    import django  # noqa: PLC0415 - only in the process of its own, with the settings of the practice

    django.setup()
    from namens.appointments.models import HandOff  # noqa: PLC0415 - as above
    from namens.appointments.queries import shown  # noqa: PLC0415 - as above
    from namens.organisations.models import Organisation  # noqa: PLC0415 - as above

    if word == NO_BSN:
        Organisation.objects.update(may_process_bsn=False)
        return
    made = HandOff.objects.latest("made_at")
    kept = shown(made, now=made.made_at)
    assert kept is not None
    line(f"/h/{kept.id.reveal()}")


if __name__ == "__main__":
    _happen(sys.argv[1])
