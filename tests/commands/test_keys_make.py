"""`namens keys make` makes the keys that are missing, and no others."""

import pytest

from namens.grants.models import Algorithm, SigningKey
from tests.commands.saying import Namens, Said

pytestmark = pytest.mark.django_db


def test_it_makes_a_key_for_each_algorithm_and_names_it(namens: Namens) -> None:
    said = namens("keys", "make")
    made = list(SigningKey.objects.values_list("kid", flat=True))
    assert (said.status, len(made)) == (0, len(Algorithm))
    assert sorted(said.out.splitlines()) == sorted(f"made key {kid}" for kid in made)


def test_it_makes_nothing_the_second_time(namens: Namens) -> None:
    namens("keys", "make")
    assert namens("keys", "make") == Said(0, "", "")
    assert SigningKey.objects.count() == len(Algorithm)
