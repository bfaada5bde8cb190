"""A person whom somebody else stated: sealed, claimed by a request, and erased."""

from datetime import timedelta

import pytest

from namens.lib.ids import new_id
from namens.lib.partial_date import PartialDate
from namens.parties import stating
from namens.parties.models import Party, StatedPerson
from tests.people import BSNS, NOW

BORN = PartialDate(1980, 5, 6)
A_DAY_LATER = NOW + timedelta(hours=24, seconds=1)

pytestmark = pytest.mark.django_db


def test_it_keeps_a_bsn_sealed() -> None:
    stated = stating.state(bsn=BSNS["anna"], birth_date=BORN, now=NOW)
    assert BSNS["anna"].digits not in StatedPerson.objects.get().bsn_sealed
    assert stating.bsn_of(stated=stated) == BSNS["anna"]


def test_it_knows_the_same_bsn_and_only_that() -> None:
    stated = stating.state(bsn=BSNS["anna"], birth_date=BORN, now=NOW)
    assert stating.is_same(bsn=BSNS["anna"], stated=stated)
    assert not stating.is_same(bsn=BSNS["carla"], stated=stated)
    assert not stating.is_same(bsn=BSNS["anna"], stated=new_id())


def test_it_knows_the_own_bsn(bram: Party) -> None:
    assert stating.is_oneself(bsn=BSNS["bram"], party=bram)
    assert not stating.is_oneself(bsn=BSNS["anna"], party=bram)


def test_it_erases_after_a_day_what_nothing_came_of() -> None:
    stating.state(bsn=BSNS["anna"], birth_date=BORN, now=NOW)
    stating.forget_stale(now=NOW + timedelta(hours=24), needed=[])
    assert StatedPerson.objects.exists()
    stating.forget_stale(now=A_DAY_LATER, needed=[])
    assert not StatedPerson.objects.exists()


def test_it_erases_nothing_that_is_needed() -> None:
    stated = stating.state(bsn=BSNS["anna"], birth_date=BORN, now=NOW)
    stating.forget_stale(now=A_DAY_LATER, needed=[stated])
    assert stating.still_kept(stated=[stated]) == {stated}


def test_it_claims_what_is_kept_and_nothing_else() -> None:
    stated = stating.state(bsn=BSNS["anna"], birth_date=BORN, now=NOW)
    assert stating.claim(stated=stated, now=A_DAY_LATER)
    stating.forget_stale(now=A_DAY_LATER, needed=[])
    assert stating.still_kept(stated=[stated]) == {stated}
    assert not stating.claim(stated=new_id(), now=NOW)
