"""What happens at Namens itself, in a process with the settings of the running programs; the journeys do it by hand."""

import sys

from tools import commands, places
from tools.practice import Practice


def gives_mandate(practice: Practice) -> None:
    """Let Anna give Bram a mandate for *Mijn toeslagen*, and Bram use the code."""
    _act(practice, "give")


def lets_an_organisation_help(practice: Practice) -> None:
    """Let Anna give Stichting Samen Sterk a mandate, where Fatima has a licence."""
    _act(practice, "work")


def stops_mandate(practice: Practice) -> None:
    """Let Anna stop it."""
    _act(practice, "stop")


def _act(practice: Practice, word: str) -> None:
    commands.output([places.PYTHON, "-m", __name__, word], environment=practice.environment())


def _here(word: str) -> None:
    import django  # noqa: PLC0415 - only in the process of its own, with the settings of the practice

    django.setup()
    from namens.lib import clock  # noqa: PLC0415 - as above
    from namens.mandates.actions import stop  # noqa: PLC0415 - as above
    from namens.mandates.models import Mandate  # noqa: PLC0415 - as above
    from tests.people import active, person  # noqa: PLC0415 - as above

    now = clock.now()
    if word == "work":
        from tests.journeys import at_work  # noqa: PLC0415 - as above

        at_work.begin(now)
        return
    anna, bram = (person(name, now=now) for name in ("anna", "bram"))
    if word == "give":
        active(anna, bram, now=now)
    else:
        stop(mandate=Mandate.objects.get(representee=anna, representative=bram).id, by=anna, now=now)


if __name__ == "__main__":
    _here(sys.argv[1])
