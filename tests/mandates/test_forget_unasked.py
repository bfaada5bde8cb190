"""What helpers stated on their way to a request that they never made is erased; what was asked stays."""

from datetime import timedelta

import pytest

from namens.lib.partial_date import PartialDate
from namens.lib.periods import Duration
from namens.mandates.actions import Stated, forget_unasked, request
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.parties import stating
from namens.parties.models import Party, StatedPerson
from tests.people import BSNS, NOW, services

BORN = PartialDate(1980, 5, 6)
LATER = NOW + timedelta(hours=25)


@pytest.mark.usefixtures("catalogue")
def test_it_erases_only_what_was_never_asked(bram: Party) -> None:
    asked, left = (stating.state(bsn=BSNS["anna"], birth_date=BORN, now=NOW) for _ in range(2))
    person = Stated(label="Anna", kept=asked)
    request(helper=bram, stated=[person], services=services("mijn-toeslagen"), duration=Duration.ONE_YEAR, now=NOW)
    forget_unasked(now=LATER)
    assert stating.still_kept(stated=[asked, left]) == {asked}


@pytest.mark.usefixtures("catalogue")
def test_it_refuses_to_ask_for_somebody_who_was_erased(bram: Party) -> None:
    person = Stated(label="Anna", kept=stating.state(bsn=BSNS["anna"], birth_date=BORN, now=NOW))
    StatedPerson.objects.all().delete()
    with pytest.raises(MandateRefused) as refused:
        request(helper=bram, stated=[person], services=services("mijn-toeslagen"), duration=Duration.ONE_YEAR, now=NOW)
    assert refused.value.reason is MandateReason.NOT_POSSIBLE
