"""`namens keys`: make what is missing, rotate what is there, and show how all of them stand."""

from datetime import timedelta

import pytest

from namens.grants.addresses import JWKS, full
from namens.grants.models import Algorithm, SigningKey
from namens.lib import clock
from tests.commands.saying import Namens, Said, refused
from tests.people import NOW

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


def test_it_says_both_days_of_a_rotation(namens: Namens) -> None:
    with clock.frozen(NOW):
        namens("keys", "make")
        present = SigningKey.objects.get(algorithm="ES256").kid
        said = namens("keys", "rotate", "--algorithm", "ES256")
    following = SigningKey.objects.get(algorithm="ES256", retired_at__isnull=True).kid
    assert said.status == 0
    assert said.out == (
        f"made ES256 key {following}: portals can fetch it now, it signs from 2026-12-01 09:00 UTC on. "
        f"Then {present} retires; it stays published until 2026-12-02 09:00 UTC\n"
    )


def test_it_rotates_every_algorithm_when_none_is_named(namens: Namens) -> None:
    namens("keys", "make")
    assert len(namens("keys", "rotate").out.splitlines()) == len(Algorithm)
    assert SigningKey.objects.count() == 2 * len(Algorithm)


def test_it_refuses_to_rotate_twice_in_words(namens: Namens) -> None:
    with clock.frozen(NOW):
        namens("keys", "make")
        namens("keys", "rotate", "--algorithm", "RS256")
        following = SigningKey.objects.get(algorithm="RS256", retired_at__isnull=True).kid
        again = namens("keys", "rotate")
    assert again == refused(
        f"the next RS256 key is there already: {following} signs from 2026-12-01 09:00 UTC on. Rotate after that, or "
        "in an emergency with --emergency"
    )


def test_it_refuses_to_rotate_what_is_not_there(namens: Namens) -> None:
    assert namens("keys", "rotate", "--algorithm", "PS256") == refused(
        "no active PS256 key; `namens keys make` makes one"
    )


def test_it_says_what_portals_must_do_in_an_emergency(namens: Namens) -> None:
    namens("keys", "make")
    old = SigningKey.objects.get(algorithm="ES256").kid
    said = namens("keys", "rotate", "--emergency", "--algorithm", "ES256")
    new = SigningKey.objects.get(algorithm="ES256", withdrawn_at__isnull=True).kid
    assert said.status == 0
    withdrew, tell = said.out.splitlines()
    assert withdrew == f"withdrew {old}: what it signed counts no more. ES256 key {new} signs from now on"
    assert tell.startswith(f"Tell every portal now to fetch {full(JWKS)} again")


def test_it_shows_how_every_key_stands(namens: Namens) -> None:
    with clock.frozen(NOW):
        namens("keys", "make")
        namens("keys", "rotate", "--algorithm", "ES256")
        namens("keys", "rotate", "--algorithm", "RS256", "--emergency")
        said = namens("keys", "list")
    lines = [line.split(maxsplit=2) for line in said.out.splitlines()]
    assert said.status == 0
    assert sorted((algorithm, standing) for algorithm, _, standing in lines) == [
        ("ES256", "signs until 2026-12-01 09:00 UTC"),
        ("ES256", "waits, signs from 2026-12-01 09:00 UTC on"),
        ("PS256", "signs since 2026-11-23 09:00 UTC"),
        ("RS256", "signs since 2026-11-23 09:00 UTC"),
        ("RS256", "withdrawn on 2026-11-23 09:00 UTC"),
    ]


def test_it_warns_of_a_key_that_signs_for_longer_than_a_year(namens: Namens) -> None:
    with clock.frozen(NOW):
        namens("keys", "make")
    old = SigningKey.objects.get(algorithm="ES256").kid
    with clock.frozen(NOW + timedelta(days=350)):
        namens("keys", "rotate", "--algorithm", "RS256")
        namens("keys", "rotate", "--algorithm", "PS256")
    with clock.frozen(NOW + timedelta(days=365)):
        assert namens("keys", "list").status == 0
    with clock.frozen(NOW + timedelta(days=365, seconds=1)):
        said = namens("keys", "list")
    assert said.status == 1
    assert said.err == (f"namens: signs for longer than a year: {old}. `namens keys rotate` makes the next one\n")


def test_it_is_quiet_once_the_old_key_retired(namens: Namens) -> None:
    with clock.frozen(NOW):
        namens("keys", "make")
    with clock.frozen(NOW + timedelta(days=360)):
        namens("keys", "rotate")
    with clock.frozen(NOW + timedelta(days=369)):
        assert namens("keys", "list").status == 0
