"""Answers that wait for the rest of a journey: their own person's, finished once, gone in a day."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from namens.lib.ids import new_id
from namens.parties.models import Party
from namens.signin import drafts
from namens.signin.models import Draft
from tests.parallel import at_once
from tests.people import NOW, person

LATER = NOW + timedelta(minutes=5)


def begun(party: Party, journey: str = "give") -> Draft:
    return drafts.begin(party=party, journey=journey, answers={"a": 1}, now=NOW)


def finishing(draft: Draft) -> Callable[[], bool]:
    return partial(drafts.finish, draft=draft.id, party=draft.party, result=new_id(), now=LATER)


def test_it_keeps_the_answers(anna: Party) -> None:
    draft = begun(anna)
    assert drafts.save(draft=draft.id, party=anna, answers={"a": 2}, now=LATER)
    found = drafts.find(draft=draft.id, party=anna, journey="give")
    assert found is not None
    assert (found.answers, found.saved_at) == ({"a": 2}, LATER)


def test_it_gives_each_tab_a_draft_of_its_own(anna: Party) -> None:
    first, second = begun(anna), begun(anna)
    drafts.save(draft=first.id, party=anna, answers={"a": 2}, now=LATER)
    assert Draft.objects.get(id=second.id).answers == {"a": 1}


def test_it_does_not_exist_for_anybody_else(anna: Party, dirk: Party) -> None:
    draft = begun(anna)
    assert drafts.find(draft=draft.id, party=dirk, journey="give") is None
    assert not drafts.save(draft=draft.id, party=dirk, answers={}, now=LATER)
    assert not drafts.finish(draft=draft.id, party=dirk, result=new_id(), now=LATER)
    assert Draft.objects.get().answers == {"a": 1}


def test_it_does_not_exist_for_another_journey(anna: Party) -> None:
    assert drafts.find(draft=begun(anna).id, party=anna, journey="another") is None


def test_it_is_finished_once_and_remembers_the_result(anna: Party) -> None:
    draft, first, second = begun(anna), new_id(), new_id()
    assert drafts.finish(draft=draft.id, party=anna, result=first, now=LATER)
    assert not drafts.finish(draft=draft.id, party=anna, result=second, now=LATER)
    found = drafts.find(draft=draft.id, party=anna, journey="give")
    assert found is not None
    assert (found.result, found.answers) == (first, {})


def test_it_takes_no_answers_when_it_is_finished(anna: Party) -> None:
    draft = begun(anna)
    drafts.finish(draft=draft.id, party=anna, result=new_id(), now=LATER)
    assert not drafts.save(draft=draft.id, party=anna, answers={"a": 2}, now=LATER)


@pytest.mark.django_db(transaction=True)
def test_it_is_finished_once_by_ten_at_the_same_moment() -> None:
    draft = begun(person("anna"))
    assert at_once([finishing(draft)] * 10).count(True) == 1


def test_it_goes_when_its_person_leaves(anna: Party, bram: Party) -> None:
    begun(anna)
    of_bram = begun(bram)
    drafts.forget(party=anna)
    assert list(Draft.objects.all()) == [of_bram]


def test_it_goes_after_a_day(anna: Party) -> None:
    begun(anna)
    drafts.forget_stale(now=NOW + timedelta(hours=24))
    assert Draft.objects.count() == 1
    drafts.forget_stale(now=NOW + timedelta(hours=24, seconds=1))
    assert Draft.objects.count() == 0
