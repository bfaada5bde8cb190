"""`namens letters`: how the post stands, and what came back."""

from datetime import timedelta

import pytest
from django.db import transaction

from namens.lib import clock
from namens.parties.models import Party
from namens.post import actions as post
from namens.post.models import Letter, Outcome
from tests.asking import requested
from tests.commands.saying import Namens
from tests.letters import made
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("catalogue")


def test_it_says_how_the_post_stands(namens: Namens, anna: Party, bram: Party) -> None:
    requested(anna, bram)
    with clock.frozen(NOW):
        assert "to be made 1, at the printer's door 0, late 0" in namens("letters", "show").out
    made("code")
    with clock.frozen(NOW):
        assert "at the printer's door 1" in namens("letters", "show").out


def test_it_fails_when_letters_are_late(namens: Namens, anna: Party, bram: Party) -> None:
    requested(anna, bram)
    with clock.frozen(NOW + timedelta(days=7)):
        assert namens("letters", "show").status == 0
    with clock.frozen(NOW + timedelta(days=8)):
        said = namens("letters", "show")
    assert (said.status, "later than was promised: 1" in said.err) == (1, True)


def test_it_keeps_what_came_back(namens: Namens, anna: Party, bram: Party) -> None:
    requested(anna, bram)
    letter = made("code")
    with transaction.atomic():
        post.posted(letter.id, now=NOW)
    assert namens("letters", "returned", letter.reference).status == 0
    assert Letter.objects.get().outcome == Outcome.RETURNED
    assert namens("letters", "returned", letter.reference).status == 2
