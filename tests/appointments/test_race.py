"""The client says yes while the helper closes: whoever is first, nothing runs afterwards, and nobody waits for ever."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from namens.appointments.actions import close
from namens.appointments.models import Outcome, Role
from namens.lib.periods import Duration
from namens.mandates.refusals import MandateRefused
from namens.mandates.states import State
from namens.parties.models import Party
from tests.asking import says_yes, yes
from tests.meeting import at, meets, waits_for
from tests.parallel import at_once
from tests.people import of

pytestmark = pytest.mark.usefixtures("transactional_db", "catalogue")


def test_it_leaves_nothing_running_when_yes_and_closing_meet(anna: Party, bram: Party, carla: Party) -> None:
    appointment, now = meets(bram, with_partner=True), at() + timedelta(minutes=1)
    waiting = {anna: waits_for(appointment, anna), carla: waits_for(appointment, carla, role=Role.PARTNER)}

    def agrees(client: Party) -> bool:
        try:
            says_yes(waiting[client], client, answer=yes(duration=Duration.TODAY), now=now)
        except MandateRefused:
            return False
        return True

    def closes() -> bool:
        close(appointment=appointment.id, outcome=Outcome.HELD, helper=bram, now=now)
        return True

    both: list[Callable[[], bool]] = [partial(agrees, client) for client in waiting]
    at_once([*both, closes])
    assert State.ACTIVE not in {of(mandate).state for mandate in waiting.values()}
