"""What a client reads of the own appointments before there is a yes."""

import pytest
from django.urls import reverse

from namens.lib import clock
from namens.lib.periods import Duration
from namens.parties.models import Party
from tests.asking import says_yes, yes
from tests.meeting import at, meets, plan, waits_for
from tests.pages.visiting import arrive, shown

pytestmark = pytest.mark.usefixtures("catalogue")


def test_it_shows_a_client_no_words_of_a_stranger(bram: Party, anna: Party) -> None:
    """Named attack: *Bel 0900 …* as the place, on our page, for whoever has a BSN and a date of birth."""
    appointment = meets(bram, what=plan(place="Bel 0900 1234"))
    waiting = waits_for(appointment, anna)
    mine = reverse("pages:my-appointments")
    assert "Bel 0900 1234" not in shown(arrive(anna).get(mine))
    with clock.frozen(at()):
        says_yes(waiting, anna, answer=yes(duration=Duration.TODAY), now=at())
        assert "Bel 0900 1234" in shown(arrive(anna).get(mine))
