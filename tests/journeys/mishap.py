"""Trouble on purpose: DigiD or the population register is slow, down or broken, or knows somebody no more."""

import sys

import httpx2

from tools import commands, places
from tools.practice import Practice

# Longer than Namens waits for one answer of DigiD (3 s) or of the register (2 s), so that it gives up.
SLOW_SECONDS = 4
UNKNOWN_BSN = "999990421"


def play(practice: Practice, *, digid: str = "ok", brp: str = "ok") -> None:
    """Let DigiD and the register be `ok`, `slow`, `down` or `error` from now on."""
    moods = {"digid": digid, "brp": brp, "seconds": SLOW_SECONDS}
    httpx2.post(f"{practice.rehearsal_address}/control", json=moods, trust_env=False).raise_for_status()


def let_the_register_forget(practice: Practice, *, bsn: str) -> None:
    """Let somebody who logged in before stand in the register no more: from now on it is asked about a BSN it lacks."""
    commands.output([places.PYTHON, "-m", __name__, bsn], environment=practice.environment())


def _forget(bsn: str) -> None:
    import django  # noqa: PLC0415 - only in the process of its own, with the settings of the practice

    django.setup()
    from namens.parties import identifiers, vault  # noqa: PLC0415 - as above
    from namens.parties.models import Person  # noqa: PLC0415 - as above

    known = Person.objects.get(bsn_digest=identifiers.digest(identifiers.Bsn(bsn)))
    known.bsn_sealed = vault.seal(identifiers.Bsn(UNKNOWN_BSN))
    known.save()


if __name__ == "__main__":
    _forget(sys.argv[1])
