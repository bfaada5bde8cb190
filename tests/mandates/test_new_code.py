"""A new code for a mandate that waits."""

from datetime import timedelta
from functools import partial

import pytest

from namens.codes.models import ActivationCode
from namens.codes.refusals import CodeRefusal
from namens.lib.ids import new_id
from namens.mandates.actions import new_code, stop, try_code
from namens.mandates.models import Mandate
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.parties.models import Party
from tests.parallel import at_once
from tests.people import BSNS, NOW, TODAY, active, give, load_catalogue, person, terms, use_code

pytestmark = pytest.mark.usefixtures("catalogue")


def refusal(mandate: Mandate, by: Party, *, days: int = 0) -> MandateReason:
    with pytest.raises(MandateRefused) as refused:
        new_code(mandate=mandate.id, by=by, now=NOW + timedelta(days=days))
    return refused.value.reason


def test_it_opens_the_same_mandate(anna: Party, bram: Party) -> None:
    mandate = give(anna, bram).mandate
    renewed = new_code(mandate=mandate.id, by=anna, now=NOW + timedelta(days=20))
    later = NOW + timedelta(days=34)
    assert use_code(renewed, bram, now=later).state == "active"


def test_it_kills_the_older_code(anna: Party, bram: Party) -> None:
    given = give(anna, bram)
    new_code(mandate=given.mandate.id, by=anna, now=NOW)
    assert isinstance(try_code(code=given.code, bsn=BSNS["anna"], helper=bram, now=NOW), CodeRefusal)


def test_it_helps_when_the_code_is_locked(anna: Party, bram: Party) -> None:
    given = give(anna, bram)
    for _ in range(5):
        try_code(code=given.code, bsn=BSNS["carla"], helper=bram, now=NOW)
    assert isinstance(try_code(code=given.code, bsn=BSNS["anna"], helper=bram, now=NOW), CodeRefusal)
    assert use_code(new_code(mandate=given.mandate.id, by=anna, now=NOW), bram).state == "active"


@pytest.mark.parametrize("who", ["bram", "dirk"])
def test_it_is_for_the_giver_only(who: str, anna: Party, bram: Party, dirk: Party) -> None:
    mandate = give(anna, bram).mandate
    assert refusal(mandate, {"bram": bram, "dirk": dirk}[who]) is MandateReason.NOT_YOURS
    assert ActivationCode.objects.count() == 1


def test_it_refuses_once_active(anna: Party, bram: Party) -> None:
    assert refusal(active(anna, bram), anna) is MandateReason.NOT_POSSIBLE


def test_it_refuses_once_withdrawn(anna: Party, bram: Party) -> None:
    mandate = give(anna, bram).mandate
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert refusal(mandate, anna) is MandateReason.NOT_POSSIBLE


def test_it_refuses_after_the_mandates_last_day(anna: Party, bram: Party) -> None:
    mandate = give(anna, bram, what=terms(last_day=TODAY)).mandate
    assert refusal(mandate, anna, days=1) is MandateReason.NOT_POSSIBLE


def test_it_does_not_know_a_mandate_that_is_not_there(anna: Party) -> None:
    assert refusal(Mandate(id=new_id()), anna) is MandateReason.NOT_YOURS


@pytest.mark.django_db(transaction=True)
def test_it_leaves_one_live_code_when_asked_twice_at_once() -> None:
    anna, bram = person("anna"), person("bram")
    load_catalogue()
    mandate = give(anna, bram).mandate
    at_once([partial(new_code, mandate=mandate.id, by=anna, now=NOW)] * 8)
    assert ActivationCode.objects.count() == 9
    assert ActivationCode.objects.filter(killed_at__isnull=True).count() == 1
