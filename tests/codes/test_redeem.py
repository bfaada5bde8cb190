"""Using a code up: once."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from namens.codes.actions import Match, issue, kill, opened_by, redeem
from namens.codes.models import ActivationCode
from namens.codes.refusals import CodeReason, CodeRefusal
from namens.lib.ids import new_id
from namens.parties.models import Party
from tests.parallel import at_once
from tests.people import NOW, TODAY, person

REFUSED = CodeRefusal(CodeReason.NOT_ACCEPTED)


def code_for(giver: Party, helper: Party | None) -> ActivationCode:
    issue(opens=new_id(), giver=giver.id, helper=helper.id if helper else None, last_day=TODAY, now=NOW)
    return ActivationCode.objects.latest("issued_at")


def test_it_succeeds_once(anna: Party, bram: Party) -> None:
    code = code_for(anna, bram)
    assert redeem(code=code.id, helper=bram.id, now=NOW) == Match(code=code.id, opens=code.opens)
    assert redeem(code=code.id, helper=bram.id, now=NOW) == REFUSED


def test_it_keeps_who_used_it_and_erases_the_code(anna: Party, bram: Party) -> None:
    code = code_for(anna, bram)
    redeem(code=code.id, helper=bram.id, now=NOW)
    used = ActivationCode.objects.get(id=code.id)
    assert (used.redeemed_by, used.redeemed_at, used.sealed) == (bram.id, NOW, "")


def test_it_refuses_another_helper(anna: Party, bram: Party, dirk: Party) -> None:
    assert redeem(code=code_for(anna, bram).id, helper=dirk.id, now=NOW) == REFUSED


def test_it_refuses_the_giver(anna: Party) -> None:
    assert redeem(code=code_for(anna, None).id, helper=anna.id, now=NOW) == REFUSED


def test_it_refuses_after_the_last_day(anna: Party, bram: Party) -> None:
    assert redeem(code=code_for(anna, bram).id, helper=bram.id, now=NOW + timedelta(days=1)) == REFUSED


def test_it_refuses_a_code_that_was_killed(anna: Party, bram: Party) -> None:
    code = code_for(anna, bram)
    kill(opens=code.opens, now=NOW)
    assert redeem(code=code.id, helper=bram.id, now=NOW) == REFUSED


def test_it_refuses_an_id_that_nobody_has(bram: Party) -> None:
    assert redeem(code=new_id(), helper=bram.id, now=NOW) == REFUSED
    assert opened_by(code=new_id()) is None


@pytest.mark.django_db(transaction=True)
def test_it_lets_one_of_fifty_win() -> None:
    anna, bram = person("anna"), person("bram")
    code = code_for(anna, bram)
    answers = at_once([lambda: redeem(code=code.id, helper=bram.id, now=NOW)] * 50)
    assert sorted(map(type, answers), key=str).count(Match) == 1
    assert answers.count(REFUSED) == 49


@pytest.mark.django_db(transaction=True)
def test_it_lets_one_helper_win_an_open_code() -> None:
    anna, helpers = person("anna"), [person(name) for name in ("bram", "carla", "dirk")]
    code = code_for(anna, None)
    answers = at_once([partial(redeem, code=code.id, helper=helper.id, now=NOW) for helper in helpers * 4])
    (winner,) = [place for place, answer in enumerate(answers) if isinstance(answer, Match)]
    assert ActivationCode.objects.get().redeemed_by == (helpers * 4)[winner].id


@pytest.mark.django_db
def test_it_lets_the_database_refuse_a_use_by_nobody(anna: Party, bram: Party) -> None:
    code = code_for(anna, bram)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivationCode.objects.filter(id=code.id).update(redeemed_at=NOW)
